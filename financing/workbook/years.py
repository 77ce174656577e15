"""The sheet of the total liability by year, and of what invoices use of caps and appropriations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import INVOICED, SPENT, CostCategory, InvoiceStatus
from financing.models import Invoice
from financing.rules.city_money import CityMoney, city_money
from financing.rules.contributions import only_funds
from financing.rules.figures.projects import ProjectFigures
from financing.rules.flat_rates import own_and_accrued
from financing.rules.liability_by_year import ByYear, CapUsage, LiabilityRow, net_invoices
from financing.workbook.labels import Heading, Places
from financing.workbook.plans import own_places
from mikrogrow.values.money import ZERO, sum_if_all_known
from mikrogrow.workbooks import Book, Formula, Kind, Sheet, has_cents, known, known_sum
from projects.choices import FLAT_RATE_PERCENTS

STAGES = (INVOICED, SPENT, (InvoiceStatus.PAID,))

# Columns of the sheet of invoices: the year, what the invoice is for, the cost and the state.
YEAR, TARGET, COST, STATE = "F", "G", "M", "N"


def liability_years_sheet(
    book: Book,
    figures: ProjectFigures,
    invoices: Sequence[Invoice],
    invoice_sheet: Sheet,
    places: Places,
    heading: Heading,
) -> None:
    """What invoices use of caps and appropriations are values, as no formula can follow the rules.

    What is left and the sums are formulas; costs by year are read from the sheet of invoices.
    """
    money = city_money(figures)
    rows = money.liability_by_year.rows
    uses = [*money.caps, money.outside, *money.appropriations]
    by_year = [row.amounts for row in rows]
    amounts = [amount for row in by_year for amount in (*row.years, row.undated, row.total)]
    amounts += [amount for use in uses for amount in (use.most, use.invoiced, use.approved, use.paid)]
    amounts += [use.others.invoiced for use in money.appropriations]
    years = money.liability_by_year.years
    title = _("Vastuu vuosittain")
    sheet = book.sheet(title, [46, *[14] * max(len(years) + 2, 6)], cents=has_cents(amounts))
    sheet.line(title, Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.freeze(2)
    costs = _invoice_costs(sheet, invoices, invoice_sheet, figures, years)
    sheet.line(_("Kokonaisvastuu vaiheittain ja vuosittain"), Kind.HEADING)
    _year_heads(sheet, _("Vaihe, €"), years)
    parts = money.liability_by_year.parts
    _planned(sheet, rows[: len(parts) + 1], years)
    share = _share(figures, places) if _has_own_costs(figures) else None
    for row, places_of_costs in zip(rows[len(parts) + 1 :], costs, strict=True):
        _stage(sheet, row.label, row.amounts, places_of_costs, share)
    for row in money.liability_by_year.income_rows:
        _amounts(sheet, row.label, [*row.amounts.years, row.amounts.undated, row.amounts.total])
    sheet.row += 1
    _uses(sheet, money)


def _planned(sheet: Sheet, rows: Sequence[LiabilityRow], years: Sequence[int]) -> None:
    *parts, planned = rows
    first = sheet.row
    for row in parts:
        _amounts(sheet, row.label, [*row.amounts.years, row.amounts.undated, row.amounts.total])
    sums = [
        known_sum([f"{sheet.letter(column)}{first + place}" for place in range(len(parts))])
        for column in range(2, len(years) + 4)
    ]
    values = (*planned.amounts.years, planned.amounts.undated, planned.amounts.total)
    _amounts(sheet, planned.label, [Formula(*pair) for pair in zip(sums, values, strict=True)], strong=True)


def _year_heads(sheet: Sheet, name: str, years: Sequence[int]) -> None:
    names = [name, *map(str, years), _("Vuosi ei tiedossa"), _("Yhteensä")]
    sheet.heads(names, numbers=range(2, len(names) + 1))


def _amounts(
    sheet: Sheet, label: str, values: Sequence[Formula | Decimal | None], *, strong: bool = False
) -> None:
    sheet.put(1, label, strong=strong)
    for column, value in enumerate(values, start=2):
        sheet.put(column, value, Kind.EUROS, strong=strong)
    sheet.row += 1


@dataclass(frozen=True)
class CostFormulas:
    """Formulas over the sheet of invoices, of those in some states; `end` is its last row.

    Typed words are no criteria, as they may hold wildcards.
    """

    source: Sheet
    end: int
    statuses: tuple[str, ...]
    percent: Decimal | None

    def own(self, year: int) -> str:
        """Own costs, and the percentage of the staff costs that accrues with them."""
        found = self._summed(year, ",".join(self._target(f"<>{prefix}") for prefix in self._prefixes()))
        if self.percent is None:
            return f"ROUND({found},2)"
        staff = self._summed(year, self._target(str(CostCategory.STAFF.label)))
        return f"ROUND({found},2)+ROUNDDOWN(ROUND({staff},2)*{self.percent}/100,2)"

    def in_full(self, year: int) -> str:
        terms = [self._summed(year, self._target(prefix)) for prefix in self._prefixes()]
        return f"ROUND({'+'.join(terms)},2)"

    def _summed(self, year: int, target: str) -> str:
        return "+".join(
            f"SUMIFS({self._column(COST)},{self._column(YEAR)},{year},"
            f'{self._column(STATE)},"{InvoiceStatus(status).label}",{target})'
            for status in self.statuses
        )

    def _target(self, words: str) -> str:
        return f'{self._column(TARGET)},"{words}"'

    def _column(self, letter: str) -> str:
        return self.source.at(f"${letter}$4:${letter}${self.end}")

    @staticmethod
    def _prefixes() -> list[str]:
        return [_("Yhteinen kustannus: %s") % "*", _("Rahoitusosuus: %s") % "*"]


def _invoice_costs(
    sheet: Sheet, invoices: Sequence[Invoice], source: Sheet, figures: ProjectFigures, years: Sequence[int]
) -> list[tuple[int, int]]:
    """For each stage the row of own costs, net if there is revenue, and the row of what is paid in full."""
    sheet.line(_("Laskujen kustannukset vaiheittain ja vuosittain"), Kind.HEADING)
    _year_heads(sheet, _("Vaihe, €"), years)
    percent = FLAT_RATE_PERCENTS.get(figures.cost_model)
    own, in_full = _cost_labels(invoices, figures, percent)
    found = []
    for name, statuses in zip((_("Laskutettu"), _("Hyväksytty"), _("Maksettu")), STAGES, strict=True):
        formulas = CostFormulas(source, 3 + len(invoices), tuple(statuses), percent)
        counted = [row for row in figures.invoices if row.status in statuses]
        stages = [(in_full, formulas.in_full, [row for row in counted if row.is_paid_in_full])]
        if _has_own_costs(figures):
            stages.insert(0, (own, formulas.own, [row for row in counted if not row.is_paid_in_full]))
        found.append((sheet.row, sheet.row + len(stages) - 1))
        for label, formula, rows in stages:
            costs = {
                year: own_and_accrued([row for row in rows if row.year == year], figures.cost_model)
                for year in years
            }
            sheet.put(1, label % name)
            _costs_by_year(sheet, costs, formula if invoices else None)
        if figures.revenue:
            found[-1] = (_net_costs(sheet, figures, statuses, found[-1][0], years), found[-1][1])
    sheet.row += 1
    return found


def _has_own_costs(figures: ProjectFigures) -> bool:
    """A city that only funds has none, unless an invoice says so."""
    is_own = (not row.is_paid_in_full for row in figures.invoices)
    return not only_funds(figures) or bool(figures.revenue) or any(is_own)


def _cost_labels(
    invoices: Sequence[Invoice], figures: ProjectFigures, percent: Decimal | None
) -> tuple[str, str]:
    own, in_full = _("%s, omat kustannukset"), _("%s, yhteiset kustannukset")
    if percent is not None:
        own = _("%s, omat kustannukset ja prosenttimääräiset")
    if only_funds(figures) and not any(row.shared_cost_id for row in invoices):
        in_full = _("%s, rahoitus muiden osissa")
    elif any(row.contribution_to_id for row in invoices):
        in_full = _("%s, yhteiset kustannukset ja rahoitus muiden osissa")
    return own, in_full


def _net_costs(
    sheet: Sheet, figures: ProjectFigures, statuses: Sequence[str], own_row: int, years: Sequence[int]
) -> int:
    """The row of own costs less revenue; which costs it is taken off, no formula can follow."""
    rows = [row for row in net_invoices(figures, statuses) if not row.is_paid_in_full]
    revenue = [row for row in rows if row.category == CostCategory.REVENUE]
    taken_off = [-sum((row.cost for row in revenue if row.year == year), ZERO) for year in years]
    sheet.put(1, _("Tulot (vähennetään)"))
    _by_year(sheet, taken_off, sum(taken_off, ZERO))
    net = [own_and_accrued([row for row in rows if row.year == year], figures.cost_model) for year in years]
    formulas = [
        Formula(f"ROUND({letter}{own_row}-{letter}{sheet.row - 1},2)", amount)
        for letter, amount in zip(map(sheet.letter, range(2, len(years) + 2)), net, strict=True)
    ]
    sheet.put(1, _("Omat kustannukset tulojen jälkeen"))
    _by_year(sheet, formulas, sum(net, ZERO))
    return sheet.row - 1


def _costs_by_year(sheet: Sheet, costs: Mapping[int, Decimal], formula: Callable[[int], str] | None) -> None:
    cells = [Formula(formula(year), cost) if formula else ZERO for year, cost in costs.items()]
    _by_year(sheet, cells, sum(costs.values(), ZERO))


def _by_year(sheet: Sheet, values: Sequence[Formula | Decimal], total: Decimal) -> None:
    cells = [sheet.put(column, value, Kind.EUROS) for column, value in enumerate(values, start=2)]
    sheet.put(len(values) + 2, ZERO, Kind.EUROS)
    sheet.put(len(values) + 3, Formula(known_sum(cells), total) if cells else ZERO, Kind.EUROS)
    sheet.row += 1


def _share(figures: ProjectFigures, places: Places) -> tuple[str, str] | None:
    """The addresses of own funding and net costs, if the plan is approved and both are known.

    Under a gross authority own costs count in full.
    """
    if figures.is_gross:
        return ("1", "1")
    plan = figures.city_plan
    if plan is None or not plan.is_approved or plan.own_funding is None or not plan.cost:
        return None
    own = own_places(plan, places)
    cost = places[plan.plan_id].cost
    return (f"({'+'.join(own)})", cost) if own and cost else None


def _stage(
    sheet: Sheet, label: str, amounts: ByYear, rows: tuple[int, int], share: tuple[str, str] | None
) -> None:
    own_row, full_row = rows
    sheet.put(1, label, strong=True)
    cells = []
    for column, amount in enumerate(amounts.years, start=2):
        letter, before = sheet.letter(column), sheet.letter(column - 1)
        formula = f"{letter}{full_row}"
        if share is not None:
            # Rounded on the sum so far, so that the years add up to the rounded total.
            own, cost = share
            formula += f"+ROUND(SUM($B{own_row}:{letter}{own_row})*{own}/{cost},2)"
            if column > 2:
                formula += f"-ROUND(SUM($B{own_row}:{before}{own_row})*{own}/{cost},2)"
        value = amount if amount is None else Formula(f"ROUND({formula},2)", amount)
        cells.append(sheet.put(column, value, Kind.EUROS, strong=True))
    sheet.put(len(cells) + 2, amounts.undated, Kind.EUROS, strong=True)
    total = Formula(known_sum(cells), amounts.total) if cells else amounts.total
    sheet.put(len(cells) + 3, total, Kind.EUROS, strong=True)
    sheet.row += 1


def _uses(sheet: Sheet, money: CityMoney) -> None:
    sheet.line(_("Valtuutukset ja määrärahat"), Kind.HEADING)
    names = [_("Rahan lähde"), _("Enintään, €"), _("Laskutettu, €"), _("Hyväksytty, €"), _("Maksettu, €")]
    left = _("Jäljellä laskutetun jälkeen, €")
    sheet.heads([*names, left], numbers=range(2, 7))
    # The rows' numbers, as notes come between them.
    placed = [_use(sheet, row, _name(row)) for row in money.caps]
    placed.append(_use(sheet, money.outside, _("Kaikkien valtuutusten ulkopuolella")))
    sheet.put(1, _("Laskut yhteensä"), strong=True)
    rows = [*money.caps, money.outside]
    for column, given in enumerate(
        (
            [row.invoiced for row in rows],
            [row.approved for row in rows],
            [row.paid for row in rows],
        ),
        start=3,
    ):
        cells = [f"{sheet.letter(column)}{number}" for number in placed]
        sheet.put(column, Formula(known_sum(cells), sum_if_all_known(given)), Kind.EUROS, strong=True)
    sheet.row += 2
    sheet.line(_("Määrärahat, tämän hankkeen laskut"), Kind.HEADING)
    if not money.appropriations:
        sheet.line(_("Määrärahoja ei ole kirjattu."), Kind.NOTE)
        return
    sheet.heads([*names, left, _("Muiden hankkeiden laskuttama, €")], numbers=range(2, 8))
    for row in money.appropriations:
        others = sheet.put(7, row.others.invoiced, Kind.EUROS)
        _use(sheet, row, _name(row), others=others)


def _name(use: CapUsage) -> str:
    return f"{use.name} {use.years or _('kaikki vuodet')}"


def _use(sheet: Sheet, use: CapUsage, name: str, others: str = "") -> int:
    """`others` is the cell with what other projects use; the row's number is returned."""
    number = sheet.row
    sheet.put(1, name, Kind.WORDS)
    most, invoiced, *_others = (
        sheet.put(column, amount, Kind.EUROS)
        for column, amount in enumerate((use.most, use.invoiced, use.approved, use.paid), start=2)
    )
    used = [invoiced, others] if others else [invoiced]
    left = known([most, *used], f"ROUND({'-'.join([most, *used])},2)")
    sheet.put(6, Formula(left, use.left), Kind.SIGNED)
    sheet.row += 1
    if use.note:
        sheet.line(use.note, Kind.NOTE)
    return number
