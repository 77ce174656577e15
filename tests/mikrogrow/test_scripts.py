"""The two commands and what they stand on: pinned requirements, the secret key, DATABASE_URL."""

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mikrogrow.secret import secret_key

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT_FILES = sorted((ROOT / "requirements").glob("*.txt"))

PRINT_SETTING = (
    "import json, sys; from mikrogrow import settings; print(json.dumps(getattr(settings, sys.argv[1])))"
)
PRINT_KEY = (
    "import sys; from pathlib import Path; from mikrogrow.secret import secret_key;"
    "print(secret_key(Path(sys.argv[1])))"
)


def environment(**changes):
    """What a process of ours needs, without what a person has set for serving."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **changes}


def run(*command, **variables):
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def setting_of(var_dir, name, **variables):
    """A setting, or the last line of what the process said when it refused to start."""
    result = run(sys.executable, "-c", PRINT_SETTING, name, MIKROGROW_VAR=str(var_dir), **variables)
    return json.loads(result.stdout) if result.returncode == 0 else result.stderr.splitlines()[-1]


def database(var_dir, **variables):
    found = setting_of(var_dir, "DATABASES", **variables)
    return found if isinstance(found, str) else found["default"]


def requirements(path):
    """Each requirement of a file with its options, on one line."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def versions(path):
    return {line.split()[0] for line in requirements(path)}


def tracked_files():
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("git is not there to say which files are the project's own")
    result = run("git", "-c", "safe.directory=*", "ls-files", "-z")
    assert result.returncode == 0, result.stderr
    return [ROOT / name for name in result.stdout.split("\0") if name and (ROOT / name).is_file()]


class TestSecretKey:
    @pytest.fixture(autouse=True)
    def no_key_in_the_environment(self, monkeypatch):
        monkeypatch.delenv("SECRET_KEY", raising=False)

    def test_the_key_is_made_once(self, tmp_path):
        path = tmp_path / "var" / "secret_key"
        made = secret_key(path)
        assert secret_key(path) == made
        assert path.read_text() == made
        assert len(made) == 86

    def test_only_the_owner_reads_the_key(self, tmp_path):
        secret_key(tmp_path / "secret_key")
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]

    def test_the_key_of_the_environment_counts_and_is_not_written(self, tmp_path, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "from the environment")
        assert secret_key(tmp_path / "secret_key") == "from the environment"
        assert list(tmp_path.iterdir()) == []

    def test_processes_that_start_together_share_one_key(self, tmp_path):
        path = tmp_path / "secret_key"
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", PRINT_KEY, str(path)],
                cwd=ROOT,
                env=environment(),
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(8)
        ]
        keys = {process.communicate(timeout=60)[0].strip() for process in processes}
        assert keys == {path.read_text()}


NO_DATABASE = (
    "DATABASE_URL must begin with postgres:// or sqlite://, "
    "for example postgres://name:password@host:5432/database"
)
NO_DATABASES = [
    *("hankkeet", "mysql://kayttaja:salasana@db.example/hankkeet", "/var/db"),
    *("postgres://[db.example/hankkeet", "postgres://kayttaja:salasana@db.example:portti/hankkeet"),
]


class TestDatabase:
    def test_the_default_is_a_file_in_the_folder_var(self, tmp_path):
        var_dir = tmp_path / "a b%20ä#?"
        found = database(var_dir)
        assert found["ENGINE"] == "django.db.backends.sqlite3"
        assert found["NAME"] == str(var_dir / "mikrogrow.sqlite3")

    def test_only_the_owner_reads_the_folder_var(self, tmp_path):
        database(tmp_path / "var")
        assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700

    def test_a_password_may_hold_any_character(self, tmp_path):
        found = database(tmp_path, DATABASE_URL="postgres://kayttaja:s%40la%2Fsana@db.example:5433/hankkeet")
        names = ("ENGINE", "HOST", "PORT", "USER", "PASSWORD", "NAME")
        assert [found[name] for name in names] == [
            "mikrogrow.database.postgresql",
            "db.example",
            5433,
            "kayttaja",
            "s@la/sana",
            "hankkeet",
        ]

    def test_a_plus_stays_a_plus(self, tmp_path):
        assert database(tmp_path, DATABASE_URL="sqlite:////srv/a+b.sqlite3")["NAME"] == "/srv/a+b.sqlite3"
        found = database(tmp_path, DATABASE_URL="postgres://ka+ja:s+a@db.example/han+ke")
        assert [found[name] for name in ("USER", "PASSWORD", "NAME")] == ["ka+ja", "s+a", "han+ke"]

    def test_the_server_may_listen_on_a_socket_of_the_machine(self, tmp_path):
        found = database(tmp_path, DATABASE_URL="postgres://%2Fvar%2Frun%2Fpostgresql/hankkeet")
        assert found["HOST"] == "/var/run/postgresql"

    def test_an_address_set_to_nothing_is_none(self, tmp_path):
        assert database(tmp_path, DATABASE_URL="")["NAME"] == str(tmp_path / "mikrogrow.sqlite3")

    def test_a_socket_keeps_its_capitals_and_its_port(self, tmp_path):
        found = database(tmp_path, DATABASE_URL="postgres://kayttaja:sana@%2FVar%2Frun:5433/hankkeet")
        assert (found["HOST"], found["PORT"], found["USER"]) == ("/Var/run", 5433, "kayttaja")

    def test_a_connection_is_kept_and_checked(self, tmp_path):
        found = database(tmp_path, DATABASE_URL="postgres://db.example/hankkeet")
        assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (60, True)

    @pytest.mark.parametrize("url", NO_DATABASES)
    def test_another_kind_of_address_is_refused_without_showing_it(self, tmp_path, url):
        assert (
            database(tmp_path, DATABASE_URL=url)
            == f"django.core.exceptions.ImproperlyConfigured: {NO_DATABASE}"
        )

    @pytest.mark.parametrize("url", NO_DATABASES)
    def test_a_command_refuses_it_in_one_sentence(self, tmp_path, url):
        result = run(sys.executable, "manage.py", "check", MIKROGROW_VAR=str(tmp_path), DATABASE_URL=url)

        assert (result.returncode, result.stderr.splitlines()) == (1, [NO_DATABASE])


