"""Budgets of implementers and of the project, as plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from financing.choices import CostBasis, CostCategory, PlanStatus
from financing.rules.figures.costs import CostFigures, CostSums, StatedFigures
from mikrogrow.values.money import ZERO, difference, round_half_up, sum_if_all_known
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class SourceFigures:
    """`source_class` is a value of SourceClass."""

    source_id: int
    name: str
    source_class: str
    funder_id: int | None = None
    is_own_city: bool = False


@dataclass(frozen=True)
class LineFigures:
    """What one source gives to a plan, as stated: euros and percent (0–100); None is unknown."""

    source: SourceFigures
    amount: Decimal | None
    share: Decimal | None
    years: Mapping[int, Decimal] = field(default_factory=dict)
    includes: tuple[SourceFigures, ...] = ()
    is_in_kind: bool = False
    # Parts of this amount, which no sum adds.
    of_which: tuple["LineFigures", ...] = ()


@dataclass(frozen=True)
class PlanFigures:
    """One version of a budget: an implementer's, or the project's if `organisation_id` is None.

    `cost` are net costs, as stated or as they follow from the gross costs that the paper states instead.
    `cost_basis`, a value of CostBasis, says which; `cost_model`, a value of CostModel, is the project's.
    """

    plan_id: int
    version: int
    status: str
    owner: str
    organisation_id: int | None
    cost: Decimal | None
    cost_is_approximate: bool
    lines: tuple[LineFigures, ...]
    costs: tuple[CostFigures, ...]
    status_label: str = ""
    reason: str = ""
    cost_model: str = ""
    cost_basis: str = ""
    gross_cost: Decimal | None = None
    stated: tuple[StatedFigures, ...] = ()
    vat_basis: str = ""
    vat: Decimal | None = None

    @property
    def is_gross(self) -> bool:
        return self.cost_basis == CostBasis.GROSS

    @property
    def cost_as_stated(self) -> Decimal | None:
        return self.gross_cost if self.is_gross else self.cost

    def with_stated_cost(self, stated: Decimal | None) -> "PlanFigures":
        if not self.is_gross:
            return replace(self, cost=stated)
        revenue = CostSums(self.costs).revenue
        return replace(self, gross_cost=stated, cost=difference(stated, revenue))

    def stated_sum(self, kind: str, year: int | None = None, category: str = "") -> Decimal | None:
        """What the paper states, if it states that total."""
        wanted = (kind, year, category)
        found = (each.amount for each in self.stated if (each.kind, each.year, each.category) == wanted)
        return next(found, None)

    @cached_property
    def own_lines(self) -> tuple[LineFigures, ...]:
        if self.organisation_id is None:
            return ()
        # Money and own work may be two lines.
        return self._lines_of(lambda source: source.funder_id == self.organisation_id)

    @cached_property
    def city_lines(self) -> tuple[LineFigures, ...]:
        """What the own city gives to this budget, whoever's it is."""
        return self._lines_of(lambda source: source.is_own_city)

    def _lines_of(self, is_theirs: Callable[[SourceFigures], bool]) -> tuple[LineFigures, ...]:
        """Also those that are a part of somebody else's line; no euro twice."""
        found: list[LineFigures] = []
        for line in self.lines:
            rows = [line] if is_theirs(line.source) else line.of_which
            found += [row for row in rows if is_theirs(row.source)]
        return tuple(found)

    @property
    def states_euros(self) -> bool:
        """Whether the paper says any amount besides the costs, and not only shares."""
        lines = [each for line in self.lines for each in (line, *line.of_which)]
        has_amounts = any(line.amount is not None or line.years for line in lines)
        return has_amounts or bool(self.costs or self.stated) or self.vat is not None

    @property
    def is_approved(self) -> bool:
        return self.status == PlanStatus.APPROVED

    @property
    def own_line(self) -> LineFigures | None:
        return self.own_lines[0] if len(self.own_lines) == 1 else None

    @cached_property
    def own_funding(self) -> Decimal | None:
        """Euros; None if there is no own line, or one of them is unknown."""
        return sum_if_all_known(line.amount for line in self.own_lines) if self.own_lines else None

    def own_funding_of(self, costs: Decimal) -> Decimal | None:
        """The implementer's part of its costs in euros: costs × own funding ÷ net costs.

        Rounded half up to the cent: pass the sum of all costs, so that it is rounded once. None if the own
        share or the net costs are unknown, or the net costs are 0.
        """
        if self.own_funding is None or not self.cost:
            return None
        return round_half_up(costs * self.own_funding / self.cost, 2)

    @cached_property
    def sources_total(self) -> Decimal | None:
        """Euros; None if there are no lines, or one of them is unknown."""
        return sum_if_all_known(line.amount for line in self.lines) if self.lines else None

    def sources_in(self, year: int) -> Decimal | None:
        return sum_if_all_known(line.years.get(year) for line in self.lines) if self.lines else None

    @cached_property
    def source_years(self) -> frozenset[int]:
        return frozenset(year for line in self.lines for year in line.years)

    @cached_property
    def sums(self) -> CostSums:
        return CostSums(self.costs, self.cost)

    @cached_property
    def costs_by_year(self) -> Mapping[int, Decimal | None]:
        """Net costs (revenue deducted) in euros, in the order of the years."""
        return {year: self.sums.net_in(year) for year in self.sums.years}

    @property
    def years(self) -> tuple[int, ...]:
        stated = {each.year for each in self.stated if each.year is not None}
        return tuple(sorted({*self.costs_by_year, *self.source_years, *stated}))

    @property
    def gross_costs(self) -> Decimal | None:
        return sum_if_all_known([self.cost, self.sums.revenue])

    @property
    def revenue(self) -> Decimal | None:
        """Planned revenue in euros; 0 if the plan has none."""
        return sum_if_all_known(cost.amount for cost in self.costs if cost.is_deducted)

    def gross_costs_in(self, year: int) -> Decimal | None:
        if year in self.costs_by_year:
            return self.sums.gross_in(year)
        # 0 only if all costs are divided by year.
        divided = sum_if_all_known(self.costs_by_year.values())
        return ZERO if divided is not None and divided == self.cost else None

    def category_by_year(self, category: str) -> dict[int, Decimal | None]:
        """Without what has no year."""
        of_category = [cost for cost in self.costs if cost.category == category and cost.year is not None]
        years = sorted({cost.year for cost in of_category if cost.year is not None})
        return {
            year: sum_if_all_known(cost.amount for cost in of_category if cost.year == year) for year in years
        }

    def has_category(self, category: str) -> bool:
        return any(cost.category == category for cost in self.costs)

    @property
    def has_categories(self) -> bool:
        return any(cost.category != CostCategory.NOT_BROKEN_DOWN for cost in self.costs)


def plan_subject(plan: PlanFigures) -> str:
    return budget_title(plan.organisation_id, plan.owner)


def budget_title(organisation_id: int | None, owner: str) -> str:
    if organisation_id is None:
        return whole_subject()
    return _("Osahanke, %(owner)s") % {"owner": owner}


def whole_subject() -> str:
    return _("Koko hanke")
