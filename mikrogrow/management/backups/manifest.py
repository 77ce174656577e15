"""The list of what a backup holds: written last, and compared before anything is restored."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from subprocess import run
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mikrogrow.management.backups.copying import hash_of, write_text

NAME = "manifest.json"
FILES = "files"
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class BackupError(Exception):
    """Why nothing was backed up or restored: a Finnish sentence."""


@dataclass(frozen=True)
class Manifest:
    """`files` has the SHA-256 of each file by its name in the backup; `migrations` are "app.name"."""

    database: str
    made_at: str
    version: str
    commit: str
    migrations: list[str]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        content = asdict(self)
        text = json.dumps({**content, "sha256": _hash_of_content(content)}, indent=1)
        write_text(folder / NAME, f"{text}\n")

    def stored_files(self) -> Iterator[tuple[str, str]]:
        """Name in the folder of files and hash of each."""
        for name, digest in self.files.items():
            if name.startswith(f"{FILES}/"):
                yield name.removeprefix(f"{FILES}/"), digest


def read_manifest(folder: Path) -> Manifest:
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        stated = content.pop("sha256")
        manifest = Manifest(**content)
    except FileNotFoundError as error:
        raise BackupError(
            _("Kansiossa %(folder)s ei ole varmuuskopiota: tiedosto %(name)s puuttuu.")
            % {"folder": folder, "name": NAME}
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _changed([NAME]) from error
    if stated != _hash_of_content(content) or not all(map(_stays_inside, manifest.files)):
        raise _changed([NAME])
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raises BackupError if a file of the backup is missing or another than it was."""
    wrong = [
        name
        for name, digest in manifest.files.items()
        if not (folder / name).is_file() or hash_of(folder / name) != digest
    ]
    if wrong:
        raise _changed(wrong)


def version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def commit() -> str:
    """Empty if the application was installed without its repository."""
    command = ["git", "-c", "safe.directory=*", "rev-parse", "HEAD"]
    try:
        found = run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""


def _hash_of_content(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _changed(names: list[str]) -> BackupError:
    return BackupError(
        _("Varmuuskopiota ei palauteta, koska se ei ole ehjä. Puuttuu tai on muuttunut: %(names)s.")
        % {"names": ", ".join(names)}
    )
