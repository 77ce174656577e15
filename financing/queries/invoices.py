"""Reads invoices: one, a project's list, those that wait, who may act on them, and the limits they use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from financing.choices import SPENT, CostCategory, InvoiceStatus, PlanStatus
from financing.models import Commitment, FinancingPlan, Invoice, InvoiceApprover, KeptNeed
from financing.queries.figures import plan_figures
from financing.queries.spending import COST, grouped, invoice_sum, invoice_sums, revenue_of
from financing.rules.doubles import Billed, Twin, twins
from financing.rules.doubts import doubts_about
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import by_year
from financing.rules.flat_rates import accrued_on
from financing.rules.limits import AppropriationUse, Limit, limits_of
from financing.rules.revenue import less_revenue
from mikrogrow.database.rows import rows_by_key
from mikrogrow.history import CHANGED, historical
from mikrogrow.models import FileOpening
from mikrogrow.values.company_names import bare_name
from mikrogrow.values.money import ZERO
from projects.choices import IN_FORCE, DecisionStage


def may_see_invoices(user: Any) -> bool:
    return bool(user.has_perm("financing.view_invoice") and user.has_perm("projects.view_project"))


def visible_invoices(user: Any, on: date | None = None) -> QuerySet[Invoice]:
    """As of an earlier day if asked."""
    return Invoice.objects.as_of(on).with_names() if may_see_invoices(user) else Invoice.objects.none()


def may_open_files(user: Any) -> bool:
    return may_see_invoices(user) and bool(user.has_perm("financing.open_file"))


def invoices_with_file(user: Any) -> QuerySet[Invoice]:
    """Those whose file the person may open."""
    found = Invoice.objects.exclude(file="")
    return found if may_open_files(user) else found.none()


def openings_of(invoice: Invoice) -> QuerySet[FileOpening]:
    """Who opened its file, the newest first."""
    found = FileOpening.objects.filter(model=Invoice._meta.label_lower, row=invoice.pk)
    return found.select_related("user").order_by("-at", "-pk")


def invoices_of_project(
    project_id: int, status: str = "", year: int | None = None, on: date | None = None
) -> QuerySet[Invoice]:
    """As of an earlier day if asked."""
    found = Invoice.objects.as_of(on).of_project(project_id).for_list()
    if status:
        found = found.filter(status_then=status)
    return found if year is None else found.filter(year=year)


def limits_of_invoice(invoice: Invoice, figures: ProjectFigures, on: date | None = None) -> tuple[Limit, ...]:
    """Read the invoice `with_names()`; `figures` are its project's, as of an earlier day if asked."""
    commitment = invoice.commitment
    uses: Sequence[AppropriationUse] = ()
    if commitment is not None and commitment.appropriation is not None:
        uses = used_of_appropriation(commitment.appropriation.name, besides=invoice, on=on)
    return limits_of(
        invoice_sum(invoice),
        figures,
        uses,
        commitment="" if commitment is None else str(commitment),
        category=str(invoice.get_category_display()),
    )


def to_explain(
    invoice: Invoice, limits: Iterable[Limit], figures: ProjectFigures, alike: Iterable[Twin]
) -> list[str]:
    """What an approval needs an explanation for, as sentences; `alike` are the invoice's twins."""
    exceeded = [limit.sentence for limit in limits if limit.needs_explanation]
    doubles = [_("%s Selitä, miksi tämä ei ole sama lasku.") % twin.sentence for twin in alike]
    return [*exceeded, *doubts_about(invoice.invoice_date, figures), *doubles]


def twins_of(invoice: Invoice) -> list[Twin]:
    """Invoices of all projects that may be the same one; one query."""
    names = ("pk", "supplier", "business_id", "number", "invoice_date", "total")
    found = Invoice.objects.exclude(status=InvoiceStatus.REJECTED).exclude(pk=invoice.pk)
    if invoice.business_id:
        found = found.filter(Q(business_id=invoice.business_id) | Q(business_id=""))
    # Few names have both letters; SQLite knows the case of ASCII only.
    begins = bare_name(invoice.supplier)[:2]
    if begins.isascii():
        by_name = Q(supplier__icontains=begins[:1]) & Q(supplier__icontains=begins[1:])
        found = found.filter(by_name | Q(business_id=invoice.business_id, business_id__gt=""))
    rows = found.order_by("invoice_date", "pk").values_list(*names, "payer__project__short_name")
    return twins(billed(invoice), (Billed(*row) for row in rows))


