"""What the invoice pages show, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financing.choices import INVOICED, SPENT, InvoiceStatus
from financing.models import Invoice
from financing.queries.invoices import Rights, why_not_independent
from financing.queries.spending import invoice_sum
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.limits import appropriation_of
from mikrogrow.history import CREATED
from mikrogrow.models import FileOpening
from mikrogrow.values.dates import format_moment
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.money import ZERO, format_count, format_euros

RECEIVED, CHECKED, APPROVED, PAID, REJECTED = InvoiceStatus

# Classes of site.css: dashed if nobody has checked it or it is rejected, bold once approved.
LOOKS = {RECEIVED: "state-draft", CHECKED: "", APPROVED: "state-approved", PAID: "", REJECTED: "state-draft"}
NEXT_STEPS = {
    RECEIVED: gettext_lazy("Tarkasta"),
    CHECKED: gettext_lazy("Hyväksy"),
    APPROVED: gettext_lazy("Merkitse maksetuksi"),
}


@dataclass(frozen=True)
class State:
    """`look` is a CSS class."""

    value: str
    label: str
    look: str

    @property
    def is_rejected(self) -> bool:
        return self.value == InvoiceStatus.REJECTED


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice in a list, in euros; `late` is empty unless it is overdue."""

    invoice_id: int
    supplier: str
    number: str
    project: str
    invoice_date: date
    due_on: date | None
    late: str
    what: str
    description: str
    year: int
    net: Decimal
    vat: Decimal
    total: Decimal
    cost: Decimal
    state: State
    next_step: str
    is_example: bool


@dataclass(frozen=True)
class StateSum:
    """Invoices of one state; `cost` is what they cost the project, in euros."""

    label: str
    count: int
    cost: Decimal


@dataclass(frozen=True)
class Event:
    """Who did what with an invoice and when; `note` is what they wrote. None is unknown."""

    what: str
    who: str
    when: date | None
    note: str = ""


def state_of(invoice: Invoice) -> State:
    status = InvoiceStatus(invoice.shown_status)
    return State(status.value, str(status.label), LOOKS[status])


def what_for(invoice: Invoice) -> str:
    if invoice.contribution_to is not None:
        return _("rahoitusosuus: %s") % invoice.contribution_to.organisation.shown_name
    if invoice.shared_cost is None:
        return str(invoice.get_category_display())
    return _("yhteinen kustannus: %s") % invoice.shared_cost.on_behalf_of.organisation.shown_name


def burden(invoice: Invoice, figures: ProjectFigures) -> str:
    """How much of the invoice counts towards authority and appropriation."""
    if invoice.contribution_to_id is not None:
        return _("Kaupungin rahoitusosuus kuormittaa valtuutusta ja määrärahaa kokonaan.")
    if figures.is_gross:
        return _("Valtuutus on bruttomäärä, joten kustannus kuormittaa valtuutusta ja määrärahaa kokonaan.")
    return _(
        "Oma kustannus kuormittaa valtuutusta ja määrärahaa vain omarahoituksen osuudella, "
        "yhteinen kustannus kokonaan."
    )


def appropriation_then(invoice: Invoice, figures: ProjectFigures) -> str:
    """The amount that the approval rests on and today's, where they differ."""
    found = appropriation_of(invoice_sum(invoice), figures)
    if invoice.shown_status not in SPENT or found is None or found.amount == invoice.appropriation_amount:
        return ""
    return _("(hyväksyttäessä %(then)s, nyt %(now)s)") % {
        "then": format_euros(invoice.appropriation_amount),
        "now": format_euros(found.amount),
    }


def late_words(invoice: Invoice, on: date) -> str:
    if invoice.due_on is None or invoice.due_on >= on or invoice.shown_status in (PAID, REJECTED):
        return ""
    days = (on - invoice.due_on).days
    words = ngettext("%(days)s päivän myöhässä", "%(days)s päivää myöhässä", days)
    return words % {"days": format_count(days)}


