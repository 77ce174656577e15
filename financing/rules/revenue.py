"""Revenue is taken off the own costs before the city's part of them is reckoned."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from financing.choices import CostCategory, InvoiceStatus
from financing.rules.figures.spending import InvoiceSum
from mikrogrow.values.money import ZERO, allocate

# A year and a commitment.
Place = tuple[int, int | None]


def less_revenue(invoices: Iterable[InvoiceSum], revenue: Mapping[int, Decimal]) -> list[InvoiceSum]:
    """The invoices, and rows that take off the revenue. By year, in euros.

    A year's revenue is divided between the commitments of its own costs in proportion; that of a year without
    own costs between those of all years. Without any costs there is nothing to take it off.
    """
    found = list(invoices)
    costs: dict[Place, Decimal] = {}
    for row in found:
        if not row.is_paid_in_full:
            place = (row.year, row.commitment_id)
            costs[place] = costs.get(place, ZERO) + row.cost
    costs = {place: cost for place, cost in costs.items() if cost > 0}
    for year, amount in sorted(revenue.items()):
        of_year = {place: cost for place, cost in costs.items() if place[0] == year} or costs
        if of_year:
            parts = allocate(amount, list(of_year.values()))
            found += [_taken_off(*place, part) for place, part in zip(of_year, parts, strict=True) if part]
    return found


def _taken_off(year: int, commitment_id: int | None, amount: Decimal) -> InvoiceSum:
    return InvoiceSum(InvoiceStatus.PAID, year, CostCategory.REVENUE, None, commitment_id, 0, -amount)
