"""What a claim should ask for by the invoices of its period, by category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import DEDUCTED, CostCategory
from financing.rules.figures.spending import ClaimFigures
from financing.rules.flat_rates import accrued_on
from mikrogrow.values.money import ZERO

# Of revenue and lump sums there are no invoices.
WITHOUT_INVOICES = (CostCategory.LUMP_SUM, *DEDUCTED)


@dataclass(frozen=True)
class Claimed:
    """Euros: what is claimed, and what follows from invoices, from what was set aside and taken in."""

    category: str
    claimed: Decimal
    invoiced: Decimal
    set_aside: Decimal
    taken_in: Decimal

    @property
    def expected(self) -> Decimal:
        return self.invoiced - self.set_aside + self.taken_in


def claimed_and_invoiced(
    claim: ClaimFigures, claims: Sequence[ClaimFigures], cost_model: str
) -> list[Claimed]:
    """By category, of what invoices can tell."""
    claimed = {row.category: row.claimed for row in claim.costs}
    invoiced = {**claim.invoiced, **_flat_rate(claim, cost_model)}
    aside = _by_category((row.category, row.amount) for row in claim.set_aside)
    taken = _by_category(
        (row.category, row.amount)
        for other in claims
        for row in other.set_aside
        if row.taken_into == claim.number
    )
    found = sorted({*claimed, *invoiced, *aside, *taken} - {str(each) for each in WITHOUT_INVOICES})
    return [
        Claimed(
            category,
            claimed.get(category, ZERO),
            invoiced.get(category, ZERO),
            aside.get(category, ZERO),
            taken.get(category, ZERO),
        )
        for category in found
    ]


def _flat_rate(claim: ClaimFigures, cost_model: str) -> dict[str, Decimal]:
    accrued = accrued_on(claim.invoiced.get(CostCategory.STAFF, ZERO), cost_model)
    return {CostCategory.FLAT_RATE.value: accrued} if accrued else {}


def _by_category(rows: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for category, amount in rows:
        found[category] = found.get(category, ZERO) + amount
    return found
