"""Every change leaves a record, by models, admin and actions, and none of our code goes around it."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.db.utils import DatabaseError
from django.urls import reverse
from simple_history.models import HistoricalChanges

from financing.choices import PlanStatus
from financing.models import CostAllocation, FinancingLine
from mikrogrow.history import (
    FIRST_RECORD,
    History,
    historical,
    history_tables,
    make_first_records,
    models_with_history,
    with_author,
)
from mikrogrow.roles import BUDGET_ADMINISTRATOR, OUR_APPS, SYSTEM_ADMINISTRATOR
from projects.models import Milestone, Project
from tests.support.cast import logged_in
from tests.support.factories import (
    make_cost,
    make_line,
    make_milestone,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import send

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent

# Counts of log-ins are no change of a project, a print is written once, with its person and moment, the
# instructions for appeal once, as the decision is made, and what is kept of a project is computed.
WITHOUT_HISTORY = {
    # Nothing of a person is left when a contact person or a guest is removed.
    "ContactPerson",
    "DecisionAppeal",
    "Guest",
    "InternalCorrection",
    "InternalPrint",
    "KeptFinding",
    "KeptNeed",
    "LoginAttempts",
    "PrintedCorrection",
    "PrintedDecision",
    "ProjectSummary",
}


def records(row):
    """Kind, person and reason of each record of a row, the oldest first."""
    found = historical(type(row)).objects.filter(id=row.pk).order_by("history_id")
    return [(each.history_type, each.history_user, each.history_change_reason) for each in found]


def plan():
    return make_plan(make_part(make_project()), 1000)


# What is recorded


def test_every_model_of_ours_has_a_history():
    ours = {model for app in OUR_APPS for model in apps.get_app_config(app).get_models()}
    recorded = {model for model in ours if not issubclass(model, HistoricalChanges)}

    assert {model.__name__ for model in recorded - set(models_with_history())} <= WITHOUT_HISTORY


def test_a_row_is_recorded_when_it_is_made_changed_and_deleted():
    row = make_milestone(make_project(), title="Loppuraportti")
    row.done_on = date(2019, 12, 31)
    row.save()
    key = row.pk
    row.delete()

    found = historical(Milestone).objects.filter(id=key).order_by("history_id")
    assert list(found.values_list("history_type", "title", "done_on")) == [
        ("+", "Loppuraportti", None),
        ("~", "Loppuraportti", date(2019, 12, 31)),
        ("-", "Loppuraportti", date(2019, 12, 31)),
    ]


def test_a_save_that_changes_nothing_leaves_no_record():
    row = make_line(plan(), 600)
    row.save()
    FinancingLine.objects.get(pk=row.pk).save()
    row.also_includes.set([])

    assert records(row) == [("+", None, None)]


def test_rows_that_go_with_their_parent_are_recorded():
    parent = plan()
    cost = make_cost(parent, 2018, 5)
    key = cost.pk
    parent.delete()

    assert [kind for kind, *_rest in records(CostAllocation(pk=key))] == ["+", "-"]


def test_what_a_line_also_includes_is_recorded_with_every_record():
    line, state, fund = make_line(plan(), 600), make_source(), make_source()
    both = [state.pk, fund.pk]
    line.also_includes.set([state, fund])
    line.stated_amount = 700
    line.save()
    fund.delete()

    found = historical(FinancingLine).objects.filter(id=line.pk).order_by("history_id")
    assert [
        (record.stated_amount, sorted(each.fundingsource_id for each in record.also_includes.all()))
        for record in found
    ] == [
        (600, []),
        (600, both),
        (700, both),
        (700, [state.pk]),
    ]


def test_who_changes_a_row_in_the_admin_and_its_rows_inside_is_recorded():
    user = make_user(SYSTEM_ADMINISTRATOR)
    client = logged_in(user)
    milestone = make_milestone(make_project(), title="Väliraportti")

    answer = send(
        client,
        reverse("admin:projects_project_change", args=[milestone.project.pk]),
        {"short_name": "Uusi", "milestones-0-title": "Loppuraportti"},
    )

    assert answer.status_code == 302
    assert records(milestone.project) == [("+", None, None), ("~", user, None)]
    assert records(milestone) == [("+", None, None), ("~", user, None)]


def test_a_change_of_state_is_recorded_with_its_person_and_in_words():
    row, user = plan(), make_user(BUDGET_ADMINISTRATOR)
    row.status = PlanStatus.APPROVED
    with_author(row, user, "Hyväksytty.").save()

    assert records(row) == [("+", None, None), ("~", user, "Hyväksytty.")]


def test_who_has_changed_something_cannot_be_deleted():
    row, user = make_milestone(make_project()), make_user(BUDGET_ADMINISTRATOR)
    row.title = "Toinen"
    with_author(row, user, "").save()

    with pytest.raises(ProtectedError):
        user.delete()


def test_rows_from_before_the_history_get_a_first_record_once():
    line, source = make_line(plan(), 600), make_source()
    old = FinancingLine.objects.bulk_create([FinancingLine(plan=line.plan, source=source, stated_share=5)])[0]
    FinancingLine.also_includes.through.objects.bulk_create(
        [FinancingLine.also_includes.through(financingline=old, fundingsource=line.source)]
    )

    for _time in range(2):
        make_first_records(apps, "financing")

    assert records(line) == [("+", None, None)]
    assert records(old) == [("+", None, FIRST_RECORD)]
    record = historical(FinancingLine).objects.get(id=old.pk)
    assert (record.stated_share, [each.fundingsource for each in record.also_includes.all()]) == (
        5,
        [line.source],
    )


# What cannot be done to it


def test_no_history_can_be_edited_in_the_admin():
    shown = set(admin.site._registry)

    assert [model for model in shown if issubclass(model, HistoricalChanges | LogEntry)] == []


def test_nobody_can_be_given_a_right_to_history():
    histories = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]

    assert len(histories) == len(history_tables())
    assert {model._meta.default_permissions for model in histories} == {()}


@pytest.mark.parametrize("write", ["update", "delete", "raw", "save"])
def test_no_record_can_be_changed_or_deleted(write):
    row = make_milestone(make_project(), title="Väliraportti")
    records_of_row = historical(Milestone).objects.filter(id=row.pk)
    table = historical(Milestone)._meta.db_table

    def rewrite():
        if write == "update":
            records_of_row.update(title="Toinen")
        elif write == "delete":
            records_of_row.delete()
        elif write == "raw":
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        else:
            record = records_of_row.get()
            record.title = "Toinen"
            record.save()

    with pytest.raises(DatabaseError, match="Historiaa ei voi muuttaa eikä poistaa"), transaction.atomic():
        rewrite()

    assert list(records_of_row.values_list("title", flat=True)) == ["Väliraportti"]


@pytest.mark.parametrize("event", ["update", "delete"])
def test_every_table_of_the_history_only_grows(event):
    query = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {table for table, name in cursor.fetchall() if f"_{event}_" in name}

    assert set(history_tables()) <= found
    assert len(history_tables()) == len(models_with_history()) + len(History.m2m_models)


# Our own code

PAST_THE_SIGNALS = {
    "bulk_create",
    "abulk_create",
    "bulk_update",
    "abulk_update",
    "aupdate",
    "_raw_delete",
    "_update",
    "save_without_historical_record",
    "execute",
    "executemany",
    "raw",
}
# Calls that write without a record, with the reason why they may.
MAY = {
    ("financing/queries/summaries.py", "bulk_create"): "keeps what is computed of projects",
    ("financing/queries/needs.py", "bulk_create"): "as above",
    ("financing/queries/needs.py", "update"): "says of which changed projects the needs are kept",
    ("mikrogrow/history.py", "bulk_create"): "makes the records themselves",
    ("mikrogrow/database/changes.py", "bulk_create"): "adds rows together with their records and entries",
    ("mikrogrow/database/triggers.py", "execute"): "makes triggers, and reads which there are",
    ("mikrogrow/database/frozen.py", "execute"): "asks which columns a table has",
    ("mikrogrow/database/health.py", "execute"): "asks whether the database answers",
    ("mikrogrow/database/versions.py", "execute"): "renews a version, which has no history",
    ("mikrogrow/database/versions.py", "bulk_create"): "says which projects have changed",
    ("mikrogrow/database/writing.py", "execute"): "says how long to wait for locks",
    ("mikrogrow/background.py", "update"): "takes orders of documents, which have no history",
    ("mikrogrow/admin/add_once.py", "update"): "remembers forms, which have no history",
    ("mikrogrow/web/login_throttle.py", "update"): "counts log-ins, which have no history",
    ("mikrogrow/web/login_throttle.py", "bulk_create"): "as above",
    ("mikrogrow/web/sessions.py", "update"): "puts the end of a session off",
    (
        "mikrogrow/management/backups/databases.py",
        "execute",
    ): "copies the database without its sessions",
    ("mikrogrow/management/verification/database.py", "execute"): "has the database check itself",
    ("mikrogrow/fields.py", "update"): "a dictionary of options",
}


def writes_past_the_signals(source: str) -> set[str]:
    """Names of called methods that change rows without a signal; `update` with named values only is one."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in PAST_THE_SIGNALS or (name == "update" and node.keywords and not node.args):
                found.add(name)
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("rows.update(status='x')", {"update"}),
        ("rows.filter(a=1).update(**values)", {"update"}),
        ("context.update(more)", set()),
        ("Row.objects.bulk_create(rows)", {"bulk_create"}),
        ("cursor.execute('DELETE')", {"execute"}),
        ("row.save(); rows.delete()", set()),
    ],
)
def test_a_write_past_the_signals_would_be_seen(source, found):
    assert writes_past_the_signals(source) == found


def test_no_code_of_ours_writes_past_the_history():
    found = {
        (str(path.relative_to(ROOT)), name)
        for app in ("mikrogrow", *OUR_APPS)
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for name in writes_past_the_signals(path.read_text(encoding="utf-8"))
    }

    assert found == MAY.keys()


def test_the_demonstration_is_recorded_row_by_row():
    from mikrogrow.demonstration.load import load_demonstration

    load_demonstration()

    assert Project.objects.count() > 1
    for model in models_with_history():
        recorded = historical(model)._default_manager.values("id")
        assert not model._default_manager.exclude(pk__in=recorded).exists(), model
