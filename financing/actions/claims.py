"""A claim that was marked as paid by mistake goes back to decided, and says why in its history."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from financing.models import PaymentClaim
from mikrogrow.history import with_author


def newest_paid(claim: PaymentClaim) -> PaymentClaim | None:
    """Of the chain that a claim belongs to the paid one with the largest number; None where none is."""
    chain = PaymentClaim.objects.filter(co_implementer=claim.co_implementer_id)
    return chain.filter(status=PaymentClaim.Status.PAID).order_by("-number").first()


@transaction.atomic
def reopen_claim(*, claim: PaymentClaim, user: Any, reason: str) -> PaymentClaim:
    """Puts the newest paid claim of a chain back to decided; nothing else of it changes.

    What its sources paid stays until it is corrected, and counts as paid. Only the newest: the claims
    after it rest on its figures, and have themselves been accounted for once they are paid. Who may mark a
    claim as paid may do this. Raises ValidationError with a sentence where the claim is not paid, a later
    one is, or no reason is given; PermissionDenied where the user may not change claims.
    """
    if not user.has_perm("financing.change_paymentclaim"):
        raise PermissionDenied
    # The whole chain: none may be marked as paid between what is looked at here and the change.
    chain = PaymentClaim.objects.filter(co_implementer=claim.co_implementer_id)
    list(chain.select_for_update().order_by("pk").values_list("pk"))
    found = chain.get(pk=claim.pk)
    if found.status != PaymentClaim.Status.PAID:
        state = found.get_status_display()
        raise ValidationError(
            _("Vain maksetun hakemuksen voi palauttaa päätetyksi. Tämän hakemuksen tila on ”%s”.") % state
        )
    newest = newest_paid(found)
    if newest != found:
        raise ValidationError(
            _("%s on maksettu tämän jälkeen. Vain uusimman maksetun hakemuksen voi palauttaa.") % newest
        )
    if not reason.strip():
        raise ValidationError(_("Kirjoita, miksi hakemus palautetaan päätetyksi."))
    found.status = PaymentClaim.Status.DECIDED
    words = _("Palautettu maksetusta päätetyksi. %s") % reason.strip()
    with_author(found, user, words).save(update_fields=["status"])
    LogEntry.objects.log_actions(user.pk, [found], CHANGE, words, single_object=True)
    return found
