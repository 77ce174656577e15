"""What a decision authorises, as it is made."""

from typing import Any

from django.utils.translation import gettext as _

from mikrogrow.database.writing import writes
from mikrogrow.history import with_author
from projects.models import Decision


@writes("decision")
def keep_appropriations(*, decision: Decision, user: Any = None) -> None:
    """Copies the amounts of the appropriations that the decision rests on: they may change later.

    Call it just before the decision is made, as `link_approved_plans`: afterwards the database refuses it.
    """
    for commitment in decision.commitments.select_related("appropriation").order_by("pk"):
        if commitment.appropriation is not None:
            commitment.appropriation_amount = commitment.appropriation.amount
            with_author(commitment, user, _("Päätös tehty.")).save(update_fields=["appropriation_amount"])
