"""A table of days: what each of them sees of groups, meetings, experiments and results."""

from datetime import date

import pytest
from django.utils import timezone

from groups.choices import Verdict
from tests.support.factories import make_group, make_project
from tests.support.group_factories import (
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_experiment,
    make_held_meeting,
    make_indicator,
    make_meeting,
    make_membership,
    make_round,
    make_spread,
    make_value,
)
from tests.support.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """Four months of a group: a company that stays, one that leaves and comes back, one that waits first."""
    project = make_project(starts_on=date(2018, 1, 1), ends_on=date(2018, 4, 30), target_companies=3)
    group = make_group(project, target=3, name="Ryhmä")
    stays, returns, waits = (make_company(name=name) for name in ("Aamu Oy", "Ilta Oy", "Yö Oy"))
    make_membership(group, stays, joined_on=date(2018, 1, 1), is_core=True)
    make_membership(group, returns, joined_on=date(2018, 1, 10), left_on=date(2018, 2, 14))
    make_membership(group, returns, joined_on=date(2018, 3, 1))
    make_membership(group, waits, joined_on=date(2018, 2, 1), left_on=date(2018, 3, 14), is_waiting=True)
    make_membership(group, waits, joined_on=date(2018, 3, 15))
    held = make_held_meeting(group, 2018, 1)
    make_attendance(held, stays)
    make_attendance(held, returns)
    make_cancelled_meeting(group, 2018, 2, cancelled_on=date(2018, 2, 12))
    make_meeting(group, 2018, 3)
    last = make_held_meeting(group, 2018, 4)
    make_attendance(last, stays)
    first = make_experiment(
        group, starts_on=date(2018, 1, 5), assessed_on=date(2018, 2, 20), verdict=Verdict.SUCCEEDED
    )
    make_round(first, carried_out_on=date(2018, 1, 20))
    make_spread(first, told_on=date(2018, 3, 20))
    make_experiment(group, learnt_from=first, starts_on=date(2018, 3, 1))
    indicator = make_indicator(project, baseline=0, target=40)
    make_value(indicator, 10, group=group, measured_on=date(2018, 1, 31))
    make_value(indicator, 25, group=group, measured_on=date(2018, 3, 31))
    return project


# day: members ever waiting core present | held cancelled missed due | steps 1 2 3 4 | reached
# What is unknown, or not there, is -.
DAYS = """
2017-12-31: 0 0 0 0 - | 0 0 0 0 | - | -
2018-01-01: 1 1 0 1 - | 0 0 0 0 | - | -
2018-01-05: 1 1 0 1 - | 0 0 0 0 | 0 0 0 0 | -
2018-01-10: 2 2 0 1 - | 0 0 0 0 | 0 0 0 0 | -
2018-01-15: 2 2 0 1 2 | 1 0 0 0 | 0 0 0 0 | -
2018-01-20: 2 2 0 1 2 | 1 0 0 0 | 1 0 0 0 | -
2018-01-31: 2 2 0 1 2 | 1 0 0 0 | 1 0 0 0 | 10
2018-02-01: 2 2 1 1 2 | 1 0 0 1 | 1 0 0 0 | 10
2018-02-11: 2 2 1 1 2 | 1 0 0 1 | 1 0 0 0 | 10
2018-02-12: 2 2 1 1 2 | 1 1 0 1 | 1 0 0 0 | 10
2018-02-14: 2 2 1 1 2 | 1 1 0 1 | 1 0 0 0 | 10
2018-02-15: 1 2 1 1 2 | 1 1 0 1 | 1 0 0 0 | 10
2018-02-20: 1 2 1 1 2 | 1 1 0 1 | 1 1 0 0 | 10
2018-03-01: 2 2 1 1 2 | 1 1 0 2 | 1 1 1 0 | 10
2018-03-14: 2 2 1 1 2 | 1 1 0 2 | 1 1 1 0 | 10
2018-03-15: 3 3 0 1 2 | 1 1 0 2 | 1 1 1 0 | 10
2018-03-20: 3 3 0 1 2 | 1 1 0 2 | 1 1 1 1 | 10
2018-03-31: 3 3 0 1 2 | 1 1 0 2 | 1 1 1 1 | 25
2018-04-01: 3 3 0 1 2 | 1 1 1 3 | 1 1 1 1 | 25
2018-04-15: 3 3 0 1 1,5 | 2 1 1 3 | 1 1 1 1 | 25
2018-05-01: 3 3 0 1 1,5 | 2 1 1 4 | 1 1 1 1 | 25
"""


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_a_day_sees_what_was_so_on_it(viewer, project, line):
    on, _colon, expected = line.partition(": ")

    assert seen(viewer, project, on=on) == expected


def test_a_page_of_today_is_the_page_as_of_today(viewer, project):
    today = timezone.localdate().isoformat()

    assert seen(viewer, project) == seen(viewer, project, on=today) == DAYS.strip().splitlines()[-1][12:]


def seen(viewer, project, **asked):
    """What the page of groups shows, in the order of the table."""
    page = Page(viewer.get(f"{project.get_absolute_url()}groups/", asked))
    (group,) = page.table("Yritysryhmät").rows[:1]
    companies = [page.facts[name][0] for name in ("Yrityksiä ryhmissä", "Mukana kaikkiaan")]
    assert companies[0] == group[2]
    steps = [words.split(": ")[1].split()[0] for words in page.texts("nowrap") if ": " in words]
    (result,) = page.table("Indikaattorit").rows
    parts = [
        [*companies, group[5], group[6], group[7]],
        [*months_of(page), page.facts["Kokoontumisia pidetty"][1].split()[2]],
        steps or ["-"],
        [result[-3].removesuffix(" jäljessä")],
    ]
    return " | ".join(" ".join(part) for part in parts).replace("ei tiedossa", "-")


def months_of(page):
    """How many of the group's months are held, cancelled and missed."""
    (row,) = page.table("Kokoontumiset kuukausittain").rows
    marks = [cell.partition(",")[0] for cell in row[1:-2]]
    return [str(sum(mark.endswith(state) for mark in marks)) for state in ("pidetty", "peruttu", "pitämättä")]
