"""manage.py print_decision ID -o FILE: writes a decision as a PDF."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from mikrogrow.management.printing import PrintingCommand
from projects.decisions.actions import DECISION


class Command(PrintingCommand):
    help = _("Kirjoittaa päätöksen PDF-tiedostoksi: tehdystä päätöksestä sen, joka siitä säilytettiin.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help=_("päätöksen numero sen sivun osoitteessa"))
        self.add_output(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.write(DECISION, options["id"], options["output"])
