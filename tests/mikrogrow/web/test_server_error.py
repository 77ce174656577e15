"""Which error is the database's own, and what a disk that is really full is answered."""

import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection

from mikrogrow.database.faults import Fault, fault_of
from tests.support.pages import Page


def sqlite_error(name):
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode = getattr(sqlite3, name)
    return error


# And every code that says more exactly which of it.
SQLITE_KINDS = {
    "SQLITE_FULL": Fault.FULL,
    "SQLITE_CANTOPEN": Fault.AWAY,
    "SQLITE_IOERR": Fault.BROKEN,
    "SQLITE_READONLY": Fault.READ_ONLY,
    "SQLITE_BUSY": Fault.BUSY,
    "SQLITE_LOCKED": Fault.BUSY,
}
CASES = [
    *(
        (OperationalError(), sqlite_error(name), fault)
        for kind, fault in SQLITE_KINDS.items()
        for name in dir(sqlite3)
        if name == kind or name.startswith(f"{kind}_")
    ),
    (OperationalError(), psycopg.OperationalError("connection refused"), Fault.AWAY),
    (InterfaceError(), psycopg.InterfaceError("the connection is closed"), Fault.AWAY),
    (OperationalError(), psycopg.errors.DiskFull(), Fault.FULL),
    (OperationalError(), psycopg.errors.AdminShutdown(), Fault.AWAY),
    (OperationalError(), psycopg.errors.TooManyConnections(), Fault.AWAY),
    (OperationalError(), psycopg.errors.LockNotAvailable(), Fault.BUSY),
    (DatabaseError(), psycopg.errors.UndefinedTable(), None),
    (OperationalError(), psycopg.errors.IoError(), Fault.BROKEN),
    (InternalError(), psycopg.errors.ReadOnlySqlTransaction(), Fault.READ_ONLY),
    (InternalError(), psycopg.errors.InFailedSqlTransaction(), None),
    (InternalError(), psycopg.InternalError("bad poll status"), None),
    (OperationalError(), sqlite_error("SQLITE_ERROR"), None),
    (InterfaceError(), sqlite3.InterfaceError("bad parameter"), None),
]


@pytest.mark.parametrize(("error", "cause", "expected"), CASES)
def test_a_database_that_is_away_or_full_is_told_from_a_fault_of_ours(error, cause, expected):
    error.__cause__ = cause

    assert fault_of(error) is expected


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's disk cannot be filled by a test")
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_answered_in_words_and_saves_once_there_is_room(client):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        # No page is left over that could take what is written.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA max_page_count = 1")
    try:
        # Counting a try to log in is a write.
        answers = [_try_to_log_in(client, number) for number in range(60)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert answers[-1].status_code == 503
    assert Page(answers[-1]).headings == ["Palvelimen levy on täynnä"]
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert _try_to_log_in(client, 60).status_code == 200


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has it another way")
@pytest.mark.django_db
def test_a_database_that_takes_no_writes_is_not_said_to_be_away(client):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
    try:
        answer = _try_to_log_in(client, 0)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = 0")

    assert answer.status_code == 503
    assert Page(answer).headings == ["Tietokantaan ei voi kirjoittaa"]


def _try_to_log_in(client, number):
    return client.post("/accounts/login/", {"username": f"tuntematon {number}", "password": "ei ole"})
