"""The sheets of the plans: sources by year, costs by category and year, shares of the project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import DEDUCTED, CostCategory, StatedSum
from financing.importing.columns import undated_head
from financing.reports.plans import (
    FinancingReport,
    PlanTable,
)
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.workbook.facts import fact_rows
from financing.workbook.labels import (
    Heading,
    Places,
    PlanPlaces,
    block_title,
    cost_label,
    net_cost_label,
    stated_cost_label,
    stated_label,
)
from financing.workbook.shares import share_sheet
from financing.workbook.sources import Columns, all_years, has_details, source_block, source_heads
from mikrogrow.values.money import UNKNOWN, difference, sum_if_all_known
from mikrogrow.workbooks import (
    Book,
    Formula,
    Kind,
    Sheet,
    has_cents,
    known,
    known_difference,
    known_sum,
)

# The first column of years.
COST_YEARS = 2


def plan_sheets(book: Book, figures: ProjectFigures, report: FinancingReport, heading: Heading) -> Places:
    """Writes the sheets; returns the addresses of each plan's figures by the plan's id."""
    plans = _figures_by_id(figures)
    years = sorted({year for table in report.plans for year in all_years(plans[table.plan_id])})
    cents = has_cents(_all_amounts(report, plans))
    width = 14 if cents else 12
    columns = Columns.of(years, details=any(has_details(plans[table.plan_id]) for table in report.plans))
    sources = book.sheet(_("Rahoitus"), columns.widths(width), cents=cents)
    has_undated = any(plans[table.plan_id].sums.has_undated for table in report.plans)
    undated = [width] if has_undated else []
    costs = book.sheet(_("Kustannukset"), [34, *[width] * len(years), *undated, 14], cents=cents)
    places = {table.plan_id: PlanPlaces() for table in report.plans}
    cost_heads(costs, years, heading, has_undated=has_undated)
    for table in report.plans:
        _cost_block(costs, table, plans[table.plan_id], years, places[table.plan_id])
    source_heads(sources, columns, heading)
    for table in report.plans:
        source_block(sources, table, plans[table.plan_id], columns, places[table.plan_id])
    if not report.plans:
        sources.line(_("Rahoitussuunnitelmaa ei ole."), Kind.NOTE)
        costs.line(_("Rahoitussuunnitelmaa ei ole."), Kind.NOTE)
    if report.shares is not None:
        share_sheet(book, report.shares, plans[report.shares.plan_id], heading.line)
    return places


def _figures_by_id(figures: ProjectFigures) -> dict[int, PlanFigures]:
    plans = [*figures.plans, *([figures.whole_plan] if figures.whole_plan else [])]
    return {plan.plan_id: plan for plan in plans}


def _all_amounts(report: FinancingReport, plans: Mapping[int, PlanFigures]) -> list[Decimal | None]:
    found: list[Decimal | None] = []
    for table in report.plans:
        plan = plans[table.plan_id]
        found += [
            table.cost,
            plan.vat,
            *(cost.amount for cost in plan.costs),
            *(each.amount for each in plan.stated),
        ]
        lines = [each for line in plan.lines for each in (line, *line.of_which)]
        found += [amount for line in lines for amount in (line.amount, *line.years.values())]
    return found


def cost_heads(sheet: Sheet, years: Sequence[int], heading: Heading, *, has_undated: bool) -> None:
    sheet.line(_("Kustannukset lajeittain ja vuosittain"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    undated = [undated_head()] if has_undated else []
    names = [_("Kustannuslaji"), *map(str, years), *undated, _("Yhteensä, €")]
    sheet.heads(names, numbers=range(2, sheet.columns + 1))
    sheet.freeze(2)


@dataclass(frozen=True)
class _CostArea:
    """Where the rows of a plan's categories are: `undated` is the column without a year, 0 for none."""

    rows: Mapping[str, int]
    years: Mapping[int, int]
    undated: int
    total: int

    def net(self, sheet: Sheet, column: int) -> str:
        letter, (first, *_between) = sheet.letter(column), sorted(self.rows.values())
        end = max(self.rows.values())
        is_deducted = any(category in DEDUCTED for category in self.rows)
        return _net(f"{letter}{first}", f"{letter}{end}", is_deducted, f"{letter}{end - 1}")

    def cells(self, sheet: Sheet, column: int, categories: Iterable[str]) -> list[str]:
        return [f"{sheet.letter(column)}{self.rows[each]}" for each in categories if each in self.rows]


