"""Reads what was spent, claimed, forecast and explained, for any number of projects at once.

The functions that take ids yield (project id, value) pairs, from a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Case, Choices, Count, Exists, F, Min, OuterRef, Prefetch, Q, Sum, When
from django.utils.translation import get_language

from financing.choices import SPENT, ClaimStatus, CostCategory, InvoiceStatus, RevenueKind
from financing.models import (
    Appropriation,
    ClaimCost,
    ClaimSource,
    FindingExplanation,
    Forecast,
    ForecastAmount,
    FundingSource,
    Invoice,
    PaymentClaim,
    Revenue,
    SetAsideCost,
)
from financing.rules.figures.commitments import AppropriationFigures, CommitmentFigures
from financing.rules.figures.plans import SourceFigures
from financing.rules.figures.projects import ExplanationFigures
from financing.rules.figures.spending import (
    ClaimCostFigures,
    ClaimFigures,
    ClaimSourceFigures,
    ForecastFigures,
    InvoiceSum,
    NamedInvoice,
    RevenueFigures,
    SetAsideFigures,
)
from mikrogrow.values.money import ZERO


def cost_of(path: str = "") -> Case:
    """What an invoice costs the city's part, as Invoice.cost: with VAT only if that stays a cost.

    `path` leads to the invoice: "co_implementer__invoices__".
    """
    with_vat = When(**{f"{path}vat_is_cost": True}, then=F(f"{path}total"))
    return Case(with_vat, default=F(f"{path}net"))


COST = cost_of()


@dataclass(frozen=True)
class InvoiceFacts:
    """What the sums of a project's invoices do not tell. `cost_before` is euros, None if unknown.

    `next_due` is the first due day of what is approved and not paid.
    """

    cost_before: Decimal | None
    has_examples: bool
    next_due: date | None = None


def grouped(pairs: Iterable[tuple[Any, Any]]) -> defaultdict[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def labels(choices: type[Choices]) -> Mapping[Any, str]:
    # Made once a language: get_…_display() of hundreds of rows takes long.
    return _labels(choices, get_language())


@cache
def _labels(choices: type[Choices], language: str | None) -> dict[Any, str]:
    return {value: str(label) for value, label in choices.choices}


def source_figures(source: FundingSource) -> SourceFigures:
    """Read the source with its funder."""
    is_own_city = source.funder is not None and source.funder.is_own_city
    return SourceFigures(source.pk, source.name, source.source_class, source.funder_id, is_own_city)


def invoice_sum(invoice: Invoice) -> InvoiceSum:
    return InvoiceSum(
        invoice.shown_status,
        invoice.year,
        invoice.category,
        invoice.shared_cost_id,
        invoice.commitment_id,
        1,
        invoice.cost,
        invoice.contribution_to_id,
    )


def invoice_sums(
    ids: Sequence[int], on: date | None = None, besides: int = 0
) -> Iterator[tuple[int, InvoiceSum]]:
    """As of an earlier day if asked; without the invoice of the key `besides`."""
    kinds = (
        "payer__project",
        "status_then",
        "year",
        "category",
        "shared_cost",
        "commitment",
        "contribution_to",
    )
    rows = (
        Invoice.objects.as_of(on)
        .filter(payer__project__in=ids)
        .order_by(*kinds)
        .values_list(*kinds)
        .annotate(count=Count("pk"), spent=Sum(COST))
    )
    if besides:
        rows = rows.exclude(pk=besides)
    for project_id, status, year, category, shared, commitment, recipient, count, total in rows:
        yield project_id, InvoiceSum(status, year, category, shared, commitment, count, total, recipient)


def revenue_of(ids: Sequence[int]) -> Iterator[tuple[int, RevenueFigures]]:
    rows = Revenue.objects.filter(
        co_implementer__project__in=ids, co_implementer__organisation__is_own_city=True
    )
    for row in rows.select_related("co_implementer").order_by("received_on", "pk"):
        label = labels(RevenueKind)[row.kind]
        yield (
            row.co_implementer.project_id,
            RevenueFigures(
                row.received_on, label, row.payer, row.amount, row.explanation, is_example=row.is_example
            ),
        )


def invoices_outside(ids: Sequence[int], on: date | None = None) -> Iterator[tuple[int, NamedInvoice]]:
    """Those dated before their project began or after it ended, as of an earlier day if asked; one query."""
    is_early = Q(invoice_date__lt=F("payer__project__starts_on"))
    is_late = Q(invoice_date__gt=F("payer__project__ends_on"))
    rows = (
        Invoice.objects.as_of(on)
        .filter(is_early | is_late, payer__project__in=ids)
        .exclude(status_then=InvoiceStatus.REJECTED)
        .select_related("payer")
        .order_by("invoice_date", "pk")
    )
    for row in rows:
        yield row.payer.project_id, NamedInvoice(row.pk, str(row), row.invoice_date, invoice_sum(row))


def invoice_facts(project_id: int, before: date | None, on: date | None = None) -> InvoiceFacts:
    """`cost_before`: approved or paid own costs dated before the day; unknown if the day is. One query."""
    of_project = Invoice.objects.as_of(on).filter(payer__project=project_id)
    of_project = of_project.exclude(status_then=InvoiceStatus.REJECTED)
    is_spent = Q(status_then__in=SPENT) & ~Q(category="") & Q(invoice_date__lt=before or date.min)
    found = of_project.aggregate(
        cost=Sum(COST, filter=is_spent),
        examples=Count("pk", filter=Q(is_example=True)),
        next_due=Min("due_on", filter=Q(status_then=InvoiceStatus.APPROVED)),
    )
    return InvoiceFacts(
        None if before is None else found["cost"] or ZERO,
        has_examples=bool(found["examples"]),
        next_due=found["next_due"],
    )


def claims_of(ids: Sequence[int]) -> Iterator[tuple[int, ClaimFigures]]:
    rows = (
        PaymentClaim.objects.filter(
            co_implementer__project__in=ids, co_implementer__organisation__is_own_city=True
        )
        .select_related("co_implementer")
        .prefetch_related(
            Prefetch("costs", ClaimCost.objects.select_related("corrects")),
            Prefetch("sources", ClaimSource.objects.select_related("source__funder")),
            Prefetch("set_aside", SetAsideCost.objects.select_related("taken_into")),
        )
        .order_by("number")
    )
    claims = list(rows)
    invoiced = invoiced_in([claim.pk for claim in claims]) if claims else {}
    for row in claims:
        yield row.co_implementer.project_id, _claim_figures(row, invoiced.get(row.pk, {}))


def invoiced_in(claims: Sequence[int], on: date | None = None) -> dict[int, dict[str, Decimal]]:
    """Approved and paid own costs that are dated in the period of each claim, by category; one query.

    Of two periods that overlap, the first claim has them.
    """
    # What is approved and what is paid has a day of approval.
    by_then = {} if on is None else {"co_implementer__invoices__approved_on__lte": on}
    day = OuterRef("co_implementer__invoices__invoice_date")
    earlier = PaymentClaim.objects.filter(
        co_implementer=OuterRef("co_implementer"),
        number__lt=OuterRef("number"),
        first_day__lte=day,
        last_day__gte=day,
    )
    rows = (
        PaymentClaim.objects.filter(
            ~Exists(earlier),
            pk__in=claims,
            co_implementer__invoices__status__in=SPENT,
            co_implementer__invoices__category__gt="",
            co_implementer__invoices__invoice_date__gte=F("first_day"),
            co_implementer__invoices__invoice_date__lte=F("last_day"),
            **by_then,
        )
        .order_by("pk", "co_implementer__invoices__category")
        .values_list("pk", "co_implementer__invoices__category")
        .annotate(spent=Sum(cost_of("co_implementer__invoices__")))
    )
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for claim, category, spent in rows:
        found[claim][category] = spent
    return found


def spent_in(claim: ClaimFigures, project_id: int, on: date | None = None) -> list[Invoice]:
    """Approved and paid own costs that are dated in the claim's period, as of an earlier day if asked."""
    rows = (
        Invoice.objects.as_of(on)
        .of_project(project_id)
        .filter(status_then__in=SPENT, category__gt="", invoice_date__range=(claim.first_day, claim.last_day))
    )
    return list(rows.order_by("invoice_date", "pk"))


