"""A plan's costs by year and category, and how its flat rates follow from the staff costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import DEDUCTED, CostCategory
from financing.rules.figures.plans import PlanFigures, plan_subject
from financing.rules.figures.projects import ProjectFigures
from financing.rules.flat_rates import FlatRate, flat_rates, rounding_words
from mikrogrow.values.money import difference, sum_if_all_known
from projects.choices import FLAT_RATE_PERCENTS


@dataclass(frozen=True)
class CostCell:
    """Euros of a category in a year. `is_entered` without an amount: the plan says "unknown"."""

    amount: Decimal | None
    is_entered: bool


@dataclass(frozen=True)
class CostRow:
    """A category; revenue is deducted from the costs."""

    label: str
    is_revenue: bool
    cells: tuple[CostCell, ...]
    total: Decimal | None


@dataclass(frozen=True)
class FlatRateRow:
    """A year, or all (None): staff costs, the flat rate on them, and what the plan states; euros."""

    year: int | None
    base: Decimal | None
    result: Decimal | None
    stated: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return difference(self.stated, self.result)


@dataclass(frozen=True)
class FlatRateTable:
    """`percent` is 0–100; `rounding` is a sentence on what was cut off below the cent."""

    percent: Decimal
    rows: tuple[FlatRateRow, ...]
    total: FlatRateRow
    rounding: str


@dataclass(frozen=True)
class CostTable:
    """Euros by category and year; the net costs are without revenue."""

    plan_id: int
    title: str
    years: tuple[int, ...]
    rows: tuple[CostRow, ...]
    gross: tuple[Decimal | None, ...]
    gross_total: Decimal | None
    net: tuple[Decimal | None, ...]
    net_total: Decimal | None
    flat_rates: FlatRateTable | None

    @property
    def has_revenue(self) -> bool:
        return any(row.is_revenue for row in self.rows)


def cost_tables(figures: ProjectFigures) -> tuple[CostTable, ...]:
    """The plans with costs by category, the city's first, the project's own last."""
    city = figures.city_plan
    plans = sorted(figures.plans, key=lambda plan: plan is not city)
    if figures.whole_plan is not None:
        plans.append(figures.whole_plan)
    return tuple(cost_table(plan, figures.cost_model) for plan in plans if plan.has_categories)


def cost_table(plan: PlanFigures, cost_model: str) -> CostTable:
    net = plan.costs_by_year
    labels = {cost.category: cost.label for cost in plan.costs}
    rows = tuple(_row(plan, category, labels[category], net) for category in sorted(labels))
    gross = [
        sum_if_all_known([cost.amount for cost in plan.costs if cost.year == year and not cost.is_deducted])
        for year in net
    ]
    percent = FLAT_RATE_PERCENTS.get(cost_model)
    return CostTable(
        plan_id=plan.plan_id,
        title=plan_subject(plan),
        years=tuple(net),
        rows=rows,
        gross=tuple(gross),
        gross_total=sum_if_all_known(gross),
        net=tuple(net.values()),
        net_total=sum_if_all_known(net.values()),
        flat_rates=_flat_rate_table(plan, percent) if percent is not None else None,
    )


def _row(plan: PlanFigures, category: str, label: str, years: Mapping[int, Decimal | None]) -> CostRow:
    amounts = plan.category_by_year(category)
    cells = tuple(CostCell(amounts.get(year), year in amounts) for year in years)
    return CostRow(label, category in DEDUCTED, cells, sum_if_all_known(amounts.values()))


def _flat_rate_table(plan: PlanFigures, percent: Decimal) -> FlatRateTable | None:
    computed, stated = flat_rates(plan, percent), plan.category_by_year(CostCategory.FLAT_RATE)
    if not computed:
        return None
    rows = tuple(
        FlatRateRow(year, rate.base if rate else None, rate.result if rate else None, stated.get(year))
        for year, rate in computed.items()
    )
    return FlatRateTable(percent, rows, _total(rows), rounding_words(_known(computed), percent))


def _total(rows: Sequence[FlatRateRow]) -> FlatRateRow:
    return FlatRateRow(
        None,
        sum_if_all_known([row.base for row in rows]),
        sum_if_all_known([row.result for row in rows]),
        sum_if_all_known([row.stated for row in rows]),
    )


def _known(rates: Mapping[int, FlatRate | None]) -> dict[int, FlatRate]:
    return {year: rate for year, rate in rates.items() if rate is not None}