def _cost_block(
    sheet: Sheet, table: PlanTable, plan: PlanFigures, years: Sequence[int], places: PlanPlaces
) -> None:
    """Revenue comes last and is deducted. A cell for which the plan has no row stays empty."""
    sheet.line(block_title(table), Kind.HEADING)
    columns = {year: COST_YEARS + years.index(year) for year in table.years}
    last = sheet.columns
    rows = _category_rows(sheet, plan, columns)
    area = _CostArea(rows, columns, last - 1 if plan.sums.has_undated else 0, last)
    total = _twice_sums(sheet, plan, area) if plan.sums.is_stated_twice else None
    sheet.put(1, _("Nettokustannukset"), strong=True)
    net = []
    for year, column in columns.items():
        given = plan.sums.column(year, is_net=True) if year in plan.sums.years else None
        value = Formula(area.net(sheet, column), given) if rows else None
        net.append(sheet.put(column, value, Kind.EUROS, strong=True))
        places.cost_years[year] = sheet.at(net[-1])
    if plan.sums.has_undated:
        places.without_year = _if_nothing_is_undated(sheet, plan, area)
        total = total or Formula(area.net(sheet, last), plan.sums.net)
        undated = Formula(area.net(sheet, area.undated), plan.sums.column(None, is_net=True))
        sheet.put(area.undated, "" if plan.sums.is_stated_twice else undated, Kind.EUROS, strong=True)
    elif net:
        total = Formula(known_sum(net), table.years_total)
    total_place = sheet.put(last, total, Kind.EUROS, strong=True)
    places.rows_cost = sheet.at(total_place)
    sheet.row += 1
    cost = _stated_cost(sheet, table, area)
    places.cost = sheet.at(cost)
    is_by_year = not plan.sums.has_undated
    sheet.put(1, _("Vuodet – ilmoitettu") if is_by_year else _("Nettokustannukset – ilmoitettu"))
    gap = difference(plan.sums.net if plan.sums.has_undated else table.years_total, table.cost)
    sheet.put(last, Formula(known_difference(total_place, cost), gap if total else None), Kind.SIGNED)
    sheet.row += 1
    _stated_categories(sheet, plan, area)
    fact_rows(sheet, plan, last)
    sheet.row += 1


def _stated_categories(sheet: Sheet, plan: PlanFigures, area: _CostArea) -> None:
    """What the paper states of a category, and its row minus that."""
    labels = dict(CostCategory.choices)
    for stated in plan.stated:
        if stated.kind != StatedSum.CATEGORY:
            continue
        sheet.put(1, stated_label(stated.category, str(labels[stated.category])))
        in_all = sheet.put(area.total, stated.amount, Kind.EUROS)
        sheet.row += 1
        for cell in area.cells(sheet, area.total, [stated.category]):
            sheet.put(1, _("Rivit – ilmoitettu"))
            gap = difference(sheet.value(cell), stated.amount)
            sheet.put(area.total, Formula(known_difference(cell, in_all), gap), Kind.SIGNED)
            sheet.row += 1


def _stated_cost(sheet: Sheet, table: PlanTable, area: _CostArea) -> str:
    """Returns the cell of the net costs."""
    sheet.put(1, stated_cost_label(table))
    cost = sheet.put(area.total, table.gross_cost if table.is_gross else table.cost, Kind.EUROS)
    sheet.row += 1
    for note in table.cost_notes:
        sheet.line(note, Kind.NOTE)
    if table.is_gross:
        sheet.put(1, net_cost_label(table))
        revenue = area.cells(sheet, area.total, DEDUCTED)
        text = known_difference(cost, revenue[0]) if revenue else known([cost], cost)
        cost = sheet.put(area.total, Formula(text, table.cost), Kind.EUROS)
        sheet.row += 1
    return cost


