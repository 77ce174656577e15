"""A plan's costs by year and category, and how its flat rates follow from the staff costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import DEDUCTED, CostCategory, StatedSum
from financing.rules.figures.costs import CostSums
from financing.rules.figures.plans import PlanFigures, plan_subject
from financing.rules.figures.projects import ProjectFigures
from financing.rules.flat_rates import FlatRate, flat_rates, rounding_words, staff_and_flat_rate
from financing.rules.stated import difference_to_rows
from mikrogrow.values.money import difference, format_percent, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from projects.choices import FLAT_RATE_PERCENTS


@dataclass(frozen=True)
class CostCell:
    """Euros of a category in a year. `is_entered` without an amount: the plan says "unknown"."""

    amount: Decimal | None
    is_entered: bool


@dataclass(frozen=True)
class CostRow:
    """A category; revenue is deducted from the costs. `undated` is what no year is known of."""

    label: str
    is_revenue: bool
    cells: tuple[CostCell, ...]
    total: Decimal | None
    undated: CostCell = CostCell(None, is_entered=False)
    stated: Decimal | None = None
    stated_difference: Decimal | None = None


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

    @property
    def caption(self) -> str:
        words = _("Prosenttimääräiset kustannukset: %s palkkakustannuksista")
        if all(row.year is not None for row in self.rows):
            words = _("Prosenttimääräiset kustannukset: %s saman vuoden palkkakustannuksista")
        return words % format_percent(self.percent)


@dataclass(frozen=True)
class UndatedSums:
    """The sums of the column of costs without a year."""

    gross: Decimal | None
    net: Decimal | None


@dataclass(frozen=True)
class StatedTwice:
    """The same costs before revenue, as the years and as the categories state them."""

    by_year: Decimal | None
    by_category: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return difference(self.by_year, self.by_category)


@dataclass(frozen=True)
class CostTable:
    """Euros by category and year; the net costs are without revenue.

    `gross` and `net` are the sums of the columns. `undated` is None if every row has a year, `twice` if no
    euro is stated both by year and by category.
    """

    plan_id: int
    title: str
    years: tuple[int, ...]
    rows: tuple[CostRow, ...]
    gross: tuple[Decimal | None, ...]
    gross_total: Decimal | None
    net: tuple[Decimal | None, ...]
    net_total: Decimal | None
    flat_rates: FlatRateTable | None
    undated: UndatedSums | None = None
    twice: StatedTwice | None = None
    stated: Decimal | None = None

    @property
    def gap(self) -> Decimal | None:
        """Net costs of the rows minus those that the paper states."""
        return difference(self.net_total, self.stated)

    @property
    def has_revenue(self) -> bool:
        return any(row.is_revenue for row in self.rows)


def cost_tables(figures: ProjectFigures) -> tuple[CostTable, ...]:
    """The plans with costs by category, the city's first, the project's own last."""
    city = figures.city_plan
    plans = sorted(figures.plans, key=lambda plan: plan is not city)
    if figures.whole_plan is not None:
        plans.append(figures.whole_plan)
    return tuple(
        cost_table(plan, figures.cost_model)
        for plan in plans
        if plan.has_categories or plan.sums.has_undated or _stated_categories(plan)
    )


def _stated_categories(plan: PlanFigures) -> dict[str, str]:
    """The categories of which the paper states a total, whether or not it says what makes it."""
    kinds = (each for each in plan.stated if each.kind == StatedSum.CATEGORY)
    return {each.category: str(CostCategory(each.category).label) for each in kinds}


def cost_table(plan: PlanFigures, cost_model: str) -> CostTable:
    sums = plan.sums
    labels = _stated_categories(plan) | {cost.category: cost.label for cost in plan.costs}
    rows = tuple(_row(plan, category, labels[category]) for category in sorted(labels))
    percent = FLAT_RATE_PERCENTS.get(cost_model)
    return CostTable(
        plan_id=plan.plan_id,
        title=plan_subject(plan),
        years=sums.years,
        rows=rows,
        gross=tuple(sums.column(year, is_net=False) for year in sums.years),
        gross_total=sums.gross,
        net=tuple(sums.column(year, is_net=True) for year in sums.years),
        net_total=sums.net,
        flat_rates=_flat_rate_table(plan, percent) if percent is not None else None,
        undated=_undated(sums) if sums.has_undated else None,
        twice=StatedTwice(sums.by_year, sums.by_category) if sums.is_stated_twice else None,
        stated=plan.cost,
    )


def _row(plan: PlanFigures, category: str, label: str) -> CostRow:
    of_category = {cost.year: cost.amount for cost in plan.costs if cost.category == category}
    cells = {year: CostCell(of_category.get(year), year in of_category) for year in (*plan.sums.years, None)}
    undated = cells.pop(None)
    total = sum_if_all_known(of_category.values()) if of_category else None
    return CostRow(
        label,
        category in DEDUCTED,
        tuple(cells.values()),
        total,
        undated,
        plan.stated_sum(StatedSum.CATEGORY, category=category),
        difference_to_rows(plan, StatedSum.CATEGORY, category=category),
    )


def _undated(sums: CostSums) -> UndatedSums:
    return UndatedSums(sums.column(None, is_net=False), sums.column(None, is_net=True))


def _flat_rate_table(plan: PlanFigures, percent: Decimal) -> FlatRateTable | None:
    computed, stated = flat_rates(plan, percent), staff_and_flat_rate(plan)[1]
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


def _known(rates: Mapping[int | None, FlatRate | None]) -> dict[int | None, FlatRate]:
    return {year: rate for year, rate in rates.items() if rate is not None}
