"""The demonstration for tests: loaded once a process, and after that its rows are written again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from mikrogrow.database.versions import renew_version
from mikrogrow.demonstration import load_demonstration
from mikrogrow.models import Version

# What migrating has made, and no test that commits changes: roles with their rights.
MADE_ONCE = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}

# By table: the names of its columns, which a test of migrations can put in another order, and its rows.
_rows: dict[str, tuple[list[str], list[tuple]]] = {}


def put_demonstration() -> None:
    """The demonstration in a database without rows of tests."""
    # Rows that are there already could have the keys of those that are written.
    assert not get_user_model().objects.exists(), "Put the demonstration before anything else."
    if not _rows:
        load_demonstration()
        _read_rows()
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            filled = _filled_tables(cursor)
        # Dropping those that nothing fires would take a good part of the time.
        with without_triggers("insert", *(["delete"] if filled else [])) as cursor:
            _empty(cursor, filled)
            _write_rows(cursor)
    # What a test before has computed of them after it changed them past the history.
    for version in Version.objects.all():
        renew_version(version.project)


def _write_rows(cursor: CursorWrapper) -> None:
    for table, (columns, rows) in _rows.items():
        names, values = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({values})", rows)  # noqa: S608


def _read_rows() -> None:
    with connection.cursor() as cursor:
        for table in _filled_tables(cursor):
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
            rows = [_writable(row) for row in cursor.fetchall()]
            _rows[table] = [column[0] for column in cursor.description], rows


def _writable(row: tuple) -> tuple:
    """As the database takes it: SQLite reads times of day that it does not take, and days slowly."""
    ops = connection.ops
    adapters = {
        datetime: ops.adapt_datetimefield_value,
        date: ops.adapt_datefield_value,
        time: ops.adapt_timefield_value,
    }
    return tuple(adapters[type(value)](value) if type(value) in adapters else value for value in row)


def empty_tables() -> None:
    """Takes away every row that a test can have made: approved ones too, which nothing else may delete."""
    with transaction.atomic(), without_triggers("delete") as cursor:
        _empty(cursor, _filled_tables(cursor))


def _empty(cursor: CursorWrapper, tables: list[str]) -> None:
    # Faster than TRUNCATE on PostgreSQL.
    for table in tables:
        cursor.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608


def _filled_tables(cursor: CursorWrapper) -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    found = []
    for table in sorted(set(names) - MADE_ONCE):
        cursor.execute(f"SELECT 1 FROM {_quoted(table)} LIMIT 1")  # noqa: S608
        if cursor.fetchone():
            found.append(table)
    return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def without_triggers(*events: str) -> Iterator[CursorWrapper]:
    """Neither triggers nor, on PostgreSQL, foreign keys look at what is written meanwhile.

    With events ("insert", "update", "delete"), SQLite keeps the triggers of the others.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        # Making the same ones again from our descriptions takes most of such a test's time.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [
            (name, sql)
            for name, sql in cursor.fetchall()
            if not events or any(f"_{event}_" in name for event in events)
        ]
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {_quoted(name)}")
        yield cursor
        for _name, sql in triggers:
            cursor.execute(sql)
