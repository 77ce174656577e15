"""manage.py check_text FILE [--json]: the figures of a text as lines, or everything that is read as JSON."""

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import format_count, format_euros, format_percent
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind, Reading
from projects.decisions.papers import plain_paper
from projects.management.papers import text_of_argument


class Command(BaseCommand):
    help = _("Lukee päätöstekstistä euromäärät, prosentit, päivät, vuodet ja lukumäärät ilman tietokantaa.")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("PDF tai tekstitiedosto (UTF-8), tai - vakiosyötteestä"))
        parser.add_argument("--json", action="store_true", help=_("tulosta yhtenä JSON-oliona"))

    def handle(self, *args: Any, **options: Any) -> None:
        text = text_of_argument(options["file"])
        if options["json"]:
            self.stdout.write(json.dumps(plain_paper(text), ensure_ascii=False, indent=1))
            return
        for each in read_figures(text):
            shown = " ".join(filter(None, (each.qualifier, _shown(each))))
            self.stdout.write(f"{each.start:>7}  {shown:<28}  {' '.join(each.raw.split())}")


def _shown(reading: Reading) -> str:
    value: Any = reading.value
    if reading.kind is Kind.PERIOD:
        return format_period(value.start, value.end)
    if reading.kind is Kind.COUNT:
        return f"{format_count(value.number)} {value.of}"
    shows: dict[Kind, Callable[[Any], str]] = {
        Kind.MONEY: format_euros,
        Kind.PERCENT: format_percent,
        Kind.POINTS: lambda points: _("%s prosenttiyksikköä") % format_figure(points),
        Kind.DATE: format_date,
        Kind.YEAR: str,
    }
    return shows[reading.kind](value)
