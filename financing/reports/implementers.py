"""All implementers of a project side by side: sources, costs by category, costs by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.values.money import ZERO, difference, sum_if_all_known


@dataclass(frozen=True)
class Implementer:
    """Whose column it is, and the version of the budget that is shown."""

    name: str
    version: int
    status_label: str


@dataclass(frozen=True)
class CrossRow:
    """Euros by implementer. Unknown if one of a plan's amounts is; 0 if the plan has no such line."""

    label: str
    cells: tuple[Decimal | None, ...]

    @property
    def total(self) -> Decimal | None:
        return sum_if_all_known(self.cells)


@dataclass(frozen=True)
class ImplementersReport:
    """The implementers' budgets; the project's own is never added to them.

    `stated` is the project's stated total in euros, `missing` the implementers without a budget.
    """

    implementers: tuple[Implementer, ...]
    sources: tuple[CrossRow, ...]
    sources_total: CrossRow
    costs: CrossRow
    gap: CrossRow
    categories: tuple[CrossRow, ...]
    years: tuple[CrossRow, ...]
    stated: Decimal | None
    stated_is_approximate: bool
    missing: tuple[str, ...]

    @property
    def difference(self) -> Decimal | None:
        """Sum of all costs minus the stated total; None if a budget is missing."""
        if self.missing or self.stated is None or self.costs.total is None:
            return None
        return self.costs.total - self.stated


def implementers_report(figures: ProjectFigures, missing: Sequence[str]) -> ImplementersReport | None:
    """The city first. None if fewer than two have a budget."""
    city = figures.city_plan
    plans = sorted(figures.plans, key=lambda plan: plan is not city)
    if len(plans) < 2:
        return None
    source_sums = [plan.sources_total for plan in plans]
    costs = [plan.cost for plan in plans]
    return ImplementersReport(
        implementers=tuple(Implementer(plan.owner, plan.version, plan.status_label) for plan in plans),
        sources=_sources(plans),
        sources_total=CrossRow("", tuple(source_sums)),
        costs=CrossRow("", tuple(costs)),
        gap=CrossRow("", tuple(map(difference, source_sums, costs))),
        categories=_categories(plans),
        years=_years(plans),
        stated=figures.total_cost,
        stated_is_approximate=figures.total_cost_is_approximate,
        missing=tuple(missing),
    )


def _sources(plans: Sequence[PlanFigures]) -> tuple[CrossRow, ...]:
    found = {line.source.source_id: line.source for plan in plans for line in plan.lines}
    ordered = sorted(found.values(), key=lambda source: (source.source_class, source.name))

    def of(plan: PlanFigures, source_id: int) -> Decimal | None:
        return sum_if_all_known([line.amount for line in plan.lines if line.source.source_id == source_id])

    return tuple(
        CrossRow(source.name, tuple(of(plan, source.source_id) for plan in plans)) for source in ordered
    )


def _categories(plans: Sequence[PlanFigures]) -> tuple[CrossRow, ...]:
    labels = {cost.category: cost.label for plan in plans for cost in plan.costs}

    def of(plan: PlanFigures, category: str) -> Decimal | None:
        return plan.sums.net_in_category(category) if plan.costs else None

    return tuple(
        CrossRow(labels[category], tuple(of(plan, category) for plan in plans)) for category in sorted(labels)
    )


def _years(plans: Sequence[PlanFigures]) -> tuple[CrossRow, ...]:
    years = sorted({year for plan in plans for year in plan.costs_by_year})

    def of(plan: PlanFigures, year: int) -> Decimal | None:
        costs = plan.costs_by_year
        return costs.get(year, None if plan.sums.leaves_years_open else ZERO) if costs else None

    return tuple(CrossRow(str(year), tuple(of(plan, year) for plan in plans)) for year in years)
