"""A project's invoices, one invoice with its next step, its file, and the list of what waits for a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from financing.actions.invoice_files import open_file
from financing.actions.invoices import (
    approve_invoice,
    approver_name,
    check_invoice,
    lock_appropriations,
    pay_invoice,
    reject_invoice,
)
from financing.choices import OPEN, InvoiceStatus
from financing.forms.invoices import CheckForm, InvoiceApprovalForm, InvoiceFilter, PaymentForm, RejectionForm
from financing.models import Invoice
from financing.queries.figures import figures_of
from financing.queries.invoices import (
    approvers_of,
    invoices_by_key,
    invoices_of_project,
    invoices_with_file,
    limits_of_invoice,
    may_open_files,
    openings_of,
    records_of,
    rights_of,
    to_explain,
    twins_of,
    visible_invoices,
    waiting_for,
)
from financing.reports.invoices import (
    Event,
    InvoiceRow,
    Opening,
    Steps,
    appropriation_then,
    burden,
    events,
    file_openings,
    invoice_row,
    steps_for,
    sums_by_state,
    what_for,
)
from financing.rules.doubles import Twin
from financing.rules.limits import Limit
from mikrogrow.database.writing import writes
from mikrogrow.files import StoredFileError
from mikrogrow.values.dates import format_date
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.pages import LongListPaginator
from mikrogrow.web.responses import attached_pdf, pdf_failure
from mikrogrow.web.seen import read_seen, sign_seen
from mikrogrow.web.shown_day import ShownDay, shown_day
from projects.pages.project_page import ProjectPage, page_of, project_page

ROWS_ON_A_PAGE = 50
OPENINGS_SHOWN = 200


@dataclass(frozen=True)
class Step:
    """What a person does to an invoice. The form's fields are named like the action's arguments."""

    form: type[Form]
    act: Callable[..., Invoice]
    leads_to: InvoiceStatus
    done: Any


STEPS = {
    "check": Step(CheckForm, check_invoice, InvoiceStatus.CHECKED, gettext_lazy("Lasku %s on tarkastettu.")),
    "approve": Step(
        InvoiceApprovalForm,
        approve_invoice,
        InvoiceStatus.APPROVED,
        gettext_lazy("Lasku %s on hyväksytty."),
    ),
    "pay": Step(
        PaymentForm, pay_invoice, InvoiceStatus.PAID, gettext_lazy("Lasku %s on merkitty maksetuksi.")
    ),
    "reject": Step(
        RejectionForm, reject_invoice, InvoiceStatus.REJECTED, gettext_lazy("Lasku %s on hylätty.")
    ),
}


@dataclass(frozen=True)
class InvoicePage:
    """`what` it is an invoice of; `step` is what was tried last; `seen`, signed, is what is decided on."""

    invoice: Invoice
    row: InvoiceRow
    what: str
    appropriation_then: str
    limits: Sequence[Limit]
    burden: str
    to_explain: Sequence[str]
    twins: Sequence[Twin]
    stages: Sequence[InvoiceStatus]
    events: Sequence[Event]
    may_open_file: bool
    openings: Sequence[Opening]
    approvers: Sequence[str]
    steps: Steps
    forms: dict[str, Form]
    step: str
    seen: str
    is_waiting: bool


def invoices(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    if not request.user.has_perm("financing.view_invoice"):
        raise Http404
    sums = page.figures.invoices
    form = InvoiceFilter(request.GET, {row.year for row in sums})
    found = invoices_of_project(page.project.pk, form.asked_status, form.asked_year, page.day.past)
    rows = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "financing/invoices.html",
        {
            **page.context("invoices"),
            "form": form,
            "is_filtered": bool(form.asked_status or form.asked_year),
            "sums": sums_by_state(sums),
            "has_invoices": bool(sums),
            "rows": rows,
            "invoices": [invoice_row(invoice, page.day.on) for invoice in rows],
            "filters": urlencode(filters),
            "add_address": _add_address(page),
        },
    )


def _add_address(page: ProjectPage) -> str:
    """The form of a new invoice, with the city's part filled in; empty if it takes no part."""
    city = page.figures.city
    return f"{reverse('admin:financing_invoice_add')}?payer={city.co_implementer_id}" if city else ""


def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_invoices(request.user), pk=pk)
    form: Form | None = None
    again = shown_again(request)
    typed = again.fields if again else request.POST
    step = typed.get("step", "")
    if again or request.method == "POST":
        if step not in STEPS:
            raise BadRequest
        form = STEPS[step].form(typed)
        if again:
            messages.warning(request, again.sentence)
        elif form.is_valid():
            # Read before the step, which takes the invoice out of the queue.
            queue = _queue(request)
            try:
                done = _take(request=request, invoice=found, step=STEPS[step], form=form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, str(STEPS[step].done) % done)
                return redirect(_next_address(request, done, queue))
        found = get_object_or_404(visible_invoices(request.user), pk=pk)
    day = shown_day(request)
    if day.past:
        then = visible_invoices(request.user, day.past).filter(pk=pk).first()
        found, day = (then, day) if then else (found, _before_it_came(day))
    page = page_of(found.payer.project, day)
    return _shown(request, page, found, step, form)


def _before_it_came(asked: ShownDay) -> ShownDay:
    sentence = _("Lasku ei ollut vielä saapunut %(day)s.") % {"day": format_date(asked.on)}
    return ShownDay(timezone.localdate(), error=sentence, kept=asked.kept)