def _claim_figures(row: PaymentClaim, invoiced: Mapping[str, Decimal]) -> ClaimFigures:
    return ClaimFigures(
        claim_id=row.pk,
        number=row.number,
        first_day=row.first_day,
        last_day=row.last_day,
        status=row.status,
        status_label=labels(ClaimStatus)[row.status],
        submitted_on=row.submitted_on,
        decided_on=row.decided_on,
        note=row.note,
        is_example=row.is_example,
        costs=tuple(map(_claim_cost, row.costs.all())),
        sources=tuple(map(_claim_source, row.sources.all())),
        set_aside=tuple(map(_set_aside, row.set_aside.all())),
        invoiced=invoiced,
    )


def _claim_cost(row: ClaimCost) -> ClaimCostFigures:
    label = labels(CostCategory)[row.category]
    corrects = row.corrects.number if row.corrects else None
    return ClaimCostFigures(row.category, label, row.claimed, row.eligible, row.deduction_reason, corrects)


def _claim_source(row: ClaimSource) -> ClaimSourceFigures:
    return ClaimSourceFigures(source_figures(row.source), row.claimed, row.paid, row.paid_on)


def _set_aside(row: SetAsideCost) -> SetAsideFigures:
    taken_into = row.taken_into.number if row.taken_into else None
    label = labels(CostCategory)[row.category]
    return SetAsideFigures(label, row.amount, row.reason, taken_into, row.category)


