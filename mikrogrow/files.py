"""Stored files are read whole and compared with the hash that their row has kept of them."""

import logging
from enum import Enum
from hashlib import sha256
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)


class StoredFileError(Exception):
    """Why a file is not handed out: a Finnish sentence, with the title and status of its page."""

    title: Any = ""
    status = 500
    # Waiting mends none of them.
    retry_after_s: int | None = None


class MissingFileError(StoredFileError):
    title = gettext_lazy("Tiedosto puuttuu")
    status = 404


class ChangedFileError(StoredFileError):
    title = gettext_lazy("Tiedosto on muuttunut")
    # The request is in order, and so is the row: what is stored contradicts it.
    status = 409


class FileState(Enum):
    WHOLE = "whole"
    # It was missing when hashes began, so that nothing says what it was.
    UNCHECKED = "unchecked"
    CHANGED = "changed"
    MISSING = "missing"


def sha256_of(file: Any) -> str:
    """Of all of an open file; leaves it at its beginning."""
    file.seek(0)
    digest = sha256()
    for chunk in iter(lambda: file.read(1024 * 1024), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def read_whole(file: Any) -> bytes | None:
    """None if the storage does not have it."""
    try:
        with file.open("rb") as stored:
            return bytes(stored.read())
    # A row that was written by hand can name anything.
    except (OSError, SuspiciousFileOperation, ValueError):
        return None


def state_of(file: Any, kept_hash: str) -> FileState:
    content = read_whole(file)
    if content is None:
        return FileState.MISSING
    if not kept_hash:
        return FileState.UNCHECKED
    return FileState.WHOLE if sha256(content).hexdigest() == kept_hash else FileState.CHANGED


def checked_content(file: Any, kept_hash: str) -> tuple[bytes, str]:
    """The bytes of a stored file and their hash. Nothing is compared without a kept hash.

    Raises StoredFileError.
    """
    content = read_whole(file)
    if content is None:
        logger.error("The file %s is missing", file.name)
        raise MissingFileError(
            _("Tiedostoa ei löydy palvelimelta. Kerro ylläpitäjälle, joka palauttaa sen varmuuskopiosta.")
        )
    found = sha256(content).hexdigest()
    if kept_hash and found != kept_hash:
        logger.error("The file %s has the hash %s, not %s", file.name, found, kept_hash)
        raise ChangedFileError(
            _(
                "Tiedosto ei ole enää se, joka laskulle tallennettiin: sen SHA-256 on %(found)s, vaikka "
                "tallennettaessa se oli %(kept)s. Tiedostoa ei näytetä. Kerro ylläpitäjälle, joka palauttaa "
                "sen varmuuskopiosta."
            )
            % {"found": found, "kept": kept_hash}
        )
    return content, found
