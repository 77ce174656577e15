"""The two roles of PostgreSQL, by the statements of the README: one migrates, the other can only serve."""

import re
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection
from psycopg import errors, sql

from tests.support.places import ROOT, Place, address_of

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")

SERVE = """
import json
import mikrogrow.wsgi
from django.test import Client
from django.urls import reverse
from mikrogrow.database import health
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.factories import approve, make_part, make_plan, make_project, make_user
from tests.support.pages import send
health.SOON_S = 60
project, client = make_project(slug="hanke"), Client()
approve(make_plan(make_part(project)))
client.force_login(make_user(SYSTEM_ADMINISTRATOR))
pages = [client.get(address).status_code for address in ("/healthz", "/", "/projects/hanke/", "/findings/")]
saved = send(client, reverse("admin:projects_project_change", args=[project.pk]), {"short_name": "Uusi"})
project.refresh_from_db()
print(json.dumps([pages, saved.status_code, project.short_name]))
"""
FREE_ITSELF = [
    "DROP TRIGGER {trigger} ON financing_financingplan",
    "DROP FUNCTION {trigger} CASCADE",
    "CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER TABLE financing_financingplan DISABLE TRIGGER {trigger}",
    "ALTER TABLE financing_financingplan DISABLE TRIGGER ALL",
    "TRUNCATE financing_financingplan CASCADE",
    "DROP TABLE financing_financingplan CASCADE",
    "SET session_replication_role = replica",
    "SET ROLE {owner}",
    "CREATE TABLE public.own ()",
]


def statements(name):
    """Those of the README before and after it connects to the new database, with names of this test's own."""
    (block,) = re.findall(
        r"^```sql\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.S | re.M
    )
    before, after = re.sub(r"\bmikrogrow(?=_owner|_app|\b)", name, block).split(f"\\connect {name}\n")
    return [[each.strip() for each in part.split(";") if each.strip()] for part in (before, after)]


@pytest.fixture
def roles(tmp_path, transactional_db):
    name = f"{connection.settings_dict['NAME']}_roles"
    owner, app = f"{name}_owner", f"{name}_app"
    before, after = statements(name)
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        if not server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:
            pytest.skip("only a superuser of the server can make roles")
        drop(server, name, [owner, app])
        for statement in before:
            server.execute(statement)
        with psycopg.connect(address_of(name), autocommit=True) as inside:
            for statement in after:
                inside.execute(statement)
        yield SimpleNamespace(
            owner=Place(tmp_path, address_of(name, f"{owner}:one")),
            app=Place(tmp_path, address_of(name, f"{app}:another")),
            name=owner,
        )
        drop(server, name, [owner, app])


def drop(server, name, roles):
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    for role in roles:
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def test_one_role_migrates_and_the_other_serves_and_saves_and_cannot_free_itself(roles):
    migrated = roles.owner.manage("migrate", "-v0")
    assert (migrated.returncode, migrated.stderr) == (0, "")

    assert roles.app.asked(SERVE) == [[200, 200, 200, 200], 302, "Uusi"]

    with psycopg.connect(roles.app.url, autocommit=True) as served:
        found = served.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'frozen_%_update_financing_financingplan'"
        )
        names = {"trigger": sql.Identifier(found.fetchone()[0]), "owner": sql.Identifier(roles.name)}
        for statement in FREE_ITSELF:
            with pytest.raises(errors.InsufficientPrivilege):
                served.execute(sql.SQL(statement).format(**names))
        with pytest.raises(errors.RestrictViolation):
            served.execute("UPDATE financing_financingplan SET reason = 'Muu'")
    refused = roles.app.manage("migrate", "projects", "zero")
    assert refused.returncode == 1
    assert "must be owner of" in refused.stderr
