"""Several people at the same moment, each in a thread with a connection and real transactions of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event
from typing import Any

from django.db import connection, transaction

from mikrogrow.database.writing import lock_projects

PEOPLE = 8


@contextmanager
def shared_between_threads(folder: Path) -> Iterator[None]:
    """The test database where every thread sees it: on SQLite as a file in the folder, as in use.

    The database in memory that the other tests use cannot make one writer wait for another.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = folder / "mikrogrow.sqlite3"
    with sqlite3.connect(path) as file:
        in_memory.backup(file)
    file.close()
    # A thread that connects reads these very settings, all of the application's options among them.
    connection.settings_dict["NAME"], connection.connection = path, None
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, in_memory


def at_once(act: Callable[[int], Any], people: int = PEOPLE) -> list[Any]:
    """What `act` gives to each of the people, who all begin together."""
    gate = Barrier(people)

    def begin(number: int) -> Any:
        try:
            gate.wait(10)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(begin, range(people)))


def lose_patience() -> None:
    """Makes this thread's connection give up soon where it would wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA busy_timeout = 200" if connection.vendor == "sqlite" else "SET lock_timeout = '200ms'"
        )


@contextmanager
def impatient() -> Iterator[None]:
    """The same for the test's own thread, until the end of the block."""
    lose_patience()
    try:
        yield
    finally:
        # The next connection waits as long as ever.
        connection.close()


@contextmanager
def held_by_somebody_else(project: Any) -> Iterator[None]:
    """Another connection has locked the project and does not let go, as an open psql would."""
    holds, done = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                lock_projects([project.pk])
                holds.set()
                done.wait(60)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold)
        assert holds.wait(10)
        try:
            yield
        finally:
            done.set()
