"""What was claimed, used and forecast, against the plan. Euros; None is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import COVER_OTHERS, DEDUCTED, INVOICED, SPENT, CostCategory, InvoiceStatus
from financing.rules.contributions import contributions, in_all, in_year, only_funds
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import (
    ClaimCostFigures,
    ClaimFigures,
    ClaimSourceFigures,
    ForecastFigures,
    InvoiceSum,
    SetAsideFigures,
)
from financing.rules.flat_rates import accrued, own_and_accrued
from financing.rules.revenue import less_revenue
from mikrogrow.values.dates import years_between
from mikrogrow.values.money import ZERO, difference, percent_of, sum_if_all_known
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class Progress:
    """What was claimed of a planned amount, in earlier claims and now.

    `key` is a source's id, `category` a value of CostCategory. `share` is percent, not rounded.
    """

    label: str
    planned: Decimal | None
    earlier: Decimal | None
    now: Decimal | None
    is_deducted: bool = False
    key: int = 0
    category: str = ""

    @property
    def in_all(self) -> Decimal | None:
        return sum_if_all_known([self.earlier, self.now])

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        return (self.planned, self.earlier, self.now, self.in_all)

    @property
    def share(self) -> Decimal | None:
        return percent_of(self.in_all, self.planned)

    @property
    def left(self) -> Decimal | None:
        return difference(self.planned, self.in_all)


@dataclass(frozen=True)
class ProgressTable:
    """The total deducts revenue."""

    rows: tuple[Progress, ...]
    total: Progress


@dataclass(frozen=True)
class ClaimTotals:
    """`eligible` and `deducted` are unknown until the funder has decided."""

    claimed: Decimal | None
    eligible: Decimal | None
    paid: Decimal | None

    @property
    def deducted(self) -> Decimal | None:
        return difference(self.claimed, self.eligible)


@dataclass(frozen=True)
class SetAsideSums:
    """Disputed costs left out of claims: in all, and later included."""

    total: Decimal
    taken: Decimal

    @property
    def open(self) -> Decimal:
        return self.total - self.taken


@dataclass(frozen=True)
class PlanActualForecast:
    """Plan, actual and forecast of one thing. `share` is percent, not rounded."""

    label: str
    planned: Decimal | None
    actual: Decimal | None
    forecast: Decimal | None = None

    @property
    def deviation(self) -> Decimal | None:
        return difference(self.planned, self.forecast)

    @property
    def share(self) -> Decimal | None:
        return percent_of(self.actual, self.planned)

    @property
    def left(self) -> Decimal | None:
        return difference(self.planned, self.actual)


@dataclass(frozen=True)
class MoneyUsed:
    """Planned and used (approved or paid) costs of the city's part, or the money of one that only funds.

    Before revenue is taken off; `revenue` is None if none is planned or received.
    """

    years: tuple[tuple[int, PlanActualForecast], ...]
    total: PlanActualForecast
    revenue: PlanActualForecast | None = None

    @property
    def net(self) -> PlanActualForecast | None:
        if self.revenue is None:
            return None
        return PlanActualForecast(
            "",
            difference(self.total.planned, self.revenue.planned),
            difference(self.total.actual, self.revenue.actual),
        )

    @property
    def planned_by_year(self) -> tuple[tuple[int, Decimal | None], ...]:
        return tuple((year, row.planned) for year, row in self.years)

    @property
    def used_by_year(self) -> dict[int, Decimal]:
        return {year: row.actual or ZERO for year, row in self.years}


@dataclass(frozen=True)
class AdvancePayment:
    """What the city has advanced to the other sources: their part of the paid costs − what they have paid.

    `revenue` is what is taken off the costs first. `promised` are costs that are approved and not paid yet;
    the advance is not reckoned from them.
    """

    costs: Decimal
    own: Decimal
    paid: Decimal
    promised: Decimal
    revenue: Decimal = ZERO

    @property
    def others(self) -> Decimal:
        return self.costs - self.revenue - self.own

    @property
    def amount(self) -> Decimal:
        """Negative if the others have paid before the costs were recorded."""
        return self.others - self.paid

    @property
    def ahead(self) -> Decimal:
        return -self.amount


# Claims


def claimed_by_category(
    claims: Sequence[ClaimFigures], claim: ClaimFigures, plan: PlanFigures | None
) -> ProgressTable:
    before = [other for other in claims if other.number < claim.number]
    earlier = [cost for other in before for cost in other.costs]
    is_known = not any(other.is_unwritten for other in before)
    planned = {cost.category for cost in plan.costs} - {CostCategory.NOT_BROKEN_DOWN} if plan else set()
    categories = sorted(planned | {cost.category for cost in (*earlier, *claim.costs)})
    rows = tuple(
        Progress(
            label=str(CostCategory(category).label),
            planned=planned_in_category(plan, category),
            earlier=_claimed([cost for cost in earlier if cost.category == category]) if is_known else None,
            now=_claimed([cost for cost in claim.costs if cost.category == category])
            if not claim.is_unwritten
            else None,
            is_deducted=category in DEDUCTED,
            category=category,
        )
        for category in categories
    )
    total = Progress(
        "",
        plan.cost if plan else None,
        _net_claimed(earlier) if is_known else None,
        None if claim.is_unwritten else _net_claimed(claim.costs),
    )
    return ProgressTable(rows, total)


def claimed_by_source(
    claims: Sequence[ClaimFigures], claim: ClaimFigures, plan: PlanFigures | None
) -> ProgressTable:
    before = [other for other in claims if other.number < claim.number]
    earlier = [row for other in before for row in other.sources]
    earlier_is_known = not any(other.is_unwritten and not other.sources for other in before)
    now_is_known = bool(claim.sources) or not claim.is_unwritten
    asked = {row.source.source_id: row.source for row in (*earlier, *claim.sources)}
    # Own lines only if they were claimed: nobody claims from themselves.
    lines = [
        line
        for line in (plan.lines if plan else ())
        if line not in (plan.own_lines if plan else ()) or line.source.source_id in asked
    ]
    planned = {line.source.source_id: line.amount for line in lines}
    sources = {line.source.source_id: line.source for line in lines} | asked
    rows = tuple(
        Progress(
            label=source.name,
            planned=planned.get(key, ZERO) if plan else None,
            earlier=_asked(earlier, key) if earlier_is_known else None,
            now=_asked(claim.sources, key) if now_is_known else None,
            key=key,
        )
        for key, source in sources.items()
    )
    total = Progress(
        "",
        sum_if_all_known(row.planned for row in rows) if rows else None,
        sum_if_all_known(row.earlier for row in rows) if earlier_is_known else None,
        sum_if_all_known(row.now for row in rows) if now_is_known else None,
    )
    return ProgressTable(rows, total)


def _asked(rows: Iterable[ClaimSourceFigures], source: int) -> Decimal | None:
    return sum_if_all_known(row.claimed for row in rows if row.source.source_id == source)


def planned_in_category(plan: PlanFigures | None, category: str) -> Decimal | None:
    """All years; None if the plan is not broken down that far."""
    if plan is None or not plan.costs:
        return None
    if category != CostCategory.NOT_BROKEN_DOWN and plan.sums.leaves_categories_open:
        return None
    categories = {cost.category for cost in plan.costs}
    if category not in categories and categories.intersection(COVER_OTHERS):
        return None
    return plan.sums.in_category(category)


def claim_totals(claim: ClaimFigures) -> ClaimTotals:
    paid = [source.paid for source in claim.sources if source.paid is not None]
    return ClaimTotals(
        claimed=_net_claimed(claim.costs) if claim.costs else None,
        eligible=sum_if_all_known(_net(cost, cost.eligible) for cost in claim.costs) if claim.costs else None,
        paid=sum(paid, ZERO) if paid else None,
    )


def set_aside_sums(costs: Iterable[SetAsideFigures]) -> SetAsideSums:
    rows = list(costs)
    return SetAsideSums(
        sum((row.amount for row in rows), ZERO),
        sum((row.amount for row in rows if row.taken_into is not None), ZERO),
    )


def _claimed(costs: Iterable[ClaimCostFigures]) -> Decimal:
    return sum((cost.claimed for cost in costs), ZERO)


def _net_claimed(costs: Iterable[ClaimCostFigures]) -> Decimal:
    return sum((-cost.claimed if cost.is_deducted else cost.claimed for cost in costs), ZERO)


def _net(cost: ClaimCostFigures, amount: Decimal | None) -> Decimal | None:
    return -amount if amount is not None and cost.is_deducted else amount


# Plan, actual and forecast


def money_years(figures: ProjectFigures, forecast: ForecastFigures | None = None) -> tuple[int, ...]:
    """The years of the project, its plan, invoices, payments and shared costs, and of `forecast`.

    Pass the forecast that is shown: the years of older ones are no longer expected. What is compared with the
    plan only, such as the liability, passes none.
    """
    plan = figures.city_plan
    years = {row.year for row in figures.invoices if row.status in INVOICED}
    years |= {row.year for row in figures.shared_costs if row.year is not None}
    years |= figures.revenue_by_year.keys()
    years |= {year for part in contributions(figures) for year in part.years}
    years |= {
        row.paid_on.year for claim in figures.claims for row in claim.sources if row.paid_on is not None
    }
    if plan is not None:
        years |= set(plan.years)
    if forecast is not None:
        years |= {year for _source, year, _amount in forecast.amounts}
    years |= set(years_between(figures.starts_on, figures.ends_on))
    return tuple(sorted(years))


def compare_costs(figures: ProjectFigures, years: Sequence[int]) -> list[tuple[int, PlanActualForecast]]:
    """Own costs; of a city that only funds, its money in others' parts."""
    if only_funds(figures):
        return [(year, _funded(figures, year)) for year in years]
    plan = figures.city_plan
    return [
        (
            year,
            PlanActualForecast(
                str(year),
                # As in the limit of a year, before revenue is deducted: no invoice is revenue.
                plan.gross_costs_in(year) if plan else None,
                None
                if figures.lacks_invoices
                else own_costs(figures.invoices, SPENT, figures.cost_model, year),
            ),
        )
        for year in years
    ]


