// Asks before what was typed into a form is lost: by leaving the page, or by sending another form of it.

const changed = new Set();
let sent = null;

document.addEventListener("input", ({ target }) => {
  if (target.form?.method === "post" && !target.closest(".part-form")) changed.add(target.form);
});
document.addEventListener("submit", ({ target }) => (sent = target));
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form !== sent)) event.preventDefault();
  // Whoever stays may send the other form next.
  sent = null;
});
