"""The grids of a plan's form as rows of cells: fields, and sums and differences of what they contain."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.forms import BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from financing.choices import DEDUCTED
from financing.forms.year_grid import year_field
from financing.rules.grid_sums import (
    WORDS,
    Cell,
    Shown,
    Total,
    read_cell,
    share_words,
    sum_words,
    total_of,
    unallocated_words,
)
from mikrogrow.admin.formsets import name_of
from mikrogrow.values.money import UNKNOWN, parse_percent


@dataclass(frozen=True)
class GridCell:
    """A field, or a text that the script updates (`shown`, found by `key`)."""

    name: str
    field: BoundField | None = None
    shown: Shown | None = None
    key: str = ""
    # Whose gap it is, for screen readers when it changes.
    speaks: str = ""


@dataclass(frozen=True)
class GridColumn:
    name: str
    label: str
    year: int | None = None


@dataclass(frozen=True)
class GridRow:
    """A source or a category; the last one is empty, for adding."""

    admin_form: InlineAdminForm
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class GridFoot:
    """A row of sums or differences below the grid."""

    name: str
    label: str
    cells: tuple[GridCell, ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class Grid:
    name: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    feet: tuple[GridFoot, ...]


@dataclass(frozen=True)
class GridScriptData:
    """What the script needs besides the grids. `cost` is empty if the form has a field for the cost."""

    words: str
    cost: str
    deducted: str


class Costs:
    """Sums of the typed costs of a year, or of all years (None)."""

    def __init__(self, grid: InlineAdminFormSet | None, years: Sequence[int], stated: Cell) -> None:
        rows = [form for form in (grid.formset.forms if grid else []) if _counts(form)]
        self.years = tuple(years)
        self.stated = total_of([stated])
        self.deducted = [form for form in rows if form["category"].value() in DEDUCTED]
        self.costs = [form for form in rows if form not in self.deducted]

    def gross(self, year: int | None) -> Total:
        # Revenue is not deducted.
        return total_of(self._cells(self.costs, year))

    def net(self, year: int | None) -> Total:
        return total_of(self._cells(self.costs, year), self._cells(self.deducted, year))

    def _cells(self, forms: Sequence[Any], year: int | None) -> list[Cell]:
        return [_cell(form, one) for form in forms for one in (self.years if year is None else [year])]


def grid_script_data(cost: Decimal | None, *, is_typed: bool) -> GridScriptData:
    words = json.dumps({name: str(text) for name, text in WORDS.items()}, ensure_ascii=False)
    shown = "" if is_typed or cost is None else str(cost).replace(".", ",")
    return GridScriptData(words, shown, " ".join(DEDUCTED))


def line_grid(lines: InlineAdminFormSet, costs: Costs, *, is_approximate: bool) -> Grid:
    columns = _line_columns(costs.years)
    may_change = lines.has_change_permission
    rows = [GridRow(row, tuple(_line_cells(row, columns, costs, may_change))) for row in lines]
    forms = [form for form in lines.formset.forms if _counts(form)]
    feet = _line_feet(forms, columns, costs, is_approximate)
    return Grid("lines", tuple(columns), tuple(rows), tuple(feet))


def _line_columns(years: Sequence[int]) -> list[GridColumn]:
    of_years = [GridColumn("years", _("Vuodet yhteensä")), GridColumn("gap", _("Jako vuosille"))]
    return [
        GridColumn("source", _("Lähde")),
        GridColumn("stated_amount", _("Ilmoitettu, €")),
        GridColumn("stated_share", _("Ilmoitettu osuus, %")),
        GridColumn("share", _("Laskettu osuus")),
        *(GridColumn(year_field(year), f"{year}, €", year) for year in years),
        *(of_years if years else []),
        GridColumn("also_includes", _("Sisältää myös")),
    ]


def _line_feet(
    forms: Sequence[Any], columns: Sequence[GridColumn], costs: Costs, is_approximate: bool
) -> list[GridFoot]:
    """The sums of the columns, the costs that they should reach, and the difference."""
    years = costs.years
    amounts = total_of(_cell(form, "stated_amount") for form in forms)
    shares = total_of(read_cell(_value(form, "stated_share"), parse_percent) for form in forms)
    all_years = total_of(_cell(form, year) for form in forms for year in years)
    of_year = {year: total_of(_cell(form, year) for form in forms) for year in years}
    cost = sum_words(costs.stated)
    if is_approximate and costs.stated.is_complete:
        cost = Shown(f"{_('noin')} {cost.text}", cost.state)
    totals = {
        "stated_amount": sum_words(amounts),
        "stated_share": sum_words(shares, "%"),
        "share": share_words(amounts, costs.stated),
        **{year_field(year): sum_words(total) for year, total in of_year.items()},
        "years": sum_words(all_years),
        "gap": unallocated_words(amounts, all_years),
    }
    needed = {
        "stated_amount": cost,
        **{year_field(year): sum_words(costs.net(year)) for year in years},
        "years": sum_words(costs.net(None)),
    }
    gaps = {
        "stated_amount": unallocated_words(costs.stated, amounts),
        **{year_field(year): unallocated_words(costs.net(year), total) for year, total in of_year.items()},
        "years": unallocated_words(costs.net(None), all_years),
    }
    return [
        _foot("total", _("Yhteensä"), columns, totals),
        _foot("cost", _("Kustannukset"), columns, needed),
        _foot("gap", _("Ero kustannuksiin"), columns, gaps),
    ]


def cost_grid(grid: InlineAdminFormSet, costs: Costs) -> Grid:
    years = costs.years
    columns = [
        GridColumn("category", _("Kustannuslaji")),
        *(GridColumn(year_field(year), f"{year}, €", year) for year in years),
        GridColumn("years", _("Yhteensä")),
    ]
    may_change = grid.has_change_permission
    rows = [GridRow(row, tuple(_category_cells(row, columns, years, may_change))) for row in grid]
    by_column: dict[str, int | None] = {**{year_field(year): year for year in years}, "years": None}
    gross = {name: sum_words(costs.gross(year)) for name, year in by_column.items()}
    net = {name: sum_words(costs.net(year)) for name, year in by_column.items()}
    stated = {"years": sum_words(costs.stated)}
    gap = {"years": unallocated_words(costs.stated, costs.net(None))}
    feet = [
        _foot("total", _("Kustannukset yhteensä"), columns, gross),
        _foot("net", _("Nettokustannukset"), columns, net, is_hidden=not costs.deducted),
        _foot("stated", _("Ilmoitetut kustannukset"), columns, stated),
        _foot("gap", _("Jako vuosille"), columns, gap),
    ]
    return Grid("costs", tuple(columns), tuple(rows), tuple(feet))


def _line_cells(
    row: InlineAdminForm, columns: Sequence[GridColumn], costs: Costs, may_change: bool
) -> Iterator[GridCell]:
    form = row.form
    blank = not _counts(form)
    amount = total_of([_cell(form, "stated_amount")])
    allocated = total_of(_cell(form, year) for year in costs.years)
    follows = {
        "share": share_words(amount, costs.stated),
        "years": sum_words(allocated),
        "gap": unallocated_words(amount, allocated),
    }
    for column in columns:
        if column.name in follows:
            shown = Shown("", "known") if blank else follows[column.name]
            speaks = name_of(form) if column.name == "gap" and row.original else ""
            yield GridCell(column.name, shown=shown, key=column.name, speaks=speaks)
        else:
            yield _field_cell(row, column, may_change)


def _category_cells(
    row: InlineAdminForm, columns: Sequence[GridColumn], years: Sequence[int], may_change: bool
) -> Iterator[GridCell]:
    for column in columns:
        if column.name == "years":
            total = sum_words(total_of(_cell(row.form, year) for year in years))
            yield GridCell("years", shown=total if _counts(row.form) else Shown("", "known"), key="years")
        else:
            yield _field_cell(row, column, may_change)


def _field_cell(row: InlineAdminForm, column: GridColumn, may_change: bool) -> GridCell:
    form, name = row.form, column.name
    if may_change or row.original is None:
        return GridCell(name, field=form[name])
    text = _value(form, name)
    if name in {"source", "category"}:
        text = name_of(form)
    elif name == "also_includes":
        text = ", ".join(map(str, form.instance.also_includes.all()))
    elif not text:
        return GridCell(name, shown=Shown(str(UNKNOWN), "unknown"))
    return GridCell(name, shown=Shown(text, "known"))


def _foot(
    name: str, label: str, columns: Sequence[GridColumn], shown: dict[str, Shown], *, is_hidden: bool = False
) -> GridFoot:
    cells = []
    for column in columns[1:]:
        key = f"{name}-{column.year or column.name}" if column.name in shown else ""
        speaks = f"{label}, {column.label}" if name == "gap" and key else ""
        cells.append(GridCell(column.name, shown=shown.get(column.name), key=key, speaks=speaks))
    return GridFoot(name, label, tuple(cells), is_hidden)


def _counts(form: Any) -> bool:
    is_removed = DELETION_FIELD_NAME in form.fields and form[DELETION_FIELD_NAME].value()
    return not is_removed and bool(form.instance.pk or form.has_changed())


def _value(form: Any, name: str) -> Any:
    return form[name].value() if name in form.fields else None


def _cell(form: Any, column: int | str) -> Cell:
    return read_cell(_value(form, year_field(column) if isinstance(column, int) else column))
