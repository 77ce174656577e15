"""manage.py print_budget SLUG -o FILE [--on YYYY-MM-DD]: writes a project's budget as a PDF."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from financing.budget_pdf.document import budget_pdf
from mikrogrow.pdf.files import write_document
from mikrogrow.pdf.render import PdfError
from mikrogrow.values.dates import parse_date
from projects.models import Project


class Command(BaseCommand):
    help = _("Kirjoittaa hankkeen budjetin PDF-tiedostoksi.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help=_("hankkeen tunnus sen sivun osoitteessa"))
        parser.add_argument("-o", "--output", type=Path, required=True, help=_("kirjoitettava tiedosto"))
        parser.add_argument("--on", default="", help=_("päivä, jonka tilanne näytetään; oletus on tänään"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = parse_date(options["on"]) or timezone.localdate()
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        project = Project.objects.select_related("programme").filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(_("Hanketta %(slug)s ei ole.") % {"slug": options["slug"]})
        try:
            content = budget_pdf(project, on)
        except PdfError as error:
            raise CommandError(str(error)) from error
        write_document(options["output"], content)
        self.stdout.write(_("Kirjoitettiin %(path)s.") % {"path": options["output"]})
