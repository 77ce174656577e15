"""The demonstration's invoices, claims and forecasts. The decision has none: each is marked as an example."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from financing.actions.explanations import explain_finding
from financing.actions.plans import open_new_version
from financing.choices import SPENT, ClaimStatus, CostCategory, InvoiceStatus, PlanStatus, SourceClass
from financing.models import (
    ClaimCost,
    ClaimSource,
    FinancingPlan,
    Forecast,
    ForecastAmount,
    FundingSource,
    Invoice,
    InvoiceApprover,
    PaymentClaim,
    SetAsideCost,
    SharedCost,
)
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from mikrogrow.demonstration.accounts import account
from mikrogrow.demonstration.rows import add, finish, pay, typeset
from projects.models import CoImplementer, Decision, Project

ENTERED_BY, APPROVER = "budjetti", "hyvaksyja"
DIRECTOR = "Elinkeinojohtaja"

SECOND_VERSION = (
    "Avustus on 75 % kustannuksista alaspäin pyöristettynä, 44 964 €. Silloin lähteet ja kustannukset "
    "täsmäävät; rahoittajalta on varmistettava, onko näin tarkoitettu."
)
ROUNDED = "Molemmat avustukset on pyöristetty lähimpään euroon. Rahoittaja hyväksyi pyöristyksen."
NOT_OURS = "Lasku kuuluu toiselle hankkeelle. Toimittajaa on pyydetty lähettämään uusi."

# Business IDs that are formally right and belong to nobody.
MEDIA, TRAINING, TRAVEL, LEAD = "0000001-9", "0000002-7", "0000003-5", "0000004-3"
# The city's own voucher needs none.
PAYROLL = ""


def add_second_version(plan: FinancingPlan, grant: FundingSource) -> None:
    draft = open_new_version(plan=plan, user=account(ENTERED_BY), reason=typeset(SECOND_VERSION))
    line = draft.lines.get(source=grant)
    line.stated_amount = Decimal(44964)
    line.full_clean()
    line.save()


def add_approver(decision: Decision) -> None:
    add(InvoiceApprover(decision=decision, user=account(APPROVER), title=DIRECTOR))


def add_mikrogrow_spending(city: CoImplementer, decision: Decision) -> None:
    commitment = decision.commitments.get()
    add_approver(decision)
    under = {"payer": city, "commitment": commitment}
    services, travel = CostCategory.SERVICES, CostCategory.TRAVEL
    _add_invoice(
        MEDIA, "E-101", 4200, "24", date(2017, 10, 9), InvoiceStatus.PAID, category=services, **under
    )
    _add_invoice(
        TRAINING, "E-7", 6400, "24", date(2018, 2, 12), InvoiceStatus.PAID, category=services, **under
    )
    _add_invoice(
        TRAVEL, "E-3310", 1250, "10", date(2018, 5, 21), InvoiceStatus.APPROVED, category=travel, **under
    )
    staff = CostCategory.STAFF
    _add_invoice(
        PAYROLL, "P-2017", 14000, "0", date(2017, 12, 31), InvoiceStatus.PAID, category=staff, **under
    )
    _add_invoice(
        PAYROLL, "P-2018-1", 9000, "0", date(2018, 6, 30), InvoiceStatus.APPROVED, category=staff, **under
    )
    _add_invoice(
        MEDIA, "E-118", 950, "24", date(2018, 6, 4), InvoiceStatus.REJECTED, category=services, **under
    )
    _add_invoice(
        TRAINING, "E-15", 1800, "24", date(2018, 9, 3), InvoiceStatus.RECEIVED, category=services, **under
    )
    lead_work, university_work = SharedCost.objects.filter(payer=city).order_by("pk")
    _add_invoice(
        LEAD,
        "E-2018-1",
        3000,
        "0",
        date(2018, 4, 16),
        InvoiceStatus.CHECKED,
        payer=city,
        shared_cost=lead_work,
    )
    _add_invoice(
        LEAD,
        "E-2018-2",
        2500,
        "0",
        date(2018, 8, 20),
        InvoiceStatus.RECEIVED,
        payer=city,
        shared_cost=university_work,
    )
    _add_claims(city)
    _add_forecasts(city)


def add_kiertokone_spending(city: CoImplementer, decision: Decision) -> None:
    add_approver(decision)
    under = {"payer": city, "commitment": decision.commitments.order_by("pk").first()}
    services = CostCategory.SERVICES
    _add_invoice(
        TRAINING, "E-201", 900, "25.5", date(2026, 3, 2), InvoiceStatus.PAID, category=services, **under
    )
    _add_invoice(
        MEDIA, "E-318", 740, "25.5", date(2026, 9, 14), InvoiceStatus.CHECKED, category=services, **under
    )
    _add_invoice(
        TRAINING, "E-240", 620, "25.5", date(2026, 11, 9), InvoiceStatus.RECEIVED, category=services, **under
    )


def explain_rounding(project: Project) -> None:
    findings = project_findings(figures_of(project))
    found = next(finding for finding in findings if finding.code == "R01" and finding.level is Level.NOTE)
    explain_finding(
        project=project,
        key=found.key,
        numbers=found.numbers,
        explanation=ROUNDED,
        user=account(ENTERED_BY),
        at=datetime(2026, 1, 8, 12, tzinfo=UTC),
    )


SUPPLIERS = {
    MEDIA: ("Esimerkki Viestintä Oy (keksitty)", "Esitteet ja verkkosivut"),
    TRAINING: ("Malli Koulutus Oy (keksitty)", "Ryhmien valmennus"),
    TRAVEL: ("Mallimatkat Oy (keksitty)", "Tutustumismatka vientimarkkinoille"),
    PAYROLL: ("Palkkakirjaus (keksitty)", "Projektityöntekijän palkat sivukuluineen"),
    LEAD: ("Päätoteuttaja (keksitty lasku)", "Osuus yhteisistä kustannuksista"),
}


def _add_invoice(
    business_id: str, number: str, net: int, vat_percent: str, day: date, state: InvoiceStatus, **fields: Any
) -> None:
    supplier, description = SUPPLIERS[business_id]
    clerk, official = account(ENTERED_BY), account(APPROVER)
    vat = (Decimal(net) * Decimal(vat_percent) / 100).quantize(Decimal("0.01"))
    invoice = add(
        Invoice(
            supplier=supplier,
            business_id=business_id,
            number=number,
            invoice_date=day,
            received_on=_later(day, 2),
            due_on=_later(day, 21),
            net=net,
            vat=vat,
            total=net + vat,
            year=day.year,
            description=description,
            is_example=True,
            entered_by=clerk,
            **fields,
        )
    )
    if state in (InvoiceStatus.CHECKED, *SPENT):
        finish(invoice, status=InvoiceStatus.CHECKED, checked_by=clerk, checked_on=_later(day, 5))
    if state in SPENT:
        approval: dict[str, Any] = {
            "approved_by": official,
            "approved_on": _later(day, 8),
            "approved_as": DIRECTOR,
        }
        reserved = invoice.commitment.appropriation if invoice.commitment else None
        approval["appropriation_amount"] = reserved.amount if reserved else None
        finish(invoice, status=InvoiceStatus.APPROVED, **approval)
    if state == InvoiceStatus.PAID:
        finish(invoice, status=state, paid_on=_later(day, 20))
    if state == InvoiceStatus.REJECTED:
        rejection = {"rejected_by": clerk, "rejected_on": _later(day, 4), "rejection_reason": NOT_OURS}
        finish(invoice, status=state, **rejection)


def _later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _add_claims(city: CoImplementer) -> None:
    statuses = ClaimStatus
    first = _claim(city, 1, (date(2017, 4, 1), date(2017, 12, 31)))
    second = _claim(city, 2, (date(2018, 1, 1), date(2018, 6, 30)))
    staff, services, travel = CostCategory.STAFF, CostCategory.SERVICES, CostCategory.TRAVEL
    reason = "Yhden palkkakuukauden kirjaus puuttui."
    _claim_costs(first, {staff: (14000, 13600, reason), services: (3900, 3900, "")})
    _claim_costs(second, {staff: (9000, None, ""), services: (6700, None, ""), travel: (1250, None, "")})
    grant, fund, companies = _sources(city)
    paid_on = date(2018, 4, 20)
    _claim_sources(first, {grant: (13425, 13125), fund: (895, 875)}, paid_on)
    _claim_sources(first, {companies: (2687, 2400)}, date(2018, 3, 1))
    sent = {"status": statuses.SUBMITTED, "submitted_on": date(2018, 2, 15)}
    finish(first, **sent)
    finish(first, status=statuses.DECIDED, decided_on=date(2018, 4, 10))
    pay(first)
    _claim_sources(second, {grant: (12712, None), fund: (848, None), companies: (2544, None)})
    add(
        SetAsideCost(
            claim=first,
            category=services,
            amount=300,
            reason="Esitteen laskun erittely puuttui.",
            taken_into=second,
        )
    )
    finish(second, status=statuses.SUBMITTED, submitted_on=date(2018, 9, 14))


def _claim(city: CoImplementer, number: int, period: tuple[date, date]) -> PaymentClaim:
    first_day, last_day = period
    return add(
        PaymentClaim(
            co_implementer=city, number=number, first_day=first_day, last_day=last_day, is_example=True
        )
    )


def _claim_costs(claim: PaymentClaim, costs: dict[str, tuple[int, int | None, str]]) -> None:
    for category, (claimed, eligible, reason) in costs.items():
        add(
            ClaimCost(
                claim=claim, category=category, claimed=claimed, eligible=eligible, deduction_reason=reason
            )
        )


def _claim_sources(
    claim: PaymentClaim, sources: dict[FundingSource, tuple[int, int | None]], paid_on: date | None = None
) -> None:
    for source, (claimed, paid) in sources.items():
        add(ClaimSource(claim=claim, source=source, claimed=claimed, paid=paid, paid_on=paid_on))


def _add_forecasts(city: CoImplementer) -> None:
    grant, fund, companies = _sources(city)
    own = FundingSource.objects.distinct().get(funder=city.organisation, lines__plan__co_implementer=city)
    forecasts: dict[tuple[date, str], dict[FundingSource, tuple[int, int, int]]] = {
        (date(2018, 1, 31), ""): {
            grant: (13425, 19300, 12239),
            fund: (895, 1290, 813),
            companies: (2400, 3600, 3000),
            own: (907, 1110, 974),
        },
        (date(2018, 8, 31), "Vientikokeilut alkavat myöhemmin kuin suunniteltiin."): {
            grant: (13125, 17600, 13400),
            fund: (875, 1175, 895),
            companies: (2400, 3300, 3300),
            own: (907, 1050, 1034),
        },
    }
    for (made_on, note), sources in forecasts.items():
        forecast = add(
            Forecast(
                co_implementer=city,
                made_on=made_on,
                made_by=account(ENTERED_BY),
                note=note,
                is_example=True,
            )
        )
        for source, amounts in sources.items():
            for year, amount in zip((2017, 2018, 2019), amounts, strict=True):
                add(ForecastAmount(forecast=forecast, source=source, year=year, amount=amount))


def _sources(city: CoImplementer) -> tuple[FundingSource, FundingSource, FundingSource]:
    """The grant, the development fund and the companies of the city's plan."""
    plan = FinancingPlan.objects.get(co_implementer=city, status=PlanStatus.APPROVED)
    lines = {line.source.source_class: line.source for line in plan.lines.select_related("source")}
    classes = SourceClass
    fund = plan.lines.select_related("source").exclude(source__funder=city.organisation)
    municipal = fund.get(source__source_class=classes.MUNICIPAL).source
    return lines[classes.EU_STATE], municipal, lines[classes.PRIVATE]
