"""What a claim should ask for by the invoices of its period, by category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from financing.choices import DEDUCTED, CostCategory
from financing.rules.figures.spending import ClaimFigures, RevenueFigures
from financing.rules.flat_rates import accrued_on
from mikrogrow.values.money import ZERO

# Nothing is recorded of what lump sums are for.
WITHOUT_RECORDS = (CostCategory.LUMP_SUM,)


@dataclass(frozen=True)
class Claimed:
    """Euros: what is claimed, and what follows from invoices, from what was set aside and taken in.

    Of revenue, `invoiced` is what was received. It is taken off the sums.
    """

    category: str
    claimed: Decimal
    invoiced: Decimal
    set_aside: Decimal
    taken_in: Decimal

    @property
    def expected(self) -> Decimal:
        return self.invoiced - self.set_aside + self.taken_in

    @property
    def sign(self) -> int:
        return -1 if self.category in DEDUCTED else 1


def claimed_and_invoiced(
    claim: ClaimFigures,
    claims: Sequence[ClaimFigures],
    cost_model: str,
    revenue: Sequence[RevenueFigures] = (),
) -> list[Claimed]:
    """By category, of what invoices and received revenue can tell.

    A correction counts in the claim that it corrects. Claimed revenue of a project for which none was
    recorded is compared with nothing.
    """
    claimed = _by_category(
        (row.category, row.claimed)
        for other in claims
        for row in other.costs
        if (row.corrects or other.number) == claim.number
    )
    unknown = {*WITHOUT_RECORDS, *(() if revenue else DEDUCTED)}
    aside = _by_category((row.category, row.amount) for row in claim.set_aside)
    taken = _by_category(
        (row.category, row.amount)
        for other in claims
        for row in other.set_aside
        if row.taken_into == claim.number
    )
    staff = CostCategory.STAFF.value
    base = claim.invoiced.get(staff, ZERO) - aside.get(staff, ZERO) + taken.get(staff, ZERO)
    invoiced = {**claim.invoiced, **_flat_rate(base, cost_model), **_received(claim, revenue)}
    found = sorted({*claimed, *invoiced, *aside, *taken} - {str(each) for each in unknown})
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


def _flat_rate(staff: Decimal, cost_model: str) -> dict[str, Decimal]:
    accrued = accrued_on(staff, cost_model)
    return {CostCategory.FLAT_RATE.value: accrued} if accrued else {}


def _received(claim: ClaimFigures, revenue: Sequence[RevenueFigures]) -> dict[str, Decimal]:
    of_period = received_in(claim, revenue)
    return {CostCategory.REVENUE.value: sum((row.amount for row in of_period), ZERO)} if of_period else {}


def received_in(claim: ClaimFigures, revenue: Iterable[RevenueFigures]) -> list[RevenueFigures]:
    return [row for row in revenue if claim.first_day <= row.received_on <= claim.last_day]


def claim_of(day: date, claims: Iterable[ClaimFigures]) -> ClaimFigures | None:
    """The claim that has what is dated so: of two periods that overlap, the first."""
    of_day = (claim for claim in claims if claim.first_day <= day <= claim.last_day)
    return min(of_day, key=lambda claim: claim.number, default=None)


def _by_category(rows: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for category, amount in rows:
        found[category] = found.get(category, ZERO) + amount
    return found


@dataclass(frozen=True)
class Proposal:
    """What the records give for a category of a claim, and what is typed there already, in euros."""

    category: str
    typed: Decimal | None
    proposed: Decimal

    @property
    def is_new(self) -> bool:
        return self.typed is None

    @property
    def replaces(self) -> bool:
        return self.typed is not None and self.typed != self.proposed


def proposals(
    claim: ClaimFigures,
    claims: Sequence[ClaimFigures],
    cost_model: str,
    revenue: Sequence[RevenueFigures] = (),
) -> list[Proposal]:
    """Categories of which the records give something; a person names what a sum below zero corrects."""
    typed = _by_category((row.category, row.claimed) for row in claim.costs if row.corrects is None)
    rows = claimed_and_invoiced(claim, claims, cost_model, revenue)
    return [Proposal(row.category, typed.get(row.category), row.expected) for row in rows if row.expected > 0]
