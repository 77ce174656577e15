"""The grids of a plan's form as rows of cells: fields, and sums and differences of what they contain."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.forms import BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from financing.choices import DEDUCTED, CostCategory
from financing.forms.year_grid import year_field
from financing.rules.grid_sums import (
    WORDS,
    Cell,
    CostCells,
    CostTotals,
    Shown,
    Total,
    difference_words,
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
    # Further fields of the same cell, each with its label.
    below: tuple[tuple[str, "GridCell"], ...] = ()


@dataclass(frozen=True)
class GridColumn:
    """`year` is what the script knows it by; empty if it is of no year."""

    name: str
    label: str
    year: str = ""


@dataclass(frozen=True)
class GridRow:
    """A source or a category; the last one is empty, for adding."""

    admin_form: InlineAdminForm
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class GridFoot:
    """A row of sums or differences below the grid.

    `names` are its names without revenue and with, between which the script chooses.
    """

    name: str
    label: str
    cells: tuple[GridCell, ...]
    is_hidden: bool = False
    names: tuple[str, str] | None = None


@dataclass(frozen=True)
class Grid:
    name: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    feet: tuple[GridFoot, ...]


@dataclass(frozen=True)
class GridScriptData:
    """What the script needs besides the grids. `cost` is empty if the form has a field for the cost.

    `basis`, a value of CostBasis, counts if the form has no field for it.
    """

    words: str
    cost: str
    deducted: str
    unbroken: str
    basis: str


class Costs(CostTotals):
    """Sums of the typed costs."""

    def __init__(
        self, grid: InlineAdminFormSet | None, years: Sequence[int], stated: Cell, *, is_gross: bool = False
    ) -> None:
        rows = [form for form in (grid.formset.forms if grid else []) if _counts(form)]
        self.years = tuple(years)
        cells = (cost_cells(form, years) for form in rows)
        super().__init__(cells, total_of([stated]), is_gross=is_gross)

    @property
    def has_revenue(self) -> bool:
        return any(row.is_deducted for row in self.rows)

    def net_of(self, year: int) -> Total:
        return self.net_in(self.years.index(year))


def cost_cells(form: Any, years: Sequence[int]) -> CostCells:
    category = form["category"].value()
    return CostCells(
        tuple(_cell(form, year) for year in years),
        _cell(form, None),
        has_category=category != CostCategory.NOT_BROKEN_DOWN,
        is_deducted=category in DEDUCTED,
    )


def grid_script_data(cost: Decimal | None, *, is_typed: bool, basis: str = "") -> GridScriptData:
    words = json.dumps({name: str(text) for name, text in WORDS.items()}, ensure_ascii=False)
    shown = "" if is_typed or cost is None else str(cost).replace(".", ",")
    return GridScriptData(words, shown, " ".join(DEDUCTED), str(CostCategory.NOT_BROKEN_DOWN), basis)


def line_grid(lines: InlineAdminFormSet, costs: Costs, *, is_approximate: bool) -> Grid:
    columns = _line_columns(costs.years)
    may_change = lines.has_change_permission
    rows = [GridRow(row, tuple(_line_cells(row, columns, costs, may_change))) for row in lines]
    # A part of another line's amount is in no sum.
    forms = [form for form in lines.formset.forms if _counts(form) and not _value(form, "part_of")]
    feet = _line_feet(forms, columns, costs, is_approximate)
    return Grid("lines", tuple(columns), tuple(rows), tuple(feet))


def _line_columns(years: Sequence[int]) -> list[GridColumn]:
    of_years = [GridColumn("years", _("Vuodet yhteensä")), GridColumn("gap", _("Jako vuosille"))]
    return [
        GridColumn("source", _("Lähde")),
        GridColumn("stated_amount", _("Ilmoitettu, €")),
        GridColumn("stated_share", _("Ilmoitettu osuus, %")),
        GridColumn("share", _("Laskettu osuus")),
        *(GridColumn(year_field(year), f"{year}, €", str(year)) for year in years),
        *(of_years if years else []),
        GridColumn("also_includes", _("Sisältää myös")),
    ]


def _below() -> list[GridColumn]:
    """What few lines have stands below `also_includes`, so that three years fit beside a source."""
    return [
        GridColumn("part_of", _("Sisältyy riviin")),
        GridColumn("is_in_kind", _("Luontoissuoritus")),
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
        **{year_field(year): sum_words(costs.net_of(year)) for year in years},
        "years": sum_words(costs.net),
    }
    gaps = {
        "stated_amount": unallocated_words(costs.stated, amounts),
        **{year_field(year): unallocated_words(costs.net_of(year), total) for year, total in of_year.items()},
        "years": unallocated_words(costs.net, all_years),
    }
    return [
        _foot("total", _("Yhteensä"), columns, totals),
        _named_foot("cost", columns, needed, costs),
        _named_foot("gap", columns, gaps, costs),
    ]


def _named_foot(name: str, columns: Sequence[GridColumn], shown: dict[str, Shown], costs: Costs) -> GridFoot:
    names = (_("Kustannukset"), _("Nettokustannukset"))
    if name == "gap":
        names = (_("Rahoitus – kustannukset"), _("Rahoitus – nettokustannukset"))
    return replace(_foot(name, names[costs.has_revenue], columns, shown), names=names)


def cost_grid(grid: InlineAdminFormSet, costs: Costs) -> Grid:
    columns = [
        GridColumn("category", _("Kustannuslaji")),
        *(GridColumn(year_field(year), f"{year}, €", str(year)) for year in costs.years),
        GridColumn(year_field(None), _("Vuosi ei tiedossa, €"), "undated"),
        GridColumn("years", _("Yhteensä")),
    ]
    may_change = grid.has_change_permission
    rows = [GridRow(row, tuple(_category_cells(row, columns, costs.years, may_change))) for row in grid]
    return Grid("costs", tuple(columns), tuple(rows), tuple(_cost_feet(columns, costs)))


def _cost_feet(columns: Sequence[GridColumn], costs: Costs) -> list[GridFoot]:
    twice = costs.is_stated_twice
    gross, net = (_column_sums(costs, is_net=is_net) for is_net in (False, True))
    gross["years"] = sum_words(costs.by_year if twice else costs.gross)
    net["years"] = sum_words(costs.net)
    of_categories = {"years": sum_words(costs.by_category)}
    between = {"years": difference_words(costs.by_year, costs.by_category)}
    stated = {"years": sum_words(costs.as_stated)}
    gap = {"years": unallocated_words(costs.stated, costs.dated)}
    return [
        _foot("total", _("Kustannukset yhteensä"), columns, gross),
        _foot("categories", _("Kustannuslajeittain yhteensä"), columns, of_categories, is_hidden=not twice),
        _foot("between", _("Vuosittain – kustannuslajeittain"), columns, between, is_hidden=not twice),
        _foot("net", _("Nettokustannukset"), columns, net, is_hidden=not costs.has_revenue),
        _foot("stated", _("Kustannukset, ilmoitettu"), columns, stated),
        _foot("gap", _("Jako vuosille"), columns, gap),
    ]


def _column_sums(costs: Costs, *, is_net: bool) -> dict[str, Shown]:
    found = {
        year_field(year): sum_words(costs.column(number, is_net=is_net))
        for number, year in enumerate(costs.years)
    }
    undated = costs.column(None, is_net=is_net)
    is_empty = not undated.has_known and undated.is_readable
    # Of what is stated twice, the years' sums stand in the row.
    is_shown = not is_empty and not costs.is_stated_twice
    return {**found, year_field(None): sum_words(undated) if is_shown else Shown("", "known")}


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
        elif column.name == "also_includes":
            below = tuple((each.label, _field_cell(row, each, may_change)) for each in _below())
            yield replace(_field_cell(row, column, may_change), below=below)
        else:
            yield _field_cell(row, column, may_change)


def _category_cells(
    row: InlineAdminForm, columns: Sequence[GridColumn], years: Sequence[int], may_change: bool
) -> Iterator[GridCell]:
    for column in columns:
        if column.name == "years":
            entered = cost_cells(row.form, years).entered
            total = sum_words(total_of(cell for _year, cell in entered))
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
    elif name == "part_of":
        text = str(form.instance.part_of or "")
    elif name == "is_in_kind":
        text = _("kyllä") if form.instance.is_in_kind else ""
    elif name == "also_includes":
        text = ", ".join(map(str, form.instance.also_includes.all()))
    if not text and name not in {year_field(None), "part_of", "is_in_kind"}:
        return GridCell(name, shown=Shown(str(UNKNOWN), "unknown"))
    return GridCell(name, shown=Shown(text or "", "known"))


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


def _cell(form: Any, column: int | str | None) -> Cell:
    return read_cell(_value(form, column if isinstance(column, str) else year_field(column)))