class TestOtherSettings:
    @pytest.mark.parametrize(
        ("variable", "value", "setting", "expected"),
        [
            ("HTTPS", "1", "HTTPS", True),
            ("HTTPS", " Yes ", "HTTPS", True),
            ("HTTPS", "0", "HTTPS", False),
            ("HTTPS", "", "HTTPS", False),
            ("HSTS_SECONDS", "60", "SECURE_HSTS_SECONDS", 60),
            ("HSTS_SECONDS", "", "SECURE_HSTS_SECONDS", 0),
            ("ALLOWED_HOSTS", "a.example, b.example ,", "ALLOWED_HOSTS", ["a.example", "b.example"]),
            ("ALLOWED_HOSTS", " ", "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"]),
            ("CSRF_TRUSTED_ORIGINS", "", "CSRF_TRUSTED_ORIGINS", []),
        ],
    )
    def test_a_variable_is_read_as_its_kind_and_an_empty_one_is_unset(
        self, tmp_path, variable, value, setting, expected
    ):
        assert setting_of(tmp_path, setting, **{variable: value}) == expected


@pytest.mark.parametrize("path", REQUIREMENT_FILES, ids=lambda path: path.name)
class TestRequirementFile:
    def test_every_package_is_pinned_with_hashes(self, path):
        requirement = r"[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+( ; [^@]+?)?"
        pinned = re.compile(requirement + r"(\s+--hash=sha256:[0-9a-f]{64})+\s*")
        assert [line for line in requirements(path) if not pinned.fullmatch(line)] == []

    def test_it_does_not_say_where_packages_come_from(self, path):
        sources = re.compile(r"https?:|--index|--extra-index|--find-links|--trusted-host| @ ")
        assert sources.findall(path.read_text()) == []


def test_the_tests_run_on_the_versions_that_are_served():
    assert versions(ROOT / "requirements/base.txt") - versions(ROOT / "requirements/dev.txt") == set()


class TestRepository:
    def test_no_file_names_a_path_of_somebodys_machine(self):
        private = re.compile(rb"(?<![\w.])/(root|home|Users)/\w|" + re.escape(str(ROOT).encode()) + rb"\b")
        found = [str(path.relative_to(ROOT)) for path in tracked_files() if private.search(path.read_bytes())]
        assert found == []

    def test_no_file_names_an_index_of_packages(self):
        hosts = ["python" + "hosted.org", "pypi" + ".org", "deb.debian" + ".org", "registry.npm" + "js.org"]
        indexes = re.compile("|".join(map(re.escape, hosts)).encode())
        found = [str(path.relative_to(ROOT)) for path in tracked_files() if indexes.search(path.read_bytes())]
        assert found == []

    @pytest.mark.parametrize(
        "name", ["script/server", "script/test", "script/backup", "script/restore", ".ci/run"]
    )
    def test_a_command_can_be_started(self, name):
        assert os.access(ROOT / name, os.X_OK)
        assert run("bash", "-n", ROOT / name).returncode == 0


@pytest.mark.parametrize("name", ["backup", "restore"])
@pytest.mark.parametrize("arguments", [[], [""], ["a", "b"]], ids=["none", "empty", "two"])
def test_a_backup_wants_one_folder(name, arguments):
    result = run(ROOT / "script" / name, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Usage: script/{name} ")


class TestServer:
    @pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", " 80", "123456789012345678901"])
    def test_a_port_that_is_none_is_refused_with_a_sentence(self, port):
        result = run(ROOT / "script/server", PORT=port)
        assert result.returncode == 1
        assert result.stderr == f'PORT must be a number from 1 to 65535, not "{port}".\n'
        assert result.stdout == ""

    def test_a_port_in_use_is_refused_with_a_sentence(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            result = run(ROOT / "script/server", PORT=str(port))
        other = port % 65535 + 1
        assert result.returncode == 1
        assert result.stderr == (
            f"Port {port} is in use. Choose another, for example: PORT={other} script/server\n"
        )

    def test_gunicorn_understands_how_it_shall_serve(self, tmp_path):
        (tmp_path / "static").mkdir()
        result = run(
            *(sys.executable, "-m", "gunicorn", "--config", "python:mikrogrow.serving", "--check-config"),
            MIKROGROW_VAR=str(tmp_path),
            HOST="::1",
            PORT="8123",
        )
        assert (result.returncode, result.stderr) == (0, "")
