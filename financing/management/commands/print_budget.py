"""manage.py print_budget SLUG -o FILE [--on YYYY-MM-DD]: writes a project's budget as a PDF."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from financing.budget_pdf.document import BUDGET
from mikrogrow.management.printing import PrintingCommand


class Command(PrintingCommand):
    help = _("Kirjoittaa hankebudjetin PDF-tiedostoksi.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help=_("hankkeen tunnus sen sivun osoitteessa"))
        self.add_output(parser)
        self.add_day(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.write(BUDGET, options["slug"], options["output"], options["on"])
