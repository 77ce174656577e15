"""Changes of state of an invoice: checked, approved, paid or rejected.

Each raises PermissionDenied, or ValidationError with a sentence that says what prevents it. An approval
also locks the appropriation, which projects share, so that two can never exceed it together.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financing.actions.explanations import record_explanation
from financing.choices import OPEN, InvoiceStatus
from financing.models import Appropriation, Commitment, Invoice, InvoiceApprover
from financing.queries.figures import figures_of
from financing.queries.invoices import (
    approvers_of,
    limits_of_invoice,
    to_explain,
    twins_of,
    why_not_independent,
)
from financing.queries.spending import invoice_sum
from financing.reconciliation.explaining import project_findings, unexplained_errors
from financing.rules.figures.projects import ProjectFigures
from financing.rules.limits import appropriation_of
from mikrogrow.database.transitions import record
from mikrogrow.database.writing import lock, locked, writes
from mikrogrow.values.dates import format_date
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.money import format_euros

RECEIVED, CHECKED, APPROVED = InvoiceStatus.RECEIVED, InvoiceStatus.CHECKED, InvoiceStatus.APPROVED
# The limits of invoices, and invoices dated outside their project.
EXPLAINED_BY_APPROVAL = ("R05", "R14")
PAID, REJECTED = InvoiceStatus.PAID, InvoiceStatus.REJECTED


@writes("invoice")
def check_invoice(*, invoice: Invoice, user: Any, on: date, checked_on: date | None = None) -> Invoice:
    """`checked_on` is an earlier day, of an invoice that was checked on paper and is recorded afterwards."""
    if not user.has_perm("financing.check_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    _expect(found, RECEIVED, _("Vain saapuneen laskun voi tarkastaa."))
    refuse_wrong_sum(found)
    day = _day_of_step(CHECKED, checked_on, on, found.received_on or found.invoice_date)
    words = f"{_how_done(_('Tarkastettu'), checked_on)}."
    return record(found, user, words, status=CHECKED, checked_by=user, checked_on=day)


@writes("invoice")
def uncheck_invoice(*, invoice: Invoice, user: Any) -> Invoice:
    if not user.has_perm("financing.change_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    _expect(found, CHECKED, _("Vain tarkastetun laskun tarkastuksen voi perua."))
    words = _("Tarkastus raukesi, koska laskua muutettiin.")
    return record(found, user, words, status=RECEIVED, checked_by=None, checked_on=None)


@writes("invoice")
def approve_invoice(
    *, invoice: Invoice, user: Any, on: date, explanation: str, approved_on: date | None = None
) -> Invoice:
    """By the official that the decision names, or by a substitute on that day.

    Nobody approves what they entered, changed or checked. An exceeded limit needs an explanation, and so does
    an invoice of a project that is over, one that may have been entered twice, or one that was approved on
    paper, on an earlier day `approved_on`, and is recorded afterwards.
    """
    if not user.has_perm("financing.approve_invoice"):
        raise PermissionDenied
    found = _locked_with_appropriations(invoice)
    _expect(found, CHECKED, _("Vain tarkastetun laskun voi hyväksyä."))
    refuse_wrong_sum(found)
    day = _day_of_step(APPROVED, approved_on, on, found.checked_on)
    title = _title(_approver(found, user, day))
    if own := why_not_independent(found, user.pk):
        raise ValidationError(own)
    explanation = explanation.strip()
    figures = figures_of(found.payer.project)
    explained = to_explain(found, limits_of_invoice(found, figures), figures, twins_of(found))
    booked_on = appropriation_of(invoice_sum(found), figures)
    if not explanation:
        _refuse_unexplained(explained, approved_on)
    done = f"{_how_done(_('Hyväksytty'), approved_on)}, {inside_sentence(title)}."
    approved = record(
        found,
        user,
        " ".join([done, *explained, explanation]),
        status=APPROVED,
        approved_by=user,
        approved_on=day,
        approved_as=title,
        approval_note=explanation,
        appropriation_amount=booked_on.amount if booked_on else None,
    )
    if explanation:
        _explain_findings(approved, figures, explanation, user, on)
    return approved


def _explain_findings(invoice: Invoice, before: ProjectFigures, text: str, user: Any, on: date) -> None:
    """What is explained at the approval is the explanation of the errors that the approval brings.

    They fall as others do, as soon as the numbers are not those of this approval.
    """
    project = invoice.payer.project
    stood = {(finding.key, finding.numbers) for finding in unexplained_errors(project_findings(before))}
    at = datetime.combine(on, time(12), timezone.get_current_timezone())
    for finding in unexplained_errors(project_findings(figures_of(project))):
        if finding.code in EXPLAINED_BY_APPROVAL and (finding.key, finding.numbers) not in stood:
            record_explanation(project=project, finding=finding, explanation=text, user=user, at=at)


@writes("invoice")
def pay_invoice(*, invoice: Invoice, user: Any, paid_on: date, on: date) -> Invoice:
    if not user.has_perm("financing.pay_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    _expect(found, APPROVED, _("Vain hyväksytyn laskun voi merkitä maksetuksi."))
    shown = {"paid": format_date(paid_on), "invoice": format_date(found.invoice_date)}
    if paid_on < found.invoice_date:
        raise ValidationError(
            _("Maksupäivä %(paid)s on ennen laskun päivää %(invoice)s. Tarkista maksupäivä.") % shown
        )
    if found.approved_on is not None and paid_on < found.approved_on:
        raise ValidationError(
            _("Maksupäivä %(paid)s on ennen hyväksymistä %(approved)s. Tarkista maksupäivä.")
            % {**shown, "approved": format_date(found.approved_on)}
        )
    if paid_on > on:
        raise ValidationError(
            _("Maksupäivä %(paid)s ei ole vielä tullut. Anna toteutunut maksupäivä.") % shown
        )
    return record(found, user, _("Maksettu %(paid)s.") % shown, status=PAID, paid_on=paid_on)


@writes("invoice")
def reject_invoice(*, invoice: Invoice, user: Any, on: date, reason: str) -> Invoice:
    may_check = user.has_perm("financing.check_invoice")
    if not may_check and not user.has_perm("financing.approve_invoice"):
        raise PermissionDenied
    found = _locked(invoice)
    if found.status not in OPEN:
        raise _wrong_state(found, _("Vain saapuneen tai tarkastetun laskun voi hylätä."))
    if not may_check:
        _approver(found, user, on)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Kirjoita, miksi lasku hylätään."))
    words = _("Hylätty. %s") % reason
    return record(
        found, user, words, status=REJECTED, rejected_by=user, rejected_on=on, rejection_reason=reason
    )


def _refuse_unexplained(explained: Sequence[str], on_paper: date | None) -> None:
    if explained:
        raise ValidationError([*explained, _("Kirjoita selitys, miksi lasku hyväksytään silti.")])
    if on_paper is not None:
        raise ValidationError(_("Kirjoita selitykseen, mistä asiakirjasta hyväksyminen näkyy."))


def _how_done(what: str, on_paper: date | None) -> str:
    if on_paper is None:
        return what
    return _("%(what)s paperilla %(day)s") % {"what": what, "day": format_date(on_paper)}


def _day_of_step(step: InvoiceStatus, on_paper: date | None, on: date, not_before: date | None) -> date:
    """Raises ValidationError if what was done on paper came before the step before it, or after today."""
    if on_paper is None:
        return on
    early = {
        CHECKED: _("Tarkastuspäivä %(day)s on ennen laskun saapumista %(before)s. Tarkista päivä."),
        APPROVED: _("Hyväksymispäivä %(day)s on ennen tarkastusta %(before)s. Tarkista päivä."),
    }
    future = {
        CHECKED: _("Tarkastuspäivä %(day)s ei ole vielä tullut."),
        APPROVED: _("Hyväksymispäivä %(day)s ei ole vielä tullut."),
    }
    shown = {"day": format_date(on_paper), "before": format_date(not_before)}
    if on_paper > on:
        raise ValidationError(future[step] % shown)
    if not_before is not None and on_paper < not_before:
        raise ValidationError(early[step] % shown)
    return on_paper


def refuse_wrong_sum(invoice: Invoice) -> None:
    if invoice.net + invoice.vat == invoice.total:
        return
    raise ValidationError(
        _(
            "Veroton %(net)s + vero %(vat)s = %(sum)s, laskulla on %(total)s. "
            "Korjaa summat sellaisiksi, kuin ne laskulla ovat."
        )
        % {
            "net": format_euros(invoice.net),
            "vat": format_euros(invoice.vat),
            "sum": format_euros(invoice.net + invoice.vat),
            "total": format_euros(invoice.total),
        }
    )


def lock_appropriations(invoice: Invoice) -> None:
    """All rows of the appropriation that pays the invoice: it has one for each year."""
    names = Commitment.objects.filter(invoices=invoice.pk).values_list("appropriation__name", flat=True)
    lock(Appropriation.objects.filter(name__in=[name for name in names if name]))


def _locked(invoice: Invoice) -> Invoice:
    return locked(Invoice.objects.with_names().filter(pk=invoice.pk)).get()


def _locked_with_appropriations(invoice: Invoice) -> Invoice:
    """Raises ValidationError if by now it is paid from something else than the caller read."""
    found = _locked(invoice)
    lock_appropriations(found)
    if _parents(found) != _parents(invoice):
        raise ValidationError(_("Laskua on muutettu juuri äsken. Tarkista tiedot ja hyväksy uudelleen."))
    return found


def _parents(invoice: Invoice) -> tuple[int | None, ...]:
    return (invoice.commitment_id, invoice.shared_cost_id, invoice.contribution_to_id, invoice.payer_id)


def _expect(invoice: Invoice, status: str, sentence: str) -> None:
    if invoice.status != status:
        raise _wrong_state(invoice, sentence)


def _wrong_state(invoice: Invoice, sentence: str) -> ValidationError:
    state = _("Tämän laskun tila on ”%s”.") % invoice.get_status_display()
    return ValidationError(f"{sentence} {state}")


def _approver(invoice: Invoice, user: Any, on: date) -> InvoiceApprover:
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
        ngettext(
            "Tämän laskun hyväksyy %(names)s.",
            "Tämän laskun hyväksyy jokin seuraavista: %(names)s.",
            len(approvers),
        )
        % {"names": "; ".join(map(approver_name, approvers))}
    )


def approver_name(approver: InvoiceApprover) -> str:
    """Inside a sentence."""
    user = approver.user
    return f"{inside_sentence(_title(approver))}: {user.get_full_name() or user.get_username()}"


def _title(approver: InvoiceApprover) -> str:
    return _("%s, sijainen") % approver.title if approver.is_substitute else approver.title
