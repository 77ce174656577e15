"""What is wrong with the database itself, as opposed to what was asked of it."""

import errno
import sqlite3
from enum import Enum

from django.db import InterfaceError, OperationalError

from mikrogrow.database.writing import is_busy


class Fault(Enum):
    BUSY = "busy"
    FULL = "full"
    AWAY = "away"


# PostgreSQL's disk_full; connections, resources, an administrator's stop, the system.
FULL = "53100"
AWAY = ("08", "53", "57P", "58")
SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_CANTOPEN: Fault.AWAY,
    sqlite3.SQLITE_IOERR: Fault.AWAY,
    sqlite3.SQLITE_READONLY: Fault.AWAY,
}


def fault_of(error: BaseException | None) -> Fault | None:
    """None if the fault is our own."""
    if isinstance(error, OSError):
        # A file that was sent goes to the disk first.
        return Fault.FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else None
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    if is_busy(error):
        return Fault.BUSY
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind; the rest says which of it. An error of Python's own has no code.
        return SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state == FULL:
        return Fault.FULL
    # Without a state nothing came from the server.
    return Fault.AWAY if state is None or state.startswith(AWAY) else None
