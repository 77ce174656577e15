from datetime import date
from decimal import Decimal

import pytest

from mikrogrow.values.money import format_progress
from projects.choices import ProjectStatus
from projects.models import Milestone, Project
from projects.schedule import TimeGone, Todo, status_on, time_gone, todos

START, END = date(2017, 4, 1), date(2019, 12, 31)
BEFORE, FIRST, WITHIN, LAST, AFTER = (
    date(2017, 3, 31),
    START,
    date(2018, 10, 15),
    END,
    date(2020, 1, 1),
)
DAYS = (BEFORE, FIRST, WITHIN, LAST, AFTER)

PREPARATION, RUNNING, ENDED, CLOSED, WITHDRAWN, REJECTED = ProjectStatus


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (PREPARATION, [PREPARATION] * 5),
        (RUNNING, [PREPARATION, RUNNING, RUNNING, RUNNING, ENDED]),
        (ENDED, [PREPARATION, RUNNING, RUNNING, RUNNING, ENDED]),
        (CLOSED, [PREPARATION, RUNNING, RUNNING, RUNNING, CLOSED]),
        (WITHDRAWN, [WITHDRAWN] * 5),
        (REJECTED, [REJECTED] * 5),
    ],
)
def test_the_state_follows_the_days_of_a_project_that_goes_ahead(recorded, expected):
    project = Project(status=recorded, starts_on=START, ends_on=END)

    assert [status_on(project, day) for day in DAYS] == expected


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (None, None, [RUNNING] * 5),
        (START, None, [PREPARATION, RUNNING, RUNNING, RUNNING, RUNNING]),
        (None, END, [RUNNING, RUNNING, RUNNING, RUNNING, ENDED]),
    ],
)
def test_a_day_that_is_not_known_leaves_the_state_as_recorded(starts_on, ends_on, expected):
    project = Project(status=RUNNING, starts_on=starts_on, ends_on=ends_on)

    assert [status_on(project, day) for day in DAYS] == expected


def test_an_ended_project_of_unknown_days_has_ended():
    assert [status_on(Project(status=ENDED), day) for day in DAYS] == [ENDED] * 5


@pytest.mark.parametrize(
    ("day", "gone", "left", "shown", "width"),
    [
        (BEFORE, 0, 1005, "0,0", "0.00%"),
        (FIRST, 1, 1004, "0,0", "0.10%"),
        (WITHIN, 563, 442, "56,0", "56.02%"),
        # 1 004 of 1 005 days are 99,90 %: cut, never rounded up to 100.
        (date(2019, 12, 30), 1004, 1, "99,9", "99.90%"),
        (LAST, 1005, 0, "100,0", "100.00%"),
        (AFTER, 1005, 0, "100,0", "100.00%"),
    ],
)
def test_time_that_has_gone_is_counted_to_the_end_of_the_day(day, gone, left, shown, width):
    time = time_gone(Project(starts_on=START, ends_on=END), day)

    assert (time, time.left, time.bar_width) == (TimeGone(gone, 1005), left, width)
    assert format_progress(time.share) == f"{shown}\u00a0%"


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, None), (START, None), (None, END)])
def test_of_unknown_days_nobody_knows_what_has_gone(starts_on, ends_on):
    assert time_gone(Project(starts_on=starts_on, ends_on=ends_on), WITHIN) is None


def test_a_project_of_one_day_is_done_on_it():
    project = Project(starts_on=START, ends_on=START)

    assert [time_gone(project, day).share for day in (BEFORE, START, WITHIN)] == [Decimal(0), 100, 100]


def test_what_is_late_stands_first_then_what_comes_then_what_has_no_day():
    milestones = [
        Milestone(title="Ilman päivää"),
        Milestone(title="Raportti", due_on=date(2018, 10, 20)),
        Milestone(title="Hakemus", due_on=date(2018, 10, 20)),
        Milestone(title="Myöhässä", due_on=date(2018, 10, 1)),
        Milestone(title="Tänään", due_on=WITHIN),
        Milestone(title="Eilen", due_on=date(2018, 10, 14)),
    ]

    assert todos(milestones, WITHIN) == [
        Todo("Myöhässä", date(2018, 10, 1), 14),
        Todo("Eilen", date(2018, 10, 14), 1),
        Todo("Tänään", WITHIN, 0),
        Todo("Hakemus", date(2018, 10, 20), 0),
        Todo("Raportti", date(2018, 10, 20), 0),
        Todo("Ilman päivää", None, 0),
    ]


def test_what_was_done_on_the_day_is_done_and_what_was_done_later_was_not():
    milestones = [
        Milestone(title="Ennen", done_on=date(2018, 10, 14)),
        Milestone(title="Samana päivänä", done_on=WITHIN),
        Milestone(title="Myöhemmin", due_on=date(2018, 10, 10), done_on=date(2018, 10, 16)),
    ]

    assert todos(milestones, WITHIN) == [Todo("Myöhemmin", date(2018, 10, 10), 5)]


def test_nothing_to_do_is_an_empty_list():
    assert todos([], WITHIN) == []
