"""The application as a city serves it: gunicorn, with a folder and a database of its own."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "kuusi-kivea-ja-silta"
PROCESSES = 2
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Browser:
    """Sends requests one by one and keeps cookies; each on a connection of its own."""

    def __init__(self, port: int, timeout: float = 60) -> None:
        self.port = port
        self.timeout = timeout
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> Answer:
        return self._send("GET", address, None)

    def post(self, address: str, data: dict[str, Any]) -> Answer:
        return self._send("POST", address, urlencode(data, doseq=True))

    def log_in(self, name: str, password: str = PASSWORD) -> Answer:
        token = TOKEN.search(self.get("/accounts/login/").text)
        sent = {"username": name, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
        return self.post("/accounts/login/", sent)

    def _send(self, method: str, address: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, cookie in SimpleCookie(header).items():
                self.cookies[name] = cookie.value
        return Answer(response.status, response.headers, content)


@dataclass
class Site:
    """`env` is what the application is started with, `folder` its MIKROGROW_VAR."""

    folder: Path
    env: dict[str, str]
    port: int
    server: subprocess.Popen[bytes] | None = None
    log: IO[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.log = (self.folder / "server.log").open("ab")

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *words)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )

    def start(self, **env: str) -> None:
        """Serves until `stop`."""
        self.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:mikrogrow.serving"],
            cwd=ROOT,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )
        self.wait_until_answered()

    def wait_until_answered(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                Browser(self.port, 5).get("/accounts/login/")
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        if self.server is None:
            return
        self.server.send_signal(signal.SIGTERM)
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self.server = None

    def browser(self, name: str, timeout: float = 60) -> Browser:
        """Of somebody who has logged in."""
        found = Browser(self.port, timeout)
        answer = found.log_in(name)
        assert answer.status == 302, (answer.status, answer.text[:500])
        return found

    def workers(self) -> list[int]:
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(word) for word in children.read_text().split()]

    def memory(self) -> int:
        """Megabytes of all processes of the server."""
        assert self.server is not None
        status = [Path(f"/proc/{each}/status").read_text() for each in (self.server.pid, *self.workers())]
        return sum(int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) for text in status) // 1024


@contextmanager
def served_site(copies: int = 0) -> Iterator[Site]:
    """With the demonstration and so many copies of its first project; not started yet.

    On SQLite, or in a new database beside that of DATABASE_URL, which is not touched.
    """
    with tempfile.TemporaryDirectory(prefix="mikrogrow-") as folder, _database() as url:
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL"}}
        env |= {"MIKROGROW_VAR": folder, "DJANGO_SETTINGS_MODULE": "mikrogrow.settings"}
        env |= {"DEMO_PASSWORD": PASSWORD, "HOST": "127.0.0.1", "PORT": str(free_port())}
        env |= {"WEB_CONCURRENCY": str(PROCESSES), **({"DATABASE_URL": url} if url else {})}
        site = Site(Path(folder), env, int(env["PORT"]))
        try:
            _succeed(site.manage("prepare"))
            if copies:
                _succeed(site.run("-m", "tests.support.served_rows", str(copies)))
            yield site
        finally:
            site.stop()
            site.log.close()


def _succeed(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _database() -> Iterator[str]:
    """The address of a new database; empty for SQLite."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield ""
        return
    name = f"mikrogrow_served_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(given)._replace(path=f"/{quote(name)}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
