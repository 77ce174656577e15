"""What was claimed, spent and forecast against the plan: plain rules over plain figures.

Euros are Decimal and None is unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import COVER_OTHERS, DEDUCTED, INVOICED, SPENT, CostCategory
from financing.rules.figures import (
    ClaimCostFigures,
    ClaimFigures,
    ForecastFigures,
    InvoiceSum,
    PlanFigures,
    ProjectFigures,
    SetAsideFigures,
)
from mikrogrow.values.money import ZERO, difference, percent_of, sum_known


@dataclass(frozen=True)
class Progress:
    """What was claimed of a planned amount: earlier, now, in all and left. `key` is a source's id."""

    label: str
    planned: Decimal | None
    earlier: Decimal | None
    now: Decimal | None
    is_deducted: bool = False
    key: int = 0

    @property
    def in_all(self) -> Decimal | None:
        return sum_known([self.earlier, self.now])

    @property
    def share(self) -> Decimal | None:
        """Percent of the plan, exact: whoever shows it cuts it."""
        return percent_of(self.in_all, self.planned)

    @property
    def left(self) -> Decimal | None:
        """Less than nothing where more was claimed than planned."""
        return difference(self.planned, self.in_all)


@dataclass(frozen=True)
class ProgressTable:
    """Rows and their sum, from which revenue is deducted."""

    rows: tuple[Progress, ...]
    total: Progress


@dataclass(frozen=True)
class ClaimTotals:
    """A claim in four sums. `eligible` and `deducted` are unknown until the funder has decided."""

    claimed: Decimal | None
    eligible: Decimal | None
    paid: Decimal | None

    @property
    def deducted(self) -> Decimal | None:
        return difference(self.claimed, self.eligible)


@dataclass(frozen=True)
class SetAsideSums:
    """What was left out of claims as disputed: in all, taken into later claims, and still open."""

    total: Decimal
    taken: Decimal

    @property
    def open(self) -> Decimal:
        return self.total - self.taken


@dataclass(frozen=True)
class PlanActualForecast:
    """Plan, actual and forecast of one thing."""

    label: str
    planned: Decimal | None
    actual: Decimal | None
    forecast: Decimal | None = None

    @property
    def deviation(self) -> Decimal | None:
        """Plan − forecast: less than nothing where more is expected than planned."""
        return difference(self.planned, self.forecast)

    @property
    def share(self) -> Decimal | None:
        """Percent of the plan that is used, exact."""
        return percent_of(self.actual, self.planned)

    @property
    def left(self) -> Decimal | None:
        return difference(self.planned, self.actual)


@dataclass(frozen=True)
class MoneyUsed:
    """Planned and used (approved or paid) own costs of the city's part, by year and in all."""

    years: tuple[tuple[int, PlanActualForecast], ...]
    total: PlanActualForecast

    @property
    def planned_by_year(self) -> tuple[tuple[int, Decimal | None], ...]:
        return tuple((year, row.planned) for year, row in self.years)

    @property
    def used_by_year(self) -> dict[int, Decimal]:
        return {year: row.actual or ZERO for year, row in self.years}


@dataclass(frozen=True)
class AdvancePayment:
    """What the city has paid on behalf of the others: their part of the costs − what they have paid."""

    costs: Decimal
    own: Decimal
    paid: Decimal

    @property
    def others(self) -> Decimal:
        """The part of the costs that the other sources bear."""
        return self.costs - self.own

    @property
    def amount(self) -> Decimal:
        """Less than nothing where the others have paid before the costs were recorded."""
        return self.others - self.paid

    @property
    def ahead(self) -> Decimal:
        """What the others have paid beyond their part of the recorded costs."""
        return -self.amount


# Claims


def claimed_by_category(
    claims: Sequence[ClaimFigures], claim: ClaimFigures, plan: PlanFigures | None
) -> ProgressTable:
    """The costs of a claim by category, beside those of all earlier claims and the approved plan."""
    earlier = [cost for other in claims if other.number < claim.number for cost in other.costs]
    planned = {cost.code for cost in plan.costs} - {CostCategory.NOT_BROKEN_DOWN} if plan else set()
    codes = sorted(planned | {cost.category for cost in (*earlier, *claim.costs)})
    rows = tuple(
        Progress(
            label=str(CostCategory(code).label),
            planned=planned_in_category(plan, code),
            earlier=_claimed([cost for cost in earlier if cost.category == code]),
            now=_claimed([cost for cost in claim.costs if cost.category == code]),
            is_deducted=code in DEDUCTED,
        )
        for code in codes
    )
    total = Progress("", plan.cost if plan else None, _net_claimed(earlier), _net_claimed(claim.costs))
    return ProgressTable(rows, total)


