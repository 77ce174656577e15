"""What a project's status page says of its groups, from no more of their rows than it counts.

Counted here: to put distinct counts together takes Django longer than to read the few keys and months.
"""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from groups.choices import MeetingStatus
from groups.models import CompanyGroup, Meeting, Membership
from groups.querysets import cancelled_by, held_by
from groups.rules.months import Month, months_between


@dataclass(frozen=True)
class GroupStatus:
    """`held` and `missed` are months of those `due`."""

    group_id: int
    name: str
    target: int | None
    members: int
    due: int
    held: int
    missed: int


@dataclass(frozen=True)
class StatusOfGroups:
    """`members` are distinct companies."""

    rows: Sequence[GroupStatus]
    members: int

    @property
    def due(self) -> int:
        return sum(row.due for row in self.rows)

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def missed(self) -> int:
        return sum(row.missed for row in self.rows)


def status_of_groups(project: int, first: date | None, last: date | None, on: date) -> StatusOfGroups:
    """`first` and `last` are the days of the project's implementation."""
    due = [month for month in months_between(first, last) if month.is_past(on)]
    months = _months_by_group(project, set(due), on) if due else {}
    members = _members_by_group(project, on)
    groups = CompanyGroup.objects.filter(project=project).order_by("pk")
    rows = []
    for key, name, target in groups.values_list("pk", "name", "target_companies"):
        held, known = months.get(key, (set(), set()))
        missed = len(due) - len(known)
        rows.append(
            GroupStatus(key, name, target, len(members.get(key, ())), len(due), len(held), missed=missed)
        )
    return StatusOfGroups(rows, len(set().union(*members.values())))


def _months_by_group(project: int, due: Set[Month], on: date) -> dict[int, tuple[set[Month], set[Month]]]:
    """Of the months that are due those that were held, and those that were held or cancelled."""
    meetings = Meeting.objects.filter(held_by(on) | cancelled_by(on), group__project=project).order_by()
    found: dict[int, tuple[set[Month], set[Month]]] = defaultdict(lambda: (set(), set()))
    for group, year, number, status in meetings.values_list("group", "year", "month", "status"):
        month = Month(year, number)
        if month in due:
            held, known = found[group]
            known.add(month)
            if status == MeetingStatus.HELD:
                held.add(month)
    return found


def _members_by_group(project: int, on: date) -> dict[int, set[int]]:
    """Keys of the companies that were members on the day."""
    memberships = Membership.objects.of_project(project).members().on(on).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for group, company in memberships.values_list("group", "company"):
        found[group].add(company)
    return found
