"""A server that takes connections and never answers is an error soon, not a page that loads for ever.

TCP does not notice it: the machine, or a proxy before it, goes on acknowledging what is sent.
"""

from time import monotonic
from types import SimpleNamespace
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import PQGen

from mikrogrow.database import health
from mikrogrow.database.writing import LONGEST_QUERY_MS

Result = TypeVar("Result")

# Longer than anybody waits for a lock. After so long in silence the health check is asked, so that a query
# that takes long while others are answered goes on.
SILENT_S = 10
# The server itself ends a query before.
LONGEST_S = LONGEST_QUERY_MS / 1000 + SILENT_S


class SilentServerError(psycopg.OperationalError):
    pass


class Connection(psycopg.Connection[Any]):
    def wait(self, gen: PQGen[Result], *args: Any, **options: Any) -> Result:
        # Commands wait: a migration takes as long as it takes.
        if not health.watch.is_on:
            return super().wait(gen, *args, **options)
        try:
            return super().wait(_heard(gen), *args, **options)
        except SilentServerError:
            # The answer may still come, and would be taken for that of the next query.
            self.close()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    # What Django takes from its module of PostgreSQL: errors, and how to connect.
    Database = SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})  # type: ignore[assignment]


def _heard(gen: PQGen[Result]) -> PQGen[Result]:
    """The same, but for an error after a long silence. It is told every tenth of a second how it stands."""
    heard = asked = monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            now = monotonic()
            if ready:
                heard = asked = now
            elif now - asked >= SILENT_S:
                if now - heard >= LONGEST_S or not health.answers_soon():
                    raise SilentServerError(f"the server has said nothing for {now - heard:.0f} s")
                asked = monotonic()
            wanted = gen.send(ready)
    except StopIteration as end:
        result: Result = end.value
        return result
