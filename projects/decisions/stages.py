"""Moving a decision that is not made yet from one stage to the next, or back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from mikrogrow.database.transitions import record
from mikrogrow.database.writing import locked, writes
from projects.choices import DecisionStage
from projects.decisions.completeness import sentences, wrong_tokens
from projects.decisions.filled import filled_parts
from projects.decisions.writing import may_write
from projects.models import Decision

NEXT = {DecisionStage.DRAFT: DecisionStage.MOTION, DecisionStage.MOTION: DecisionStage.PROPOSAL}
BACK = {stage: before for before, stage in NEXT.items()}


@writes("decision")
def move_to(*, decision: Decision, stage: str, user: Any) -> None:
    """Nothing if it is there already.

    Raises PermissionDenied, or ValidationError for any other stage, and for the next one if a token of the
    text names no figure.
    """
    if not may_write(user):
        raise PermissionDenied
    stored: Decision = locked(Decision.objects.filter(pk=decision.pk)).get()
    if stored.stage == stage:
        return
    if stage not in possible(stored.stage):
        raise ValidationError(
            _("Päätöksen vaihe on nyt %s. Tarkista se ja valitse uudelleen.") % stored.get_stage_display()
        )
    if NEXT.get(DecisionStage(stored.stage)) == stage and (
        wrong := wrong_tokens(filled_parts(stored, is_internal=True))
    ):
        raise ValidationError(sentences(wrong))
    reason = _("Siirretty vaiheeseen %s.") % DecisionStage(stage).label
    record(stored, user, reason, stage=stage)


def possible(stage: str) -> list[DecisionStage]:
    """The next stage, then the one before; a decision is made on a page of its own."""
    at = DecisionStage(stage)
    return [found for found in (NEXT.get(at), BACK.get(at)) if found is not None]
