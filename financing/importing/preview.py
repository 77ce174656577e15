"""What the import page shows before saving, and how the file is carried from step to step."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from financing.importing.columns import (
    AMOUNT,
    NAME,
    SHARE,
    UNDATED,
    WORDS,
    Columns,
    Part,
    guess_columns,
    own_blocks,
)
from financing.importing.facts import vat_problem
from financing.importing.merging import imported, missing_names, snapshot, stated_key, with_parts
from financing.importing.rows import (
    Catalogue,
    Reading,
    Role,
    Row,
    read_rows,
    total_cost_warning,
    without_total,
    without_totals_of_years,
    words_of,
)
from financing.reconciliation.findings import FOUND, Finding
from financing.reconciliation.run import reconcile_plan
from financing.rules.facts import plan_facts
from financing.rules.figures.costs import year_label
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures, plan_subject
from financing.rules.figures.projects import ProjectFigures
from financing.rules.stated import total_name
from mikrogrow.sheets import carrying
from mikrogrow.sheets.cells import column_name
from mikrogrow.sheets.files import Table, read_file
from mikrogrow.sheets.limits import NO_VALUE
from mikrogrow.values.dates import YEAR_RANGE
from mikrogrow.values.money import format_euros, format_percent

_TAKEN = frozenset({Role.SOURCE, Role.COST, Role.STATED_COST, Role.STATED_TOTAL, Role.FACT})


@dataclass(frozen=True)
class Upload:
    """The sheets of a file. `is_own`: our own workbook, whose columns are known."""

    file_name: str
    parts: tuple[Part, ...]
    is_own: bool


@dataclass(frozen=True)
class ColumnChoice:
    """A column of another sheet: its name, heading, an example, and what it is taken for."""

    column: int
    name: str
    head: str
    example: str
    role: str


@dataclass(frozen=True)
class RowWords:
    """What was read of a row, and what the person chose for an unknown name."""

    row: Row
    words: str
    role_label: str
    chosen: str = ""

    @property
    def is_strange(self) -> bool:
        return self.row.role in {Role.STRANGE, Role.SKIPPED} or bool(self.chosen)


@dataclass(frozen=True)
class CellChange:
    name: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Preview:
    """What the page shows. `wanted` is the plan as it would become, `seen` the snapshot of the one now.

    `warning` is about costs that the sheet states and the import does not change.
    """

    upload: Upload
    sheet: int
    columns: Columns
    mapping_problem: str
    choices: tuple[ColumnChoice, ...]
    rows: tuple[RowWords, ...]
    problems: tuple[str, ...]
    warning: str
    changes: tuple[CellChange, ...]
    missing: tuple[str, ...]
    is_removing: bool
    findings: tuple[Finding, ...]
    wanted: PlanFigures
    seen: str

    @property
    def can_be_confirmed(self) -> bool:
        return not self.mapping_problem and not self.problems and bool(self.changes)


def read_upload(name: str, content: bytes, plan: PlanFigures) -> Upload:
    tables = read_file(name, content)
    own = own_blocks(tables, plan_subject(plan))
    if own:
        return Upload(name, own, True)
    return Upload(name, tuple(Part(table, guess_columns(table)) for table in tables), False)


def pack(upload: Upload, salt: str) -> str:
    """Signed text for a hidden field."""
    parts = [
        {
            "name": part.table.name,
            "rows": part.table.rows,
            "heads": part.columns.heads,
            "roles": part.columns.roles,
            "first": part.first,
            "states_cost": part.states_cost,
        }
        for part in upload.parts
    ]
    content = {"file": upload.file_name, "own": upload.is_own, "parts": parts}
    return carrying.pack(content, salt)


def unpack(token: str, salt: str) -> Upload:
    """Raises ValidationError if the text is not ours or too old."""
    content: dict[str, Any] = carrying.unpack(token, salt)
    parts = tuple(
        Part(
            Table(part["name"], tuple(tuple(row) for row in part["rows"])),
            Columns(part["heads"], {int(column): role for column, role in part["roles"].items()}),
            part["first"],
            part["states_cost"],
        )
        for part in content["parts"]
    )
    return Upload(content["file"], parts, content["own"])


def chosen_columns(part: Part, data: Mapping[str, str]) -> Columns:
    heads = data.get("heads", "")
    width = max(len(row) for row in part.table.rows)
    roles = {}
    for column in range(width):
        role = data.get(f"column-{column}", part.columns.roles.get(column, ""))
        is_year = role.isascii() and role.isdecimal() and YEAR_RANGE[0] <= int(role[:5]) <= YEAR_RANGE[1]
        if role in {NAME, AMOUNT, SHARE, UNDATED, *WORDS} or is_year:
            roles[column] = role
    is_number = heads.isascii() and heads.isdecimal() and len(heads) < 4
    return Columns(min(int(heads), len(part.table.rows)) if is_number else part.columns.heads, roles)


def preview(
    upload: Upload, data: Mapping[str, str], plan: PlanFigures, figures: ProjectFigures, catalogue: Catalogue
) -> Preview:
    """`data` is what the person chose on the page."""
    sheet = _sheet(upload, data.get("sheet", ""))
    columns = upload.parts[sheet].columns
    parts: Sequence[Part] = upload.parts
    problem = ""
    if not upload.is_own:
        columns = chosen_columns(upload.parts[sheet], data)
        parts = [Part(upload.parts[sheet].table, columns)]
        problem = columns.problem
    chosen = {name.removeprefix("row-"): value for name, value in data.items() if name.startswith("row-")}
    reading = Reading((), False, False, (), ()) if problem else read_rows(parts, catalogue, chosen)
    if plan.organisation_id is None:
        reading = without_total(reading)
    reading = without_totals_of_years(plan, reading)
    remove = data.get("remove") == "on"
    wanted = imported(plan, reading, catalogue, remove=remove)
    found = [finding for finding in reconcile_plan(wanted, figures) if finding.level in FOUND]
    shown = [row for row in reading.rows if row.role is not Role.EMPTY]
    return Preview(
        upload=upload,
        sheet=sheet,
        columns=columns,
        mapping_problem=problem,
        choices=() if upload.is_own else _choices(upload.parts[sheet].table, columns),
        rows=tuple(
            RowWords(row, words_of(row, reading), _role_label(row), chosen.get(row.key, "")) for row in shown
        ),
        problems=(*_problems(reading, problem), *filter(None, [vat_problem(wanted)])),
        warning=total_cost_warning(plan, reading),
        changes=tuple(plan_changes(plan, wanted)),
        missing=missing_names(plan, reading),
        is_removing=remove,
        findings=tuple(found),
        wanted=wanted,
        seen=snapshot(plan),
    )


def _sheet(upload: Upload, typed: str) -> int:
    numbers = range(len(upload.parts))
    if typed.isascii() and typed.isdecimal() and int(typed[:3]) in numbers:
        return int(typed[:3])
    return max(numbers, key=lambda number: len(upload.parts[number].columns.roles))


def _problems(reading: Reading, mapping_problem: str) -> tuple[str, ...]:
    is_empty = not any(row.role in _TAKEN for row in reading.rows)
    if is_empty and not mapping_problem and not reading.problems:
        return (_("Taulukosta ei löytynyt yhtään rahoituslähdettä eikä kustannuslajia."),)
    return reading.problems


def _role_label(row: Row) -> str:
    return {
        Role.SOURCE: row.source.name if row.source else "",
        Role.COST: _("kustannuslaji"),
        Role.STATED_COST: _("kustannukset, ilmoitettu"),
        Role.STATED_TOTAL: _("ilmoitettu summa"),
        Role.FACT: _("tieto kustannuksista"),
        Role.SUM: _("summarivi, ei tuoda"),
        Role.SKIPPED: _("jätetään pois"),
        Role.STRANGE: _("tuntematon nimi"),
        Role.EMPTY: "",
    }[row.role]


def _choices(table: Table, columns: Columns) -> tuple[ColumnChoice, ...]:
    width = max(len(row) for row in table.rows)
    heads = table.rows[columns.heads - 1] if columns.heads else ()
    body = table.rows[columns.heads :]
    found = []
    for column in range(width):
        cells = [row[column] for row in body if column < len(row) and row[column] not in {"", NO_VALUE}]
        head = heads[column] if column < len(heads) else ""
        if cells or head:
            example = cells[0] if cells else ""
            role = columns.roles.get(column, "")
            found.append(ColumnChoice(column, column_name(column), head, example, role))
    return tuple(found)


def plan_changes(old: PlanFigures, new: PlanFigures) -> list[CellChange]:
    found = []
    if old.cost_as_stated != new.cost_as_stated:
        stated = [format_euros(plan.cost_as_stated) for plan in (old, new)]
        found.append(CellChange(_("Kustannukset, ilmoitettu"), _("summa"), *stated))
    for fact in plan_facts(is_whole=new.organisation_id is None):
        if fact.value(old) != fact.value(new):
            words = [fact.words(fact.value(plan)) for plan in (old, new)]
            found.append(CellChange(fact.label, _("ilmoitettu"), *words))
    before, after = ({line.source.source_id: line for line in with_parts(plan.lines)} for plan in (old, new))
    wholes, later_wholes = map(_names_of_wholes, (old, new))
    for source_id in {**before, **after}:
        earlier, later = before.get(source_id), after.get(source_id)
        cells = _line_cells(earlier, later)
        inside, now_inside = (names.get(source_id, "") for names in (wholes, later_wholes))
        cells.append((_("sisältyy riviin"), inside, now_inside, lambda name: name or "–"))
        found += _line_changes(earlier, later, cells)
    return [*found, *_cost_changes(old, new), *_total_changes(old, new)]


def _total_changes(old: PlanFigures, new: PlanFigures) -> Iterable[CellChange]:
    before, after = ({stated_key(each): each for each in plan.stated} for plan in (old, new))
    for key in {**before, **after}:
        earlier, later = before.get(key), after.get(key)
        if earlier != later:
            either = later or earlier
            assert either is not None
            words = [format_euros(each.amount) if each else _("ei ilmoitettu") for each in (earlier, later)]
            yield CellChange(capfirst(total_name(either)), _("ilmoitettu"), *words)


# What a cell is, its values before and after, and how one is shown.
_Cell = tuple[str, Any, Any, Callable[[Any], str]]


def _names_of_wholes(plan: PlanFigures) -> dict[int, str]:
    return {part.source.source_id: line.source.name for line in plan.lines for part in line.of_which}


def _line_cells(earlier: LineFigures | None, later: LineFigures | None) -> list[_Cell]:
    cells: list[_Cell] = [
        (_("summa"), earlier and earlier.amount, later and later.amount, format_euros),
        (_("osuus"), earlier and earlier.share, later and later.share, format_percent),
    ]
    for year in sorted({*(earlier.years if earlier else ()), *(later.years if later else ())}):
        first, second = (each.years.get(year) if each else None for each in (earlier, later))
        cells.append((str(year), first, second, format_euros))
    kind, now = (each is not None and each.is_in_kind for each in (earlier, later))
    names, now_names = (_names(each.includes if each else ()) for each in (earlier, later))
    cells.append((_("sisältää myös"), names, now_names, lambda found: found or "–"))
    return [*cells, (_("luontoissuoritus"), kind, now, lambda is_it: _("kyllä") if is_it else _("ei"))]


def _names(sources: Iterable[SourceFigures]) -> str:
    return "; ".join(sorted(source.name for source in sources))


def _line_changes(
    earlier: LineFigures | None, later: LineFigures | None, cells: Sequence[_Cell]
) -> list[CellChange]:
    line = later or earlier
    assert line is not None
    is_row = (earlier is None) != (later is None)
    found = []
    for number, (what, first, second, show) in enumerate(cells):
        # A row that comes or goes is a change even if none of its figures is known.
        if first != second or (is_row and number == 0):
            old_words = show(first) if earlier else _("ei riviä")
            new_words = show(second) if later else _("rivi poistuu")
            found.append(CellChange(line.source.name, what, old_words, new_words))
    return found


def _cost_changes(old: PlanFigures, new: PlanFigures) -> list[CellChange]:
    before = {(cost.category, cost.year): cost for cost in old.costs}
    after = {(cost.category, cost.year): cost for cost in new.costs}
    found = []
    for key in sorted({*before, *after}, key=lambda key: (key[0], key[1] is None, key[1] or 0)):
        earlier, later = before.get(key), after.get(key)
        amounts: list[Decimal | None] = [cost.amount if cost else None for cost in (earlier, later)]
        if amounts[0] == amounts[1] and earlier and later:
            continue
        name = (later or earlier).label  # type: ignore[union-attr]
        old_words = format_euros(amounts[0]) if earlier else _("ei riviä")
        new_words = format_euros(amounts[1]) if later else _("rivi poistuu")
        found.append(CellChange(name[:1].upper() + name[1:], year_label(key[1]), old_words, new_words))
    return found
