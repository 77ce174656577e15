"""A server that takes connections and never answers holds up nobody for ever.

The server here is a socket: it lets everybody in and answers no query until it is told to.
"""

import socket
import struct
from contextlib import closing, suppress
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from psycopg.waiting import Ready, Wait

from mikrogrow.database import health
from mikrogrow.database.faults import Fault, fault_of
from mikrogrow.database.postgresql import base

# Django opens no connection in other tests.
pytestmark = pytest.mark.django_db

# The test fails then; nothing waits for it if all is well.
TOO_LONG_S = 20
ENDED = "the server has said nothing for 0 s"
ENCODING, ZONE, VERSION = (b"client_encoding", b"UTF8"), (b"TimeZone", b"UTC"), (b"server_version", b"17.0")


def message(kind, content):
    return kind + struct.pack("!I", len(content) + 4) + content


READY = message(b"Z", b"I")
WELCOME = b"".join(
    [
        message(b"R", struct.pack("!I", 0)),
        *(message(b"S", name + b"\0" + value + b"\0") for name, value in (ENCODING, ZONE, VERSION)),
        READY,
    ]
)
DONE = message(b"C", b"SET\0") + READY


class SilentServer:
    def __init__(self):
        self.may_answer = Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        client, _address = self.listener.accept()
        # It may have gone before it is answered.
        with client, suppress(OSError):
            client.recv(4096)
            client.sendall(WELCOME)
            while client.recv(4096) and self.may_answer.wait(TOO_LONG_S):
                client.sendall(DONE)

    def close(self):
        self.may_answer.set()
        self.listener.close()
        self.thread.join()


@pytest.fixture
def server():
    with closing(SilentServer()) as found:
        yield found


@pytest.fixture
def database(server):
    """Django's connection to it."""
    host, port = server.listener.getsockname()
    options = {"sslmode": "disable", "gssencmode": "disable", "connect_timeout": TOO_LONG_S}
    given = {**settings.DATABASES["default"], "ENGINE": "mikrogrow.database.postgresql", "OPTIONS": options}
    given |= {"HOST": host, "PORT": port, "NAME": "x", "USER": "x", "PASSWORD": "", "TIME_ZONE": None}
    with closing(base.DatabaseWrapper(given, "silent")) as found:
        found.connect()
        yield found


@pytest.fixture
def served(monkeypatch):
    """As in a process that serves; the health check is asked as soon as nothing comes."""
    monkeypatch.setattr(health, "watch", health.Watch(is_on=True))
    monkeypatch.setattr(base, "SILENT_S", 0)


def says(monkeypatch, answers):
    monkeypatch.setattr(health, "answers_soon", answers)


@pytest.mark.usefixtures("served")
def test_a_page_gets_an_error_once_nobody_is_answered(monkeypatch, database):
    says(monkeypatch, lambda: False)

    with pytest.raises(OperationalError, match=ENDED) as raised, database.cursor() as cursor:
        cursor.execute("SET x = 1")

    assert fault_of(raised.value) == Fault.AWAY


@pytest.mark.usefixtures("served")
def test_a_connection_that_was_silent_is_not_used_again(monkeypatch, server, database):
    says(monkeypatch, lambda: False)
    with pytest.raises(OperationalError), database.cursor() as cursor:
        cursor.execute("SET x = 1")
    server.may_answer.set()

    with pytest.raises((OperationalError, InterfaceError), match="the connection is closed"):
        database.cursor()

    assert database.connection.closed
    database.close_if_unusable_or_obsolete()
    assert database.connection is None


@pytest.mark.usefixtures("served")
def test_a_query_that_takes_long_while_others_are_answered_goes_on(monkeypatch, server, database):
    def answer_at_last():
        server.may_answer.set()
        return True

    says(monkeypatch, answer_at_last)

    with database.cursor() as cursor:
        cursor.execute("SET x = 1")
        assert cursor.statusmessage == "SET"


@pytest.mark.usefixtures("served")
def test_one_connection_that_hangs_alone_ends_after_what_no_query_takes(monkeypatch, database):
    says(monkeypatch, lambda: True)
    monkeypatch.setattr(base, "LONGEST_S", 0)

    with pytest.raises(OperationalError, match=ENDED), database.cursor() as cursor:
        cursor.execute("SET x = 1")


@pytest.mark.usefixtures("served")
def test_the_health_check_does_not_wait_for_itself(monkeypatch, database):
    monkeypatch.setattr(health, "connection", database)
    monkeypatch.setattr(health, "SOON_S", 0)
    database.inc_thread_sharing()

    assert not health.answers_soon()
    assert health._asked.result(TOO_LONG_S) is False


def test_a_command_waits_as_long_as_it_takes(monkeypatch, database):
    monkeypatch.setattr(base, "SILENT_S", 0)
    says(monkeypatch, lambda: pytest.fail("a command was cut"))

    def comes_late():
        heard = []
        for _tenth_of_a_second in range(3):
            heard.append((yield Wait.R))
        return heard

    assert database.connection.wait(comes_late()) == [Ready.NONE] * 3
