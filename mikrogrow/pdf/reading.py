"""The text of a PDF that somebody sends, read in a process of its own with little time and memory."""

import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.pdf import reader_process

# With what the process takes to start, still under ten seconds.
TIMEOUT_S = 9
ROOT = Path(__file__).resolve().parents[2]


def is_pdf(content: bytes) -> bool:
    """As readers do: its mark may come after a little else."""
    return b"%PDF-" in content[:1024]


def text_of_pdf(content: bytes) -> str:
    """Columns stay apart by spaces. Raises ValidationError with a sentence if there is no text to be had."""
    try:
        # Nothing of the command is from outside: the file is what the process reads.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", reader_process.__name__],
            input=content,
            capture_output=True,
            timeout=TIMEOUT_S,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(_too_heavy()) from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8")
    raise ValidationError(_sentence(done.returncode))


def _sentence(status: int) -> str:
    return {
        reader_process.LOCKED: _("PDF on suojattu salasanalla. Tallenna se ilman salasanaa ja valitse se."),
        reader_process.BROKEN: _("PDF on vioittunut tai vajaa. Tallenna se uudelleen ja valitse se."),
        reader_process.TOO_MANY_PAGES: _("PDF:ssä on yli %s sivua. Tallenna siitä vain päätöksen sivut.")
        % reader_process.MOST_PAGES,
        reader_process.NO_TEXT: _(
            "PDF:ssä ei ole tekstiä: se on kuva, kuten skannattu paperi. Tunnista teksti ensin "
            "tai liitä se itse."
        ),
        reader_process.TOO_LONG: _("PDF:ssä on liikaa tekstiä. Tallenna siitä vain päätöksen sivut."),
    }.get(status, _too_heavy())


def _too_heavy() -> str:
    return _("PDF on liian raskas luettavaksi. Tallenna siitä vain päätöksen sivut tai liitä teksti itse.")
