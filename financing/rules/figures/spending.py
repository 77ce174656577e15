"""Invoices, payment claims and forecasts of the city's part, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from financing.choices import DEDUCTED, SENT, CityMoney, ClaimStatus
from financing.rules.figures.plans import SourceFigures
from mikrogrow.values.money import ZERO


@dataclass(frozen=True)
class InvoiceSum:
    """Invoices of one status, year, kind of cost and commitment, in euros as they are the project's costs.

    `category` is a value of CostCategory, empty for what the city pays in full: a shared cost, or its
    contribution to another implementer (`recipient_id`, of a CoImplementer).
    """

    status: str
    year: int
    category: str
    shared_cost_id: int | None
    commitment_id: int | None
    count: int
    cost: Decimal
    recipient_id: int | None = None

    @property
    def kind(self) -> str:
        """A value of CityMoney."""
        if self.recipient_id is not None:
            return CityMoney.CONTRIBUTION
        return CityMoney.OWN_SHARE if self.shared_cost_id is None else CityMoney.SHARED_COSTS

    @property
    def is_paid_in_full(self) -> bool:
        return self.kind != CityMoney.OWN_SHARE


@dataclass(frozen=True)
class NamedInvoice:
    """An invoice that is to be named, because its day is outside the project."""

    invoice_id: int
    name: str
    invoice_date: date
    sum: InvoiceSum


@dataclass(frozen=True)
class ClaimCostFigures:
    """Costs of a category in a claim, in euros; `eligible` is None until the funder has decided.

    `corrects` is the number of the earlier claim that a correction is of.
    """

    category: str
    label: str
    claimed: Decimal
    eligible: Decimal | None
    deduction_reason: str = ""
    corrects: int | None = None

    @property
    def is_deducted(self) -> bool:
        return self.category in DEDUCTED


@dataclass(frozen=True)
class ClaimSourceFigures:
    """What a source was asked for and has paid, in euros; None is unknown or not yet paid."""

    source: SourceFigures
    claimed: Decimal | None
    paid: Decimal | None
    paid_on: date | None


@dataclass(frozen=True)
class SetAsideFigures:
    """A disputed cost left out of a claim; `taken_into` is the number of the claim that includes it."""

    label: str
    amount: Decimal
    reason: str
    taken_into: int | None
    category: str = ""


@dataclass(frozen=True)
class ClaimFigures:
    """A payment claim of the city's part. `status` is a value of ClaimStatus.

    `invoiced` are the approved and paid own costs by category that are dated in its period, in euros.
    """

    claim_id: int
    number: int
    first_day: date
    last_day: date
    status: str
    status_label: str
    submitted_on: date | None = None
    decided_on: date | None = None
    note: str = ""
    is_example: bool = False
    costs: tuple[ClaimCostFigures, ...] = ()
    sources: tuple[ClaimSourceFigures, ...] = ()
    set_aside: tuple[SetAsideFigures, ...] = ()
    invoiced: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        return self.status == ClaimStatus.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.status in SENT

    @property
    def is_unwritten(self) -> bool:
        """A draft that asks for nothing yet: what it will ask for is unknown."""
        return self.is_draft and not self.costs


@dataclass(frozen=True)
class RevenueFigures:
    """What the city's part has earned, in euros; negative if it was given back."""

    received_on: date
    label: str
    payer: str
    amount: Decimal
    explanation: str = ""
    is_example: bool = False


def by_year(revenue: Iterable[RevenueFigures]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for row in revenue:
        year = row.received_on.year
        found[year] = found.get(year, ZERO) + row.amount
    return found


@dataclass(frozen=True)
class ForecastFigures:
    """What the city expected on a day to use, in euros by source and year."""

    forecast_id: int
    made_on: date
    note: str
    is_example: bool
    amounts: tuple[tuple[SourceFigures, int, Decimal], ...]
