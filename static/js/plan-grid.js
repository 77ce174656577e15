// The sums and gaps of a plan while one types. The rules are those of financing/rules/grid_sums.py, and
// tests/financing/rules/grid_sum_cases.json feeds both. Amounts are whole cents, shares whole thousandths of a percent.

const NBSP = "\u00a0";
const INVISIBLE = /[\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]/g;
const EUROS = /^([-+]?) ?([0-9]+|[1-9][0-9]{0,2}(?:([ .])[0-9]{3})(?:\3[0-9]{3})*)(?:,([0-9]{1,2}))?$/;
const PERCENT = /^([-+]?) ?([0-9]+)(?:,([0-9]{1,3}))?$/;
const MOST_DIGITS = 12;
export const UNREADABLE = "unreadable";

function bare(text, unit) {
  const plain = text
    .replace(/\p{Zs}/gu, " ")
    .replace(INVISIBLE, "")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/ +/g, " ")
    .trim();
  return (plain.endsWith(unit) ? plain.slice(0, -unit.length) : plain).trim();
}

// The cents that a text means, null for an empty one, UNREADABLE for anything else.
export function readEuros(text) {
  const match = EUROS.exec(bare(text, "€"));
  if (!match) return text.trim() ? UNREADABLE : null;
  const whole = match[2].replace(/[ .]/g, "").replace(/^0+/, "");
  if (whole.length > MOST_DIGITS) return UNREADABLE;
  const cents = BigInt(whole + (match[4] || "").padEnd(2, "0"));
  return match[1] === "-" ? -cents : cents;
}

// The thousandths of a percent, 0–100, that a text means.
export function readPercent(text) {
  const match = PERCENT.exec(bare(text, "%"));
  if (!match) return text.trim() ? UNREADABLE : null;
  const parts = BigInt(match[2] + (match[3] || "").padEnd(3, "0"));
  return parts > 100000n || (match[1] === "-" && parts) ? UNREADABLE : parts;
}

export function totalOf(cells, deducted = []) {
  const all = [...cells, ...deducted];
  const known = (list) => list.filter((cell) => typeof cell === "bigint");
  const add = (list) => known(list).reduce((sum, cell) => sum + cell, 0n);
  return {
    known: add(cells) - add(deducted),
    hasKnown: known(all).length > 0,
    isComplete: all.length > 0 && known(all).length === all.length,
    isReadable: !all.includes(UNREADABLE),
  };
}

const signed = (value, text) => (value < 0n ? `\u2212${text}` : text);
const size = (value) => (value < 0n ? -value : value);

export function formatAmount(cents) {
  const whole = String(size(cents) / 100n).replace(/\B(?=(\d{3})+$)/g, NBSP);
  const rest = size(cents) % 100n;
  return signed(cents, `${whole}${rest ? `,${String(rest).padStart(2, "0")}` : ""}`);
}

export function formatPercent(thousandths) {
  const rest = String(thousandths % 1000n).padStart(3, "0").replace(/0+$/, "");
  return `${thousandths / 1000n}${rest ? `,${rest}` : ""}`;
}

const fill = (words, state, amount) => ({ text: words[state].replace("%(amount)s", amount), state });
const plainly = (words, state) => ({ text: words[state], state });

export function sumWords(words, total, unit = "€") {
  if (!total.isReadable) return plainly(words, "unreadable");
  const known = unit === "€" ? formatAmount(total.known) : formatPercent(total.known);
  if (total.isComplete) return { text: known, state: "known" };
  return total.hasKnown
    ? { ...fill(words, "partly", `${known}${NBSP}${unit}`), state: "unknown" }
    : plainly(words, "unknown");
}

export function gapWords(words, whole, placed) {
  if (!whole.isReadable || !placed.isReadable) return plainly(words, "unreadable");
  if (!whole.isComplete) return plainly(words, "unknown");
  const gap = whole.known - placed.known;
  if (gap === 0n) return plainly(words, "placed");
  return fill(words, gap > 0n ? "left" : "over", `${formatAmount(size(gap))}${NBSP}€`);
}

