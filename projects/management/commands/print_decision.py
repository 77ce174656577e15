"""manage.py print_decision ID -o FILE: writes a decision as a PDF."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mikrogrow.pdf.files import write_document
from mikrogrow.pdf.render import PdfError
from projects.decisions.actions import official_pdf
from projects.models import Decision, kept_print


class Command(BaseCommand):
    help = _("Kirjoittaa päätöksen PDF-tiedostoksi: tehdystä päätöksestä sen, joka siitä säilytettiin.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help=_("päätöksen numero sen sivun osoitteessa"))
        parser.add_argument("-o", "--output", type=Path, required=True, help=_("kirjoitettava tiedosto"))

    def handle(self, *args: Any, **options: Any) -> None:
        decision = Decision.objects.with_print().filter(pk=options["id"]).first()
        if decision is None:
            raise CommandError(_("Päätöstä %(id)s ei ole.") % {"id": options["id"]})
        try:
            content = official_pdf(decision)
        except PdfError as error:
            raise CommandError(str(error)) from error
        write_document(options["output"], content)
        self.stdout.write(_("Kirjoitettiin %(path)s.") % {"path": options["output"]})
        if decision.is_frozen and kept_print(decision) is None:
            self.stdout.write(_("Se on painettu nyt, koska päätettäessä painettua ei ole säilytetty."))
