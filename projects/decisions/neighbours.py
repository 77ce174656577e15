"""What stands around a decision: the items beside it in its meeting, and in which later ones it goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from projects.decisions.corrected import with_corrections
from projects.decisions.meeting_set import set_name
from projects.models import Decision


@dataclass(frozen=True)
class Neighbours:
    """As far as the meeting's items are decisions kept here.

    `meeting` is what all of them together are called; empty if this one is the only one.
    """

    before: Decision | None
    after: Decision | None
    # Those that amend it, and those in which the matter went on.
    later: Sequence[Decision]
    meeting: str


def neighbours_of(decision: Decision, user: Any) -> Neighbours:
    """Of a decision that was read corrected, in two queries."""
    wanted = Q(amends=decision.pk) | Q(continues=decision.pk)
    if decision.meeting_date is not None:
        wanted |= Q(body=decision.body, day_now=decision.meeting_date)
    rows = Decision.objects.visible_to(user).with_corrected_key().filter(wanted).exclude(pk=decision.pk)
    shown = rows.only("body", "meeting_date", "section", "title", "stage", "amends", "continues")
    found: list[Any] = with_corrections(shown)
    section = decision.section or 0
    same = [row for row in found if _is_same_meeting(row, decision)]
    meeting = [row for row in same if row.section is not None and decision.section is not None]
    return Neighbours(
        before=max((row for row in meeting if row.section < section), key=_section, default=None),
        after=min((row for row in meeting if row.section > section), key=_section, default=None),
        later=[row for row in found if decision.pk in {row.amends_id, row.continues_id}],
        meeting=set_name(is_decided=all(row.is_frozen for row in (decision, *same))) if same else "",
    )


def _is_same_meeting(row: Decision, decision: Decision) -> bool:
    if decision.meeting_date is None:
        return False
    return (row.body, row.meeting_date) == (decision.body, decision.meeting_date)


def _section(row: Decision) -> int:
    return row.section or 0
