"""What the status page counts of groups from keys and months is what their page computes from all rows."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.choices import MeetingStatus
from groups.models import Meeting, Membership
from groups.queries.groups import groups_of_project
from groups.queries.status import GroupStatus, StatusOfGroups, status_of_groups
from groups.reports.groups import groups_report
from tests.support.factories import make_group, make_project
from tests.support.group_factories import make_company

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2017, 4, 12), date(2018, 3, 20)
# Rows lie before, within and after the project's time.
EARLIEST, DAYS = date(2017, 2, 1), 500
EMPTY, PLANNED = None, MeetingStatus.PLANNED


def some_day(chance):
    return EARLIEST + timedelta(chance.randrange(DAYS))


def known_or_not(chance):
    return chance.choice([EMPTY, some_day(chance)])


def make_meeting_of(group, chance):
    day, status = some_day(chance), chance.choice(list(MeetingStatus))
    is_cancelled = status == MeetingStatus.CANCELLED
    # Some are on a day of another month than theirs, and some months have several.
    month = day + timedelta(chance.choice([0, 0, 0, -40, 40]))
    return Meeting(
        group=group,
        year=month.year,
        month=month.month,
        day=chance.choice([EMPTY, day]) if status == PLANNED else day,
        status=status,
        cancelled_on=some_day(chance) if is_cancelled else None,
        cancel_reason="Sairaus" if is_cancelled else "",
    )


def make_membership_of(group, company, chance):
    joined, left = known_or_not(chance), known_or_not(chance)
    if joined and left and left < joined:
        joined, left = left, joined
    return Membership(
        group=group, company=company, joined_on=joined, left_on=left, is_waiting=chance.random() < 0.2
    )


def make_random_project(chance):
    """Of few companies, so that some belong to two groups of a day, and leave and come back."""
    first, last = chance.choice([(FIRST, LAST)] * 4 + [(FIRST, None), (None, LAST)])
    project = make_project(starts_on=first, ends_on=last)
    companies = [make_company() for _company in range(6)]
    for number in range(chance.randrange(4)):
        group = make_group(project, name=f"Ryhmä {number}", target=chance.choice([None, 3]))
        Meeting.objects.bulk_create(make_meeting_of(group, chance) for _meeting in range(12))
        rows = [make_membership_of(group, company, chance) for company in companies]
        rows += [make_membership_of(group, row.company, chance) for row in rows if row.left_on]
        Membership.objects.bulk_create(row for row in rows if _is_open_once(row, rows))
    return project


def _is_open_once(row, rows):
    """The database takes one membership of a company that goes on."""
    going_on = [each for each in rows if each.company == row.company and each.left_on is None]
    return row not in going_on[1:]


def as_the_page_of_groups_has_it(project, on):
    read = groups_of_project(project.pk, on, with_experiments=False)
    report = groups_report(read, project.starts_on, project.ends_on, None, on)
    return report.total, StatusOfGroups(
        [
            GroupStatus(
                row.group.pk,
                row.group.name,
                row.group.target_companies,
                row.members,
                row.rhythm.due,
                row.rhythm.held,
                row.rhythm.missed,
            )
            for row in report.rows
        ],
        report.companies,
    )


@pytest.mark.parametrize("seed", range(20))
def test_counts_are_those_of_the_full_reading_on_any_day(seed):
    chance = random.Random(seed)  # noqa: S311
    project = make_random_project(chance)
    make_random_project(chance)

    days = [some_day(chance) for _day in range(10)] + [FIRST, LAST, date(2017, 4, 30), date(2017, 5, 1)]
    for on in days:
        counted = status_of_groups(project.pk, project.starts_on, project.ends_on, on)
        total, expected = as_the_page_of_groups_has_it(project, on)
        assert counted == expected, on
        assert (counted.due, counted.held, counted.missed) == (total.due, total.held, total.missed), on


def test_the_random_projects_have_what_could_differ():
    chance = random.Random(1)  # noqa: S311
    seen = set()
    for _project in range(20):
        project = make_random_project(chance)
        for month in range(1, 13):
            _total, status = as_the_page_of_groups_has_it(project, date(2018, month, 15))
            seen |= {"held" for row in status.rows if row.held} | {
                "missed" for row in status.rows if row.missed
            }
            seen |= {"cancelled" for row in status.rows if row.due > row.held + row.missed}
            seen |= {"in two groups"} if status.members < sum(row.members for row in status.rows) else set()
            seen |= {"no months"} if status.rows and not status.due else set()
            seen |= {"no groups"} if not status.rows else set()

    assert seen == {"held", "missed", "cancelled", "in two groups", "no months", "no groups"}


@pytest.mark.parametrize("groups", [1, 4])
def test_the_number_of_queries_is_that_of_the_facts(groups):
    project = make_project(starts_on=FIRST, ends_on=LAST)
    for number in range(groups):
        group = make_group(project, name=f"Ryhmä {number}")
        Meeting.objects.bulk_create(Meeting(group=group, year=2017, month=month) for month in range(4, 13))

    with CaptureQueriesContext(connection) as asked:
        status_of_groups(project.pk, FIRST, LAST, LAST)

    assert len(asked) == 3
