"""What follows from a project's figures: shares, and the city's liability against its caps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.rules.figures.commitments import CommitmentFigures, SharedCostFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.values.dates import years_between
from mikrogrow.values.money import ZERO, percent_of, round_half_up, sum_if_all_known


def computed_share(amount: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """Percent (0–100), rounded half up to two decimals; None if unknown."""
    exact = percent_of(amount, cost)
    return None if exact is None else round_half_up(exact, 2)


@dataclass(frozen=True)
class LiabilityTotals:
    """What the city answers for, the sum of all caps, and what is outside them; euros, None is unknown."""

    total: Decimal | None
    authorised: Decimal | None
    outside: Decimal | None

    @property
    def covered(self) -> Decimal | None:
        """What is under a cap."""
        return None if self.total is None or self.outside is None else self.total - self.outside

    @property
    def exceeds(self) -> bool:
        return self.outside is not None and self.outside > 0


@dataclass(frozen=True)
class Liability(LiabilityTotals):
    """Everything that the city answers for, part by part; `own_cap` is the sum of the caps of own funding."""

    own_funding: Decimal | None
    shared: tuple[SharedCostFigures, ...]
    shared_total: Decimal | None
    own_cap: Decimal | None


def liability(figures: ProjectFigures) -> Liability:
    """Own share plus shared costs, which the lead partner invoices on top, against the decisions' caps.

    A cap covers only what its decision says: own funding, shared costs, or both. In the seed the liability is
    24 162 €, and the decision authorises 2 991 €.
    """
    plan = figures.city_plan
    own = plan.own_funding if plan else None
    shared_total = sum_if_all_known([cost.amount for cost in figures.shared_costs])
    total = sum_if_all_known([own, shared_total])
    own_only = _cap_sum(figures.commitments, plan, own=True, shared=False)
    shared_only = _cap_sum(figures.commitments, plan, own=False, shared=True)
    both = _cap_sum(figures.commitments, plan, own=True, shared=True)
    authorised = sum_if_all_known([own_only, shared_only, both]) if figures.commitments else None
    outside = None
    if own is not None and shared_total is not None and authorised is not None:
        assert own_only is not None and shared_only is not None and both is not None
        left = max(own - own_only, ZERO) + max(shared_total - shared_only, ZERO)
        outside = max(left - both, ZERO)
    return Liability(
        own_funding=own,
        shared=figures.shared_costs,
        shared_total=shared_total,
        total=total,
        authorised=authorised,
        own_cap=sum_if_all_known([own_only, both]) if figures.commitments else None,
        outside=outside,
    )


def years_without_cap(figures: ProjectFigures) -> list[int]:
    """Years in which the own funding may fall due although no decision authorises it."""
    covered = {
        year
        for commitment in figures.commitments
        if commitment.covers_own_share
        for year in range(commitment.first_year, commitment.last_year + 1)
    }
    return [year for year in _own_funding_years(figures) if year not in covered]


def _own_funding_years(figures: ProjectFigures) -> list[int]:
    own_lines = figures.city_plan.own_lines if figures.city_plan else ()
    # Own funding without years may fall due in every year of implementation.
    if own_lines and all(sum(line.years.values()) == line.amount for line in own_lines):
        return sorted({year for line in own_lines for year, amount in line.years.items() if amount})
    return list(years_between(figures.starts_on, figures.ends_on))


def _cap_sum(
    commitments: Sequence[CommitmentFigures], plan: PlanFigures | None, *, own: bool, shared: bool
) -> Decimal | None:
    return sum_if_all_known(
        [
            commitment.cap(plan)
            for commitment in commitments
            if commitment.covers_own_share == own and commitment.covers_shared_costs == shared
        ]
    )
