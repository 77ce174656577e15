"""Reads the companies of a group with the days of their membership and of their last meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from groups.choices import MeetingStatus
from groups.models import Attendance, CompanyGroup, Membership
from groups.rules.members import MembershipFacts


@dataclass(frozen=True)
class Presence:
    """Meetings at which a company was, of those where it stands in the list."""

    present: int
    listed: int
    last: date | None


@dataclass(frozen=True)
class MembersOfGroup:
    """`presence` is by company."""

    memberships: Sequence[Membership]
    presence: Mapping[int, Presence]


def members_of_group(group: CompanyGroup, on: date, since: date | None = None) -> MembersOfGroup:
    """With their presence at meetings held by the day, or between two."""
    rows = Membership.objects.filter(group=group).select_related("company__municipality")
    held = Attendance.objects.filter(
        meeting__group=group, meeting__status=MeetingStatus.HELD, meeting__day__lte=on
    )
    if since is not None:
        held = held.filter(meeting__day__gte=since)
    counted = held.values_list("company").annotate(
        present=Count("pk", filter=Q(is_present=True)),
        listed=Count("pk"),
        last=Max("meeting__day", filter=Q(is_present=True)),
    )
    return MembersOfGroup(list(rows), {company: Presence(*counts) for company, *counts in counted.order_by()})


def facts_of(membership: Membership) -> MembershipFacts:
    return MembershipFacts(
        membership.company_id,
        membership.group_id,
        membership.joined_on,
        membership.left_on,
        membership.is_waiting,
        membership.is_core,
    )
