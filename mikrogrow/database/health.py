"""Whether the database answers and its triggers are there; said soon, and no page asks for it."""

import logging
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLateError
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.db import DatabaseError, OperationalError, connection

from mikrogrow.database.frozen import TRIGGERS
from mikrogrow.database.writing import is_busy, set_patience

logger = logging.getLogger(__name__)

SOON_S = 1.5
# A process that serves looks so often at most whether the triggers are there.
LOOK_EVERY_S = 60
PATIENCE_MS = 500
MISSING = "%d triggers are missing, so that what is approved can be changed. Run manage.py migrate."


@dataclass
class Watch:
    """What this process knows of the triggers. Commands do not watch them: `migrate` has none meanwhile."""

    is_on: bool = False
    # Which there must be; unknown until all of them were seen once, because tables may be missing, too.
    wanted: Collection[str] | None = None
    missing: int = 0
    looked_at: float = 0


watch = Watch()

# One thread with a connection of its own: a database that hangs holds up this one and no page.
_pool = ThreadPoolExecutor(1, thread_name_prefix="health")
_lock = Lock()
_asked: Future[bool] | None = None


def watch_triggers() -> None:
    """Called by a process that begins to serve. Not in the thread, which would not survive a fork."""
    watch.is_on = True
    _answers()


def missing_triggers() -> int:
    """How many this process last saw missing. Has it looked at again if that was a while ago; never waits."""
    if watch.is_on and monotonic() - watch.looked_at > LOOK_EVERY_S:
        watch.looked_at = monotonic()
        _ask()
    return watch.missing


def answers_soon() -> bool:
    """False after 1.5 seconds at most; nobody asks twice while an earlier question is unanswered."""
    try:
        return _ask().result(SOON_S)
    except TooLateError:
        return False


def _ask() -> Future[bool]:
    global _asked
    with _lock:
        if _asked is None or _asked.done():
            _asked = _pool.submit(_answers)
        return _asked


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        if watch.is_on:
            _look_at_triggers()
    except DatabaseError:
        return False
    finally:
        # Opened anew each time: an old connection can hang long after the database is gone.
        connection.close()
    return True


def _look_at_triggers() -> None:
    set_patience(connection, PATIENCE_MS)
    try:
        wanted = watch.wanted or TRIGGERS.wanted(connection).keys()
        missing = len(TRIGGERS.missing_of(wanted))
    except OperationalError as error:
        if not is_busy(error):
            raise
        # The database answers; there is a next time.
        return
    if missing and not watch.missing:
        logger.error(MISSING, missing)
    watch.wanted = None if missing else wanted
    watch.missing, watch.looked_at = missing, monotonic()
