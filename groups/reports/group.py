"""What the page of one group shows: its members, its meetings, how its number of companies went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from groups.choices import MonthState
from groups.models import Meeting, Membership
from groups.queries.members import Presence, facts_of
from groups.reports.groups import GroupRow, undated_words
from groups.rules.meetings import MonthCell
from groups.rules.members import numbers_over_time, undated_on
from groups.rules.months import Month
from mikrogrow.values.money import percent_of


@dataclass(frozen=True)
class MemberLine:
    """`presence` is that of the membership's days; `share` is percent of the meetings that have a list."""

    membership: Membership
    presence: Presence | None
    is_outside: bool
    is_unseen: bool

    @property
    def share(self) -> Decimal | None:
        if self.presence is None:
            return None
        return percent_of(Decimal(self.presence.present), Decimal(self.presence.listed))


@dataclass(frozen=True)
class MeetingLine:
    """A meeting of a month, or a month without one."""

    month: Month
    state: MonthState
    meeting: Meeting | None
    present: int | None


@dataclass(frozen=True)
class GroupReport:
    """`members`, `waiting` and `gone` are of the day, `later` join after it.

    Of `undated` members nobody knows since when.
    """

    row: GroupRow
    members: Sequence[MemberLine]
    waiting: Sequence[MemberLine]
    gone: Sequence[MemberLine]
    later: Sequence[MemberLine]
    meetings: Sequence[MeetingLine]
    numbers: Sequence[tuple[Month, int]]
    undated: int

    @property
    def undated_words(self) -> str:
        return undated_words(self.undated) if self.undated else ""


def group_report(
    row: GroupRow,
    memberships: Sequence[Membership],
    presence: Mapping[int, Presence],
    meetings: Mapping[int, Meeting],
    present: Mapping[int, int],
    on: date,
    *,
    is_today: bool,
) -> GroupReport:
    """`presence` is by membership, `meetings` and `present` by meeting; an earlier day knows no later."""
    facts = {membership.pk: facts_of(membership) for membership in memberships}
    home = {municipality.pk for municipality in row.group.sub_region.municipalities.all()}

    def lines(wanted: Iterable[Membership]) -> list[MemberLine]:
        return [_line(membership, presence.get(membership.pk), row, home) for membership in wanted]

    held = [each for each in memberships if facts[each.pk].holds(on)]
    numbers = numbers_over_time(facts.values(), [cell.month for cell in row.cells], on)
    return GroupReport(
        row=row,
        members=lines(each for each in held if not each.is_waiting),
        waiting=lines(sorted((each for each in held if each.is_waiting), key=_by_waiting)),
        gone=lines(
            each
            for each in memberships
            if not each.is_waiting and each.left_on is not None and each.left_on < on
        ),
        later=lines(each for each in memberships if is_today and not facts[each.pk].has_begun(on)),
        meetings=[line for cell in row.cells for line in _meeting_lines(cell, meetings, present)],
        numbers=[
            (cell.month, number)
            for cell, number in zip(row.cells, numbers, strict=True)
            if number is not None
        ],
        undated=len(undated_on(facts.values(), on)),
    )


def _line(membership: Membership, presence: Presence | None, row: GroupRow, home: set[int]) -> MemberLine:
    return MemberLine(
        membership,
        presence,
        is_outside=membership.company.municipality_id not in {None, *home},
        is_unseen=membership.company_id in row.unseen,
    )


def _by_waiting(membership: Membership) -> tuple[bool, date, int]:
    joined = membership.joined_on
    return joined is None, joined or date.max, membership.pk


def _meeting_lines(
    cell: MonthCell, meetings: Mapping[int, Meeting], present: Mapping[int, int]
) -> Iterable[MeetingLine]:
    if not cell.meetings:
        yield MeetingLine(cell.month, cell.state, None, None)
    for facts in cell.meetings:
        yield MeetingLine(
            cell.month,
            cell.state,
            meetings[facts.meeting_id],
            present.get(facts.meeting_id),
        )
