"""Every change of a project's rows gives them another version, also a change by plain SQL."""

import threading

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from financing.choices import SharingKey
from financing.models import CostSharing, CostSharingPart, DecisionPlan, FinancingPlan
from mikrogrow.database.change_marks import COMMON, TRIGGERS, row_versions
from mikrogrow.database.frozen import drop_triggers
from mikrogrow.models import Mark
from projects.models import Milestone, Organisation, PrintedDecision, Project
from tests.support.factories import make_draft_decision, make_organisation, make_project, make_user
from tests.support.full_project import make_full_project

pytestmark = pytest.mark.django_db

MODELS = [
    model
    for label in ("projects", "financing", "groups")
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
    if not hasattr(model, "instance_type")
]
OF_ALL_PROJECTS = {
    "Appropriation",
    "FundingSource",
    "Municipality",
    "Organisation",
    "Programme",
    "SubRegion",
}


def version(project):
    return row_versions([project.pk])[project.pk]


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_plain_sql_on_any_table_changes_the_version_of_its_project_alone(model):
    # The rows of the first project come first.
    project, other = make_full_project(), make_full_project()
    for each in (project, other):
        _share_a_cost(each)
        _keep_a_decision(each)
    table = connection.ops.quote_name(model._meta.db_table)
    row = (
        project.pk if model is Project else model._base_manager.order_by("pk").values_list("pk", flat=True)[0]
    )
    # Approved plans and made decisions would refuse the statement; this is about those that go through.
    drop_triggers()

    before, of_other = version(project), version(other)
    assert run(f"UPDATE {table} SET id = id WHERE id = {row}") == 1  # noqa: S608

    assert version(project) != before
    assert (version(other) != of_other) == (model.__name__ in OF_ALL_PROJECTS)


def _keep_a_decision(project):
    plan = FinancingPlan.objects.of_projects([project.pk]).first()
    decision = make_draft_decision(project)
    DecisionPlan.objects.create(decision=decision, plan=plan)
    PrintedDecision.objects.create(
        decision=decision, content=b"%PDF-", sha256="0" * 64, printed_at=timezone.now()
    )


def _share_a_cost(project):
    city = project.co_implementers.get(organisation__is_own_city=True)
    sharing = CostSharing.objects.create(invoiced_by=city, on_behalf_of=city, total=100, key=SharingKey.EQUAL)
    CostSharingPart.objects.create(sharing=sharing, payer=city)


def test_adding_and_deleting_rows_changes_the_version():
    project = make_project()
    seen = [version(project)]
    for change in (
        lambda: Milestone.objects.create(project=project, title="Haku"),
        lambda: Milestone.objects.bulk_create([Milestone(project=project, title="Loppu")]),
        lambda: Milestone.objects.filter(project=project).update(done_on="2026-01-02"),
        lambda: Milestone.objects.filter(project=project).delete(),
    ):
        change()
        seen.append(version(project))

    assert len(set(seen)) == len(seen)


def test_a_row_that_moves_changes_the_versions_of_both_projects():
    project, other = make_project(), make_project()
    milestone = Milestone.objects.create(project=project, title="Haku")
    before = version(project), version(other)

    milestone.project = other
    milestone.save()

    assert version(project) != before[0]
    assert version(other) != before[1]


def test_what_belongs_to_no_project_changes_the_version_of_all():
    project, organisation = make_project(), make_organisation()
    before = version(project)

    Organisation.objects.filter(pk=organisation.pk).update(name="Uusi nimi")

    assert version(project) != before


@pytest.mark.parametrize("name", ["username", "first_name", "last_name"])
def test_the_name_of_a_user_changes_the_version_and_a_login_does_not(name):
    project, user = make_project(), make_user()
    before = version(project)
    user.last_login = "2026-01-01T10:00Z"
    user.save(update_fields=["last_login"])
    assert version(project) == before

    setattr(user, name, "uusi")
    # The statement names this column only: a trigger on some columns looks at no other.
    user.save(update_fields=[name])

    assert version(project) != before


def test_a_version_never_comes_back_after_a_change_was_rolled_back():
    project = make_project()
    before = version(project)
    seen = set()
    for _turn in range(2):
        with transaction.atomic():
            Milestone.objects.create(project=project, title="Haku")
            seen.add(version(project))
            transaction.set_rollback(True)

    assert version(project) == before
    assert len(seen - {before}) == 2


def test_a_project_without_any_mark_has_no_version():
    project = make_project()
    Mark.objects.all().delete()

    assert row_versions([project.pk]) == {}


def test_any_number_of_projects_is_asked_for_at_once(django_assert_num_queries):
    ids = [make_project().pk for _number in range(3)]

    with django_assert_num_queries(1):
        assert set(row_versions(ids)) == set(ids)


def test_a_missing_trigger_is_named():
    assert TRIGGERS.missing() == []
    TRIGGERS.drop()
    missing = TRIGGERS.missing()

    found = [each.msg for each in run_checks(databases=["default"]) if each.id == "mikrogrow.W002"]

    assert found == [
        f"Muutoksista ei jää merkkiä: tietokannasta puuttuu {len(missing)} liipaisinta, "
        f"ensimmäinen {missing[0]}. Sivut voivat näyttää vanhoja lukuja."
    ]
    TRIGGERS.make()
    assert TRIGGERS.missing() == []


def test_what_changed_while_triggers_were_missing_is_another_version_after_migrate():
    project = make_project()
    before = version(project)
    TRIGGERS.drop()
    run("UPDATE projects_project SET short_name = 'Toinen'")

    call_command("migrate", verbosity=0)

    assert version(project) != before


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_nobody_waits_for_a_mark_that_another_transaction_holds(threads):
    project = make_project()
    before = version(project)
    holds, done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                Milestone.objects.create(project=project, title="Haku")
                holds.set()
                done.wait(60)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert holds.wait(60)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            Milestone.objects.create(project=project, title="Loppu")
        between = version(project)
        assert between != before
    finally:
        done.set()
        other.join()

    assert version(project) not in {before, between}
    assert Mark.objects.filter(project=project.pk).count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
def test_truncating_a_table_changes_the_version_of_all():
    project = make_project()
    before = version(project)

    run("TRUNCATE projects_milestone")

    assert version(project) != before


def test_the_common_mark_is_that_of_no_project():
    assert not Project.objects.filter(pk=COMMON).exists()
