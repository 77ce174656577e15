// Saves each part of a decision while one writes it. What the server does not have yet is kept in this browser's
// tab: it survives a reload, a server that is away and a login that ended.

const PAUSE_MS = 1500;
const AWAY_MS = 10_000;
let isLeaving = false;

class Part {
  constructor(form) {
    this.form = form;
    this.area = form.querySelector("textarea");
    this.state = form.querySelector(".part-state");
    this.notice = form.querySelector(".part-notice");
    this.key = `write ${location.pathname} ${form.dataset.kind}`;
    this.saved = this.area.defaultValue;
    this.isRefused = this.notice.children.length > 0;
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("change", () => this.save());
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "draft") {
        // The page that answers shows what was typed beside the draft.
        isLeaving = true;
        return sessionStorage.removeItem(this.key);
      }
      event.preventDefault();
      this.isRefused = false;
      this.save();
    });
    this.restore();
  }

  get isUnsaved() {
    return this.area.value !== this.saved;
  }

  say(name) {
    this.state.textContent = words[name];
  }

  restore() {
    const kept = sessionStorage.getItem(this.key);
    if (kept === null || this.isRefused) return;
    if (kept === this.saved) return sessionStorage.removeItem(this.key);
    this.area.value = kept;
    const folded = this.form.closest("details");
    if (folded) folded.open = true;
    this.say("kept");
    this.save();
  }

  typed() {
    sessionStorage.setItem(this.key, this.area.value);
    this.say("unsaved");
    this.later(PAUSE_MS);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  // One at a time; what was written meanwhile is saved next. What was refused waits for the button.
  async save() {
    clearTimeout(this.timer);
    if (this.isSaving || this.isRefused || !this.isUnsaved) return;
    this.isSaving = true;
    const text = this.area.value;
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: this.body(),
      });
      if (answer.status === 401) return this.stay("ended");
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return this.stay("away");
      this.take(await answer.json(), text, answer.ok);
    } catch {
      this.stay("away");
    } finally {
      this.isSaving = false;
    }
    if (this.isUnsaved) this.later(PAUSE_MS);
  }

  // A login in another window renews the token.
  body() {
    const body = new FormData(this.form);
    body.set("csrfmiddlewaretoken", /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "");
    return body;
  }

  stay(name) {
    this.say(name);
    this.later(AWAY_MS);
  }

  take(answer, text, isSaved) {
    this.form.elements.seen.value = answer.seen;
    this.notice.innerHTML = answer.notice ?? "";
    this.isRefused = !isSaved;
    if (!isSaved) {
      // Unless more was written meanwhile.
      if (answer.text !== null && this.area.value === text) this.area.value = answer.text;
      return this.say("refused");
    }
    this.saved = text;
    if (!this.isUnsaved) sessionStorage.removeItem(this.key);
    this.state.textContent = answer.words;
    this.form.parentElement.querySelector(".margin")?.remove();
    this.form.insertAdjacentHTML("afterend", answer.margin);
  }
}

const words = document.getElementById("write-words").dataset;
const parts = [...document.querySelectorAll(".part-form")].map((form) => new Part(form));

addEventListener("beforeunload", (event) => {
  if (!isLeaving && parts.some((part) => part.isUnsaved)) event.preventDefault();
});
