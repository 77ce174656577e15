"""A place where the application is installed: a folder and a database of its own, and processes of both.

The first place of a test has what the test's database has; the others are empty.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
START = "import django, sys; django.setup(); "


class Place:
    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.url = folder, url
        self.files = folder / "files"

    def environment(self, **changes: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "MIKROGROW_VAR": str(self.folder),
            "DATABASE_URL": self.url,
            **changes,
        }

    def run(self, *command: Any, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )

    def manage(self, *arguments: Any) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, ROOT / "manage.py", *arguments)

    def asked(self, code: str, *arguments: Any) -> Any:
        """What the code prints as JSON, in a process of its own."""
        return self.served(code, *arguments)[0]

    def served(self, code: str, *arguments: Any) -> tuple[Any, str]:
        """As `asked`, and what the process has said besides."""
        done = self.run(
            *(sys.executable, "-c", START + code, *arguments),
            DJANGO_SETTINGS_MODULE="tests.support.settings_on_disk",
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout), done.stderr

    @contextmanager
    def meanwhile(self, code: str, *arguments: Any) -> Iterator[None]:
        """Runs the code in another process, from its first printed line until its input ends."""
        with subprocess.Popen(
            [sys.executable, "-c", START + code, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment(DJANGO_SETTINGS_MODULE="tests.support.settings_on_disk"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() != b""
            yield
            process.stdin.close()
            assert process.wait(60) == 0

    def what_is_there(self) -> list[str]:
        """Files, and tables on PostgreSQL. Not the secret key, which every process makes."""
        found = sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() and path.name != "secret_key"
        )
        if self.url:
            with psycopg.connect(self.url) as server:
                rows = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                found += sorted(name for (name,) in rows)
        return found


@contextmanager
def places(folder: Path, number: int = 2) -> Iterator[list[Place]]:
    with ExitStack() as stack:
        found = []
        for each in range(number):
            own = folder / f"place{each}"
            own.mkdir()
            url = ""
            if connection.vendor == "postgresql":
                template = str(connection.settings_dict["NAME"]) if each == 0 else "template0"
                url = stack.enter_context(database(f"place{each}", template))
            elif each == 0:
                connection.ensure_connection()
                with sqlite3.connect(own / "mikrogrow.sqlite3") as file:
                    connection.connection.backup(file)
                file.close()
            found.append(Place(own, url))
        yield found


@contextmanager
def database(ending: str, template: str = "template0") -> Iterator[str]:
    """The address of a PostgreSQL database that is there meanwhile."""
    # Nobody may be connected to what is copied as a template.
    connection.close()
    name = f"{connection.settings_dict['NAME']}_{ending}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(drop)
        try:
            _create(server, name, template)
        except psycopg.errors.ObjectInUse:
            # A test in a browser before this one has a connection of its own.
            _create(server, name, "template0")
            _copy_rows(address_of(template), address_of(name))
        try:
            yield address_of(name)
        finally:
            server.execute(drop)


def _create(server: psycopg.Connection[Any], name: str, template: str) -> None:
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def _copy_rows(source: str, target: str) -> None:
    dumped = subprocess.run(["pg_dump", "-Fc", "-d", source], capture_output=True, check=True)
    subprocess.run(["pg_restore", "-d", target], input=dumped.stdout, check=True)


def address_of(name: str, user: str = "") -> str:
    """Of another database of the server on which the tests run."""
    parts = urlsplit(settings.DATABASE_URL)
    account, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(path=f"/{name}", netloc=f"{user or account}@{host}"))