export function shareWords(words, part, whole) {
  if (!part.isReadable || !whole.isReadable) return plainly(words, "unreadable");
  if (!part.isComplete || !whole.isComplete || whole.known === 0n) return plainly(words, "unknown");
  // Hundredths of a percent, half up away from zero.
  const [top, under] = [size(part.known) * 10000n, size(whole.known)];
  const rounded = (2n * top + under) / (2n * under);
  const text = `${rounded / 100n},${String(rounded % 100n).padStart(2, "0")}${NBSP}%`;
  const isMinus = rounded !== 0n && part.known < 0n !== whole.known < 0n;
  return { text: isMinus ? `\u2212${text}` : text, state: "known" };
}

// The rows of a table that count: stored or filled in, and not marked for removal. The others say nothing.
function rowsOf(table) {
  const counts = (row) => {
    const fields = [...row.querySelectorAll("input:not([type=checkbox]):not([type=hidden]), select")];
    const isStored = row.querySelector("input[type=hidden][name$='-id']")?.value;
    const isRemoved = row.querySelector("input[name$='-DELETE']")?.checked;
    return !isRemoved && (isStored || fields.some((field) => field.value));
  };
  const rows = [...table.querySelectorAll("tbody > tr.form-row:not(.empty-form)")];
  for (const row of rows.filter((row) => !counts(row))) {
    for (const element of row.querySelectorAll("[data-out]")) show(element, { text: "", state: "known" });
  }
  return rows.filter(counts);
}

const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const typed = (row, name, read = readEuros) => read(field(row, name)?.value ?? "");
const columns = (table) => [...table.querySelectorAll("thead [data-year]")].map((head) => head.dataset.year);

function show(element, { text, state }) {
  if (!element || element.textContent === text) return;
  element.textContent = text;
  element.dataset.state = state;
}

// The cells of a row of costs that count, each with the place of its year, or -1. An empty one is an unknown
// amount; if an amount is known whose year is not, an empty year is no amount.
export function enteredCosts({ years, undated }) {
  const dated = years.map((cell, at) => ({ cell, at }));
  return undated === null ? dated : [...dated.filter(({ cell }) => cell !== null), { cell: undated, at: -1 }];
}

// What the sums mean says CostSums in financing/rules/figures/costs.py.
// Of stated gross costs the sources should reach what revenue leaves.
export function costTotals(rows, asStated, isGross = false) {
  const all = rows.flatMap((row) => enteredCosts(row).map(({ cell, at }) => ({ ...row, cell, at })));
  const cellsOf = (list) => list.map(({ cell }) => cell);
  const costs = all.filter((one) => !one.isDeducted);
  const revenue = all.filter((one) => one.isDeducted);
  const stated = isGross && revenue.length ? less(asStated, totalOf(cellsOf(revenue))) : asStated;
  const isOfYear = (one) => one.at >= 0 && !one.hasCategory;
  const isOfCategory = (one) => one.at < 0 && one.hasCategory;
  const counted = costs.filter(({ cell }) => cell !== 0n);
  const isTwice = counted.some(isOfYear) && counted.some(isOfCategory);
  const ofYears = cellsOf(costs.filter((one) => !isOfCategory(one)));
  const ofCategories = cellsOf(costs.filter((one) => !isOfYear(one)));
  const isOpen =
    revenue.some(({ cell, at }) => at < 0 && cell !== 0n) ||
    counted.some((one) => one.at < 0 && !(isTwice && one.hasCategory));
  const agrees =
    stated.isComplete &&
    totalOf(ofCategories, cellsOf(revenue)).isComplete &&
    totalOf(ofCategories, cellsOf(revenue)).known === stated.known;
  const chosen = agrees || !totalOf(ofYears).isComplete ? ofCategories : ofYears;
  const once = isTwice ? chosen : cellsOf(costs);
  const under = (list, at) => cellsOf(list.filter((one) => one.at === at));
  const isDated = (one) => one.at >= 0;
  return {
    isTwice,
    stated,
    hasRevenue: revenue.length > 0,
    column: (at, isNet) => totalOf(under(costs, at), isNet ? under(revenue, at) : []),
    netIn(at) {
      const total = totalOf(under(costs, at), under(revenue, at));
      return isOpen ? { ...total, isComplete: false } : total;
    },
    byYear: totalOf(ofYears),
    byCategory: totalOf(ofCategories),
    gross: totalOf(once),
    net: totalOf(once, cellsOf(revenue)),
    dated: totalOf(cellsOf(costs.filter(isDated)), cellsOf(revenue.filter(isDated))),
  };
}