def forecasts_of(ids: Sequence[int]) -> Iterator[tuple[int, ForecastFigures]]:
    rows = (
        Forecast.objects.filter(
            co_implementer__project__in=ids, co_implementer__organisation__is_own_city=True
        )
        .select_related("co_implementer")
        .prefetch_related(Prefetch("amounts", ForecastAmount.objects.select_related("source__funder")))
        .order_by("-made_on")
    )
    for row in rows:
        amounts = tuple(
            (source_figures(amount.source), amount.year, amount.amount) for amount in row.amounts.all()
        )
        yield (
            row.co_implementer.project_id,
            ForecastFigures(row.pk, row.made_on, row.note, row.is_example, amounts),
        )


def explanations_of(ids: Sequence[int]) -> Iterator[tuple[int, ExplanationFigures]]:
    rows = (
        FindingExplanation.objects.filter(project__in=ids)
        .select_related("explained_by")
        .order_by("-explained_at", "-pk")
    )
    for row in rows:
        yield (
            row.project_id,
            ExplanationFigures(
                code=row.code,
                subject=row.subject,
                detail=row.detail,
                left=row.left,
                right=row.right,
                difference=row.difference,
                sentence=row.sentence,
                explanation=row.explanation,
                by=row.explained_by.get_full_name() or row.explained_by.get_username(),
                at=row.explained_at,
                facts=row.facts,
            ),
        )


def all_appropriations(commitments: Sequence[CommitmentFigures]) -> list[AppropriationFigures]:
    names = {row.appropriation_name for row in commitments if row.appropriation_name}
    rows = Appropriation.objects.filter(name__in=names).order_by("name", "year")
    return [
        AppropriationFigures(row.name, row.year, row.amount, row.committed_elsewhere, row.pk) for row in rows
    ]


def appropriations_of(
    commitments: Sequence[CommitmentFigures], appropriations: Sequence[AppropriationFigures]
) -> tuple[AppropriationFigures, ...]:
    names = {row.appropriation_name for row in commitments}
    return tuple(row for row in appropriations if row.name in names)
