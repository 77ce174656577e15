"""What invoices cost the city itself: the own funding's part of own costs, and all of the others."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.flat_rates import own_and_accrued
from mikrogrow.values.money import ZERO
from mikrogrow.values.translation import gettext as _


def city_cost(
    own: Decimal, in_full: Decimal, plan: PlanFigures | None, is_gross: bool | None = False
) -> Decimal | None:
    """Euros; `in_full` are shared costs and contributions. `is_gross` is that of the project's figures.

    Under a gross authority own costs count in full, too: what the funders pay of them is income. None if
    there are own costs, and the approved plan lacks its own funding or its costs, or authority is of both
    kinds.
    """
    if not own:
        return in_full
    if is_gross is None:
        return None
    if is_gross:
        return own + in_full
    own_cost = plan.own_funding_of(own) if plan is not None and plan.is_approved else None
    return None if own_cost is None else own_cost + in_full


def city_cost_of(
    invoices: Iterable[InvoiceSum], plan: PlanFigures | None, is_gross: bool | None = False
) -> Decimal | None:
    """Rounded once, on the sum of the invoices."""
    return city_cost(*own_and_in_full(invoices, plan.cost_model if plan else ""), plan, is_gross)


def city_costs(
    groups: Sequence[Sequence[InvoiceSum]], plan: PlanFigures | None, is_gross: bool | None = False
) -> list[Decimal] | None:
    """By group, with an exact sum; None if one is unknown.

    Rounds the running sum, so a group is off by less than a cent. The largest remainder would not work,
    because credit notes can make a group negative.
    """
    so_far: list[InvoiceSum] = []
    sums = [ZERO]
    for group in groups:
        so_far += group
        total = city_cost_of(so_far, plan, is_gross)
        if total is None:
            return None
        sums.append(total)
    return [after - before for before, after in pairwise(sums)]


def own_and_in_full(invoices: Iterable[InvoiceSum], cost_model: str) -> tuple[Decimal, Decimal]:
    """Own costs with what accrues with them, and what the city pays in full; euros."""
    found = list(invoices)
    return (
        own_and_accrued((row for row in found if not row.is_paid_in_full), cost_model),
        sum((row.cost for row in found if row.is_paid_in_full), ZERO),
    )


def both_kinds() -> str:
    return _("Valtuutuksissa on sekä brutto- että nettomääriä, joita ei voi laskea yhteen.")
