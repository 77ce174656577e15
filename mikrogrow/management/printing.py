"""What the commands that print documents share."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.pdf.documents import Document
from mikrogrow.pdf.files import write_document
from mikrogrow.pdf.render import PdfError
from mikrogrow.values.dates import parse_date


class PrintingCommand(BaseCommand):
    """Writes a document to a file."""

    def add_output(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True, help=_("kirjoitettava tiedosto"))

    def add_day(self, parser: CommandParser) -> None:
        parser.add_argument("--on", default="", help=_("päivä, jonka tilanne näytetään; oletus on tänään"))

    def write(self, document: Document, key: Any, output: Path, on: str = "") -> None:
        day = _day(on)
        try:
            row = document.rows().filter(**{document.key_field: key}).first()
        except ValueError:
            row = None
        if row is None:
            raise CommandError(document.unknown % {"key": key})
        try:
            content = document.pdf(row, day, **document.options(row, day, {}))
        except PdfError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        write_document(output, content)
        self.stdout.write(_("Kirjoitettiin %(path)s.") % {"path": output})
        if note := document.note(row):
            self.stdout.write(note)


def _day(typed: str) -> date:
    try:
        return parse_date(typed) or timezone.localdate()
    except ValidationError as error:
        raise CommandError(error.messages[0]) from error
