"""Counts in the database what a project's status page says of its groups: it shows no row of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

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
    months = _months_by_group(project, due, on) if due else {}
    memberships = Membership.objects.of_project(project).members().on(on).order_by()
    companies = Count("company", distinct=True)
    members = dict(memberships.values_list("group").annotate(companies))
    groups = CompanyGroup.objects.filter(project=project).order_by("pk")
    rows = []
    for key, name, target in groups.values_list("pk", "name", "target_companies"):
        held, known = months.get(key, (0, 0))
        rows.append(
            GroupStatus(key, name, target, members.get(key, 0), len(due), held, missed=len(due) - known)
        )
    return StatusOfGroups(rows, memberships.aggregate(companies=companies)["companies"])


def _months_by_group(project: int, due: Sequence[Month], on: date) -> dict[int, tuple[int, int]]:
    """How many of the months were held, and how many were held or cancelled."""
    meetings = Meeting.objects.filter(group__project=project).alias(number=F("year") * 12 + F("month"))
    past = meetings.filter(number__range=[month.year * 12 + month.number for month in (due[0], due[-1])])
    counted = (
        past.order_by()
        .values_list("group")
        .annotate(
            held=Count("number", filter=held_by(on), distinct=True),
            known=Count("number", filter=held_by(on) | cancelled_by(on), distinct=True),
        )
    )
    return {group: (held, known) for group, held, known in counted}
