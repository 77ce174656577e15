"""The database into one file and back: SQLite by itself, PostgreSQL by its own programs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, run
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.translation import gettext as _

from mikrogrow.management.backups.copying import copy_file, new_file, sync
from mikrogrow.management.backups.manifest import BackupError

SESSIONS = Session._meta.db_table
# Somebody who saves holds the database for less.
PATIENCE_S = 60
# What SQLite keeps beside a database: what is left of another one would be written into this.
BESIDE = ("", "-journal", "-wal", "-shm")


def dump(target: Path) -> None:
    """As it is at one moment, also while others write, and without sessions: who reads it logs in nowhere."""
    # An empty file, so that nobody else reads it from the beginning.
    new_file(target).close()
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        options = ["--format=custom", f"--exclude-table-data={SESSIONS}", f"--file={target}"]
        _run("pg_dump", *options, "--no-owner", "--no-privileges")
    sync(target)


def _dump_sqlite(target: Path) -> None:
    # Not the backup API: it would begin again at every write.
    with closing(_open(_sqlite_file())) as source:
        source.execute("VACUUM INTO ?", [str(target)])
    with closing(_open(target)) as copy:
        # Debian's SQLite does so by itself, others may leave the deleted bytes in the file.
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608


def _open(path: Path) -> sqlite3.Connection:
    """Never makes a database that is not there."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_S, isolation_level=None
    )


def load(source: Path, digest: str) -> None:
    """Into an empty database; all of it or nothing."""
    if connection.vendor == "sqlite":
        target = _sqlite_file()
        aside = target.with_name(f"{target.name}.part")
        aside.unlink(missing_ok=True)
        if copy_file(source, aside) != digest:
            raise BackupError(_("Tietokannan kopiointi ei onnistunut: kopio on toinen kuin alkuperäinen."))
        aside.rename(target)
        sync(target.parent)
        return
    name = str(connection.settings_dict["NAME"])
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"]
    _run("pg_restore", *options, f"--dbname={name}", str(source))


def is_empty() -> bool:
    if connection.vendor == "sqlite":
        path = _sqlite_file()
        return not any(path.with_name(f"{path.name}{ending}").exists() for ending in BESIDE)
    return not connection.introspection.table_names()


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _run(program: str, *options: str) -> None:
    try:
        done = run(  # noqa: S603
            [program, "--no-password", *options], env=_environment(), stderr=PIPE, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BackupError(
            _("Ohjelmaa %(program)s ei löydy. Se on Debianin paketissa postgresql-client.")
            % {"program": program}
        ) from error
    if done.returncode != 0:
        raise BackupError(
            _("Ohjelma %(program)s päättyi virheeseen. Se vastasi: %(reason)s")
            % {"program": program, "reason": done.stderr.strip()}
        )


def _environment() -> dict[str, str]:
    """Where the database is, and the password: others on the machine can read a command's arguments."""
    values: dict[str, Any] = connection.settings_dict
    _arguments, secrets = connection.client.settings_to_cmd_args_env(values, [])
    place = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    named = {variable: str(values[name]) for variable, name in place.items() if values[name]}
    return {**os.environ, **named, **(secrets or {})}