def claimed_by_source(
    claims: Sequence[ClaimFigures], claim: ClaimFigures, plan: PlanFigures | None
) -> ProgressTable:
    """What each source was asked for in a claim, beside all earlier claims and the approved plan.

    The implementer's own line stands there only where it was claimed: nobody claims from oneself.
    """
    earlier = [row for other in claims if other.number < claim.number for row in other.sources]
    asked = {row.source.source_id: row.source for row in (*earlier, *claim.sources)}
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
            earlier=sum_known(row.claimed for row in earlier if row.source.source_id == key),
            now=sum_known(row.claimed for row in claim.sources if row.source.source_id == key),
            key=key,
        )
        for key, source in sources.items()
    )
    total = Progress(
        "",
        sum_known(row.planned for row in rows) if rows else None,
        sum_known(row.earlier for row in rows),
        sum_known(row.now for row in rows),
    )
    return ProgressTable(rows, total)


def planned_in_category(plan: PlanFigures | None, code: str) -> Decimal | None:
    """What the plan has for a category in all years; None where it is not broken down that far."""
    if plan is None or not plan.costs:
        return None
    if code != CostCategory.NOT_BROKEN_DOWN and any(
        cost.code == CostCategory.NOT_BROKEN_DOWN and cost.amount != 0 for cost in plan.costs
    ):
        return None
    codes = {cost.code for cost in plan.costs}
    if code not in codes and codes.intersection(COVER_OTHERS):
        return None
    return sum_known(cost.amount for cost in plan.costs if cost.code == code)


def claim_totals(claim: ClaimFigures) -> ClaimTotals:
    """What was claimed, found eligible and paid; None where no costs are entered or nothing is paid yet."""
    paid = [source.paid for source in claim.sources if source.paid is not None]
    return ClaimTotals(
        claimed=_net_claimed(claim.costs) if claim.costs else None,
        eligible=sum_known(_net(cost, cost.eligible) for cost in claim.costs) if claim.costs else None,
        paid=sum(paid, ZERO) if paid else None,
    )


def set_aside_sums(costs: Iterable[SetAsideFigures]) -> SetAsideSums:
    """The sums of what was left out of claims."""
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
    """Every year that the project, its plan, invoices, payments or shared costs are of, or a forecast.

    What stands beside a forecast takes the years of the one that it shows: an older one's are no longer
    expected. What is held to the plan alone, such as the liability, takes none.
    """
    plan = figures.city_plan
    years = {row.year for row in figures.invoices if row.status in INVOICED}
    years |= {row.year for row in figures.shared_costs if row.year is not None}
    years |= {
        row.paid_on.year for claim in figures.claims for row in claim.sources if row.paid_on is not None
    }
    if plan is not None:
        years |= set(plan.years)
    if forecast is not None:
        years |= {year for _source, year, _amount in forecast.amounts}
    if figures.starts_on is not None and figures.ends_on is not None:
        years |= set(range(figures.starts_on.year, figures.ends_on.year + 1))
    return tuple(sorted(years))


def compare_costs(figures: ProjectFigures, years: Sequence[int]) -> list[tuple[int, PlanActualForecast]]:
    """Planned and actual own costs of each year: actual are the invoices that are approved or paid.

    Planned are the costs before revenue is deducted, as for the limit of a year: no invoice is revenue.
    """
    plan = figures.city_plan
    return [
        (
            year,
            PlanActualForecast(
                str(year),
                plan.gross_costs_in(year) if plan else None,
                own_costs(figures.invoices, SPENT, year),
            ),
        )
        for year in years
    ]


def money_used(figures: ProjectFigures, forecast: ForecastFigures | None = None) -> MoneyUsed:
    """Planned and used own costs; with a forecast its years too have a row each."""
    years = tuple(compare_costs(figures, money_years(figures, forecast)))
    plan = figures.city_plan
    actual = sum_known(row.actual for _year, row in years)
    return MoneyUsed(years, PlanActualForecast("", plan.gross_costs if plan else None, actual))


def compare_categories(figures: ProjectFigures) -> list[PlanActualForecast]:
    """Planned and actual own costs by category; forecasts are not made by category."""
    plan = figures.city_plan
    spent = [row for row in figures.invoices if row.category and row.status in SPENT]
    planned = {cost.code for cost in plan.costs} - {CostCategory.NOT_BROKEN_DOWN} if plan else set()
    return [
        PlanActualForecast(
            str(CostCategory(code).label),
            planned_in_category(plan, code),
            sum((row.cost for row in spent if row.category == code), ZERO),
        )
        for code in sorted((planned | {row.category for row in spent}) - set(DEDUCTED))
    ]


def own_costs(invoices: Iterable[InvoiceSum], statuses: Sequence[str], year: int | None = None) -> Decimal:
    """Own costs of invoices of these statuses, in a year or (None) in all."""
    return sum(
        (
            row.cost
            for row in invoices
            if row.category and row.status in statuses and year in (None, row.year)
        ),
        ZERO,
    )


def advance_payment(figures: ProjectFigures) -> AdvancePayment | None:
    """What the city has advanced to the other sources; None where the own share or costs are unknown."""
    plan = figures.city_plan
    if plan is None:
        return None
    costs = own_costs(figures.invoices, SPENT)
    own = plan.own_share_of(costs)
    if own is None:
        return None
    mine = {line.source.source_id for line in plan.own_lines}
    paid = [
        row.paid
        for claim in figures.claims
        for row in claim.sources
        if row.paid is not None and row.source.source_id not in mine
    ]
    return AdvancePayment(costs, own, sum(paid, ZERO))
