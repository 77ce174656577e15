"""The sheet of sources by year, with the costs that they should reach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from financing.importing.columns import IN_KIND, INCLUDES, PART_OF, detail_heads
from financing.reports.plans import PlanTable, StatedRow, lines_by_class
from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.workbook.labels import (
    Heading,
    PlanPlaces,
    block_title,
    net_cost_label,
    stated_sources_label,
)
from mikrogrow.values.money import UNKNOWN, sum_if_all_known
from mikrogrow.workbooks import Formula, Kind, Sheet, known, known_difference, known_sum, spanned

# The first column of years.
SOURCE_YEARS = 7
# What few lines have, in the order of the columns.
DETAIL_WIDTHS = {PART_OF: 34, IN_KIND: 20, INCLUDES: 34}


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet of sources: `every` year of its plans, and of these the `years` of one plan.

    After the years come their total, the details that some lines have, and a note.
    """

    every: Mapping[int, int]
    has_details: bool
    years: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, years: Sequence[int], *, details: bool) -> "Columns":
        return cls({year: column for column, year in enumerate(years, start=SOURCE_YEARS)}, details)

    def of_plan(self, years: Iterable[int]) -> "Columns":
        return replace(self, years={year: self.every[year] for year in years})

    @property
    def total(self) -> int:
        return SOURCE_YEARS + len(self.every)

    @property
    def details(self) -> dict[str, int]:
        return detail_columns(self.total + 1) if self.has_details else {}

    @property
    def note(self) -> int:
        return self.total + 1 + len(self.details)

    @property
    def names(self) -> list[str]:
        return [
            _("Lähdeluokka"),
            _("Rahoituslähde"),
            _("Ilmoitettu, €"),
            _("Osuus, ilmoitettu"),
            _("Osuus, laskettu"),
            _("Ero, %-yks."),
            *map(str, self.every),
            _("Vuodet yhteensä"),
            *(detail_heads()[role] for role in self.details),
            _("Lisätieto"),
        ]

    def widths(self, width: float) -> list[float]:
        details = [DETAIL_WIDTHS[role] for role in self.details]
        return [22, 34, 16, 11, 11, 15, *[width] * len(self.every), 17, *details, 28]


def detail_columns(first: int) -> dict[str, int]:
    return {role: column for column, role in enumerate(DETAIL_WIDTHS, start=first)}


def has_details(plan: PlanFigures) -> bool:
    """Some line is a part of another or work in kind, or has money of other sources in it."""
    return any(line.of_which or line.is_in_kind or line.includes for line in plan.lines)


def put_details(
    sheet: Sheet, columns: Mapping[str, int], line: LineFigures, whole: LineFigures | None = None
) -> None:
    """`whole` is the line that has this one in its amount."""
    words = {
        PART_OF: whole.source.name if whole else "",
        IN_KIND: _("kyllä") if line.is_in_kind else "",
        INCLUDES: "; ".join(source.name for source in line.includes),
    }
    for role, column in columns.items():
        if words[role]:
            sheet.put(column, words[role])


def all_years(plan: PlanFigures) -> set[int]:
    """With those of which only a part of a line is known."""
    return {*plan.years, *(year for line in plan.lines for part in line.of_which for year in part.years)}


