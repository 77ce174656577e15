"""The version of a project's rows, stored in the database: every change renews it, also plain SQL.

Triggers renew a random number, the project's mark, whenever a row of the project changes, and the common
mark if the row belongs to no project (an organisation, a funding source). What was computed from the rows
is valid while their version is the same (cache.py), in any number of processes.

Read the version before the rows, so that a cached value is never older than its version says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from secrets import randbelow
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import post_migrate
from django.utils.translation import gettext as _

from mikrogrow.belonging import owner_keys
from mikrogrow.database.triggers import TriggerSet, function_and_trigger, is_postgresql, rows_of, sql_name
from mikrogrow.models import Mark

MISSING = "mikrogrow.W002"
ROOT = "projects.project"
# The "project" of rows that belong to none.
COMMON = 0
EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
# What pages show of a user; last_login changes nothing.
USER_COLUMNS = ("username", "first_name", "last_name")
TABLE = sql_name(Mark._meta.db_table)
# Below 2^48, so that no sum of marks overflows.
SQLITE_NUMBER = "(random() & 281474976710655)"
POSTGRESQL_NUMBER = "floor(random() * 281474976710656)::bigint"

RowVersion = tuple[int, int]

_watched: list[str] = []


def watch(app: AppConfig) -> None:
    """Watches an app's tables from its next migration on. Call it once, in ready()."""
    _watched.append(app.label)
    TRIGGERS.follow_migrations(app)
    post_migrate.connect(_renew_common, sender=app, dispatch_uid=f"editions.{app.label}")


def row_versions(projects: Iterable[int]) -> dict[int, RowVersion]:
    """By the project's key, in one query. A project is missing if the database has no marks at all."""
    ids = list(projects)
    sums: defaultdict[int, int] = defaultdict(int)
    for project, number in Mark.objects.filter(project__in=[COMMON, *ids]).values_list("project", "number"):
        sums[project] += number
    return {project: (sums[COMMON], sums[project]) for project in ids if sums}


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Warning(
            _(
                "Muutoksista ei jää merkkiä: tietokannasta puuttuu %(number)s liipaisinta, ensimmäinen "
                "%(first)s. Sivut voivat näyttää vanhoja lukuja."
            )
            % {"number": len(missing), "first": missing[0]},
            hint=_("Suorita manage.py migrate."),
            id=MISSING,
        )
        for using in databases or ()
        if (missing := TRIGGERS.missing(using))
    ]


def _renew_common(using: str, **kwargs: Any) -> None:
    # During migrations there are no triggers that would have renewed it.
    connection = connections[using]
    if Mark._meta.db_table in connection.introspection.table_names():
        with transaction.atomic(using):
            Mark.objects.using(using).filter(project=COMMON).delete()
            Mark.objects.using(using).create(project=COMMON, number=randbelow(2**48))


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
    if Mark._meta.db_table not in existing:
        return {}
    make = _postgresql if is_postgresql(connection) else _sqlite
    return dict(made for change in _changes() if change.table in existing for made in make(change))


@dataclass(frozen=True)
class _Change:
    """A statement on a table. `project_of` takes a row's SQL name and returns SQL for its project's key."""

    table: str
    event: str
    project_of: Callable[[str], str]


def _changes() -> Iterator[_Change]:
    for model in _models():
        for event in EVENTS:
            yield _Change(model._meta.db_table, event, partial(_project_of, model))
    columns = ", ".join(map(sql_name, USER_COLUMNS))
    yield _Change(get_user_model()._meta.db_table, f"UPDATE OF {columns}", lambda row: str(COMMON))


def _models() -> list[type[Model]]:
    return [
        model
        for label in _watched
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        # History records always come with a change of their row.
        if not hasattr(model, "instance_type")
    ]


def _project_of(model: type[Model], row: str, depth: int = 0) -> str:
    """SQL for the key of a row's project: COMMON if it has none or its owner is gone."""
    if model._meta.label_lower == ROOT:
        return f"{row}.id"
    ways = []
    for key in owner_keys(model):
        owner, alias = key.related_model, f"o{depth}"
        column = f"{row}.{sql_name(key.column)}"
        if owner._meta.label_lower == ROOT:
            ways.append(column)
        else:
            inner = _project_of(owner, alias, depth + 1)
            table = sql_name(owner._meta.db_table)
            ways.append(f"(SELECT {inner} FROM {table} {alias} WHERE {alias}.id = {column})")
    return f"COALESCE({', '.join(ways)}, {COMMON})" if ways else str(COMMON)


def _sqlite(change: _Change) -> Iterator[tuple[str, list[str]]]:
    verb = change.event.split()[0]
    if verb == "TRUNCATE":
        return
    marks = [
        f"UPDATE {TABLE} SET number = {SQLITE_NUMBER} WHERE project = {key}; "
        f"INSERT INTO {TABLE} (project, number) SELECT {key}, {SQLITE_NUMBER} "
        f"WHERE NOT EXISTS (SELECT 1 FROM {TABLE} WHERE project = {key});"
        for key in dict.fromkeys(change.project_of(row) for row in rows_of(verb))
    ]
    body = f"BEGIN {' '.join(marks)} END"
    name = TRIGGERS.name(verb, change.table, body)
    when = f"AFTER {change.event} ON {sql_name(change.table)} FOR EACH ROW"
    yield name, [f"CREATE TRIGGER {sql_name(name)} {when} {body}"]


def _postgresql(change: _Change) -> Iterator[tuple[str, list[str]]]:
    verb = change.event.split()[0]
    key = change.project_of("r")
    # A constant key needs no rows, and PostgreSQL gives none to triggers of UPDATE OF columns.
    tables = () if key == str(COMMON) else rows_of(verb)
    keys = " UNION ".join(f"SELECT {key} FROM {table.lower()}_rows r" for table in tables)
    body = (
        f"DECLARE key bigint; BEGIN FOR key IN {keys or f'SELECT {COMMON}'} LOOP {RENEW} END LOOP; "
        "RETURN NULL; END"
    )
    name = TRIGGERS.name(verb, change.table, body)
    seen = " ".join(f"{table} TABLE AS {table.lower()}_rows" for table in tables)
    referencing = f"REFERENCING {seen}" if seen else ""
    when = f"AFTER {change.event} ON {sql_name(change.table)} {referencing} FOR EACH STATEMENT"
    yield name, function_and_trigger(name, body, when)


# Skip a mark that another transaction has locked and add one more: nobody waits, so marks never deadlock.
RENEW = (
    f"UPDATE {TABLE} SET number = {POSTGRESQL_NUMBER} WHERE id = "
    f"(SELECT m.id FROM {TABLE} m WHERE m.project = key ORDER BY m.id LIMIT 1 FOR UPDATE SKIP LOCKED); "
    f"IF NOT FOUND THEN INSERT INTO {TABLE} (project, number) VALUES (key, {POSTGRESQL_NUMBER}); END IF;"
)

TRIGGERS = TriggerSet("edition_", _wanted)
