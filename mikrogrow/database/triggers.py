"""Creates a set of triggers after `migrate` and drops it before.

SQLite rebuilds whole tables in migrations, and a trigger that looks at another table is in its way.
A trigger's name has a digest of its own SQL, so one with outdated SQL counts as missing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

# PostgreSQL cuts longer names.
LONGEST_NAME = 63


@dataclass(frozen=True)
class TriggerSet:
    """The triggers whose names begin with `prefix`; `wanted` gives the statements that make each, by name."""

    prefix: str
    wanted: Callable[[BaseDatabaseWrapper], dict[str, list[str]]]

    def follow_migrations(self, app: AppConfig) -> None:
        """Drops the triggers before an app's migrations and makes them after. Call in its ready()."""
        pre_migrate.connect(self._before, sender=app, dispatch_uid=f"{self.prefix}{app.label}")
        post_migrate.connect(self._after, sender=app, dispatch_uid=f"{self.prefix}{app.label}")

    def drop(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Drops every trigger of the set, also of tables that need none any more."""
        connection = connections[using]
        with transaction.atomic(using):
            self._drop(connection, self._existing(connection))

    def make(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Makes what is missing and drops what is outdated."""
        connection = connections[using]
        with transaction.atomic(using):
            wanted, existing = self.wanted(connection), self._existing(connection)
            self._drop(connection, existing - wanted.keys())
            with connection.cursor() as cursor:
                for name in sorted(wanted.keys() - existing):
                    for statement in wanted[name]:
                        cursor.execute(statement)

    def missing(self, using: str = DEFAULT_DB_ALIAS) -> list[str]:
        """Names of missing triggers; none of a table that does not exist yet."""
        connection = connections[using]
        return sorted(self.wanted(connection).keys() - self._existing(connection))

    def name(self, event: str, table: str, body: str) -> str:
        """The name of a trigger, with the digest of what it does."""
        digest = sha256(f"{table} {event} {body}".encode()).hexdigest()[:8]
        return f"{self.prefix}{digest}_{event.lower()}_{table}"[:LONGEST_NAME]

    def _before(self, using: str, plan: Any = None, **kwargs: Any) -> None:
        if plan:
            self.drop(using)

    def _after(self, using: str, **kwargs: Any) -> None:
        self.make(using)

    def _existing(self, connection: BaseDatabaseWrapper) -> set[str]:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_postgresql(connection):
            query = (
                "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'D'"
            )
        with connection.cursor() as cursor:
            cursor.execute(query)
            return {name for (name,) in cursor.fetchall() if name.startswith(self.prefix)}

    @staticmethod
    def _drop(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
        # On PostgreSQL the trigger goes with its function; a function may have lost its trigger.
        pattern = "DROP FUNCTION {}() CASCADE" if is_postgresql(connection) else "DROP TRIGGER {}"
        with connection.cursor() as cursor:
            for name in sorted(names):
                cursor.execute(pattern.format(sql_name(name)))


def function_and_trigger(name: str, body: str, when: str) -> list[str]:
    """The statements that make a trigger of PostgreSQL with its function, both called `name`.

    `when` is the SQL between the trigger's name and what it executes.
    """
    return [
        # A disabled trigger, and a function that lost its own, make way.
        f"DROP FUNCTION IF EXISTS {sql_name(name)}() CASCADE",
        f"CREATE FUNCTION {sql_name(name)}() RETURNS trigger LANGUAGE plpgsql AS {sql_text(body)}",
        f"CREATE TRIGGER {sql_name(name)} {when} EXECUTE FUNCTION {sql_name(name)}()",
    ]


def rows_of(event: str) -> tuple[str, ...]:
    """The rows that a trigger of an event sees."""
    return {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",), "TRUNCATE": ()}[event]


def is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql"


def sql_name(name: str) -> str:
    return f'"{name}"'


def sql_text(value: str) -> str:
    return "'{}'".format(str(value).replace("'", "''"))
