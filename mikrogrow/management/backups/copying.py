"""Copies that only their owner reads, and that are on the disk when they are said to be made."""

import os
import shutil
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO

CHUNK = 1024 * 1024


def copy_file(source: Path, target: Path) -> str:
    """The SHA-256 of what was written."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = sha256()
    with source.open("rb") as reading, new_file(target) as writing:
        for chunk in iter(lambda: reading.read(CHUNK), b""):
            digest.update(chunk)
            writing.write(chunk)
    sync(target)
    return digest.hexdigest()


def write_text(target: Path, text: str) -> None:
    with new_file(target) as writing:
        writing.write(text.encode())
    sync(target)


def new_file(target: Path) -> IO[bytes]:
    """Never one that is there."""
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync(path: Path) -> None:
    """A file with its content, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_of(path: Path) -> str:
    with path.open("rb") as reading:
        return file_digest(reading, "sha256").hexdigest()


def files_below(folder: Path) -> list[str]:
    """Names of all files in a folder and those in it; a link counts as what it leads to."""
    return sorted(
        (Path(place) / name).relative_to(folder).as_posix()
        for place, _folders, names in os.walk(folder, followlinks=True)
        for name in names
    )


def is_empty(folder: Path) -> bool:
    return not folder.exists() or not any(folder.iterdir())


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
