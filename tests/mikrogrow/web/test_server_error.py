"""What is answered where the database is away or full, and where the fault is ours."""

import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.urls import get_resolver

from mikrogrow.database.writing import is_out_of_reach
from mikrogrow.web.views import server_error
from tests.support.pages import Page


def sqlite_error(name):
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode = getattr(sqlite3, name)
    return error


CASES = [
    (OperationalError(), psycopg.OperationalError("connection refused"), True),
    (InterfaceError(), psycopg.InterfaceError("the connection is closed"), True),
    (OperationalError(), psycopg.errors.DiskFull(), True),
    (OperationalError(), psycopg.errors.AdminShutdown(), True),
    (OperationalError(), psycopg.errors.TooManyConnections(), True),
    (OperationalError(), psycopg.errors.LockNotAvailable(), False),
    (DatabaseError(), psycopg.errors.UndefinedTable(), False),
    (OperationalError(), sqlite_error("SQLITE_FULL"), True),
    (OperationalError(), sqlite_error("SQLITE_IOERR_WRITE"), True),
    (OperationalError(), sqlite_error("SQLITE_BUSY"), False),
    (OperationalError(), sqlite_error("SQLITE_ERROR"), False),
    (InterfaceError(), sqlite3.InterfaceError("bad parameter"), False),
]


@pytest.mark.parametrize(("error", "cause", "expected"), CASES)
def test_a_database_that_is_away_or_full_is_told_from_a_fault_of_ours(error, cause, expected):
    error.__cause__ = cause

    assert is_out_of_reach(error) is expected


def answered(rf, error):
    try:
        raise error
    except Exception:
        return server_error(rf.get("/"))


def test_a_database_that_is_away_has_a_page_of_its_own(rf):
    error = OperationalError()
    error.__cause__ = psycopg.OperationalError("connection refused")

    response = answered(rf, error)

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert Page(response).headings == ["Tietokanta ei vastaa"]


def test_a_busy_database_and_a_fault_of_ours_keep_their_pages(rf):
    busy = OperationalError()
    busy.__cause__ = psycopg.errors.LockNotAvailable()

    assert Page(answered(rf, busy)).headings == ["Tietokanta on varattu"]
    fault = answered(rf, ValueError())
    assert (fault.status_code, Page(fault).headings) == (500, ["Ohjelmassa on virhe"])
    assert get_resolver().resolve_error_handler(500) is server_error


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
    assert Page(answers[-1]).headings == ["Tietokanta ei vastaa"]
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert _try_to_log_in(client, 60).status_code == 200


def _try_to_log_in(client, number):
    return client.post("/accounts/login/", {"username": f"tuntematon {number}", "password": "ei ole"})