def money_used(figures: ProjectFigures, forecast: ForecastFigures | None = None) -> MoneyUsed:
    years = tuple(compare_costs(figures, money_years(figures, forecast)))
    plan = figures.city_plan
    planned = plan.gross_costs if plan else None
    if only_funds(figures):
        planned = in_all(contributions(figures))
    actual = sum_if_all_known(row.actual for _year, row in years)
    return MoneyUsed(years, PlanActualForecast("", planned, actual), compare_revenue(figures))


def compare_revenue(figures: ProjectFigures) -> PlanActualForecast | None:
    """Planned and received in all; None if there is neither."""
    plan = figures.city_plan
    planned = plan.revenue if plan else None
    if not figures.revenue and (plan is None or planned == 0):
        return None
    label = _("%s (vähennetään)") % CostCategory.REVENUE.label
    return PlanActualForecast(label, planned, sum(figures.revenue_by_year.values(), ZERO))


def _funded(figures: ProjectFigures, year: int) -> PlanActualForecast:
    paid = (
        row.cost
        for row in figures.invoices
        if row.recipient_id is not None and row.status in SPENT and row.year == year
    )
    actual = None if figures.lacks_invoices else sum(paid, ZERO)
    return PlanActualForecast(str(year), in_year(contributions(figures), year), actual)


