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

    company: Company
    is_member: bool
    is_present: bool | None


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    found = Meeting.objects.visible_to(user)
    return found.select_related(
        "group__project__programme", "group__sub_region", "group__facilitator", "host"
    )


def attendees_of(meeting: Meeting) -> list[Attendee]:
    """By name."""
    listed = {
        row.company_id: row
        for row in Attendance.objects.filter(meeting=meeting).select_related("company__municipality")
    }
    members = {
        row.company_id: row.company
        for row in Membership.objects.filter(group=meeting.group_id)
        .members()
        .on(day_of(meeting))
        .select_related("company__municipality")
    }
    companies = {**{key: row.company for key, row in listed.items()}, **members}
    found = [
        Attendee(company, key in members, listed[key].is_present if key in listed else None)
        for key, company in companies.items()
    ]
    return sorted(found, key=lambda row: row.company.name.casefold())


def day_of(meeting: Meeting) -> date:
    """The day whose members are meant: its own, else the first of its month."""
    return meeting.day or date(meeting.year, meeting.month, 1)


def guests_of(meeting: Meeting) -> Sequence[Guest]:
    return list(Guest.objects.filter(meeting=meeting))


def hosts_for(meeting: Meeting) -> QuerySet[Company]:
    """The companies that are or were in the group, and the one that is the host already."""
    is_known = Q(memberships__group=meeting.group_id) | Q(hosted_meetings=meeting.pk)
    return Company.objects.filter(is_known).distinct()


def experiments_of_group(group: int) -> QuerySet[Experiment]:
    return Experiment.objects.filter(group=group)
