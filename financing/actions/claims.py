"""Puts a claim that was marked as paid by mistake back to decided."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from financing.choices import ClaimStatus
from financing.models import PaymentClaim
from mikrogrow.database.transitions import record
from mikrogrow.database.writing import locked, writes


def newest_paid(claim: PaymentClaim) -> PaymentClaim | None:
    chain = PaymentClaim.objects.filter(co_implementer=claim.co_implementer_id)
    return chain.filter(status=ClaimStatus.PAID).order_by("-number").first()


@writes("claim")
def reopen_claim(*, claim: PaymentClaim, user: Any, reason: str) -> PaymentClaim:
    """Only the newest paid claim of its chain. What its sources paid stays until it is corrected.

    Raises PermissionDenied, or ValidationError if it is another claim or no reason is given.
    """
    if not user.has_perm("financing.change_paymentclaim"):
        raise PermissionDenied
    # All of the chain, so that no other claim of it is marked as paid meanwhile.
    chain = locked(PaymentClaim.objects.filter(co_implementer=claim.co_implementer_id))
    found = chain.get(pk=claim.pk)
    if found.status != ClaimStatus.PAID:
        state = found.get_status_display()
        raise ValidationError(
            _("Vain maksetun hakemuksen voi palauttaa päätetyksi. Tämän hakemuksen tila on ”%s”.") % state
        )
    # Later claims build on the figures of this one.
    newest = newest_paid(found)
    if newest != found:
        raise ValidationError(
            _("%s on maksettu tämän jälkeen. Vain uusimman maksetun hakemuksen voi palauttaa.") % newest
        )
    if not reason.strip():
        raise ValidationError(_("Kirjoita, miksi hakemus palautetaan päätetyksi."))
    words = _("Palautettu maksetusta päätetyksi. %s") % reason.strip()
    return record(found, user, words, status=ClaimStatus.DECIDED)
