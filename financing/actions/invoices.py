"""Changes of state of an invoice: checked, approved, paid or rejected.

Each locks what it decides on before reading it and leaves an entry in the history. An approval locks
the parents in one fixed order, so that two approvals can neither slip past a limit nor wait for each other:
appropriations, commitment, shared cost, payer (which approvals of its plans lock too), invoice.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from financing.models import Appropriation, Commitment, Invoice, InvoiceApprover, SharedCost
from financing.queries.figures import figures_of
from financing.queries.invoices import approvers_of, limits_of_invoice, own_part
from financing.rules.limits import Limit
from mikrogrow.history import with_author
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import format_euros
from projects.models import CoImplementer

RECEIVED, CHECKED, APPROVED = Invoice.Status.RECEIVED, Invoice.Status.CHECKED, Invoice.Status.APPROVED


@transaction.atomic
def check_invoice(*, invoice: Invoice, user: Any, on: date) -> Invoice:
    """Marks a received invoice as checked.

    Raises ValidationError with a sentence where it is not received or its sums do not agree;
    PermissionDenied where the user may not check invoices.
    """
    if not user.has_perm("financing.check_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    _expect(found, RECEIVED, _("Vain saapuneen laskun voi tarkastaa."))
    refuse_wrong_sum(found)
    found.status = CHECKED
    found.checked_by = user
    found.checked_on = on
    _save(found, user, _("Tarkastettu."), ["status", "checked_by", "checked_on"])
    return found


@transaction.atomic
def uncheck_invoice(*, invoice: Invoice, user: Any) -> Invoice:
    """Takes a check back, because the invoice was changed after it. Nothing else is touched.

    Raises ValidationError where it is not checked; PermissionDenied where the user may not change it.
    """
    if not user.has_perm("financing.change_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    _expect(found, CHECKED, _("Vain tarkastetun laskun tarkastuksen voi perua."))
    found.status = RECEIVED
    found.checked_by = None
    found.checked_on = None
    words = _("Tarkastus raukesi, koska laskua muutettiin.")
    _save(found, user, words, ["status", "checked_by", "checked_on"])
    return found


@transaction.atomic
def approve_invoice(*, invoice: Invoice, user: Any, on: date, explanation: str) -> Invoice:
    """Approves a checked invoice, as the official that the decision names or as a substitute on that day.

    Raises ValidationError with sentences where the invoice is not checked, its sums do not agree, the
    decision names somebody else, the user entered, changed or checked it, or it passes limits that
    nothing explains; PermissionDenied where the user approves no invoices at all.
    """
    if not user.has_perm("financing.approve_invoice"):
        raise PermissionDenied
    lock_for_approval(invoice)
    found = _locked(invoice)
    if _parents(found) != _parents(invoice):
        raise ValidationError(_("Laskua on muutettu juuri äsken. Tarkista tiedot ja hyväksy uudelleen."))
    _expect(found, CHECKED, _("Vain tarkastetun laskun voi hyväksyä."))
    refuse_wrong_sum(found)
    approver = _approver(found, user, on)
    if own := own_part(found, user.pk):
        raise ValidationError(own)
    passed = [
        limit
        for limit in limits_of_invoice(found, figures_of(found.payer.project))
        if limit.needs_explanation
    ]
    explained = explanation.strip()
    if passed and not explained:
        raise ValidationError(
            [
                *(limit.sentence for limit in passed),
                _("Kirjoita selitys, miksi lasku hyväksytään silti."),
            ]
        )
    found.status = APPROVED
    found.approved_by = user
    found.approved_on = on
    found.approved_as = _title(approver)
    found.approval_note = explained
    fields = ["status", "approved_by", "approved_on", "approved_as", "approval_note"]
    _save(
        found,
        user,
        _("Hyväksytty, %(title)s. %(note)s")
        % {"title": found.approved_as, "note": _approval_words(passed, explained)},
        fields,
    )
    return found


@transaction.atomic
def pay_invoice(*, invoice: Invoice, user: Any, paid_on: date, on: date) -> Invoice:
    """Marks an approved invoice as paid on a day.

    Raises ValidationError with a sentence where it is not approved, or where the day is before the
    invoice's or after `on`; PermissionDenied where the user may not mark invoices as paid.
    """
    if not user.has_perm("financing.pay_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    _expect(found, APPROVED, _("Vain hyväksytyn laskun voi merkitä maksetuksi."))
    shown = {"paid": format_date(paid_on), "invoice": format_date(found.invoice_date)}
    if paid_on < found.invoice_date:
        raise ValidationError(
            _("Maksupäivä %(paid)s on ennen laskun päivää %(invoice)s. Tarkista maksupäivä.") % shown
        )
    if paid_on > on:
        raise ValidationError(
            _("Maksupäivä %(paid)s ei ole vielä tullut. Anna toteutunut maksupäivä.") % shown
        )
    found.status = Invoice.Status.PAID
    found.paid_on = paid_on
    _save(found, user, _("Maksettu %(paid)s.") % shown, ["status", "paid_on"])
    return found


@transaction.atomic
def reject_invoice(*, invoice: Invoice, user: Any, on: date, reason: str) -> Invoice:
    """Rejects a received or checked invoice: by who checks invoices, or by who approves this one.

    Raises ValidationError with a sentence where it is neither, no reason is given, or the decision
    names somebody else; PermissionDenied where the user neither checks nor approves invoices.
    """
    may_check = user.has_perm("financing.check_invoice")
    if not may_check and not user.has_perm("financing.approve_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    if found.status not in (RECEIVED, CHECKED):
        _expect(found, CHECKED, _("Vain saapuneen tai tarkastetun laskun voi hylätä."))
    if not may_check:
        _approver(found, user, on)
    if not reason.strip():
        raise ValidationError(_("Kirjoita, miksi lasku hylätään."))
    found.status = Invoice.Status.REJECTED
    found.rejected_by = user
    found.rejected_on = on
    found.rejection_reason = reason.strip()
    fields = ["status", "rejected_by", "rejected_on", "rejection_reason"]
    _save(found, user, _("Hylätty. %s") % found.rejection_reason, fields)
    return found


def refuse_wrong_sum(invoice: Invoice) -> None:
    """Raises ValidationError with both sums where net and VAT do not make the total."""
    if invoice.net + invoice.vat == invoice.total:
        return
    raise ValidationError(
        _(
            "Veroton %(net)s + vero %(vat)s = %(sum)s, laskulla on %(total)s. "
            "Korjaa summat sellaisiksi kuin ne laskulla ovat."
        )
        % {
            "net": format_euros(invoice.net),
            "vat": format_euros(invoice.vat),
            "sum": format_euros(invoice.net + invoice.vat),
            "total": format_euros(invoice.total),
        }
    )


def lock_for_approval(invoice: Invoice) -> None:
    """Holds everything whose limits an approval uses until the transaction ends."""
    commitment = Commitment.objects.filter(invoices=invoice.pk)
    names = list(commitment.values_list("appropriation__name", flat=True))
    _lock(Appropriation.objects.filter(name__in=[name for name in names if name]))
    _lock(commitment)
    _lock(SharedCost.objects.filter(invoices=invoice.pk))
    _lock(CoImplementer.objects.filter(invoices=invoice.pk))


def _lock(rows: QuerySet[Any]) -> None:
    # Not against rows that only refer to these: saving an invoice's form would wait for its approval.
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))


def _locked(invoice: Invoice) -> Invoice:
    """The invoice as it is stored now, held until the transaction ends."""
    _lock(Invoice.objects.filter(pk=invoice.pk))
    return Invoice.objects.with_names().get(pk=invoice.pk)


def _parents(invoice: Invoice) -> tuple[int | None, ...]:
    return (invoice.commitment_id, invoice.shared_cost_id, invoice.payer_id)


def _expect(invoice: Invoice, status: str, sentence: str) -> None:
    if invoice.status != status:
        state = _("Tämän laskun tila on ”%s”.") % invoice.get_status_display()
        raise ValidationError(f"{sentence} {state}")


def _approver(invoice: Invoice, user: Any, on: date) -> InvoiceApprover:
    """As what the user approves the invoice; refuses with the names of those who do."""
    approvers = approvers_of(invoice, on)
    own = next((row for row in approvers if row.user_id == user.pk), None)
    if own is not None:
        return own
    if not approvers:
        raise ValidationError(
            _(
                "Tällä laskulla ei ole hyväksyjää %s. "
                "Lisää hyväksyjä päätökselle, jonka nojalla lasku maksetaan."
            )
            % format_date(on)
        )
    raise ValidationError(
        _("Tämän laskun hyväksyy %(names)s.") % {"names": ", ".join(map(approver_name, approvers))}
    )


def approver_name(approver: InvoiceApprover) -> str:
    """Who approves, with title: "Elinkeinojohtaja, sijainen: Maija Mallikas"."""
    return f"{_title(approver)}: {approver.user.get_full_name() or approver.user.get_username()}"


def _title(approver: InvoiceApprover) -> str:
    return _("%s, sijainen") % approver.title if approver.is_substitute else approver.title


def _approval_words(passed: Sequence[Limit], explanation: str) -> str:
    return " ".join([*(limit.sentence for limit in passed), explanation])


def _save(invoice: Invoice, user: Any, sentence: str, fields: Sequence[str]) -> None:
    words = sentence.strip()
    with_author(invoice, user, words).save(update_fields=fields)
    LogEntry.objects.log_actions(user.pk, [invoice], CHANGE, words, single_object=True)
