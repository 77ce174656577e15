"""Papers of decisions as arguments of commands."""

import errno
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from projects.decisions.papers import LARGEST_FILE, text_of_file
from projects.models import Project


def text_of_argument(name: str) -> str:
    """The text of a file, or of the standard input for "-". Raises CommandError with a sentence."""
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else _read(Path(name))
    except OSError as error:
        raise CommandError(_sentence(error.errno) % {"name": name}) from error
    try:
        text = text_of_file(name, content)
    except ValidationError as error:
        raise CommandError(error.messages[0]) from error
    if not text.strip():
        raise CommandError(_("Tiedostossa %(name)s ei ole tekstiä.") % {"name": name})
    return text


def _sentence(number: int | None) -> str:
    return {
        errno.ENOENT: _("Tiedostoa %(name)s ei ole."),
        errno.EISDIR: _("%(name)s on kansio. Anna sen tiedosto, jossa päätös on."),
        errno.EACCES: _("Tiedostoon %(name)s ei ole lukuoikeutta."),
    }.get(number or 0, _("Tiedostoa %(name)s ei voi lukea. Tarkista polku."))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def project_of_argument(slug: str) -> Project:
    """Raises CommandError with a sentence if there is none."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise CommandError(
            _(
                "Hanketta ”%(slug)s” ei ole. Anna tunnus, joka on hankkeen sivun osoitteessa, esimerkiksi "
                "mikrogrow."
            )
            % {"slug": slug}
        )
    return project