def _twice_sums(sheet: Sheet, plan: PlanFigures, area: _CostArea) -> Formula:
    """The sum of the years and that of the categories; returns the formula of the net costs."""
    sums, unbroken = plan.sums, CostCategory.NOT_BROKEN_DOWN
    named = [category for category in area.rows if category not in (unbroken, *DEDUCTED)]
    open_cell = area.cells(sheet, area.undated, [unbroken]) if sums.in_category(unbroken) != 0 else []
    sheet.put(1, _("Vuosittain yhteensä"), strong=True)
    years = []
    for year in sums.years:
        formula = _stated_sum_of(area.cells(sheet, area.years[year], [*named, unbroken]))
        years.append(
            sheet.put(area.years[year], Formula(formula, sums.column(year, is_net=False)), Kind.EUROS)
        )
    by_year = sheet.put(
        area.total, Formula(known_sum([*years, *open_cell]), sums.by_year), Kind.EUROS, strong=True
    )
    sheet.row += 1
    sheet.put(1, _("Kustannuslajeittain yhteensä"), strong=True)
    cells = [*area.cells(sheet, area.total, named), *open_cell]
    by_category = sheet.put(area.total, Formula(known_sum(cells), sums.by_category), Kind.EUROS, strong=True)
    sheet.row += 1
    sheet.put(1, _("Vuosittain – kustannuslajeittain"))
    gap = difference(sums.by_year, sums.by_category)
    sheet.put(area.total, Formula(known_difference(by_year, by_category), gap), Kind.SIGNED)
    sheet.row += 1
    chosen = by_year if sums.gross == sums.by_year else by_category
    revenue = area.cells(sheet, area.total, DEDUCTED)
    text = known_difference(chosen, revenue[0]) if revenue else known([chosen], chosen)
    return Formula(text, sums.net)


def _if_nothing_is_undated(sheet: Sheet, plan: PlanFigures, area: _CostArea) -> str:
    """A condition: no costs, or none but those that the years state too, are without a year."""
    categories: Iterable[str] = area.rows
    if plan.sums.is_stated_twice:
        categories = [CostCategory.NOT_BROKEN_DOWN, *DEDUCTED]
    cells = [sheet.at(cell) for cell in area.cells(sheet, area.undated, categories)]
    if not cells:
        return ""
    unknown = "+".join(f'COUNTIF({cell},"{UNKNOWN}")' for cell in cells)
    return f"AND(SUM({','.join(cells)})=0,{unknown}=0)"


def _category_rows(sheet: Sheet, plan: PlanFigures, columns: Mapping[int, int]) -> dict[str, int]:
    """The number of each category's row."""
    stated = {(cost.year, cost.category): cost.amount for cost in plan.costs}
    names = {cost.category: cost.label for cost in plan.costs}
    places: dict[int | None, int] = dict(columns.items())
    if plan.sums.has_undated:
        places[None] = sheet.columns - 1
    found = {}
    for category in sorted(names):
        sheet.put(1, cost_label(category, names[category]))
        given = {
            column: stated[year, category] for year, column in places.items() if (year, category) in stated
        }
        for column, amount in given.items():
            sheet.put(column, amount, Kind.EUROS)
        cells = [f"{sheet.letter(column)}{sheet.row}" for column in places.values()]
        formula = Formula(_stated_sum(f"{cells[0]}:{cells[-1]}"), sum_if_all_known(given.values()))
        sheet.put(sheet.columns, formula, Kind.EUROS)
        found[category] = sheet.row
        sheet.row += 1
    return found


def _stated_sum(area: str) -> str:
    # An empty cell is no cost row, so it leaves the sum known.
    return f'IF(COUNTIF({area},"{UNKNOWN}")>0,"{UNKNOWN}",SUM({area}))'


def _stated_sum_of(cells: Sequence[str]) -> str:
    unknown = "+".join(f'COUNTIF({cell},"{UNKNOWN}")' for cell in cells)
    return f'IF({unknown}>0,"{UNKNOWN}",SUM({",".join(cells)}))'


def _net(first: str, end: str, is_deducted: bool, before: str) -> str:
    area = f"{first}:{end}"
    # Revenue is the last row.
    if not is_deducted:
        net = f"SUM({area})"
    elif first == end:
        net = f"-{end}"
    else:
        net = f"SUM({first}:{before})-{end}"
    return f'IF(OR(COUNT({area})=0,COUNTIF({area},"{UNKNOWN}")>0),"{UNKNOWN}",ROUND({net},2))'


def own_places(plan: PlanFigures | None, places: Places) -> list[str]:
    if plan is None:
        return []
    return [places[plan.plan_id].amounts[line.source.source_id] for line in plan.own_lines]
