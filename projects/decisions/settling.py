"""Writing the live figures into the text of a decision as it is made: from then on they are plain text."""

from typing import Any

from django.utils.translation import gettext as _

from mikrogrow.database.typed_rows import change_row
from projects.choices import DecisionPartKind
from projects.decisions.filled import live_of
from projects.decisions.live.filling import has_braces, settled
from projects.models import Decision


def settle_live_figures(decision: Decision, user: Any) -> None:
    """In the open transaction, of a locked decision that was read `with_contents()`."""
    parts = [part for part in decision.parts.all() if part.kind != DecisionPartKind.SOURCE]
    if not has_braces([decision.conditions, *(part.text for part in parts)]):
        return
    live = live_of(decision)
    reason = _("Tekstin elävät luvut kirjattu päätettäessä.")
    for part in parts:
        change_row(part, user, reason, text=settled(part.text, live))
    change_row(decision, user, reason, conditions=settled(decision.conditions, live))
