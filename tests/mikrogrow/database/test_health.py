"""Missing triggers are noticed by the process that serves, by the health check and by who administers."""

import sqlite3
from contextlib import closing

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from mikrogrow.database import health
from mikrogrow.database.frozen import TRIGGERS
from mikrogrow.roles import ROLES, SYSTEM_ADMINISTRATOR
from tests.support.factories import make_user
from tests.support.pages import words_on
from tests.support.places import address_of, places

# What a migration that was killed leaves: Django tells of it before it changes anything.
KILL_MIGRATION = """
from mikrogrow.database.frozen import drop_triggers
drop_triggers()
"""
# The answers of one process: when it begins, and after the database was migrated.
SERVE = """
import json
import mikrogrow.wsgi
from django.core.management import call_command
from django.test import Client
from mikrogrow.database import health
health.SOON_S = 60
answers = [Client().get("/healthz")]
if "migrate" in sys.argv:
    call_command("migrate", verbosity=0)
answers.append(Client().get("/healthz"))
print(json.dumps([[answer.status_code, answer.content.decode()] for answer in answers]))
"""


@pytest.fixture
def watched(monkeypatch):
    """As in a process that serves, which has just looked."""
    monkeypatch.setattr(health, "watch", health.Watch(is_on=True, looked_at=1_000))
    monkeypatch.setattr(health, "monotonic", lambda: 1_000)
    monkeypatch.setattr(health, "SOON_S", 60)
    return health.watch


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_was_killed_is_noticed_at_the_start_and_mended_by_migrate(tmp_path):
    with places(tmp_path, 1) as (place,):
        well, said = place.served(SERVE)
        assert (well, said) == ([[200, "ok\n"]] * 2, "")
        place.served(KILL_MIGRATION + "print(0)")

        answers, said = place.served(SERVE, "migrate")

    number = len(TRIGGERS.wanted(connection))
    assert answers == [[503, "triggers are missing: run manage.py migrate\n"], [200, "ok\n"]]
    assert f"{number} triggers are missing, so that what is approved can be changed." in said
    assert said.count("triggers are missing") == 1


HOLD = "BEGIN IMMEDIATE"
if connection.vendor == "postgresql":
    HOLD = "LOCK TABLE financing_invoice IN ACCESS EXCLUSIVE MODE"


def somebody():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        return psycopg.connect(address_of(name))
    return closing(sqlite3.connect(name, isolation_level=None))


SENTENCE = (
    "Hyväksyttyjen ja päätettyjen tietojen muuttamista ei estetä: tietokannasta puuttuu 3 liipaisinta. "
    "Suorita palvelimella manage.py migrate."
)
PAGES = ["portfolio", "admin:index", "admin:projects_project_changelist"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("missing", [0, 3])
def test_who_administers_the_system_sees_it_on_every_page(client, watched, page, missing):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    watched.missing = missing

    assert (SENTENCE in words_on(client.get(reverse(page)))) == bool(missing)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != SYSTEM_ADMINISTRATOR])
def test_others_can_do_nothing_about_it_and_are_not_told(client, watched, role):
    client.force_login(make_user(role))
    watched.missing = 3

    answer = client.get(reverse("portfolio"))

    assert answer.status_code == 200
    assert "liipaisin" not in words_on(answer)


@pytest.mark.parametrize(("now", "looks"), [(1_059, 0), (1_061, 1)])
def test_pages_have_it_looked_at_once_a_minute_and_do_not_wait(watched, monkeypatch, now, looks):
    asked = []
    monkeypatch.setattr(health, "_ask", lambda: asked.append(now))
    monkeypatch.setattr(health, "monotonic", lambda: now)

    assert [health.missing_triggers() for _page in range(3)] == [0, 0, 0]
    assert len(asked) == looks


def test_a_database_that_somebody_holds_is_well(threads, client, watched):
    with somebody() as other:
        other.execute(HOLD)
        held = client.get("/healthz")
        other.execute("ROLLBACK")

    assert (held.status_code, held.content) == (200, b"ok\n")
    assert client.get("/healthz").status_code == 200
    assert watched.wanted is not None


def test_commands_do_not_look(monkeypatch):
    asked = []
    monkeypatch.setattr(health, "_ask", lambda: asked.append(1))

    assert health.missing_triggers() == 0
    assert asked == []
