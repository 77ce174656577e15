"""Fills a claim from invoices, opens a sent one again, and puts one paid by mistake back to decided."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financing.choices import ClaimStatus
from financing.models import ClaimCost, PaymentClaim
from financing.queries.figures import figures_of
from financing.rules.claimed import Proposal, proposals
from mikrogrow.database.transitions import log_action, record
from mikrogrow.database.writing import locked, writes
from mikrogrow.history import with_author

PROPOSAL_CHANGED = gettext_lazy("Laskut tai hakemus ovat muuttuneet. Tarkista ehdotus ja täytä uudelleen.")


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


def why_not_open_again(claim: PaymentClaim) -> str:
    """Why a claim cannot be changed any more, as a sentence; empty if it can be opened again."""
    if claim.status == ClaimStatus.PAID:
        return _("Maksettua hakemusta ei avata uudelleen. Virhe oikaistaan seuraavassa hakemuksessa.")
    if not claim.is_sent:
        return _("Hakemusta ei ole lähetetty, joten sitä voi muuttaa avaamatta.")
    if payer := claim.sources.filter(paid__isnull=False).select_related("source").first():
        return (
            _(
                "Lähde %s on jo maksanut hakemuksesta, joten sitä ei avata uudelleen. "
                "Virhe oikaistaan seuraavassa hakemuksessa."
            )
            % payer.source
        )
    return ""


@writes("claim")
def open_again(*, claim: PaymentClaim, user: Any, reason: str) -> PaymentClaim:
    """A sent claim that nobody has paid becomes a draft. The funder's decision on it goes with the day.

    Raises PermissionDenied, or ValidationError if it cannot be opened or no reason is given.
    """
    if not user.has_perm("financing.change_paymentclaim"):
        raise PermissionDenied
    found = locked(PaymentClaim.objects.filter(pk=claim.pk)).get()
    if why_not := why_not_open_again(found):
        raise ValidationError(why_not)
    if not reason.strip():
        raise ValidationError(_("Kirjoita, miksi hakemus avataan uudelleen."))
    words = _("Avattu uudelleen. %s") % reason.strip()
    return record(found, user, words, status=ClaimStatus.DRAFT, submitted_on=None, decided_on=None)


def proposals_for(claim: PaymentClaim) -> list[Proposal]:
    project = claim.co_implementer.project
    figures = figures_of(project)
    found = next((each for each in figures.claims if each.claim_id == claim.pk), None)
    if found is None:
        return []
    return proposals(found, figures.claims, figures.cost_model, figures.revenue)


def why_not_propose(claim: PaymentClaim) -> str:
    """Why nothing can be proposed, as a sentence; empty if something can."""
    if claim.status != ClaimStatus.DRAFT:
        return _("Hakemus on lähetetty. Avaa se uudelleen, ennen kuin täytät sen laskuista.")
    if not proposals_for(claim):
        return _("Kaudella ei ole hyväksyttyjä laskuja, joita muut hakemukset eivät sisällä.")
    return ""


@writes("claim")
def fill_from_invoices(
    *, claim: PaymentClaim, user: Any, seen: Sequence[Proposal], replace: bool = False
) -> int:
    """Adds what the period's invoices give; what is typed changes only with `replace`. How many rows changed.

    Raises PermissionDenied, or ValidationError if the claim is sent or the proposal is no longer `seen`.
    """
    if not user.has_perm("financing.change_paymentclaim"):
        raise PermissionDenied
    found = locked(PaymentClaim.objects.filter(pk=claim.pk)).get()
    if why_not := why_not_propose(found):
        raise ValidationError(why_not)
    proposed = proposals_for(found)
    if proposed != list(seen):
        raise ValidationError(PROPOSAL_CHANGED)
    typed = {row.category: row for row in found.costs.filter(corrects__isnull=True)}
    changed = 0
    for each in proposed:
        if each.is_new or (replace and each.replaces):
            row = typed.get(each.category) or ClaimCost(claim=found, category=each.category)
            row.claimed = each.proposed
            row.full_clean()
            with_author(row, user, _("Ehdotettu kauden laskuista.")).save()
            changed += 1
    words = ngettext("Täytetty kauden laskuista: %s rivi.", "Täytetty kauden laskuista: %s riviä.", changed)
    log_action(found, user, words % changed)
    return changed