def billed(invoice: Invoice) -> Billed:
    return Billed(
        invoice.pk,
        invoice.supplier,
        invoice.business_id,
        invoice.number,
        invoice.invoice_date,
        invoice.total,
    )


def used_of_appropriation(
    appropriation: str, besides: Invoice, on: date | None = None
) -> list[AppropriationUse]:
    kinds = ("payer", "payer__project", "year")
    is_own = ~Q(category="")
    rows = (
        Invoice.objects.as_of(on)
        .filter(commitment__appropriation__name=appropriation, status_then__in=SPENT)
        .exclude(pk=besides.pk)
        .order_by(*kinds)
        .values_list(*kinds)
        .annotate(
            own=Sum(COST, filter=is_own),
            in_full=Sum(COST, filter=~is_own),
            staff=Sum(COST, filter=Q(category=CostCategory.STAFF)),
        )
    )
    found = list(rows)
    plans = _approved_plans({payer for payer, *_rest in found})
    needs = KeptNeed.objects.filter(appropriation=appropriation, year=None)
    gross: dict[int, bool | None] = dict(needs.values_list("project", "is_gross"))
    net = {project for _payer, project, *_rest in found if not gross.get(project, False)}
    taken_off = _revenue_booked_on(appropriation, net, besides)
    return [
        AppropriationUse(
            project,
            year,
            (own or ZERO) + _flat(staff, plans.get(payer)) + taken_off.get((project, year), ZERO),
            in_full or ZERO,
            plans.get(payer),
            gross.get(project, False),
        )
        for payer, project, year, own, in_full, staff in found
    ]


def _revenue_booked_on(
    appropriation: str, projects: Iterable[int], besides: Invoice
) -> dict[tuple[int, int], Decimal]:
    """By project and year what revenue takes off the costs booked on it, in euros below zero."""
    revenue = grouped(revenue_of(sorted(projects)))
    if not revenue:
        return {}
    booked = set(Commitment.objects.filter(appropriation__name=appropriation).values_list("pk", flat=True))
    found: dict[tuple[int, int], Decimal] = {}
    for project, sums in grouped(invoice_sums(list(revenue), besides=besides.pk or 0)).items():
        spent = (row for row in sums if row.status in SPENT)
        for row in less_revenue(spent, by_year(revenue[project])):
            if row.category == CostCategory.REVENUE and row.commitment_id in booked:
                found[project, row.year] = found.get((project, row.year), ZERO) + row.cost
    return found


def _flat(staff: Decimal | None, plan: PlanFigures | None) -> Decimal:
    return accrued_on(staff or ZERO, plan.cost_model if plan else "")


def _approved_plans(payers: set[int]) -> dict[int, PlanFigures]:
    plans = FinancingPlan.objects.filter(co_implementer__in=payers, status=PlanStatus.APPROVED).with_lines()
    return {plan.co_implementer_id: plan_figures(plan) for plan in plans}


def approvers_on(on: date) -> QuerySet[InvoiceApprover]:
    begun = Q(first_day__isnull=True) | Q(first_day__lte=on)
    not_over = Q(last_day__isnull=True) | Q(last_day__gte=on)
    return (
        InvoiceApprover.objects.filter(
            begun, not_over, decision__stage=DecisionStage.DECIDED, decision__outcome__in=IN_FORCE
        )
        .select_related("user", "decision")
        .order_by("is_substitute", "pk")
    )


def approvers_of(invoice: Invoice, on: date) -> list[InvoiceApprover]:
    """Those that the commitment's decision names; without a commitment, any decision of the project."""
    approvers = approvers_on(on)
    if invoice.commitment is not None:
        return list(approvers.filter(decision=invoice.commitment.decision_id))
    project = invoice.payer.project_id
    of_project = Q(decision__project=project) | Q(decision__commitments__project=project)
    return list(approvers.filter(of_project).distinct())


