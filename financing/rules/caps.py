"""What decisions authorise in euros, and how much of what the city needs no cap covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from financing.choices import SPENT, CapBase
from financing.rules.figures.commitments import CommitmentFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.flat_rates import own_and_accrued
from financing.rules.revenue import less_revenue
from mikrogrow.values.money import ZERO, cut, format_percent
from mikrogrow.values.translation import gettext as _
from projects.choices import OVER


def cap_of(row: CommitmentFigures, figures: ProjectFigures) -> Decimal | None:
    """The most that the city may pay in euros; None is unknown.

    The smaller of sum and percentage. While what the percentage is taken of is unknown, the sum is the limit.
    """
    base = None if row.max_share is None else _base(row.share_of, figures)
    if base is None or row.max_share is None:
        return row.max_amount
    # Cut to the cent, because "at most" is never rounded up.
    by_share = cut(base * row.max_share / 100, 2)
    return by_share if row.max_amount is None else min(by_share, row.max_amount)


def share_is_known(row: CommitmentFigures, figures: ProjectFigures) -> bool:
    return row.max_share is None or _base(row.share_of, figures) is not None


def share_of_unknown(row: CommitmentFigures) -> str:
    """Of a percentage whose base is not known, after "at most"."""
    return _("%(share)s %(base)s, jotka eivät ole tiedossa") % {
        "share": format_percent(row.max_share),
        "base": CapBase(row.share_of).label,
    }


def _base(share_of: str, figures: ProjectFigures) -> Decimal | None:
    if share_of == CapBase.PART:
        return figures.city_plan.cost if figures.city_plan else None
    if share_of == CapBase.PROJECT:
        return figures.total_cost
    # What the whole project has spent, no figure of the city's tells.
    if share_of == CapBase.PROJECT_ACTUAL or figures.status not in OVER or not figures.keeps_invoices:
        return None
    rows = (row for row in figures.invoices if row.category and row.status in SPENT)
    return own_and_accrued(less_revenue(rows, figures.revenue_by_year), figures.cost_model)


@dataclass(frozen=True)
class Need:
    """Euros of one kind of money (CityMoney) in a year, or in no known one."""

    kind: str
    year: int | None
    amount: Decimal


@dataclass(frozen=True)
class Cap:
    """At most so many euros for some kinds of money, in some years."""

    row: CommitmentFigures
    amount: Decimal

    def may_pay(self, need: Need) -> bool:
        # What has no year yet may fall due in any.
        return need.kind in self.row.covers and (need.year is None or self.row.is_for(need.year))


def covered(needs: Sequence[Need], caps: Sequence[Cap]) -> Decimal:
    """The most of the needs that the caps can pay together, in euros: a maximum flow.

    A cap for one year or one kind of money cannot pay another's need, and one for several is used once.
    """
    left = [cap.amount for cap in caps]
    paid: dict[tuple[int, int], Decimal] = {}
    total = ZERO
    for number, need in enumerate(needs):
        wanted = need.amount
        while wanted > 0 and (path := _path(number, needs, caps, left, paid)):
            moved = min([wanted, left[path[-1][1]], *(paid[step] for step in _given_back(path))])
            for step in path:
                paid[step] = paid.get(step, ZERO) + moved
            for step in _given_back(path):
                paid[step] -= moved
            left[path[-1][1]] -= moved
            wanted -= moved
            total += moved
    return total


Path = list[tuple[int, int]]


def _given_back(path: Path) -> Path:
    # A need takes over what a cap paid for the next need of the path, which finds another cap.
    return [(need, cap) for (_need, cap), (need, _cap) in pairwise(path)]


def _path(
    start: int,
    needs: Sequence[Need],
    caps: Sequence[Cap],
    left: Sequence[Decimal],
    paid: dict[tuple[int, int], Decimal],
) -> Path:
    """From a need to a cap with something left, over needs that can change their cap; else empty."""
    paths: dict[int, Path] = {start: []}
    waiting = [start]
    seen: set[int] = set()
    for number in waiting:
        for place, cap in enumerate(caps):
            if place in seen or not cap.may_pay(needs[number]):
                continue
            seen.add(place)
            path = [*paths[number], (number, place)]
            if left[place] > 0:
                return path
            for (other, by), amount in paid.items():
                if by == place and amount > 0 and other not in paths:
                    paths[other] = path
                    waiting.append(other)
    return []
