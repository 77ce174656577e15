"""What the page of a project's groups shows: months, members and attendance, experiments by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from groups.choices import ExperimentKind, ExperimentStep, FillState, MonthState, Verdict
from groups.models import CompanyGroup
from groups.queries.groups import ExperimentRow, GroupsOfProject
from groups.rules.experiments import ExperimentFacts, steps_of_all
from groups.rules.meetings import MonthCell, Rhythm, month_grid, rhythm_in_total, rhythm_of
from groups.rules.members import (
    Fill,
    core_on,
    ever_on,
    fill,
    in_group,
    members_on,
    waiting_on,
)
from groups.rules.months import Month, months_between
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import round_half_up

# A company that was at no meeting for so many months is named.
MONTHS_NOT_SEEN = 3
# So many experiments are shown beside other things; the list of experiments has them all.
NEWEST = 10


@dataclass(frozen=True)
class MonthMark:
    """A cell of the month grid, and whether it is the month of the day.

    `present` is how many companies were there, None if no list was kept; at the fullest of several meetings.
    """

    state: MonthState
    is_current: bool
    present: int | None = None


@dataclass(frozen=True)
class GroupRow:
    """`present` is the average of held meetings with attendance; `unseen` are keys of companies."""

    group: CompanyGroup
    cells: Sequence[MonthCell]
    marks: Sequence[MonthMark]
    rhythm: Rhythm
    members: int
    fill: Fill
    core: int
    waiting: int
    present: Decimal | None
    unseen: frozenset[int]

    @property
    def held(self) -> int:
        """Months that the grid shows as held; the one under way is among them."""
        return sum(mark.state is MonthState.HELD for mark in self.marks)

    @property
    def fill_words(self) -> str:
        return fill_words(self.fill)


@dataclass(frozen=True)
class StepMark:
    step: ExperimentStep
    is_reached: bool


@dataclass(frozen=True)
class ExperimentLine:
    """`verdict` is empty until the experiment was assessed."""

    row: ExperimentRow
    reached: frozenset[ExperimentStep]
    verdict: str

    @property
    def kind(self) -> str:
        return str(ExperimentKind(self.row.facts.kind).label)


@dataclass(frozen=True)
class GroupsReport:
    """`companies` are distinct ones, now and ever."""

    rows: Sequence[GroupRow]
    years: Sequence[tuple[int, int]]
    months: Sequence[Month]
    total: Rhythm
    companies: int
    companies_ever: int
    target: int | None
    present: Decimal | None
    headline: str

    @property
    def has_current_month(self) -> bool:
        return any(mark.is_current for row in self.rows for mark in row.marks)

    @property
    def meetings_in_all(self) -> int:
        return len(self.rows) * len(self.months)


def groups_report(
    read: GroupsOfProject, first: date | None, last: date | None, target: int | None, on: date
) -> GroupsReport:
    """`first` and `last` are the days of the project's implementation, `target` its number of companies."""
    months = months_between(first, last)
    rows = [_row(group, read, months, on) for group in read.groups]
    total = rhythm_in_total(row.rhythm for row in rows)
    return GroupsReport(
        rows=rows,
        years=[(year, len(list(found))) for year, found in groupby(months, key=lambda month: month.year)],
        months=months,
        total=total,
        companies=len(members_on(read.memberships, on)),
        companies_ever=len(ever_on(read.memberships, on)),
        target=target,
        present=average_of([number for row in read.groups for number in _present(row.pk, read, on)]),
        headline=_headline(total, months, on),
    )


def experiment_lines(
    rows: Sequence[ExperimentRow], every: Sequence[ExperimentFacts], on: date
) -> list[ExperimentLine]:
    """`every` are the project's: a step of one is that another learnt from it."""
    steps = steps_of_all(every, on)
    return [_experiment_line(row, steps[row.facts.experiment_id]) for row in rows]


def _experiment_line(row: ExperimentRow, reached: frozenset[ExperimentStep]) -> ExperimentLine:
    is_assessed = ExperimentStep.ASSESSED in reached
    return ExperimentLine(row, reached, str(Verdict(row.facts.verdict).label) if is_assessed else "")


def fill_words(found: Fill) -> str:
    """Empty if it is unknown."""
    if found.state is FillState.UNKNOWN:
        return ""
    words = {
        FillState.FULL: _("täynnä"),
        FillState.SHORT: _("%d\N{NO-BREAK SPACE}puuttuu"),
        FillState.OVER: _("%d yli tavoitteen"),
    }[found.state]
    return words % found.by if "%d" in words else words


def undated_words(number: int) -> str:
    """Of members of whom nobody knows since when."""
    return _("%d yrityksen liittymispäivä ei ole tiedossa") % number


def step_marks(reached: frozenset[ExperimentStep]) -> list[StepMark]:
    return [StepMark(step, step in reached) for step in ExperimentStep]


def _row(group: CompanyGroup, read: GroupsOfProject, months: Sequence[Month], on: date) -> GroupRow:
    cells = month_grid(months, read.meetings.get(group.pk, ()), on)
    own = in_group(read.memberships, group.pk)
    members = members_on(own, on)
    return GroupRow(
        group=group,
        cells=cells,
        marks=[_mark(cell, read, on) for cell in cells],
        rhythm=rhythm_of(cells, on),
        members=len(members),
        fill=fill(len(members), group.target_companies),
        core=len(core_on(own, on)),
        waiting=len(waiting_on(own, on)),
        present=average_of(_present(group.pk, read, on)),
        unseen=_unseen_companies(group.pk, read, on),
    )


def _mark(cell: MonthCell, read: GroupsOfProject, on: date) -> MonthMark:
    present = [read.present[facts.meeting_id] for facts in cell.meetings if facts.meeting_id in read.present]
    return MonthMark(cell.state, cell.month == Month.of(on), max(present, default=None))


def _present(group: int, read: GroupsOfProject, on: date) -> list[int]:
    """Of meetings with an attendance list; one without it is not one where nobody was."""
    return [
        read.present[facts.meeting_id]
        for facts in read.meetings.get(group, ())
        if facts.meeting_id in read.present
    ]


def average_of(numbers: Sequence[int]) -> Decimal | None:
    return round_half_up(Decimal(sum(numbers)) / len(numbers), 1) if numbers else None


def _unseen_companies(group: int, read: GroupsOfProject, on: date) -> frozenset[int]:
    """Members for longer than three months that were at none of the meetings of that time."""
    limit = _months_before(on, MONTHS_NOT_SEEN)
    listed = [facts.day for facts in read.meetings.get(group, ()) if facts.meeting_id in read.present]
    if not any(day is not None and day >= limit for day in listed):
        # Nobody could be seen.
        return frozenset()
    members = [
        facts
        for facts in in_group(read.memberships, group)
        if not facts.is_waiting and facts.holds(on) and (facts.joined_on is None or facts.joined_on < limit)
    ]
    return frozenset(
        facts.company_id
        for facts in members
        if read.last_seen.get((group, facts.company_id), date.min) < limit
    )


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    month = Month(number // 12, number % 12 + 1)
    return date(month.year, month.number, min(day.day, month.last_day.day))


def _headline(total: Rhythm, months: Sequence[Month], on: date) -> str:
    if not total.due:
        return ""
    last = max(month for month in months if month.is_past(on))
    return _(
        "%(day)s mennessä %(due)d kokoontumisesta %(held)d on pidetty, %(cancelled)d peruttu "
        "ja %(missed)d pitämättä."
    ) % {
        "day": format_date(last.last_day),
        "due": total.due,
        "held": total.held,
        "cancelled": total.cancelled,
        "missed": total.missed,
    }