@dataclass(frozen=True)
class Rights:
    """What a person may do with invoices on a day; `decisions` and `projects` are those they approve for."""

    user_id: int
    may_check: bool
    may_pay: bool
    decisions: frozenset[int]
    projects: frozenset[int]

    @property
    def may_act(self) -> bool:
        return self.may_check or self.may_pay or bool(self.decisions)

    def approves(self, invoice: Invoice) -> bool:
        """Also if they entered or checked it: `why_not_independent` refuses that."""
        if invoice.commitment is not None:
            return invoice.commitment.decision_id in self.decisions
        return invoice.payer.project_id in self.projects


def rights_of(user: Any, on: date) -> Rights:
    approves: list[tuple[int, int, int | None]] = []
    if user.has_perm("financing.approve_invoice"):
        keys = ("decision", "decision__project", "decision__commitments__project")
        approves = list(approvers_on(on).filter(user=user.pk).values_list(*keys))
    return Rights(
        user.pk,
        user.has_perm("financing.check_invoice"),
        user.has_perm("financing.pay_invoice"),
        frozenset(decision for decision, *_projects in approves),
        frozenset(project for _decision, *projects in approves for project in projects if project),
    )


def _changed_by(user_id: int) -> QuerySet[Any]:
    """Changes of state have a reason in the history; changes of an invoice's facts have none."""
    return historical(Invoice)._default_manager.filter(
        history_user=user_id, history_type=CHANGED, history_change_reason__isnull=True
    )


def why_not_independent(invoice: Invoice, user_id: int) -> str:
    """A sentence if the person prepared the invoice and may not approve it; else empty."""
    if invoice.entered_by_id == user_id:
        return _("Kirjasit laskun itse, joten sen hyväksyy joku muu.")
    if invoice.checked_by_id == user_id:
        return _("Tarkastit laskun itse, joten sen hyväksyy joku muu.")
    if _changed_by(user_id).filter(id=invoice.pk).exists():
        return _("Muutit laskun tietoja, joten sen hyväksyy joku muu.")
    return ""


def waiting_for(user: Any, rights: Rights) -> QuerySet[Invoice]:
    """In the order of their due days; ask for their keys first, because there can be thousands."""
    statuses = []
    if rights.may_check:
        statuses.append(InvoiceStatus.RECEIVED)
    if rights.may_pay:
        statuses.append(InvoiceStatus.APPROVED)
    wanted = Q(status__in=statuses)
    # Only for those who approve: these conditions join other tables.
    if rights.decisions:
        named = Q(commitment__decision__in=rights.decisions) | Q(
            commitment__isnull=True, payer__project__in=rights.projects
        )
        changed = Q(Exists(_changed_by(rights.user_id).filter(id=OuterRef("pk"))))
        own = Q(entered_by=rights.user_id) | Q(checked_by=rights.user_id) | changed
        wanted |= Q(status=InvoiceStatus.CHECKED) & named & ~own
    found = Invoice.objects.filter(wanted) if may_see_invoices(user) else Invoice.objects.none()
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def invoices_by_key(keys: Sequence[int]) -> list[Invoice]:
    return rows_by_key(Invoice.objects.with_names(), keys)


def records_of(invoice: Invoice) -> QuerySet[Any]:
    return invoice.history.select_related("history_user").order_by("history_id")


def earlier_invoice(invoice: Invoice) -> Invoice | None:
    """One of the same supplier, number and year. Small firms begin their numbers again each year."""
    number = "".join(invoice.number.split(" ")).upper()
    same = (
        Q(business_id=invoice.business_id)
        if invoice.business_id
        else Q(business_id="", supplier__iexact=invoice.supplier)
    )
    # Numbers are typed, so spaces and capitals make no difference.
    rows = Invoice.objects.filter(same).exclude(pk=invoice.pk).exclude(status=InvoiceStatus.REJECTED)
    rows = rows.filter(invoice_date__year=invoice.invoice_date.year)
    found = rows.select_related("payer__project").order_by("pk")
    return next((row for row in found if "".join(row.number.split(" ")).upper() == number), None)
