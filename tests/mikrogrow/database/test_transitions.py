"""A change of state saves what it changes and nothing else, and says who did what."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry

from mikrogrow.database.frozen import FORGED_MESSAGE
from mikrogrow.database.transitions import log_action, record
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import ProjectStatus
from tests.support.factories import make_project, make_user
from tests.support.frozen_rows import refused, rows_of

pytestmark = pytest.mark.django_db


def entries(row):
    """What the admin's log says of a row."""
    found = LogEntry.objects.filter(object_id=str(row.pk)).order_by("pk")
    return [(entry.user, entry.action_flag, entry.object_repr, entry.change_message) for entry in found]


def test_a_change_is_saved_recorded_and_logged_with_its_person():
    project, user = make_project(), make_user(BUDGET_ADMINISTRATOR)

    changed = record(project, user, " Päättyi. ", status=ProjectStatus.ENDED, summary="Päättynyt")

    assert changed is project
    project.refresh_from_db()
    assert (project.status, project.summary) == ("ended", "Päättynyt")
    latest = project.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (user, "Päättyi.")
    assert entries(project) == [(user, CHANGE, str(project), "Päättyi.")]


def test_nothing_is_saved_but_the_fields_that_change_so_that_nothing_else_may_have_changed():
    project, user = make_project(), make_user(BUDGET_ADMINISTRATOR)
    before = rows_of(project)
    project.name = "Kukaan ei tallenna tätä"

    # The history would say what is not in the row.
    sentence = refused(lambda: record(project, user, "Päättyi.", status=ProjectStatus.ENDED))

    assert (sentence.splitlines()[0], rows_of(project)) == (FORGED_MESSAGE, before)


def test_the_log_may_say_more_than_the_history():
    project, user = make_project(), make_user(BUDGET_ADMINISTRATOR)

    record(project, user, "Päättyi.", log="Päättyi. Lue lisää: ", status=ProjectStatus.ENDED)

    assert project.history.latest().history_change_reason == "Päättyi."
    assert entries(project) == [(user, CHANGE, str(project), "Päättyi. Lue lisää:")]


def test_what_was_added_is_logged_as_added():
    project, user = make_project(), make_user(BUDGET_ADMINISTRATOR)

    log_action(project, user, "Avattu.", ADDITION)

    assert entries(project) == [(user, ADDITION, str(project), "Avattu.")]


def test_what_the_system_itself_does_has_no_entry_in_the_log():
    project = make_project()

    record(project, None, "Päättyi.", status=ProjectStatus.ENDED)

    assert not LogEntry.objects.exists()
    assert project.history.first().history_user is None
