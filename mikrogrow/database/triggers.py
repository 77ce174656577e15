"""Triggers of the database that one module describes: made after migrations, away while they run.

SQLite rebuilds whole tables in migrations, and a trigger that looks at another table is in its way.
A trigger's name has a digest of its own SQL: one that was made from an older description counts as missing.
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
    """All triggers whose names begin with `prefix`; `wanted` gives the statements that make each, by name."""

    prefix: str
    wanted: Callable[[BaseDatabaseWrapper], dict[str, list[str]]]

    def follow_migrations(self, app: AppConfig) -> None:
        """Takes the triggers away before migrations of an app and makes them after; called in its ready()."""
        pre_migrate.connect(self._before, sender=app, dispatch_uid=f"{self.prefix}{app.label}")
        post_migrate.connect(self._after, sender=app, dispatch_uid=f"{self.prefix}{app.label}")

    def drop(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Takes every trigger of the set away, also of tables that are not described any more."""
        connection = connections[using]
        with transaction.atomic(using):
            self._drop(connection, self._existing(connection))

    def make(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Makes what is missing and drops what is outdated; touches nothing where all are there."""
        connection = connections[using]
        with transaction.atomic(using):
            wanted, existing = self.wanted(connection), self._existing(connection)
            self._drop(connection, existing - wanted.keys())
            with connection.cursor() as cursor:
                for name in sorted(wanted.keys() - existing):
                    for statement in wanted[name]:
                        cursor.execute(statement)

    def missing(self, using: str = DEFAULT_DB_ALIAS) -> list[str]:
        """Names of the triggers that should be there and are not; none of a table that does not exist yet."""
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
        # On PostgreSQL the trigger goes with its function, also where a function was left without one.
        pattern = "DROP FUNCTION {}() CASCADE" if is_postgresql(connection) else "DROP TRIGGER {}"
        with connection.cursor() as cursor:
            for name in sorted(names):
                cursor.execute(pattern.format(quoted(name)))


def function_and_trigger(name: str, body: str, when: str) -> list[str]:
    """The statements that make a trigger of PostgreSQL with its function, both called `name`.

    `when` is what stands between the trigger's name and what it executes.
    """
    return [
        # A disabled trigger, and a function that lost its own, make way.
        f"DROP FUNCTION IF EXISTS {quoted(name)}() CASCADE",
        f"CREATE FUNCTION {quoted(name)}() RETURNS trigger LANGUAGE plpgsql AS {text(body)}",
        f"CREATE TRIGGER {quoted(name)} {when} EXECUTE FUNCTION {quoted(name)}()",
    ]


def rows_of(event: str) -> tuple[str, ...]:
    """The rows that a trigger of an event sees: the old one, the new one or both; none of TRUNCATE."""
    return {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",), "TRUNCATE": ()}[event]


def is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    """True on PostgreSQL, False on SQLite."""
    return connection.vendor == "postgresql"


def quoted(name: str) -> str:
    """The name of a table, column or trigger in SQL."""
    return f'"{name}"'


def text(value: str) -> str:
    """A string in SQL."""
    return "'{}'".format(str(value).replace("'", "''"))
