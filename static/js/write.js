// Saves each part of a decision while one writes it. What the server does not have yet is kept in this browser's
// tab, with the version that it began from: it survives a reload, a server that is away and a login that ended, and
// is never saved over what somebody else wrote meanwhile.

const PAUSE_MS = 1500;
const AWAY_MS = 10_000;
const words = document.getElementById("write-words").dataset;
let isLeaving = false;

// Who writes goes on seeing the place where they write, whatever comes in above it.
function inPlace(change) {
  const focused = document.activeElement;
  const { top } = focused.getBoundingClientRect();
  change();
  scrollBy({ top: focused.getBoundingClientRect().top - top, behavior: "instant" });
}

class Part {
  constructor(form) {
    this.form = form;
    // The browser would bring back an old text with a new version, or the other way round.
    form.autocomplete = "off";
    this.area = form.querySelector("textarea");
    this.state = form.querySelector(".part-state");
    this.notice = form.querySelector(".part-notice");
    this.key = `part ${words.writer} ${location.pathname} ${form.dataset.kind}`;
    this.began = form.elements.seen.value;
    this.isRefused = this.notice.children.length > 0;
    // A page that says why a text was not saved has it in its field all the same.
    this.saved = this.isRefused ? null : this.area.defaultValue;
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("change", () => this.save());
    form.addEventListener("submit", (event) => {
      if (["draft", "printable"].includes(event.submitter?.name)) {
        // The page that answers shows what was typed: beside the draft, or without what cannot be printed.
        if (event.submitter.name === "printable") this.forget();
        isLeaving = true;
        return;
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
    const kept = JSON.parse(sessionStorage.getItem(this.key));
    if (kept === null || this.isRefused) return;
    if (kept.text === this.saved) return this.forget();
    this.area.value = kept.text;
    this.began = this.form.elements.seen.value = kept.seen;
    const folded = this.form.closest("details");
    if (folded) folded.open = true;
    this.say("kept");
    this.save();
  }

  // A text that is longer than a tab may keep is in the field alone.
  keep() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ text: this.area.value, seen: this.began }));
    } catch {
      this.forget();
    }
  }

  forget() {
    sessionStorage.removeItem(this.key);
  }

  typed() {
    this.keep();
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
      if (answer.status === 413) {
        this.isRefused = true;
        return this.say("large");
      }
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return this.stay("away");
      const read = await answer.json();
      inPlace(() => this.take(read, text, answer.ok));
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
      if (answer.text !== null && this.area.value === text) this.replace(answer.text);
      // Until the button is pressed it rests on what it began from: opened again, it is refused again.
      this.keep();
      return this.say("refused");
    }
    this.saved = text;
    this.began = answer.seen;
    if (this.isUnsaved) this.keep();
    else this.forget();
    this.state.textContent = answer.words;
    this.takeMargin(answer.margin);
  }

  takeMargin(html) {
    const margin = this.form.parentElement.querySelector(".margin");
    const hadFocus = margin?.contains(document.activeElement);
    margin?.remove();
    this.form.insertAdjacentHTML("afterend", html);
    if (hadFocus) this.area.focus({ preventScroll: true });
  }

  // The cursor stays between the same words.
  replace(text) {
    const { value, selectionStart, selectionEnd } = this.area;
    let same = 0;
    while (same < value.length && value[same] === text[same]) same += 1;
    const moved = (place) => (place <= same ? place : Math.max(same, place + text.length - value.length));
    this.area.value = text;
    this.area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  }
}

// A line of the margin leads to its figure in the text, as far as it still is there.
function showFigure(event) {
  const link = event.target.closest("a[data-figure]");
  if (!link) return;
  event.preventDefault();
  const { figure, before } = link.dataset;
  const area = document.getElementById(link.hash.slice(1));
  let start = area.value.indexOf(figure);
  for (let passed = 0; passed < Number(before); passed += 1) {
    const next = area.value.indexOf(figure, start + figure.length);
    if (next < 0) break;
    start = next;
  }
  if (start >= 0) area.setSelectionRange(start, start + figure.length);
  area.focus();
}

const parts = [...document.querySelectorAll(".part-form")].map((form) => new Part(form));

document.querySelector(".parts").addEventListener("click", showFigure);
// A browser shows only the line of a text that the keyboard comes to, perhaps the last one above the list.
addEventListener("keyup", (event) => {
  if (event.key === "Tab") document.activeElement.closest(".part-text")?.scrollIntoView({ block: "nearest" });
});
addEventListener("beforeunload", (event) => {
  if (!isLeaving && parts.some((part) => part.isUnsaved)) event.preventDefault();
});
