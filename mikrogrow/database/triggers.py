"""Creates a set of triggers after `migrate` and drops it before.

SQLite rebuilds tables in migrations and fails if a trigger of another table refers to them. A trigger's name
contains a digest of its SQL, so one with outdated SQL counts as missing.
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
    """Triggers whose names start with `prefix`; `wanted` returns the statements that make each, by name."""

    prefix: str
    wanted: Callable[[BaseDatabaseWrapper], dict[str, list[str]]]

    def follow_migrations(self, app: AppConfig) -> None:
        """Call it in the app's ready()."""
        pre_migrate.connect(self._before, sender=app, dispatch_uid=f"{self.prefix}{app.label}")
        post_migrate.connect(self._after, sender=app, dispatch_uid=f"{self.prefix}{app.label}")

    def drop(self, using: str = DEFAULT_DB_ALIAS) -> None:
        connection = connections[using]
        with transaction.atomic(using):
            self._drop(connection, self._existing(connection))

    def make(self, using: str = DEFAULT_DB_ALIAS) -> None:
        connection = connections[using]
        with transaction.atomic(using):
            wanted, existing = self.wanted(connection), self._existing(connection)
            self._drop(connection, existing - wanted.keys())
            with connection.cursor() as cursor:
                for name in sorted(wanted.keys() - existing):
                    for statement in wanted[name]:
                        cursor.execute(statement)

    def missing(self, using: str = DEFAULT_DB_ALIAS) -> list[str]:
        """Names of missing triggers, except for tables that do not exist yet."""
        return self.missing_of(self.wanted(connections[using]), using)

    def missing_of(self, wanted: Iterable[str], using: str = DEFAULT_DB_ALIAS) -> list[str]:
        """As `missing`, in one query, of names that `wanted` returned before."""
        return sorted(set(wanted) - self._existing(connections[using]))

    def name(self, event: str, table: str, body: str) -> str:
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
                "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled IN ('O', 'A')"
            )
        with connection.cursor() as cursor:
            cursor.execute(query)
            return {name for (name,) in cursor.fetchall() if name.startswith(self.prefix)}

    @staticmethod
    def _drop(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
        # CASCADE takes the trigger along.
        pattern = "DROP FUNCTION {}() CASCADE" if is_postgresql(connection) else "DROP TRIGGER {}"
        with connection.cursor() as cursor:
            for name in sorted(names):
                cursor.execute(pattern.format(sql_name(name)))


# Those of an earlier release: dropped before a migration, and never made again.
RETIRED = TriggerSet("edition_", lambda connection: {})


def is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql"


def sql_name(name: str) -> str:
    return f'"{name}"'


def sql_text(value: str) -> str:
    return "'{}'".format(str(value).replace("'", "''"))
