"""Opens pages, their floors and what they allocate."""

import tracemalloc
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from mikrogrow.database.versions import renew_version
from projects.models import Project
from tests.benchmarks.measure import Result
from tests.benchmarks.urls import RECORDED


def opening(client: Client, address: str) -> Callable[[], Any]:
    """Opens a page and sees that it is there."""

    def run() -> Any:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return run


def record(run: Callable[[], Any]) -> None:
    """Keeps what is asked of the database, so that the floor can ask the same.

    A floor is all rows that a page shows or counts, also where the page itself has kept some of them.
    """
    RECORDED.clear()

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith("SELECT"):
            RECORDED.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        run()


def changing(project: Project) -> Callable[[], Any]:
    """Gives a project's rows another version, so that nothing cached of it is valid any more."""
    return lambda: renew_version(project.pk)


def allocation(what: str, run: Callable[[], Any]) -> Result:
    """The most memory that a page takes, over its own bytes: kB in the columns of times."""
    run()
    tracemalloc.start()
    size = len(run().content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Result(what, "bytes of the page (kB)", peak / 1000, size / 1000, peak / 1000, 0, 15)
