"""Papers of decisions as arguments of commands."""

import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from projects.decisions.papers import LARGEST_FILE, text_of_file


def text_of_argument(name: str) -> str:
    """The text of a file, or of the standard input for "-". Raises CommandError with a sentence."""
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else _read(Path(name))
    except OSError as error:
        raise CommandError(
            _("Tiedostoa %(name)s ei voi lukea: %(why)s") % {"name": name, "why": error.strerror}
        ) from error
    try:
        return text_of_file(name, content)
    except ValidationError as error:
        raise CommandError(error.messages[0]) from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
