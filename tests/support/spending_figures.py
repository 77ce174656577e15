"""Invoices, claims and forecasts as plain values, for tables of cases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from financing.choices import ClaimStatus, CostCategory, InvoiceStatus
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import PlanFigures, SourceFigures
from financing.rules.figures.spending import (
    ClaimCostFigures,
    ClaimFigures,
    ClaimSourceFigures,
    ForecastFigures,
    InvoiceSum,
)
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, euros, line, plan

SERVICES, STAFF = CostCategory.SERVICES, CostCategory.STAFF
DAY = date(2018, 10, 15)


def invoice(
    cost: int | str,
    status: str = InvoiceStatus.APPROVED,
    year: int = 2018,
    category: str = SERVICES,
    **ids: int,
) -> InvoiceSum:
    """Invoices of one kind; with `shared_cost` they are of a shared cost, with `recipient` a contribution."""
    shared, recipient = ids.get("shared_cost"), ids.get("recipient")
    own = "" if shared or recipient else category
    return InvoiceSum(status, year, own, shared, ids.get("commitment"), 1, Decimal(cost), recipient)


def claim(
    number: int = 1,
    costs: dict[str, tuple[int, int | None]] | None = None,
    sources: dict[SourceFigures, tuple[int | None, int | None]] | None = None,
    paid_on: date = date(2018, 5, 1),
    **fields: object,
) -> ClaimFigures:
    """A claim with claimed and eligible costs by category, and claimed and paid money by source."""
    found = ClaimFigures(
        claim_id=number,
        number=number,
        first_day=date(2016 + number, 1, 1),
        last_day=date(2016 + number, 12, 31),
        status=ClaimStatus.SUBMITTED,
        status_label="lähetetty",
        costs=tuple(
            ClaimCostFigures(category, category, Decimal(claimed), euros(eligible))
            for category, (claimed, eligible) in (costs or {}).items()
        ),
        sources=tuple(
            ClaimSourceFigures(source, euros(claimed), euros(paid), None if paid is None else paid_on)
            for source, (claimed, paid) in (sources or {}).items()
        ),
    )
    return replace(found, **fields)  # type: ignore[arg-type]


def forecast(made_on: date, amounts: dict[tuple[SourceFigures, int], int], note: str = "") -> ForecastFigures:
    """What was expected on a day, by source and year."""
    rows = tuple((source, year, Decimal(amount)) for (source, year), amount in amounts.items())
    return ForecastFigures(1, made_on, note, is_example=False, amounts=rows)


def cost(year: int, amount: int | None, code: str = SERVICES) -> CostFigures:
    """Planned costs of a category in a year."""
    return CostFigures(year, euros(amount), code, code)


def divided_plan(**fields: object) -> PlanFigures:
    """1 000 € in two years and two categories: 70 % grant, 10 % fund, 20 % own."""
    found = plan(
        line(700, 70, EU_STATE, years={2017: 300, 2018: 400}),
        line(100, 10, DEVELOPMENT_FUND, years={2017: 50, 2018: 50}),
        line(200, 20, OWN, years={2017: 80, 2018: 120}),
    )
    costs = (cost(2017, 300), cost(2017, 130, STAFF), cost(2018, 400), cost(2018, 170, STAFF))
    return replace(found, **{"costs": costs, **fields})  # type: ignore[arg-type]
