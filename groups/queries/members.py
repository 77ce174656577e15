"""Reads the companies of a group with the days of their membership and of their last meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q

from groups.models import Attendance, CompanyGroup, Membership
from groups.querysets import held_by
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


def memberships_in(group: CompanyGroup) -> list[Membership]:
    """By the company's name, with what the pages and reports of a group show of each."""
    rows = Membership.objects.filter(group=group).select_related("company__municipality")
    return list(rows.order_by("company__name", F("joined_on").asc(nulls_first=True), "pk"))


def members_from(group: CompanyGroup, on: date) -> frozenset[int]:
    """Keys of the companies that are members on the day or are to be later."""
    rows = Membership.objects.filter(group=group).members().sharing_a_day(on, None)
    return frozenset(rows.order_by().values_list("company", flat=True))


def members_of_group(group: CompanyGroup, on: date, since: date | None = None) -> MembersOfGroup:
    """With their presence at meetings held by the day, or between two."""
    held = Attendance.objects.filter(held_by(on, "meeting__"), meeting__group=group)
    if since is not None:
        held = held.filter(meeting__day__gte=since)
    counted = held.values_list("company").annotate(
        present=Count("pk", filter=Q(is_present=True)),
        listed=Count("pk"),
        last=Max("meeting__day", filter=Q(is_present=True)),
    )
    return MembersOfGroup(
        memberships_in(group), {company: Presence(*counts) for company, *counts in counted.order_by()}
    )


def presence_in_memberships(group: CompanyGroup, on: date) -> dict[int, Presence]:
    """By membership: a company that left and came back was at other meetings in each of them."""
    meeting = "company__attendances__meeting"
    day = f"{meeting}__day"
    rows = Membership.objects.filter(
        Q(joined_on__isnull=True) | Q(**{f"{day}__gte": F("joined_on")}),
        Q(left_on__isnull=True) | Q(**{f"{day}__lte": F("left_on")}),
        held_by(on, f"{meeting}__"),
        group=group,
        is_waiting=False,
        **{f"{meeting}__group": group},
    )
    was_there = Q(company__attendances__is_present=True)
    counted = rows.values_list("pk").annotate(
        present=Count("company__attendances", filter=was_there),
        listed=Count("company__attendances"),
        last=Max(day, filter=was_there),
    )
    return {membership: Presence(*counts) for membership, *counts in counted.order_by()}


def facts_of(membership: Membership) -> MembershipFacts:
    return MembershipFacts(
        membership.company_id,
        membership.group_id,
        membership.joined_on,
        membership.left_on,
        membership.is_waiting,
        membership.is_core,
    )
