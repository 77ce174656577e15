"""Writes documents to files, all or nothing."""

import os
import secrets
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def write_document(path: Path, content: bytes) -> None:
    """Leaves the old file or all of the new one, even after a power cut.

    Raises CommandError with a Finnish sentence if it cannot be written.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise CommandError(
            _("Tiedostoa %(path)s ei voitu kirjoittaa: %(reason)s.")
            % {"path": path, "reason": _reason(error)}
        ) from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("kansiota ei ole")
    if isinstance(error, PermissionError):
        return _("kansioon ei ole oikeutta kirjoittaa")
    if isinstance(error, IsADirectoryError):
        return _("se on kansio")
    return error.strerror or str(error)