const less = (whole, part) => ({
  known: whole.known - part.known,
  hasKnown: false,
  isComplete: whole.isComplete && part.isComplete,
  isReadable: whole.isReadable && part.isReadable,
});

export function differenceWords(words, first, second) {
  if (!first.isReadable || !second.isReadable) return plainly(words, "unreadable");
  if (!first.isComplete || !second.isComplete) return plainly(words, "unknown");
  return { text: formatAmount(first.known - second.known), state: "known" };
}

function sumsOfCosts(words, table, years, { deducted, unbroken }, asStated, isGross) {
  const rows = rowsOf(table).map((row) => ({
    row,
    isDeducted: deducted.split(" ").includes(field(row, "category").value),
    hasCategory: field(row, "category").value !== unbroken,
    years: years.map((year) => typed(row, `year_${year}`)),
    undated: typed(row, "year_undated"),
  }));
  for (const one of rows) {
    const entered = enteredCosts(one).map(({ cell }) => cell);
    show(one.row.querySelector("[data-out=years]"), sumWords(words, totalOf(entered)));
  }
  const totals = costTotals(rows, asStated, isGross);
  const out = new Map([
    ["gap-years", gapWords(words, totals.stated, totals.dated)],
    ["stated-years", sumWords(words, asStated)],
    ["total-years", sumWords(words, totals.isTwice ? totals.byYear : totals.gross)],
    ["net-years", sumWords(words, totals.net)],
    ["categories-years", sumWords(words, totals.byCategory)],
    ["between-years", differenceWords(words, totals.byYear, totals.byCategory)],
  ]);
  for (const [name, isNet] of [["total", false], ["net", true]]) {
    years.forEach((year, at) => out.set(`${name}-${year}`, sumWords(words, totals.column(at, isNet))));
    const undated = totals.column(-1, isNet);
    const isShown = (undated.hasKnown || !undated.isReadable) && !totals.isTwice;
    out.set(`${name}-undated`, isShown ? sumWords(words, undated) : { text: "", state: "known" });
  }
  const hide = (name, isHidden) => {
    const foot = table.querySelector(`tfoot tr[data-foot=${name}]`);
    if (foot) foot.hidden = isHidden;
  };
  hide("net", !rows.some((one) => one.isDeducted));
  hide("categories", !totals.isTwice);
  hide("between", !totals.isTwice);
  return { out, ...totals };
}

function sumsOfLines(words, table, years, costs, isFixed) {
  const { stated } = costs;
  const everyRow = rowsOf(table);
  // A part of another line's amount is in no sum.
  const rows = everyRow.filter((row) => !field(row, "part_of")?.value);
  const ofYear = (year) => rows.map((row) => typed(row, `year_${year}`));
  for (const row of everyRow) {
    const amount = totalOf([typed(row, "stated_amount")]);
    const placed = totalOf(years.map((year) => typed(row, `year_${year}`)));
    show(row.querySelector("[data-out=share]"), shareWords(words, amount, stated));
    show(row.querySelector("[data-out=years]"), sumWords(words, placed));
    show(row.querySelector("[data-out=gap]"), gapWords(words, amount, placed));
  }
  const amounts = totalOf(rows.map((row) => typed(row, "stated_amount")));
  const everyYear = totalOf(years.flatMap(ofYear));
  const out = new Map([
    ["total-stated_amount", sumWords(words, amounts)],
    ["total-stated_share", sumWords(words, totalOf(rows.map((row) => typed(row, "stated_share", readPercent))), "%")],
    ["total-share", shareWords(words, amounts, stated)],
    ["total-years", sumWords(words, everyYear)],
    ["total-gap", gapWords(words, amounts, everyYear)],
    ["cost-stated_amount", sumWords(words, stated)],
    ["gap-stated_amount", gapWords(words, stated, amounts)],
    ["cost-years", sumWords(words, costs.net)],
    ["gap-years", gapWords(words, costs.net, everyYear)],
  ]);
  // What is not typed stays as the server wrote it, which may say that it is approximate.
  if (isFixed) out.delete("cost-stated_amount");
  years.forEach((year, index) => {
    const total = totalOf(ofYear(year));
    out.set(`total-${year}`, sumWords(words, total));
    out.set(`cost-${year}`, sumWords(words, costs.netIn(index)));
    out.set(`gap-${year}`, gapWords(words, costs.netIn(index), total));
  });
  return out;
}

