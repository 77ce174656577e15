"""Writes documents to files: wholly or not at all."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def write_document(path: Path, content: bytes) -> None:
    """Writes a file that is either the old one or all of the new one, even if the power goes.

    Raises CommandError with a Finnish sentence where it cannot be written.
    """
    aside: str | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            aside = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    except OSError as error:
        if aside is not None:
            Path(aside).unlink(missing_ok=True)
        raise CommandError(
            _("Tiedostoa %(path)s ei voitu kirjoittaa: %(reason)s.")
            % {"path": path, "reason": _reason(error)}
        ) from error


def _reason(error: OSError) -> str:
    """What is wrong, in Finnish for what a person can mend."""
    if isinstance(error, FileNotFoundError):
        return _("kansiota ei ole")
    if isinstance(error, PermissionError):
        return _("kansioon ei ole oikeutta kirjoittaa")
    if isinstance(error, IsADirectoryError):
        return _("se on kansio")
    return error.strerror or str(error)


def _umask() -> int:
    """The rights that new files do not get; temporary files are closed to all but their owner."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
