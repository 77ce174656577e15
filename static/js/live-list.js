// Puts a figure of the list where the cursor last stood in a part of the text. Typed for the writer, so that
// write.js saves it and the browser can undo it.

const list = document.getElementById("live-figures");
const { insert, inserted, nowhere, none, one, many } = list.dataset;
const search = list.querySelector("#live-search");
const state = list.querySelector(".live-state");
const rows = [...list.querySelectorAll(".live-figures > li")].map((row) => ({ row, words: searched(row) }));
// The text area that was used last.
let area = null;

// "2 991" is found by 2991, too.
function searched(row) {
  const words = plain(`${row.dataset.names} ${row.textContent}`);
  return `${words} ${words.replace(/(\d) (?=\d)/g, "$1")}`;
}

function plain(words) {
  return words.toLowerCase().replace(/\s+/g, " ").trim();
}

function find() {
  const words = plain(search.value).split(" ");
  let found = 0;
  for (const each of rows) {
    each.row.hidden = !words.every((word) => each.words.includes(word));
    if (!each.row.hidden) found += 1;
  }
  state.textContent = found === 0 ? none : `${found} ${found === 1 ? one : many}`;
}

function openFor(form, link) {
  const used = form.querySelector("textarea");
  if (used !== area) {
    area = used;
    // Nobody has chosen a place in it: after all that it has.
    area.setSelectionRange(area.value.length, area.value.length);
  }
  list.open = true;
  // Out from behind the list, with the end of the text before it.
  link.scrollIntoView({ block: "nearest" });
  search.focus();
  search.select();
}

function back() {
  const folded = area.closest("details");
  if (folded) folded.open = true;
  area.focus();
}

function put(token) {
  if (area === null) {
    state.textContent = nowhere;
    return;
  }
  const { selectionStart, selectionEnd, value } = area;
  const before = /[\p{L}\p{N}.,;:!?)}]$/u.test(value.slice(0, selectionStart)) ? " " : "";
  const after = /^[\p{L}\p{N}({]/u.test(value.slice(selectionEnd)) ? " " : "";
  back();
  if (!document.execCommand("insertText", false, `${before}${token}${after}`)) {
    area.setRangeText(`${before}${token}${after}`, selectionStart, selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  state.textContent = `${inserted} ${area.labels[0].textContent}: ${token}`;
}

function addButton(form) {
  const token = form.querySelector("code").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = insert;
  button.setAttribute("aria-label", `${insert}: ${token}`);
  button.addEventListener("click", () => put(token));
  form.prepend(button);
}

for (const form of list.querySelectorAll(".live-form")) addButton(form);
list.classList.add("live-beside");
list.querySelector(".live-copy").hidden = true;
list.querySelector(".live-search").hidden = false;
search.addEventListener("input", find);
// Open it stays over a reload.
const key = `live-list ${location.pathname}`;
list.open = sessionStorage.getItem(key) !== null;
list.addEventListener("toggle", () => (list.open ? sessionStorage.setItem(key, "open") : sessionStorage.removeItem(key)));
// At the window's foot it grows over the text: what stood above it goes up by as much.
list.querySelector(":scope > summary").addEventListener("click", () => {
  const { height, bottom } = list.getBoundingClientRect();
  if (list.open || Math.abs(bottom - innerHeight) > 2) return;
  requestAnimationFrame(() => scrollBy(0, list.offsetHeight - height));
});
list.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || area === null) return;
  list.open = false;
  back();
});
for (const form of document.querySelectorAll(".part-form")) {
  form.querySelector("textarea").addEventListener("focus", (event) => (area = event.target));
  form.querySelector(".live-link").addEventListener("click", (event) => {
    event.preventDefault();
    openFor(form, event.target);
  });
}
