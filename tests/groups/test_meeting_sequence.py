"""A meeting's number grows each time a calendar shows something else of it, and only then."""

from datetime import date, time

import pytest
from django.urls import reverse

from groups.choices import MeetingStatus
from groups.models import Meeting
from mikrogrow.database.transitions import record
from mikrogrow.history import historical
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import change, make_group, make_project, make_user
from tests.support.group_factories import (
    make_attendance,
    make_company,
    make_experiment,
    make_guest,
    make_meeting,
    make_membership,
)
from tests.support.pages import send

pytestmark = pytest.mark.django_db

CANCELLED = {
    "status": MeetingStatus.CANCELLED,
    "cancelled_on": date(2017, 4, 1),
    "cancel_reason": "Sairastapaus",
}


@pytest.fixture
def meeting():
    return make_meeting(make_group(make_project()), begins_at=time(9), ends_at=time(11))


def stored(meeting):
    return Meeting.objects.get(pk=meeting.pk).sequence


@pytest.mark.parametrize(
    "values",
    [
        {"day": date(2017, 4, 20)},
        {"begins_at": time(8)},
        {"ends_at": None},
        {"place": "Kirjasto"},
        {"theme": "Vienti"},
        {"programme": "Kahvit"},
        {"status": MeetingStatus.HELD},
        CANCELLED,
        {"day": date(2017, 4, 20), "place": "Kirjasto", "theme": "Vienti"},
    ],
    ids=lambda values: " ".join(values),
)
def test_what_a_calendar_shows_raises_it_by_one(meeting, values):
    change(meeting, **values)

    assert (meeting.sequence, stored(meeting)) == (1, 1)


def test_another_host_and_another_group_raise_it(meeting):
    change(meeting, host=make_company())
    change(meeting, group=make_group(meeting.group.project))

    assert stored(meeting) == 2


def test_a_new_meeting_begins_at_zero_and_a_save_without_a_change_leaves_it(meeting):
    meeting.save()
    Meeting.objects.get(pk=meeting.pk).save()

    assert (stored(meeting), historical(Meeting).objects.filter(id=meeting.pk).count()) == (0, 1)


@pytest.mark.parametrize(
    "values",
    [{"minutes": "Puhuttiin."}, {"agreed": "Jatketaan."}, {"host_trial": "Uusi tuote"}, {"month": 5}],
)
def test_what_no_calendar_shows_leaves_it(meeting, values):
    change(meeting, **values)

    assert stored(meeting) == 0


def test_who_was_there_and_what_was_talked_about_leave_it(meeting):
    attendance = make_attendance(meeting)
    change(attendance, is_present=False)
    make_guest(meeting)
    meeting.experiments.add(make_experiment(meeting.group))

    assert stored(meeting) == 0


def test_a_change_of_state_that_saves_only_its_own_columns_raises_it(meeting):
    record(meeting, make_user(BUDGET_ADMINISTRATOR), "Peruttu.", **CANCELLED)

    assert stored(meeting) == 1
    assert historical(Meeting).objects.filter(id=meeting.pk).order_by("-history_id")[0].sequence == 1


def test_a_row_read_before_another_change_does_not_take_it_back(meeting):
    early = Meeting.objects.get(pk=meeting.pk)
    change(meeting, theme="Vienti")
    change(meeting, theme="Myynti")

    early.theme = "Myynti"
    change(early, minutes="Puhuttiin.")
    assert stored(meeting) == 2
    change(early, place="Kirjasto")
    assert stored(meeting) == 3


def test_the_form_of_the_admin_raises_it(meeting):
    client, company = logged_in(BUDGET_ADMINISTRATOR), make_membership(meeting.group).company
    address = reverse("admin:groups_meeting_change", args=[meeting.pk])

    moved = send(client, address, {"day": "20.4.2017"})
    ticked = send(client, address, {"attendances-0-company": company.name, "attendances-0-is_present": "on"})

    assert (moved.status_code, ticked.status_code) == (302, 302)
    assert meeting.attendances.count() == 1
    assert stored(meeting) == 1
