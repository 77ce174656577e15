"""Every recorded change of any row leaves one entry in the log, which nobody can change."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from mikrogrow.database.changes import project_of
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.database.writing import projects_of
from mikrogrow.demonstration import load_demonstration
from mikrogrow.history import historical, models_with_history, with_author
from mikrogrow.models import Change
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.models import Organisation, Project
from tests.support.factories import (
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.rare_rows import add_rare_rows

pytestmark = pytest.mark.django_db


def entries(**filters):
    """Project, model, row and kind of each entry, in the order of the log."""
    found = Change.objects.filter(**filters).order_by("pk")
    return list(found.values_list("project", "model", "row", "kind"))


def test_a_row_leaves_an_entry_when_it_is_added_changed_and_deleted():
    project, user = make_project(), make_user(BUDGET_ADMINISTRATOR)
    line = make_line(make_plan(make_part(project)), 10)
    line.stated_amount, key = 20, line.pk
    with_author(line, user, "Korjattu.").save()
    line.delete()

    found = entries(model="financing.financingline")
    assert found == [(project.pk, "financing.financingline", key, kind) for kind in "+~-"]
    people = (
        Change.objects.filter(model="financing.financingline").order_by("pk").values_list("user", flat=True)
    )
    assert list(people) == [None, user.pk, user.pk]


def test_what_is_deleted_with_its_plan_still_belongs_to_its_project():
    project = make_project()
    plan = make_plan(make_part(project))
    make_line(plan, 10)
    plan.delete()

    assert {entry[0] for entry in entries(kind="-")} == {project.pk}
    assert len(entries(kind="-")) == 2


def test_a_row_of_no_project_leaves_an_entry_of_none():
    organisation = make_organisation()

    assert entries() == [(None, "projects.organisation", organisation.pk, "+")]


def test_a_save_that_changes_nothing_leaves_no_entry():
    make_organisation().save()

    assert len(entries()) == 1


def test_every_record_of_every_history_has_its_entry_with_the_project_of_its_row():
    load_demonstration()
    add_rare_rows(make_full_project(2))

    for model in models_with_history():
        records = historical(model)._default_manager
        logged = Change.objects.filter(model=model._meta.label_lower)
        assert records.count() > 0, model
        assert set(logged.values_list("record", "row", "kind", "user", "at")) == set(
            records.values_list("history_id", "id", "history_type", "history_user", "history_date")
        ), model
        for row in model._base_manager.all():
            assert {project_of(row)} - {None} == projects_of(row), model
        projects = dict(logged.order_by("pk").values_list("row", "project"))
        assert projects == {row.pk: project_of(row) for row in model._base_manager.all()}, model


def test_the_log_is_filled_from_the_histories_of_before():
    load_demonstration()
    make_full_project()
    Project.objects.filter(slug="mikrogrow").get().points.first().delete()
    columns = ("project", "model", "row", "record", "kind", "user", "at")
    migration = import_module("mikrogrow.migrations.0006_fill_changes")
    # Models that came later have had the log from their first row.
    expected = set(Change.objects.filter(model__in=migration.OWNERS).values_list(*columns))
    drop_triggers()
    Change.objects.all().delete()

    migration.fill(apps, None)

    assert set(Change.objects.values_list(*columns)) == expected
    days = list(Change.objects.order_by("pk").values_list("at", flat=True))
    assert days == sorted(days)
    make_triggers()


@pytest.mark.parametrize("write", [lambda rows: rows.update(kind="~"), lambda rows: rows.delete()])
def test_nobody_changes_the_log(write):
    Organisation.objects.create(name="Yritys Oy", kind="company")

    with pytest.raises(DatabaseError, match="Historiaa ei voi muuttaa eikä poistaa"), transaction.atomic():
        write(Change.objects.all())
