"""Invoices, payment claims and forecasts of the city's part, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from financing.choices import DEDUCTED
from financing.rules.figures.plans import SourceFigures


@dataclass(frozen=True)
class InvoiceSum:
    """Invoices of one status, year, kind of cost and commitment, in euros as they are the project's costs.

    `category` is a value of CostCategory, empty for a shared cost.
    """

    status: str
    year: int
    category: str
    shared_cost_id: int | None
    commitment_id: int | None
    count: int
    cost: Decimal

    @property
    def is_shared(self) -> bool:
        return self.shared_cost_id is not None


@dataclass(frozen=True)
class ClaimCostFigures:
    """Costs of a category in a claim, in euros; `eligible` is None until the funder has decided."""

    category: str
    label: str
    claimed: Decimal
    eligible: Decimal | None
    deduction_reason: str = ""

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


@dataclass(frozen=True)
class ClaimFigures:
    """A payment claim of the city's part. `status` is a value of ClaimStatus."""

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


@dataclass(frozen=True)
class ForecastFigures:
    """What the city expected on a day to use, in euros by source and year."""

    forecast_id: int
    made_on: date
    note: str
    is_example: bool
    amounts: tuple[tuple[SourceFigures, int, Decimal], ...]
