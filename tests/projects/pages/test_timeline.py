from dataclasses import replace
from datetime import date

import pytest

from financing.rules.figures.projects import FundingDecisionFigures
from projects.models import Project
from projects.pages.timeline import Mark, timeline

START, END = date(2017, 4, 1), date(2019, 12, 31)
DAY = date(2018, 10, 15)
PROJECT = Project(starts_on=START, ends_on=END)
# A hundred days, so that a day is one percent of the width.
HUNDRED = Project(starts_on=date(2018, 1, 1), ends_on=date(2018, 4, 10))


def decided(*days):
    return [FundingDecisionFigures("Liitto", day) for day in days]


def test_the_first_projects_timeline():
    found = timeline(PROJECT, decided(date(2017, 5, 5), date(2017, 5, 29)), DAY)

    assert (found.risk_days, found.risk_width) == (58, "5.77%")
    assert found.elapsed_width == "56.02%"
    assert found.decisions == (
        Mark(date(2017, 5, 5), "3.38%", "start"),
        Mark(date(2017, 5, 29), "5.77%", "start"),
    )
    assert found.today == Mark(DAY, "55.92%", "end")
    assert found.years == (
        Mark(START, "0.00%", "start"),
        Mark(date(2018, 1, 1), "27.36%", "start"),
        Mark(date(2019, 1, 1), "63.68%", "end"),
    )


@pytest.mark.parametrize(
    ("day", "elapsed", "today"),
    [
        (date(2017, 12, 31), "0.00%", None),
        (date(2018, 1, 1), "1.00%", Mark(date(2018, 1, 1), "0.00%", "start")),
        (date(2018, 2, 19), "50.00%", Mark(date(2018, 2, 19), "49.00%", "start")),
        (date(2018, 2, 21), "52.00%", Mark(date(2018, 2, 21), "51.00%", "end")),
        (date(2018, 4, 10), "100.00%", Mark(date(2018, 4, 10), "99.00%", "end")),
        (date(2018, 4, 11), "100.00%", None),
        (date(2030, 1, 1), "100.00%", None),
    ],
)
def test_a_day_outside_the_project_is_not_marked(day, elapsed, today):
    found = timeline(HUNDRED, [], day)

    assert (found.elapsed_width, found.today) == (elapsed, today)


@pytest.mark.parametrize(
    ("days", "risk_days", "risk_width", "marked"),
    [
        ([], 0, "0.00%", 0),
        # Decided before the start, or on the first day: nothing was at the city's own risk.
        ([date(2017, 12, 1)], 0, "0.00%", 0),
        ([date(2018, 1, 1)], 0, "0.00%", 1),
        ([date(2018, 1, 2)], 1, "1.00%", 1),
        ([date(2018, 1, 11), date(2018, 1, 31)], 30, "30.00%", 2),
        ([date(2017, 12, 1), date(2018, 1, 31)], 30, "30.00%", 1),
        ([date(2018, 4, 10)], 99, "99.00%", 1),
        # Decided only after the end: the whole time was.
        ([date(2018, 5, 1)], 100, "100.00%", 0),
        ([date(2018, 1, 11), date(2018, 5, 1)], 100, "100.00%", 1),
    ],
)
def test_time_before_the_last_funding_decision_is_at_own_risk(days, risk_days, risk_width, marked):
    found = timeline(HUNDRED, decided(*days), DAY)

    assert (found.risk_days, found.risk_width, len(found.decisions)) == (risk_days, risk_width, marked)


def test_a_change_decision_makes_no_time_at_own_risk():
    first, change = decided(date(2018, 1, 11), date(2018, 1, 31))

    found = timeline(HUNDRED, [first, replace(change, is_change=True)], DAY)

    assert (found.risk_days, len(found.decisions)) == (10, 2)


def test_a_project_of_one_day_has_a_timeline():
    found = timeline(Project(starts_on=START, ends_on=START), decided(START), START)

    assert (found.elapsed_width, found.today) == ("100.00%", Mark(START, "0.00%", "start"))


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, None), (START, None), (None, END)])
def test_a_project_of_unknown_days_has_no_timeline(starts_on, ends_on):
    assert timeline(Project(starts_on=starts_on, ends_on=ends_on), decided(DAY), DAY) is None
