"""The demonstration for tests: loaded once a process, and after that its rows are written again."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    with transaction.atomic(), without_triggers() as cursor:
        _empty(cursor)
        for table, (columns, rows) in _rows.items():
            names, values = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({values})", rows)  # noqa: S608
    # What a test before has computed of them after it changed them past the history.
    for version in Version.objects.all():
        renew_version(version.project)


def _read_rows() -> None:
    with connection.cursor() as cursor:
        for table in _filled_tables():
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
            if rows := cursor.fetchall():
                _rows[table] = [column[0] for column in cursor.description], rows


def empty_tables() -> None:
    """Takes away every row that a test can have made: approved ones too, which nothing else may delete."""
    with transaction.atomic(), without_triggers() as cursor:
        _empty(cursor)


def _empty(cursor: CursorWrapper) -> None:
    # Faster than TRUNCATE on PostgreSQL: nearly all of them are empty.
    for table in _filled_tables():
        cursor.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608


def _filled_tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - MADE_ONCE)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def without_triggers() -> Iterator[CursorWrapper]:
    """Neither triggers nor, on PostgreSQL, foreign keys look at what is written meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        # Making the same ones again from our descriptions takes most of such a test's time.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {_quoted(name)}")
        yield cursor
        for _name, sql in triggers:
            cursor.execute(sql)