def compare_categories(figures: ProjectFigures) -> list[PlanActualForecast]:
    plan = figures.city_plan
    rows = [row for row in figures.invoices if row.category and row.status in SPENT]
    planned = {cost.category for cost in plan.costs} - {CostCategory.NOT_BROKEN_DOWN} if plan else set()
    spent: dict[str, Decimal] = {}
    for row in rows:
        spent[row.category] = spent.get(row.category, ZERO) + row.cost
    if flat := accrued(rows, figures.cost_model):
        spent[CostCategory.FLAT_RATE] = flat
    costs = [
        PlanActualForecast(
            str(CostCategory(category).label),
            planned_in_category(plan, category),
            None if figures.lacks_invoices else spent.get(category, ZERO),
        )
        for category in sorted((planned | spent.keys()) - set(DEDUCTED))
    ]
    return [*costs, *filter(None, [compare_revenue(figures) if costs else None])]


def own_costs(
    invoices: Iterable[InvoiceSum], statuses: Sequence[str], cost_model: str, year: int | None = None
) -> Decimal:
    """With the flat-rate costs that accrue with them, in euros."""
    return own_and_accrued(
        (row for row in invoices if row.category and row.status in statuses and year in (None, row.year)),
        cost_model,
    )


def advance_payment(figures: ProjectFigures) -> AdvancePayment | None:
    """None if the own funding or the costs are unknown."""
    plan = figures.city_plan
    if plan is None or figures.lacks_invoices:
        return None
    rows = [row for row in figures.invoices if row.status == InvoiceStatus.PAID]
    costs = own_costs(rows, SPENT, figures.cost_model)
    net = own_costs(less_revenue(rows, figures.revenue_by_year), SPENT, figures.cost_model)
    own = plan.own_funding_of(net)
    if own is None:
        return None
    mine = {line.source.source_id for line in plan.own_lines}
    paid = [
        row.paid
        for claim in figures.claims
        for row in claim.sources
        if row.paid is not None and row.source.source_id not in mine
    ]
    promised = own_costs(figures.invoices, SPENT, figures.cost_model) - costs
    return AdvancePayment(costs, own, sum(paid, ZERO), promised, costs - net)
