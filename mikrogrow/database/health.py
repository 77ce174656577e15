"""Whether the database answers, said soon even if it does not."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLateError
from threading import Lock

from django.db import DatabaseError, connection

SOON_S = 1.5

# One thread with a connection of its own: a database that hangs holds up this one and no page.
_pool = ThreadPoolExecutor(1, thread_name_prefix="health")
_lock = Lock()
_asked: Future[bool] | None = None


def answers_soon() -> bool:
    """False after 1.5 seconds at most; nobody asks twice while an earlier question is unanswered."""
    global _asked
    with _lock:
        if _asked is None or _asked.done():
            _asked = _pool.submit(_answers)
        question = _asked
    try:
        return question.result(SOON_S)
    except TooLateError:
        return False


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return False
    finally:
        # Opened anew each time: an old connection can hang long after the database is gone.
        connection.close()
    return True
