"""What is wrong with the database itself, as opposed to what was asked of it."""

import errno
import sqlite3
from enum import Enum

from django.db import InterfaceError, InternalError, OperationalError

from mikrogrow.database.writing import is_busy


class Fault(Enum):
    BUSY = "busy"
    FULL = "full"
    AWAY = "away"
    BROKEN = "broken"
    READ_ONLY = "read only"


# How SQLSTATE begins, the longest first: disk_full, read_only_sql_transaction (a replica), an
# administrator's stop, connections, resources, what the system reports of files.
POSTGRESQL = {
    "53100": Fault.FULL,
    "25006": Fault.READ_ONLY,
    "57P": Fault.AWAY,
    "08": Fault.AWAY,
    "53": Fault.AWAY,
    "58": Fault.BROKEN,
}
SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_CANTOPEN: Fault.AWAY,
    sqlite3.SQLITE_IOERR: Fault.BROKEN,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
}


def fault_of(error: BaseException | None) -> Fault | None:
    """None if the fault is our own."""
    if isinstance(error, OSError):
        # A file that was sent goes to the disk first.
        return Fault.FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else None
    # A write that a replica refuses is an "internal" error.
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return None
    if is_busy(error):
        return Fault.BUSY
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind; the rest says which of it. An error of Python's own has no code.
        return SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # Nothing came from the server.
        return None if isinstance(error, InternalError) else Fault.AWAY
    return next((fault for start, fault in POSTGRESQL.items() if state.startswith(start)), None)
