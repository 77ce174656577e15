"""What follows from days: a project's status, the time gone, what is late or next, what was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Greatest, Least

from mikrogrow.values.dates import elapsed_days
from mikrogrow.values.money import ZERO, percent_of
from mikrogrow.values.svg import percent_across
from projects.choices import ANSWERED, STATUS_PLACES, ChangeRequestState, ProjectStatus
from projects.models import ChangeRequest, Milestone, Project

BY_DATES = {ProjectStatus.RUNNING, ProjectStatus.ENDED, ProjectStatus.CLOSED}


def status_on(project: Project, on: date) -> ProjectStatus:
    """The recorded status, corrected by the dates: never ended before the end, never running after it.

    A project in preparation, withdrawn or rejected keeps its status.
    """
    recorded = ProjectStatus(project.status)
    if recorded not in BY_DATES:
        return recorded
    if project.starts_on is not None and on < project.starts_on:
        return ProjectStatus.PREPARATION
    if project.ends_on is not None and on <= project.ends_on:
        return ProjectStatus.RUNNING
    if project.ends_on is not None and recorded is ProjectStatus.RUNNING:
        return ProjectStatus.ENDED
    return recorded


def status_place_on(on: date) -> Expression:
    """The place of a kept summary's status on the day, as an expression over its columns."""
    day = on.toordinal()
    by_dates = [STATUS_PLACES[status] for status in sorted(BY_DATES)]
    preparation, running, ended = (
        STATUS_PLACES[status]
        for status in (ProjectStatus.PREPARATION, ProjectStatus.RUNNING, ProjectStatus.ENDED)
    )
    return Case(
        When(~Q(status_place__in=by_dates), then=F("status_place")),
        When(first_day__gt=day, then=Value(preparation)),
        When(last_day__gte=day, then=Value(running)),
        When(last_day__lt=day, status_place=running, then=Value(ended)),
        default=F("status_place"),
    )


def share_of_time(on: date) -> Expression:
    """TimeGone.share ÷ 100 of a kept summary; null if its dates are unknown."""
    gone = Least(Greatest(on.toordinal() - F("first_day") + 1, 0), F("last_day") - F("first_day") + 1)
    return Cast(gone, FloatField()) / (F("last_day") - F("first_day") + 1)


@dataclass(frozen=True)
class TimeGone:
    """Elapsed and total days of implementation. `share` is percent, unrounded."""

    gone: int
    whole: int

    @property
    def share(self) -> Decimal:
        share = percent_of(Decimal(self.gone), Decimal(self.whole))
        return ZERO if share is None else share

    @property
    def left(self) -> int:
        return self.whole - self.gone

    @property
    def bar_width(self) -> str:
        """An SVG length."""
        return percent_across(self.gone, self.whole)


def time_gone(project: Project, on: date) -> TimeGone | None:
    """None if the project's dates are unknown."""
    days = elapsed_days(project.starts_on, project.ends_on, on)
    return None if days is None else TimeGone(*days)


@dataclass(frozen=True)
class Todo:
    """An unfinished milestone; `late` is in days, 0 if it is not late."""

    title: str
    due_on: date | None
    late: int


def todos(milestones: Iterable[Milestone], on: date) -> list[Todo]:
    """What is unfinished on a day: late first, then by date, undated last."""
    undone = [
        Todo(
            milestone.title,
            milestone.due_on,
            max((on - milestone.due_on).days, 0) if milestone.due_on else 0,
        )
        for milestone in milestones
        if milestone.done_on is None or milestone.done_on > on
    ]
    return sorted(undone, key=lambda todo: (todo.due_on is None, todo.due_on or on, todo.title))


def change_requests_of(project: Project, on: date | None = None) -> list[ChangeRequest]:
    """Of an earlier day those that had been sent, with the answers of decisions that had been made.

    What is still prepared, and an answer whose decision is not recorded, have no day: they are as now.
    """
    rows = list(project.change_requests.select_related("funder", "answered_by"))
    if on is None:
        return rows
    return [_as_of(row, on) for row in rows if row.sent_on is None or row.sent_on <= on]


def _as_of(row: ChangeRequest, on: date) -> ChangeRequest:
    """Not to be saved."""
    if row.state in ANSWERED and row.answered_by is not None and row.answered_by.decided_on > on:
        row.state, row.answered_by = ChangeRequestState.SENT, None
    return row
