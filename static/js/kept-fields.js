// Keeps in this browser's tab what is typed over the fields of a long form until the server has it: a reload, a step
// back or a server that is away takes nothing. A field that the server fills otherwise by now stays as the server has it.

const form = document.querySelector("form[data-keep-fields]");
const key = `fields ${form.dataset.keepFields} ${location.pathname}${location.search}`;
const kept = JSON.parse(sessionStorage.getItem(key)) ?? {};

function served(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
}

function restore(field) {
  const { was, now } = kept[field.id] ?? {};
  if (was === undefined || was !== served(field) || was === now) return false;
  if (field.type === "checkbox") field.checked = now;
  else field.value = now;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  return true;
}

if ([...form.elements].filter((field) => field.id && restore(field)).length > 0) {
  form.querySelector("[data-kept]").hidden = false;
}
form.addEventListener("input", ({ target }) => {
  if (!target.id) return;
  kept[target.id] = { was: served(target), now: target.type === "checkbox" ? target.checked : target.value };
  sessionStorage.setItem(key, JSON.stringify(kept));
});
