"""Every transaction that writes locks its projects first, waits with patience, and survives a deadlock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from psycopg import errors

from mikrogrow.belonging import Belongs
from mikrogrow.database.writing import (
    BusyError,
    limit_waiting,
    locked,
    project_paths,
    projects_of,
    set_patience,
    write,
    writes,
)
from mikrogrow.roles import OUR_APPS
from projects.models import Organisation, Project
from tests.support.concurrency import held_by_somebody_else, impatient, lose_patience
from tests.support.factories import make_organisation, make_project
from tests.support.full_project import make_full_project

BUSY = (
    "Tietoja ei tallennettu, koska samaa hanketta käsitellään juuri nyt toisaalla. "
    "Mitään kirjoittamastasi ei hävinnyt. Odota hetki ja tallenna uudelleen."
)


def rename(project: Project) -> str:
    """What happens to a person without patience who changes the project by plain SQL."""
    try:
        lose_patience()
        Project.objects.filter(pk=project.pk).update(name="Toinen")
    except OperationalError:
        return "waits"
    finally:
        connection.close()
    return "changed"


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = errors.DeadlockDetected()
    return error


@pytest.mark.usefixtures("threads")
def test_locked_rows_wait_until_the_transaction_ends():
    project = make_project()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert locked(Project.objects.filter(pk=project.pk)).get() == project
            assert pool.submit(rename, project).result() == "waits"
        assert pool.submit(rename, project).result() == "changed"


@pytest.mark.usefixtures("threads")
def test_who_writes_has_locked_the_project_before_anything_is_read():
    project = make_project()

    with ThreadPoolExecutor(1) as pool:
        during = write(lambda: pool.submit(rename, project).result(), lambda: [project.pk])
        after = pool.submit(rename, project).result()

    assert (during, after) == ("waits", "changed")


@pytest.mark.usefixtures("threads")
def test_an_action_locks_the_project_of_the_row_that_it_is_given():
    project = make_full_project()
    plan = project.whole_plans.get()

    @writes("plan")
    def act(*, plan) -> str:
        return pool.submit(rename, project).result()

    with ThreadPoolExecutor(1) as pool:
        assert act(plan=plan) == "waits"


@pytest.mark.usefixtures("threads")
def test_a_deadlock_leaves_nothing_and_runs_the_same_once_more():
    attempts = []

    def run() -> str:
        Organisation.objects.create(name="Kerran", kind="company")
        attempts.append(Organisation.objects.count())
        if len(attempts) == 1:
            raise deadlock()
        return "saved"

    assert write(run) == "saved"
    assert (attempts, Organisation.objects.count()) == ([1, 1], 1)


@pytest.mark.usefixtures("threads")
def test_a_second_deadlock_is_a_sentence_and_nothing_is_saved():
    attempts = []

    def run() -> None:
        make_organisation()
        attempts.append(1)
        raise deadlock()

    with pytest.raises(BusyError) as refused:
        write(run)
    assert refused.value.messages == [BUSY]
    assert (len(attempts), Organisation.objects.count()) == (2, 0)


@pytest.mark.usefixtures("threads")
def test_whatever_else_the_database_complains_of_is_not_tried_again():
    attempts = []

    def run() -> None:
        attempts.append(1)
        raise OperationalError("disk full")

    with pytest.raises(OperationalError, match="disk full"):
        write(run)
    assert attempts == [1]


@pytest.mark.usefixtures("threads")
def test_a_project_that_somebody_else_holds_is_a_sentence_soon():
    project = make_project()

    with impatient(), held_by_somebody_else(project), pytest.raises(BusyError) as refused:
        write(lambda: None, lambda: [project.pk])

    assert isinstance(refused.value, ValidationError)
    assert refused.value.messages == [BUSY]
    assert write(lambda: "saved", lambda: [project.pk]) == "saved"


@pytest.mark.usefixtures("threads")
def test_a_write_within_a_write_is_a_part_of_it():
    attempts = []

    def inner() -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise deadlock()

    # A deadlock has ended the whole transaction, so all of it runs again.
    write(lambda: (make_organisation(), write(inner)))

    assert (len(attempts), Organisation.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_every_row_that_belongs_to_somebody_leads_to_its_project():
    project = make_full_project()
    make_full_project()
    models = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
    belonging = [model for model in models if isinstance(getattr(model, "belongs", None), Belongs)]

    for model in [Project, *belonging]:
        paths = project_paths(model)
        for row in model._base_manager.all():
            ways = model._base_manager.filter(pk=row.pk).values_list(*paths).get()
            assert projects_of(row) == set(ways) - {None}, model
            assert len(projects_of(row)) == 1, model
    assert projects_of(project) == {project.pk}
    assert {len(project_paths(model)) for model in belonging} == {1, 2}


@pytest.mark.django_db
def test_a_row_of_no_project_leads_to_none():
    assert projects_of(make_organisation()) == set()


@pytest.mark.django_db(transaction=True)
def test_who_is_served_waits_for_a_lock_and_for_a_query_no_longer_than_a_person_would():
    limit_waiting(connection=connection)

    def setting(name: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"{'SHOW' if connection.vendor == 'postgresql' else 'PRAGMA'} {name}")
            return str(cursor.fetchone()[0])

    try:
        if connection.vendor == "sqlite":
            assert setting("busy_timeout") == "8000"
        else:
            names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
            assert [setting(name) for name in names] == ["8s", "30s", "1min"]
    finally:
        # The next test gets the same connection on SQLite, and a new one on PostgreSQL.
        set_patience(connection, 20_000)
        if connection.vendor == "postgresql":
            connection.close()
