// Says on an open page that the session is about to end. What to say, and when to ask again, the server knows:
// another window may have used the session meanwhile. Asking is no use of it; the button is.

const LONGEST_TIMER_MS = 2 ** 31 - 1;
const AFTER_A_FAILURE_S = 30;

const region = document.getElementById("session-end");
let timer;
let due = Infinity;
let shown = "";
let before;

function askIn(seconds) {
  clearTimeout(timer);
  due = Date.now() + seconds * 1000;
  timer = setTimeout(() => ask(), Math.min(seconds * 1000, LONGEST_TIMER_MS));
}

function show(notice) {
  if (notice === shown) return;
  if (!shown) before = document.activeElement;
  const hadFocus = region.contains(document.activeElement);
  shown = notice;
  region.innerHTML = notice;
  region.querySelector("button")?.addEventListener("click", () => ask("POST"));
  // The button that was pressed is gone: back to where the person was.
  if (hadFocus) (region.querySelector("a, button") ?? before).focus();
}

async function ask(method = "GET") {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  try {
    const answer = await fetch(region.dataset.address, { method, headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    show(state.notice);
    clearTimeout(timer);
    due = Infinity;
    if (state.ask_in) askIn(state.ask_in);
  } catch {
    // The server cannot be reached just now.
    askIn(AFTER_A_FAILURE_S);
  }
}

askIn(Number(region.dataset.askIn));
// Timers sleep with the computer, and another window may have put the end off.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && (shown || Date.now() >= due)) ask();
});
