"""What invoices cost the city itself: its own share's part of own costs, and shared costs in full."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from financing.rules.figures import InvoiceSum, PlanFigures
from mikrogrow.values.money import ZERO


def city_cost(own: Decimal, shared: Decimal, plan: PlanFigures | None) -> Decimal | None:
    """What own and shared costs of one project cost the city, in euros.

    Of own costs the own share's part of the net costs of the approved plan; unknown if there are own
    costs and the plan does not say its own share and its costs.
    """
    if not own:
        return shared
    share = plan.own_share_of(own) if plan is not None and plan.is_approved else None
    return None if share is None else share + shared


def city_cost_of(invoices: Iterable[InvoiceSum], plan: PlanFigures | None) -> Decimal | None:
    """What invoices cost the city, rounded once on their sum."""
    return city_cost(*own_and_shared(invoices), plan)


def city_costs(groups: Sequence[Sequence[InvoiceSum]], plan: PlanFigures | None) -> list[Decimal] | None:
    """What each group of invoices costs the city, with an exact sum; None if one is unknown.

    What is rounded is the sum so far: a group is off by less than a cent. The largest remainder would not
    do, because credit notes can make a group negative.
    """
    so_far: list[InvoiceSum] = []
    sums = [ZERO]
    for group in groups:
        so_far += group
        total = city_cost_of(so_far, plan)
        if total is None:
            return None
        sums.append(total)
    return [after - before for before, after in pairwise(sums)]


def own_and_shared(invoices: Iterable[InvoiceSum]) -> tuple[Decimal, Decimal]:
    """The sums of own and of shared costs, in euros."""
    found = list(invoices)
    return (
        sum((row.cost for row in found if not row.is_shared), ZERO),
        sum((row.cost for row in found if row.is_shared), ZERO),
    )
