"""What the page of one meeting shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from groups.choices import MeetingStatus
from groups.models import Guest, Meeting
from groups.queries.meetings import Attendee
from groups.rules.meetings import MeetingFacts, is_overdue, state_of
from groups.rules.months import Month
from mikrogrow.values.dates import format_date


@dataclass(frozen=True)
class MeetingPage:
    """As of a day. `present` is None if nobody has said who was there.

    `known` are those of whom it is said, `unknown` members of the day of whom nothing is.
    """

    state: MeetingStatus
    is_overdue: bool
    attendees: Sequence[Attendee]
    guests: Sequence[Guest]
    present: int | None
    known: int
    unknown: int

    @property
    def attendance_state(self) -> str:
        """Tells whether the attendance that a device has kept is of the same list."""
        marks = {True: "+", False: "-", None: ""}
        return " ".join(f"{row.company_id}{marks[row.is_present]}" for row in self.attendees)

    @property
    def is_held(self) -> bool:
        return self.state is MeetingStatus.HELD


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    month = Month(meeting.year, meeting.month)
    return MeetingFacts(meeting.pk, month, meeting.day, meeting.status, meeting.cancelled_on)


def moved_words(before: Meeting, after: Meeting) -> str:
    """Says that a new day is not of the month whose meeting it is; empty if it is."""
    month = Month(after.year, after.month)
    if after.day is None or after.day == before.day or Month.of(after.day) == month:
        return ""
    words = {"day": format_date(after.day), "month": month.number, "year": month.year}
    return _("Päivä %(day)s on toisessa kuussa. Kokoontuminen on silti kuukauden %(month)s/%(year)s.") % words


def meeting_page(
    meeting: Meeting, attendees: Sequence[Attendee], guests: Sequence[Guest], on: date
) -> MeetingPage:
    facts = meeting_facts(meeting)
    state = state_of(facts, on)
    said = [row for row in attendees if row.is_present is not None]
    return MeetingPage(
        state=state,
        is_overdue=is_overdue(facts, on),
        attendees=attendees,
        guests=guests,
        present=sum(bool(row.is_present) for row in said) if said else None,
        known=len(said),
        unknown=len(attendees) - len(said),
    )