def invoice_row(invoice: Invoice, on: date) -> InvoiceRow:
    return InvoiceRow(
        invoice_id=invoice.pk,
        supplier=invoice.supplier,
        number=invoice.number,
        project=invoice.payer.project.short_name,
        invoice_date=invoice.invoice_date,
        due_on=invoice.due_on,
        late=late_words(invoice, on),
        what=what_for(invoice),
        description=invoice.description,
        year=invoice.year,
        net=invoice.net,
        vat=invoice.vat,
        total=invoice.total,
        cost=invoice.cost,
        state=state_of(invoice),
        next_step=str(NEXT_STEPS.get(InvoiceStatus(invoice.shown_status), "")),
        is_example=invoice.is_example,
    )


def sums_by_state(sums: Sequence[InvoiceSum]) -> tuple[StateSum, ...]:
    return tuple(
        StateSum(
            str(status.label),
            sum(row.count for row in sums if row.status == status),
            sum((row.cost for row in sums if row.status == status), ZERO),
        )
        for status in INVOICED
    )


def person_name(user: Any) -> str:
    return user.get_full_name() or user.get_username()


def events(invoice: Invoice, records: Iterable[Any], on: date | None = None) -> list[Event]:
    """By an earlier day if asked. When it was recorded here is not when it came."""
    recorded, *steps = _all_events(invoice, records)
    return [recorded, *(step for step in steps if on is None or step.when is None or step.when <= on)]


def _all_events(invoice: Invoice, records: Iterable[Any]) -> list[Event]:
    kept = list(records)
    entered = timezone.localdate(kept[0].history_date) if kept else None
    found = [Event(_("Kirjattu"), person_name(invoice.entered_by), entered)]
    if invoice.checked_by is not None:
        found.append(Event(_("Tarkastettu"), person_name(invoice.checked_by), invoice.checked_on))
    if invoice.approved_by is not None:
        who = ", ".join(
            filter(None, [person_name(invoice.approved_by), inside_sentence(invoice.approved_as)])
        )
        found.append(Event(_("Hyväksytty"), who, invoice.approved_on, invoice.approval_note))
    if invoice.paid_on is not None:
        payers = [
            record.history_user
            for record in kept
            if record.status == PAID and record.history_type != CREATED and record.history_user
        ]
        found.append(Event(_("Maksettu"), person_name(payers[0]) if payers else "", invoice.paid_on))
    if invoice.rejected_by is not None:
        who = person_name(invoice.rejected_by)
        found.append(Event(_("Hylätty"), who, invoice.rejected_on, invoice.rejection_reason))
    return found


@dataclass(frozen=True)
class Opening:
    """Somebody opened the invoice's file."""

    when: datetime
    time: str
    who: str


def file_openings(rows: Iterable[FileOpening]) -> list[Opening]:
    return [Opening(row.at, format_moment(row.at), person_name(row.user)) for row in rows]


@dataclass(frozen=True)
class Steps:
    """What somebody may do with an invoice now; `hint` says why not, if they might wonder."""

    check: bool = False
    approve: bool = False
    pay: bool = False
    reject: bool = False
    hint: str = ""

    @property
    def any(self) -> bool:
        return self.check or self.approve or self.pay or self.reject


def steps_for(invoice: Invoice, rights: Rights, approvers: Sequence[str]) -> Steps:
    approves = rights.approves(invoice)
    if invoice.status == RECEIVED:
        return Steps(check=rights.may_check, reject=rights.may_check or approves)
    if invoice.status == APPROVED:
        return Steps(pay=rights.may_pay)
    if invoice.status != CHECKED:
        return Steps()
    own = why_not_independent(invoice, rights.user_id) if approves else ""
    if approves:
        hint = own
    elif approvers:
        hint = ngettext(
            "Laskun hyväksyy %(names)s.", "Laskun hyväksyy jokin seuraavista: %(names)s.", len(approvers)
        ) % {"names": "; ".join(approvers)}
    else:
        hint = _(
            "Laskulla ei ole nyt hyväksyjää. Hyväksyjä lisätään päätökselle, jonka nojalla lasku maksetaan."
        )
    return Steps(approve=approves and not own, reject=rights.may_check or approves, hint=hint)
