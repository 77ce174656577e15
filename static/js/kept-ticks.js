// Keeps on this device what is ticked in a form until the server has it: a telephone's line drops, and the page
// that says so takes the ticks with it. `data-state` says what the server had when it made the page.

const form = document.querySelector("form[data-keep]");
const { keep, state } = form.dataset;
const boxes = [...form.querySelectorAll("input[type=checkbox]")];

function ticked() {
  return boxes.filter((box) => box.checked).map((box) => box.value);
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(keep) ?? "null");
  // Saved meanwhile, or changed by somebody else: the page is newer.
  if (kept?.state !== state) return sessionStorage.removeItem(keep);
  if (kept.ticked.join() === ticked().join()) return;
  for (const box of boxes) box.checked = kept.ticked.includes(box.value);
  form.querySelector("[data-kept]").hidden = false;
}

restore();
form.addEventListener("change", () => sessionStorage.setItem(keep, JSON.stringify({ state, ticked: ticked() })));