// What a row is of: an option's text, or a name that is typed.
const CHOICE = "th :is(select, input[list])";
const chosenIn = (field) => (field?.selectedOptions ? field.selectedOptions[0]?.text : field?.value) ?? "";

// A field cuts a long name off. What is chosen stands whole under it, and the field is seen through.
function showChoices(table) {
  for (const field of table.querySelectorAll(`tbody ${CHOICE}`)) {
    const box = field.closest(".choice");
    let text = box.querySelector(".chosen");
    if (!text) {
      text = document.createElement("span");
      text.className = "chosen";
      text.setAttribute("aria-hidden", "true");
      box.prepend(text);
    }
    text.textContent = chosenIn(field);
  }
}

function write(table, out) {
  for (const element of table.querySelectorAll("tfoot [data-out]")) {
    if (out.has(element.dataset.out)) show(element, out.get(element.dataset.out));
  }
}

// Enter in a cell goes to the one below, as in a spreadsheet; the form is saved by its buttons.
function moveDown(event) {
  const cell = event.target.closest("table[data-grid] tbody :is(td, th)");
  if (event.key !== "Enter" || !cell || !event.target.matches("input:not([type=checkbox])")) return;
  event.preventDefault();
  const rows = [...cell.closest("tbody").querySelectorAll(":scope > tr.form-row:not(.empty-form)")];
  const below = rows[rows.indexOf(cell.parentElement) + 1];
  const goal = below?.cells[cell.cellIndex]?.querySelector("input:not([type=hidden]), select");
  goal?.focus();
  goal?.select?.();
}

function start(speaker) {
  const words = JSON.parse(speaker.dataset.words);
  const [lines, costs] = ["lines", "costs"].map((name) => document.querySelector(`table[data-grid=${name}]`));
  const form = speaker.closest("form");
  const gaps = () =>
    new Map([...form.querySelectorAll("[data-speaks]")].map((element) => [element, element.textContent]));
  let spoken = gaps();

  function refresh() {
    const cost = document.getElementById("id_stated_cost");
    const stated = totalOf([readEuros(cost ? cost.value : speaker.dataset.cost)]);
    const basis = document.getElementById("id_cost_basis")?.value ?? speaker.dataset.basis;
    const years = columns(lines);
    // A new plan has no years yet, so no costs.
    const sums = costs
      ? sumsOfCosts(words, costs, years, speaker.dataset, stated, basis === "gross")
      : { stated, net: totalOf([]), netIn: () => totalOf([]), hasRevenue: false };
    if (costs) write(costs, sums.out);
    // Of gross costs that are not typed, typed revenue leaves another sum.
    write(lines, sumsOfLines(words, lines, years, sums, !cost && sums.stated === stated));
    for (const name of lines.querySelectorAll("tfoot th[data-net]")) {
      name.textContent = sums.hasRevenue ? name.dataset.net : name.dataset.plain;
    }
    for (const table of [lines, costs].filter(Boolean)) showChoices(table);
  }

  // Said when a field is left, not at every key.
  function speak() {
    refresh();
    const now = gaps();
    const changed = [...now].filter(([element, text]) => spoken.get(element) !== text);
    spoken = now;
    if (changed.length) speaker.textContent = changed.map(([element, text]) => `${nameOf(element)}: ${text}`).join(". ");
  }

  function nameOf(element) {
    return chosenIn(element.closest("tbody tr")?.querySelector(CHOICE)) || element.dataset.speaks;
  }

  form.addEventListener("keydown", moveDown);
  form.addEventListener("input", refresh);
  form.addEventListener("change", speak);
  document.addEventListener("formset:added", refresh);
  document.addEventListener("formset:removed", speak);
  refresh();
  spoken = gaps();
}

const speaker = document.getElementById("plan-grid-speaker");
if (speaker) start(speaker);