def source_heads(sheet: Sheet, columns: Columns, heading: Heading) -> None:
    """An import recognises our own sheets by these headings."""
    sheet.line(_("Rahoitus lähteittäin ja vuosittain"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.heads(columns.names, numbers=range(3, columns.total + 1))
    sheet.freeze(3)


def source_block(
    sheet: Sheet, table: PlanTable, plan: PlanFigures, columns: Columns, places: PlanPlaces
) -> None:
    sheet.line(block_title(table), Kind.HEADING)
    columns = columns.of_plan(table.years)
    if not table.has_sources:
        _without_sources(sheet, table, columns)
        return
    first = sheet.row
    cost_row = first + len(plan.lines) + _rows_before_cost(table)
    rows = [(group.label, row) for group in table.classes for row in group.rows]
    lines = [line for of_class in lines_by_class(plan) for line in of_class]
    for (label, row), line in zip(rows, lines, strict=True):
        sheet.put(1, label)
        sheet.put(2, row.name)
        amount = sheet.put(3, row.amount, Kind.EUROS)
        sheet.put(4, _("ei ilmoitettu") if row.stated_share is None else row.stated_share, Kind.SHARE)
        sheet.put(5, Formula(_share(amount, f"C${cost_row}"), row.computed_share), Kind.SHARE)
        difference = _("ei ilmoitettu") if row.stated_share is None else row.share_difference
        points = _points(f"D{sheet.row}", f"E{sheet.row}")
        sheet.put(6, Formula(points, difference), Kind.POINTS)
        cells = []
        for year, given in zip(table.years, row.years, strict=True):
            cells.append(sheet.put(columns.years[year], given, Kind.EUROS))
            places.years[line.source.source_id, year] = sheet.at(cells[-1])
        if cells:
            sheet.put(columns.total, Formula(known_sum(cells), sum_if_all_known(row.years)), Kind.EUROS)
        sheet.put(columns.note, "; ".join(row.notes), Kind.WORDS)
        put_details(sheet, columns.details, line)
        places.amounts[line.source.source_id] = sheet.at(amount)
        sheet.row += 1
    ends = (first, sheet.row - 1)
    _source_sums(sheet, table, columns, ends, places)
    for whole in lines:
        for part in whole.of_which:
            _part_row(sheet, whole, part, columns, places)
    sheet.row += 1


def _without_sources(sheet: Sheet, table: PlanTable, columns: Columns) -> None:
    sheet.line(_("Rahoituslähteitä ei ole kirjattu."), Kind.NOTE)
    if table.stated_sources is not None:
        _stated_row(sheet, stated_sources_label(), table.stated_sources, columns)
    if table.stated_costs is not None:
        _stated_row(sheet, table.stated_years_label, table.stated_costs, columns)
    sheet.row += 1


def _rows_before_cost(table: PlanTable) -> int:
    """From the sum of the sources to the costs."""
    return 1 if table.stated_sources is None else 3


def _part_row(
    sheet: Sheet, whole: LineFigures, part: LineFigures, columns: Columns, places: PlanPlaces
) -> None:
    """Below the sums, because the whole has these euros already."""
    sheet.put(1, _("josta"))
    sheet.put(2, part.source.name)
    places.amounts[part.source.source_id] = sheet.at(sheet.put(3, part.amount, Kind.EUROS))
    sheet.put(4, _("ei ilmoitettu") if part.share is None else part.share, Kind.SHARE)
    cells = []
    # A paper may give the years of a part alone.
    years = [year for year in columns.every if year in columns.years or year in part.years]
    for year in years:
        column = columns.every[year]
        cells.append(sheet.put(column, part.years.get(year), Kind.EUROS))
        places.years[part.source.source_id, year] = sheet.at(cells[-1])
    if cells:
        total = sum_if_all_known(part.years.get(year) for year in years)
        sheet.put(columns.total, Formula(known_sum(cells), total), Kind.EUROS)
    put_details(sheet, columns.details, part, whole)
    sheet.row += 1


def _share(amount: str, cost: str) -> str:
    # Four decimals, as the page rounds to hundredths of a percent.
    return known([amount, cost], f'IF({cost}=0,"{UNKNOWN}",ROUND({amount}/{cost},4))')


def _points(stated: str, computed: str) -> str:
    difference = known([stated, computed], f"ROUND(({stated}-{computed})*100,3)")
    return f'IF({stated}="{_("ei ilmoitettu")}",{stated},{difference})'


def _source_sums(
    sheet: Sheet,
    table: PlanTable,
    columns: Columns,
    ends: tuple[int, int],
    places: PlanPlaces,
) -> None:
    first, end = ends

    def column(letter: str) -> list[str]:
        return [f"{letter}{row}" for row in range(first, end + 1)]

    sheet.put(1, "", strong=True)
    sheet.put(2, _("Rahoitus yhteensä"), strong=True)
    total = sheet.put(3, Formula(known_sum(column("C")), table.total), Kind.EUROS, strong=True)
    _share_sums(sheet, table, spanned(column("D")), _share(total, f"C{sheet.row + _rows_before_cost(table)}"))
    sums = {}
    for year, given in zip(table.years, table.year_totals, strict=True):
        formula = Formula(known_sum(column(sheet.letter(columns.years[year]))), given)
        sums[year] = sheet.put(columns.years[year], formula, Kind.EUROS, strong=True)
    if sums:
        years = Formula(known_sum(list(sums.values())), sum_if_all_known(table.year_totals))
        sheet.put(columns.total, years, Kind.EUROS, strong=True)
    sheet.row += 1
    if table.stated_sources is not None:
        _stated_rows(sheet, stated_sources_label(), table.stated_sources, total, sums, columns)
    _cost_rows(sheet, table, columns, places, total, sums)


def _cost_rows(
    sheet: Sheet,
    table: PlanTable,
    columns: Columns,
    places: PlanPlaces,
    total: str,
    sums: Mapping[int, str],
) -> None:
    """The costs that the sources should reach, and the gap; `total` and `sums` are cells of the sources."""
    sheet.put(2, net_cost_label(table))
    cost = sheet.put(3, Formula(places.cost, table.cost), Kind.EUROS)
    if table.cost_notes:
        sheet.put(columns.note, "; ".join(table.cost_notes), Kind.WORDS)
    sheet.row += 1
    costs: dict[int, str] = {}
    rows = ""
    if table.has_cost_rows:
        rows, costs = _sums_of_costs(sheet, table, columns, places)
    if table.stated_costs is not None:
        _stated_row(sheet, table.stated_years_label, table.stated_costs, columns)
    if table.stated_costs is not None or table.rows_gap:
        _cost_differences(sheet, table, columns, costs, (rows, cost))
    sheet.put(2, table.gap_label, strong=True)
    sheet.put(3, Formula(known_difference(total, cost), table.gap), Kind.SIGNED, strong=True)
    for year, given in zip(table.years, table.year_gaps, strict=True):
        gap = Formula(known_difference(sums[year], costs[year]), given) if year in costs else given
        sheet.put(columns.years[year], gap, Kind.SIGNED, strong=True)
    sheet.row += 1


def _sums_of_costs(
    sheet: Sheet, table: PlanTable, columns: Columns, places: PlanPlaces
) -> tuple[str, dict[int, str]]:
    """Returns the cells of the sum and of the years."""
    sheet.put(2, table.rows_label)
    rows = sheet.put(3, Formula(places.rows_cost, table.rows_cost), Kind.EUROS)
    costs = {}
    for year, given in zip(table.years, table.year_costs, strict=True):
        formula = Formula(_if_all_dated(places.cost_years[year], places.without_year), given)
        costs[year] = sheet.put(columns.years[year], formula, Kind.EUROS)
    if costs:
        sheet.put(columns.total, Formula(known_sum(list(costs.values())), table.years_total), Kind.EUROS)
    sheet.row += 1
    return rows, costs


def _cost_differences(
    sheet: Sheet,
    table: PlanTable,
    columns: Columns,
    costs: Mapping[int, str],
    totals: tuple[str, str],
) -> None:
    """What the rows have beyond the stated costs; `totals` are the cells of both."""
    sheet.put(2, _("Rivit – ilmoitettu"))
    if table.rows_gap:
        sheet.put(3, Formula(known_difference(*totals), table.rows_gap), Kind.SIGNED)
    if table.stated_costs is not None:
        for year, (stated, gap) in zip(table.years, table.stated_costs.pairs, strict=True):
            if stated is None:
                continue
            column = columns.years[year]
            above = f"{sheet.letter(column)}{sheet.row - 1}"
            # Stated gross costs have no row of their kind here.
            is_same_kind = year in costs and not (table.is_gross and table.has_revenue)
            formula = Formula(known_difference(costs[year], above), gap) if is_same_kind else gap
            sheet.put(column, formula, Kind.SIGNED)
    sheet.row += 1


def _stated_rows(
    sheet: Sheet,
    label: str,
    stated: StatedRow,
    total: str,
    sums: Mapping[int, str],
    columns: Columns,
) -> None:
    """What the paper states, and rows minus stated; a total that it does not state stays empty."""
    in_all, years = _stated_row(sheet, label, stated, columns)
    sheet.put(2, _("Rivit – ilmoitettu"))
    if in_all:
        sheet.put(3, Formula(known_difference(total, in_all), stated.total_difference), Kind.SIGNED)
    for year, gap in zip(columns.years, stated.year_differences, strict=True):
        if year in years:
            sheet.put(
                columns.years[year], Formula(known_difference(sums[year], years[year]), gap), Kind.SIGNED
            )
    sheet.row += 1


def _if_all_dated(of_year: str, without_year: str) -> str:
    return f'IF({without_year},{of_year},"{UNKNOWN}")' if without_year else of_year


def _stated_row(sheet: Sheet, label: str, stated: StatedRow, columns: Columns) -> tuple[str, dict[int, str]]:
    """Returns the cells, in all and by year; an import reads the row."""
    sheet.put(2, label)
    in_all = "" if stated.total is None else sheet.put(3, stated.total, Kind.EUROS)
    years = {
        year: sheet.put(columns.years[year], amount, Kind.EUROS)
        for year, amount in zip(columns.years, stated.years, strict=True)
        if amount is not None
    }
    sheet.row += 1
    return in_all, years


def _share_sums(sheet: Sheet, table: PlanTable, shares: str, computed: str) -> None:
    stated = f'IF(COUNT({shares})=0,"{UNKNOWN}",SUM({shares}))'
    sheet.put(4, Formula(stated, table.stated_share), Kind.SHARE, strong=True)
    sheet.put(5, Formula(computed, table.computed_share), Kind.SHARE, strong=True)
    missing = _("ei ilmoitettu")
    counted = f'COUNTIF({shares},"{missing}")'
    words = f"{table.unstated_shares} {missing}" if table.unstated_shares else ""
    sheet.put(6, Formula(f'IF({counted}=0,"",{counted}&" {missing}")', words), Kind.POINTS, strong=True)