@require_safe
def invoice_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(invoices_with_file(request.user), pk=pk)
    try:
        content = open_file(invoice=found, user=request.user, at=timezone.now())
    except StoredFileError as error:
        return pdf_failure(request, error, reverse("invoice", args=[pk]))
    return attached_pdf(content, found.pdf_name)


def waiting(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("financing.view_invoice"):
        raise Http404
    today = timezone.localdate()
    rights = rights_of(request.user, today)
    found = waiting_for(request.user, rights)
    pages = LongListPaginator(found, ROWS_ON_A_PAGE, found.count(), invoices_by_key)
    rows = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "financing/waiting.html",
        {
            "rights": rights,
            "rows": rows,
            "invoices": [invoice_row(invoice, today) for invoice in rows],
            "filters": "",
        },
    )


def _shown(
    request: HttpRequest, page: ProjectPage, found: Invoice, step: str, form: Form | None
) -> HttpResponse:
    today = timezone.localdate()
    is_now = page.day.past is None
    is_open = is_now and found.status in OPEN
    approvers = [approver_name(row) for row in approvers_of(found, today)] if is_open else []
    may_open = may_open_files(request.user)
    limits = (
        ()
        if found.shown_status == InvoiceStatus.REJECTED
        else limits_of_invoice(found, page.figures, page.day.past)
    )
    alike = twins_of(found) if is_open else []
    explained = to_explain(found, limits, page.figures, alike) if is_open else []
    shown = InvoicePage(
        invoice=found,
        row=invoice_row(found, page.day.on),
        what=what_for(found),
        appropriation_then=appropriation_then(found, page.figures),
        limits=limits,
        burden=burden(found, page.figures),
        to_explain=explained,
        twins=alike,
        stages=list(InvoiceStatus)[:-1],
        events=events(found, records_of(found), page.day.past),
        may_open_file=may_open,
        openings=file_openings(openings_of(found)[:OPENINGS_SHOWN]) if may_open and found.file else [],
        approvers=approvers,
        steps=steps_for(found, rights_of(request.user, today), approvers) if is_now else Steps(),
        forms={name: form if name == step and form else each.form() for name, each in STEPS.items()},
        step=step,
        seen=sign_seen(_seen(found, explained), _salt(found)),
        is_waiting=_is_waiting(request),
    )
    return render(request, "financing/invoice.html", {**page.context("invoices"), **vars(shown)})


@writes("invoice")
def _take(*, request: HttpRequest, invoice: Invoice, step: Step, form: Form) -> Invoice:
    """Raises ValidationError if the invoice or its limits are not what the page showed."""
    is_approval = step.leads_to == InvoiceStatus.APPROVED
    # The second click of a double click has waited for its project, and reads what the first did.
    stored = get_object_or_404(visible_invoices(request.user), pk=invoice.pk)
    if is_approval:
        lock_appropriations(stored)
    explained: Sequence[str] = []
    if is_approval:
        figures = figures_of(stored.payer.project)
        limits = limits_of_invoice(stored, figures)
        explained = to_explain(stored, limits, figures, twins_of(stored))
    seen, now = read_seen(request, _salt(invoice)) or {}, _seen(stored, explained)
    if seen.get("facts") != now["facts"]:
        # A double click: the first one has taken the step.
        if _has_done(request, stored, step):
            return stored
        raise ValidationError(
            _(
                "Laskua on muutettu tai käsitelty sivun avaamisen jälkeen. "
                "Tarkista tiedot ja tee valinta uudelleen."
            )
        )
    if is_approval and form.cleaned_data["explanation"] and seen.get("to_explain") != now["to_explain"]:
        raise ValidationError(
            _(
                "Enimmäismäärien käyttö on muuttunut sivun avaamisen jälkeen. Tarkista luvut ja hyväksy "
                "uudelleen."
            )
        )
    return step.act(invoice=invoice, user=request.user, on=timezone.localdate(), **form.cleaned_data)


def _has_done(request: HttpRequest, stored: Invoice, step: Step) -> bool:
    last = records_of(stored).last()
    return stored.status == step.leads_to and last is not None and last.history_user == request.user


def _seen(found: Invoice, explained: Sequence[str]) -> dict[str, Any]:
    """What a step is decided on, as text."""
    facts = [str(getattr(found, field.attname)) for field in Invoice._meta.concrete_fields]
    return {"facts": facts, "to_explain": list(explained)}


def _salt(found: Invoice) -> str:
    return f"invoice.{found.pk}"


def _is_waiting(request: HttpRequest) -> bool:
    # They came from the list of what waits for them, and go on to its next invoice.
    return "waiting" in (request.POST if request.method == "POST" else request.GET)


def _queue(request: HttpRequest) -> list[int]:
    """The ids of the waiting list in its order; empty for those who came from elsewhere."""
    if not _is_waiting(request):
        return []
    rights = rights_of(request.user, timezone.localdate())
    return list(waiting_for(request.user, rights).values_list("pk", flat=True))


def _next_address(request: HttpRequest, done: Invoice, queue: list[int]) -> str:
    if not _is_waiting(request):
        return reverse("invoice", args=[done.pk])
    later = queue[queue.index(done.pk) + 1 :] if done.pk in queue else []
    return f"{reverse('invoice', args=[later[0]])}?waiting=1" if later else reverse("waiting")
