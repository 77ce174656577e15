"""manage.py print_document NAME KEY -o FILE [--on YYYY-MM-DD]: writes any document as a PDF."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from mikrogrow.documents import DOCUMENTS
from mikrogrow.management.printing import PrintingCommand


class Command(PrintingCommand):
    help = _("Kirjoittaa asiakirjan PDF-tiedostoksi.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(DOCUMENTS), help=_("asiakirjan laji"))
        parser.add_argument("key", help=_("tunnus tai numero asiakirjan sivun osoitteessa"))
        self.add_output(parser)
        self.add_day(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.write(DOCUMENTS[options["name"]], options["key"], options["output"], options["on"])
