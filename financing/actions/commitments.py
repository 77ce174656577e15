"""What a decision authorises, as it is made."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from financing.queries.figures import figures_once_decided
from mikrogrow.database.writing import writes
from mikrogrow.history import with_author
from projects.choices import IN_FORCE, DecisionOutcome
from projects.models import Decision


@writes("decision")
def keep_appropriations(
    *, decision: Decision, outcome: str = DecisionOutcome.UNANIMOUS, user: Any = None
) -> None:
    """Copies the amounts of the appropriations that the decision rests on: they may change later.

    With what all decisions leave of each, where the paper states that. Call it just before the decision is
    made, as `link_approved_plans`: afterwards the database refuses it.
    """
    left = _left_of_appropriations(decision, outcome)
    for commitment in decision.commitments.select_related("appropriation").order_by("pk"):
        if commitment.appropriation is not None:
            commitment.appropriation_amount = commitment.appropriation.amount
            commitment.appropriation_left = left.get(commitment.pk)
            changed = ["appropriation_amount", "appropriation_left"]
            with_author(commitment, user, _("Päätös tehty.")).save(update_fields=changed)


def _left_of_appropriations(decision: Decision, outcome: str) -> dict[int, Decimal | None]:
    """By commitment; those whose paper does not state it have none."""
    if outcome not in IN_FORCE or not decision.commitments.exclude(stated_left=None).exists():
        return {}
    return {
        row.commitment_id: row.left_when_decided
        for _project, figures in figures_once_decided(decision, outcome)
        for row in figures.commitments
        if row.decision_id == decision.pk
    }
