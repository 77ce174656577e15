"""The figures of a group in a period, which its own report and that of all groups tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from groups.choices import MeetingStatus
from groups.models import CompanyGroup
from groups.queries.groups import GroupsOfProject
from groups.reports.groups import average_of
from groups.reports.periods.period import Period
from groups.rules.meetings import MeetingFacts, MonthCell, Rhythm, as_seen, is_within, month_grid, rhythm_of
from groups.rules.members import (
    MembershipFacts,
    belongs_within,
    core_on,
    in_group,
    in_the_evening,
    joined_within,
    left_within,
    members_on,
    undated_on,
    waiting_on,
)
from groups.rules.months import months_within
from mikrogrow.values.money import cut
from projects.models import Project


@dataclass(frozen=True)
class Flow:
    """Companies in the evenings before the period and of its last day; memberships that began and ended.

    `undated` are those of `before` of whom nobody knows since when.
    """

    before: int
    undated: int
    joined: int
    left: int
    after: int
    distinct: int
    """Those that were members on a day of the period."""


@dataclass(frozen=True)
class GroupFigures:
    """`cells` are the months that lie within the period, `meetings` those whose day does.

    `present` are how many companies were at each held meeting that has a list of attendance.
    """

    group: CompanyGroup
    memberships: Sequence[MembershipFacts]
    flow: Flow
    core: int
    waiting: int
    cells: Sequence[MonthCell]
    rhythm: Rhythm
    meetings: Sequence[MeetingFacts]
    present: Sequence[int]

    @property
    def held(self) -> int:
        return sum(facts.status == MeetingStatus.HELD for facts in self.meetings)

    @property
    def average(self) -> Decimal | None:
        return average_of(self.present)


def group_figures(
    group: CompanyGroup, read: GroupsOfProject, project: Project, period: Period
) -> GroupFigures:
    own = in_group(read.memberships, group.pk)
    evening = in_the_evening(own, period.on)
    seen = [as_seen(facts, period.on) for facts in read.meetings.get(group.pk, ())]
    months = months_within(project.starts_on, project.ends_on, period.first, period.last)
    cells = month_grid(months, seen, period.closed_on)
    meetings = [facts for facts in seen if is_within(facts, period.first, period.last)]
    return GroupFigures(
        group=group,
        memberships=own,
        flow=flow_of(own, period),
        core=len(core_on(evening, period.on)),
        waiting=len(waiting_on(evening, period.on)),
        cells=cells,
        rhythm=rhythm_of(cells, period.closed_on),
        meetings=meetings,
        present=[read.present[facts.meeting_id] for facts in meetings if facts.meeting_id in read.present],
    )


def flow_of(memberships: Sequence[MembershipFacts], period: Period) -> Flow:
    first, on, eve = period.first, period.on, period.eve
    before = in_the_evening(memberships, eve)
    return Flow(
        before=len(members_on(before, eve)),
        undated=len(undated_on(before, eve)),
        joined=sum(joined_within(facts, first, on) for facts in memberships),
        left=sum(left_within(facts, first, on) for facts in memberships),
        after=len(members_on(in_the_evening(memberships, on), on)),
        distinct=len({facts.company_id for facts in memberships if belongs_within(facts, first, on)}),
    )


def shown_share(share: Decimal | None) -> Decimal | None:
    """As it is shown, so that a sheet holds the same figure."""
    return None if share is None else cut(share, 1)
