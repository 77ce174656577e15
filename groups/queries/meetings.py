"""Reads one meeting with the members of its day and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from groups.models import Attendance, Company, Experiment, Guest, Meeting, Membership


@dataclass(frozen=True)
class Attendee:
    """A company that was a member on the day of the meeting or stands in its list; None is not said."""

    company_id: int
    name: str
    is_member: bool
    is_present: bool | None


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    found = Meeting.objects.visible_to(user)
    return found.select_related("group__project", "host")


def attendees_of(meeting: Meeting) -> list[Attendee]:
    """By name."""
    of_meeting = Attendance.objects.filter(meeting=meeting).order_by()
    listed = {
        company: (name, is_present)
        for company, name, is_present in of_meeting.values_list("company", "company__name", "is_present")
    }
    of_day = Membership.objects.filter(group=meeting.group_id).members().on(day_of(meeting)).order_by()
    members = dict(of_day.values_list("company", "company__name"))
    found = [
        *(Attendee(key, name, key in members, is_present) for key, (name, is_present) in listed.items()),
        *(Attendee(key, name, True, None) for key, name in members.items() if key not in listed),
    ]
    return sorted(found, key=lambda row: row.name.casefold())


def day_of(meeting: Meeting) -> date:
    """The day whose members are meant: its own, else the first of its month."""
    return meeting.day or date(meeting.year, meeting.month, 1)


def guests_of(meeting: Meeting) -> Sequence[Guest]:
    return list(Guest.objects.filter(meeting=meeting).order_by("name", "pk"))


def hosts_for(meeting: Meeting) -> QuerySet[Company]:
    """The companies that are or were in the group, and the one that is the host already."""
    is_known = Q(memberships__group=meeting.group_id) | Q(hosted_meetings=meeting.pk)
    return Company.objects.filter(is_known).distinct()


def experiments_of_group(group: int) -> QuerySet[Experiment]:
    return Experiment.objects.filter(group=group)
