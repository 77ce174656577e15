"""Makes invoices, claims, forecasts and explanations for tests, each valid as it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from financing.choices import SENT, ClaimStatus, CostCategory, InvoiceStatus, RevenueKind
from financing.models import (
    ClaimCost,
    ClaimSource,
    FindingExplanation,
    Forecast,
    ForecastAmount,
    FundingSource,
    Invoice,
    InvoiceApprover,
    PassThrough,
    PaymentClaim,
    Revenue,
    SetAsideCost,
)
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER
from projects.models import CoImplementer, Decision, Project
from tests.support.factories import _number, added, make_source, make_user


def make_invoice(payer: CoImplementer, net: Decimal | int = 100, **fields: Any) -> Invoice:
    """An invoice for purchased services without VAT; with everything that its state asks for."""
    status = fields.get("status", InvoiceStatus.RECEIVED)
    is_own = not fields.get("shared_cost") and not fields.get("contribution_to")
    category = CostCategory.SERVICES if is_own else ""
    values = {
        "supplier": "Palvelu Oy",
        "number": f"L{next(_number)}",
        "invoice_date": date(2018, 2, 1),
        "received_on": date(2018, 2, 2),
        "vat": 0,
        "total": Decimal(net) + Decimal(fields.get("vat", 0)),
        "category": category,
        "year": 2018,
        **fields,
    }
    values.setdefault("entered_by", None)
    if values["entered_by"] is None:
        values["entered_by"] = make_user(BUDGET_ADMINISTRATOR)
    if status in {InvoiceStatus.CHECKED, InvoiceStatus.APPROVED, InvoiceStatus.PAID}:
        values.setdefault("checked_by", values["entered_by"])
        values.setdefault("checked_on", date(2018, 2, 3))
    if status in {InvoiceStatus.APPROVED, InvoiceStatus.PAID}:
        if "approved_by" not in values:
            values["approved_by"] = make_user(INVOICE_APPROVER)
        values.setdefault("approved_on", date(2018, 2, 4))
        if (under := values.get("commitment")) and under.appropriation:
            values.setdefault("appropriation_amount", under.appropriation.amount)
    if status == InvoiceStatus.PAID:
        values.setdefault("paid_on", date(2018, 2, 5))
    if status == InvoiceStatus.REJECTED:
        values.setdefault("rejected_by", values["entered_by"])
        values.setdefault("rejected_on", date(2018, 2, 3))
        values.setdefault("rejection_reason", "Väärä maksaja.")
    return added(Invoice(payer=payer, net=net, **values))


def make_approver(decision: Decision, user: User | None = None, **fields: Any) -> InvoiceApprover:
    """The official who approves the invoices under a decision."""
    return InvoiceApprover.objects.create(
        decision=decision,
        user=user or make_user(INVOICE_APPROVER),
        **{"title": "Elinkeinojohtaja", **fields},
    )


def make_claim(part: CoImplementer, number: int = 1, **fields: Any) -> PaymentClaim:
    """A claim in preparation for the first nine months of the project."""
    return added(
        PaymentClaim(
            co_implementer=part,
            number=number,
            **{"first_day": date(2017, 4, 1), "last_day": date(2017, 12, 31), **fields},
        )
    )


@contextmanager
def in_draft(claim: PaymentClaim) -> Iterator[None]:
    """A sent claim takes rows as if it had been written before it was sent."""
    stored = PaymentClaim.objects.filter(pk=claim.pk, status__in=SENT)
    sent = stored.values("status", "submitted_on", "decided_on").first()
    if sent is not None:
        stored.update(status=ClaimStatus.DRAFT)
    yield
    if sent is not None:
        PaymentClaim.objects.filter(pk=claim.pk).update(**sent)


def make_claim_cost(claim: PaymentClaim, claimed: Decimal | int = 100, **fields: Any) -> ClaimCost:
    """Claimed costs of purchased services, not yet decided on."""
    with in_draft(claim):
        return ClaimCost.objects.create(
            claim=claim, claimed=claimed, **{"category": CostCategory.SERVICES, **fields}
        )


def make_claim_source(
    claim: PaymentClaim,
    claimed: Decimal | int | None = 75,
    source: FundingSource | None = None,
    **fields: Any,
) -> ClaimSource:
    """What a source is asked to pay."""
    with in_draft(claim):
        return ClaimSource.objects.create(
            claim=claim, source=source or make_source(), claimed=claimed, **fields
        )


def pay(claim: PaymentClaim) -> PaymentClaim:
    """Marks a decided claim as paid: it takes no more rows."""
    claim.status = ClaimStatus.PAID
    claim.save()
    return claim


def with_claim_sent(claim: PaymentClaim) -> PaymentClaim:
    """Marks a draft as sent: what it asks for changes no more."""
    claim.status, claim.submitted_on = ClaimStatus.SUBMITTED, date(2018, 2, 15)
    claim.save()
    return claim


def make_revenue(part: CoImplementer, amount: Decimal | int = 50, **fields: Any) -> Revenue:
    """Fees that were received in 2018."""
    values = {"received_on": date(2018, 3, 1), "kind": RevenueKind.FEES, "payer": "Osallistujat", **fields}
    return added(Revenue(co_implementer=part, amount=amount, **values))


def make_pass_through(receiver: CoImplementer, planned: Decimal | int | None, **fields: Any) -> PassThrough:
    return added(PassThrough(receiver=receiver, planned=planned, **fields))


def make_set_aside(claim: PaymentClaim, amount: Decimal | int = 10, **fields: Any) -> SetAsideCost:
    """A disputed cost that no later claim has taken in yet."""
    return SetAsideCost.objects.create(
        claim=claim,
        amount=amount,
        **{"category": CostCategory.SERVICES, "reason": "Selvitettävänä.", **fields},
    )


def make_forecast(
    part: CoImplementer,
    amounts: dict[tuple[FundingSource, int], Decimal | int] | None = None,
    **fields: Any,
) -> Forecast:
    """A forecast with euros by source and year."""
    forecast = Forecast.objects.create(co_implementer=part, **{"made_on": date(2018, 1, 15), **fields})
    for (source, year), amount in (amounts or {}).items():
        ForecastAmount.objects.create(forecast=forecast, source=source, year=year, amount=amount)
    return forecast


def make_explanation(project: Project, code: str = "R01", **fields: Any) -> FindingExplanation:
    """An explanation of a finding on the whole project."""
    values = {
        "subject": "Koko hanke",
        "sentence": "Summat eroavat.",
        "explanation": "Paperissa on näin.",
        "explained_at": datetime(2018, 3, 1, 12, tzinfo=UTC),
        **fields,
    }
    if "explained_by" not in values:
        values["explained_by"] = make_user(BUDGET_ADMINISTRATOR)
    return FindingExplanation.objects.create(project=project, code=code, **values)
