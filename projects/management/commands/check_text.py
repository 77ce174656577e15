"""manage.py check_text FILE [--project SLUG] [--json]: the figures of a text, and what is wrong with them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from financing.queries.figures import figures_of
from financing.rules.known import known_figures
from mikrogrow.management.database_errors import database_errors_as_sentences
from projects.decisions.check.checked import check_text
from projects.decisions.check.known import KnownFigures
from projects.decisions.check.words import sentence_of, shown_value
from projects.decisions.plain_paper import plain_paper
from projects.management.papers import project_of_argument, text_of_argument


class Command(BaseCommand):
    help = _("Lukee päätöstekstistä euromäärät, prosentit, päivät, vuodet ja lukumäärät ilman tietokantaa.")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("PDF tai tekstitiedosto (UTF-8), tai - vakiosyötteestä"))
        parser.add_argument("--project", metavar="SLUG", help=_("vertaa lukuja hankkeen tietoihin"))
        parser.add_argument("--json", action="store_true", help=_("tulosta yhtenä JSON-oliona"))

    def handle(self, *args: Any, **options: Any) -> None:
        text = text_of_argument(options["file"])
        with database_errors_as_sentences():
            slug = options["project"]
            known = known_figures(figures_of(project_of_argument(slug))) if slug else KnownFigures(())
        if options["json"]:
            self.stdout.write(json.dumps(plain_paper(text, known), ensure_ascii=False, indent=1))
            return
        check = check_text(text, known)
        for each in check.readings:
            shown = " ".join(filter(None, (each.qualifier, shown_value(each.kind, each.value))))
            self.stdout.write(f"{each.start:>7}  {shown:<28}  {' '.join(each.raw.split())}")
        for match in check.alarms:
            self.stdout.write(f"{match.start:>7}  {sentence_of(match)}")
        for contradiction in check.contradictions:
            self.stdout.write(f"{min(contradiction.places)[0]:>7}  {contradiction.sentence}")
