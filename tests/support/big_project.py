"""The project that the benchmarks measure: many versions, lines, years, implementers and invoices."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from financing.choices import ClaimStatus, CostCategory, InvoiceStatus, PlanStatus
from financing.models import (
    ClaimCost,
    ClaimSource,
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    Invoice,
)
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER
from projects.choices import ImplementerRole
from projects.models import CoImplementer, Project
from tests.support.factories import (
    decide,
    make_appropriation,
    make_commitment,
    make_draft_decision,
    make_organisation,
    make_part,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
)
from tests.support.spending_factories import make_claim, make_forecast

FIRST_YEAR = 2021
COST_CATEGORIES = (CostCategory.STAFF, CostCategory.SERVICES, CostCategory.TRAVEL, CostCategory.OTHER)


@dataclass(frozen=True)
class Size:
    """How much of everything a project has."""

    versions: int = 12
    lines: int = 20
    years: int = 7
    implementers: int = 6
    invoices: int = 500


TENTH = Size(versions=2, lines=2, years=2, implementers=2, invoices=50)
# What one row of everything asks is what any number asks.
SMALLEST = Size(versions=1, lines=1, years=1, implementers=1, invoices=5)


def make_big_project(size: Size = Size()) -> Project:
    """A running project of that size; the newest version of each plan is approved, the rest superseded."""
    years = range(FIRST_YEAR, FIRST_YEAR + size.years)
    project = make_project(
        starts_on=date(years[0], 1, 1), ends_on=date(years[-1], 12, 31), total_cost=1_000_000
    )
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    city = make_part(project)
    others = [make_part(project, make_organisation()) for _number in range(size.implementers - 1)]
    own = make_source(funder=city.organisation)
    sources = [own, *(make_source(funder=make_organisation()) for _number in range(size.lines - 1))]
    for part in (city, *others):
        for version in range(1, size.versions + 1):
            _add_version(part, version, sources, years, is_newest=version == size.versions)
    for year in years:
        make_shared_cost(city, lead, 1000, year=year)
    decision = make_draft_decision(project)
    commitment = make_commitment(
        decision,
        50_000,
        first_year=years[0],
        last_year=years[-1],
        covers_shared_costs=True,
        appropriation=make_appropriation(amount=60_000),
    )
    decide(decision)
    _add_invoices(city, commitment, years, size.invoices)
    _add_claims(city, sources, years)
    return project


def _add_version(part: CoImplementer, version: int, sources: list, years: range, *, is_newest: bool) -> None:
    amount = Decimal(100 * len(years))
    plan = FinancingPlan.objects.create(
        co_implementer=part, version=version, stated_cost=amount * len(sources), reason="Muutos."
    )
    lines = FinancingLine.objects.bulk_create(
        FinancingLine(plan=plan, source=source, stated_amount=amount) for source in sources
    )
    FinancingLineYear.objects.bulk_create(
        FinancingLineYear(line=line, year=year, amount=100) for line in lines for year in years
    )
    CostAllocation.objects.bulk_create(
        CostAllocation(plan=plan, year=year, category=category, amount=25 * len(sources))
        for year in years
        for category in COST_CATEGORIES
    )
    statuses = PlanStatus
    plan.status = statuses.APPROVED if is_newest else statuses.SUPERSEDED
    plan.approved_on = date(FIRST_YEAR - 1, 1, 1) + timedelta(days=version)
    plan.save()


def _add_invoices(city: CoImplementer, commitment, years: range, number: int) -> None:
    """Invoices of every state, spread over the years and categories, every fifth for a shared cost."""
    clerk, official = make_user(BUDGET_ADMINISTRATOR), make_user(INVOICE_APPROVER)
    shared = list(city.shared_costs.order_by("year"))
    statuses = list(InvoiceStatus)
    rows, states = [], []
    for index in range(number):
        year = years[index % len(years)]
        status = statuses[index // 5 % len(statuses)]
        day = date(year, 1, 1) + timedelta(days=index % 365)
        row = Invoice(
            payer=city,
            supplier=f"Toimittaja {index % 40} Oy",
            number=f"{city.pk}-{index}",
            invoice_date=day,
            received_on=day,
            due_on=day + timedelta(days=21),
            net=Decimal(10),
            vat=Decimal("2.55"),
            total=Decimal("12.55"),
            commitment=commitment,
            year=year,
            entered_by=clerk,
        )
        if index % 5:
            row.category = COST_CATEGORIES[index % len(COST_CATEGORIES)]
        else:
            row.shared_cost = shared[index % len(shared)]
        if status in {InvoiceStatus.CHECKED, InvoiceStatus.APPROVED, InvoiceStatus.PAID}:
            row.checked_by, row.checked_on = clerk, day
        if status in {InvoiceStatus.APPROVED, InvoiceStatus.PAID}:
            row.approved_by, row.approved_on = official, day
        if status == InvoiceStatus.PAID:
            row.paid_on = day
        if status == InvoiceStatus.REJECTED:
            row.rejected_by, row.rejected_on, row.rejection_reason = clerk, day, "Väärä maksaja."
        rows.append(row)
        states.append(status)
    for row, status in zip(Invoice.objects.bulk_create(rows), states, strict=True):
        row.status = status
    Invoice.objects.bulk_update(rows, ["status"], batch_size=500)


def _add_claims(city: CoImplementer, sources: list, years: range) -> None:
    """A submitted claim for each year, with costs of every category and every source, and a forecast."""
    for number, year in enumerate(years, 1):
        claim = make_claim(
            city,
            number,
            first_day=date(year, 1, 1),
            last_day=date(year, 12, 31),
        )
        ClaimCost.objects.bulk_create(
            ClaimCost(claim=claim, category=category, claimed=20 * len(sources))
            for category in COST_CATEGORIES
        )
        ClaimSource.objects.bulk_create(
            ClaimSource(claim=claim, source=source, claimed=80) for source in sources
        )
        claim.status, claim.submitted_on = ClaimStatus.SUBMITTED, date(year + 1, 1, 31)
        claim.save()
    amounts = {(source, year): 100 for source in sources for year in years}
    make_forecast(city, amounts, made_on=date(years[0], 2, 1))
