"""manage.py print_collection BODY YEAR -o FILE: writes a body's decisions of a year as one PDF."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.management.printing import PrintingCommand
from mikrogrow.pdf.files import write_document
from mikrogrow.pdf.render import PdfError
from projects.decisions.collection import collection_pdf


class Command(PrintingCommand):
    help = _("Kirjoittaa toimielimen vuoden päätökset numeroiduksi PDF-kokoelmaksi.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("body", help=_("toimielin niin kuin se on päätöksissä"))
        parser.add_argument("year", type=int, help=_("kokousten vuosi"))
        self.add_output(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = collection_pdf(options["body"], options["year"], at=timezone.now())
        except PdfError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        write_document(options["output"], content)
        self.stdout.write(_("Kirjoitettiin %(path)s.") % {"path": options["output"]})
