"""What follows from a project's figures: shares, sums by year, the city's whole liability and its cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.rules.figures import (
    REVENUE,
    CommitmentFigures,
    LineFigures,
    PlanFigures,
    ProjectFigures,
    SharedCostFigures,
)
from mikrogrow.values.money import cut, percent_of, round_half_up, sum_known

ZERO = Decimal(0)


def computed_share(amount: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """The share of `amount` in `cost` as percent 0–100, rounded half up to two decimals; None if unknown.

    Source: DESIGN section 3, "shares are rounded half up to two decimals".
    """
    exact = percent_of(amount, cost)
    return None if exact is None else round_half_up(exact, 2)


def costs_by_year(plan: PlanFigures) -> dict[int, Decimal | None]:
    """Planned net costs of each year in euros: less revenue; a year with an unknown category is unknown."""
    years = sorted({cost.year for cost in plan.costs})
    return {year: sum_known([cost.net for cost in plan.costs if cost.year == year]) for year in years}


def gross_costs(plan: PlanFigures, year: int | None = None) -> Decimal | None:
    """Planned costs before revenue is deducted, of a year or (None) in all: what invoices take from.

    A year of which the plan says nothing is 0 only where all costs are divided by year; else it is unknown.
    """
    if year is None:
        return sum_known([plan.cost, *(cost.amount for cost in plan.costs if cost.code == REVENUE)])
    if year not in {cost.year for cost in plan.costs}:
        divided = sum_known(costs_by_year(plan).values())
        return ZERO if divided is not None and divided == plan.cost else None
    return sum_known(cost.amount for cost in plan.costs if cost.year == year and cost.code != REVENUE)


def line_years_sum(lines: Sequence[LineFigures], year: int) -> Decimal | None:
    """What the sources give in one year in euros; unknown as soon as one of them is."""
    return sum_known([line.years.get(year) for line in lines]) if lines else None


def own_part(cost: Decimal, plan: PlanFigures) -> Decimal | None:
    """The city's own part of own costs in euros: cost × own share ÷ net costs, rounded half up to the cent.

    Give it the sum of the costs, so that rounding happens once. None where the own share or the net
    costs are unknown, or the costs are 0. Shared costs are borne in full.
    """
    if plan.own_share is None or not plan.cost:
        return None
    return round_half_up(cost * plan.own_share / plan.cost, 2)


def cap_in_euros(commitment: CommitmentFigures, cost: Decimal | None) -> Decimal | None:
    """The most that a commitment lets the city pay, in euros.

    With both a sum and a percentage the smaller counts. A percentage of unknown costs is unknown;
    one of known costs is cut to the cent, because "at most" is never rounded up.
    """
    if commitment.max_share is None:
        return commitment.max_amount
    if cost is None:
        return None
    by_share = cut(cost * commitment.max_share / 100, 2)
    return by_share if commitment.max_amount is None else min(by_share, commitment.max_amount)


@dataclass(frozen=True)
class Liability:
    """The city's whole liability against what it authorised, in euros; None is unknown.

    `covered` is what of the liability falls under a cap and `outside` the rest of it;
    `authorised` is the sum of the caps, whatever they cover.
    """

    own_share: Decimal | None
    shared: tuple[SharedCostFigures, ...]
    shared_total: Decimal | None
    total: Decimal | None
    authorised: Decimal | None
    own_cap: Decimal | None
    covered: Decimal | None
    outside: Decimal | None

    @property
    def exceeds(self) -> bool:
        """True where a known part of the liability is outside every cap."""
        return self.outside is not None and self.outside > 0


def liability(figures: ProjectFigures) -> Liability:
    """Own share plus what the lead partner invoices on top, against the caps of the city's decisions.

    A cap covers only what its decision says: own share, shared costs, or both.
    Source: DESIGN section 1, "whole liability"; DOMAIN section 1 (24 162 against 2 991).
    """
    plan = figures.city_plan
    own = plan.own_share if plan else None
    shared_total = sum_known([cost.amount for cost in figures.shared_costs])
    total = sum_known([own, shared_total])
    cost = plan.cost if plan else None
    own_only = _cap_sum(figures.commitments, cost, own=True, shared=False)
    shared_only = _cap_sum(figures.commitments, cost, own=False, shared=True)
    both = _cap_sum(figures.commitments, cost, own=True, shared=True)
    authorised = sum_known([own_only, shared_only, both]) if figures.commitments else None
    outside = None
    if own is not None and shared_total is not None and authorised is not None:
        assert own_only is not None and shared_only is not None and both is not None
        left = max(own - own_only, ZERO) + max(shared_total - shared_only, ZERO)
        outside = max(left - both, ZERO)
    return Liability(
        own_share=own,
        shared=figures.shared_costs,
        shared_total=shared_total,
        total=total,
        authorised=authorised,
        own_cap=sum_known([own_only, both]) if figures.commitments else None,
        covered=None if outside is None or total is None else total - outside,
        outside=outside,
    )


def years_without_cap(figures: ProjectFigures) -> list[int]:
    """Years in which the own share falls due and for which no decision authorises it.

    Where the own share is not divided by year, it may fall due in every year of implementation.
    """
    covered = {
        year
        for commitment in figures.commitments
        if commitment.covers_own_share
        for year in range(commitment.first_year, commitment.last_year + 1)
    }
    return [year for year in _own_share_years(figures) if year not in covered]


def _own_share_years(figures: ProjectFigures) -> list[int]:
    own_lines = figures.city_plan.own_lines if figures.city_plan else ()
    if own_lines and all(sum(line.years.values()) == line.amount for line in own_lines):
        return sorted({year for line in own_lines for year, amount in line.years.items() if amount})
    if figures.starts_on is None or figures.ends_on is None:
        return []
    return list(range(figures.starts_on.year, figures.ends_on.year + 1))


def _cap_sum(
    commitments: Sequence[CommitmentFigures], cost: Decimal | None, *, own: bool, shared: bool
) -> Decimal | None:
    return sum_known(
        [
            cap_in_euros(commitment, cost)
            for commitment in commitments
            if commitment.covers_own_share == own and commitment.covers_shared_costs == shared
        ]
    )
