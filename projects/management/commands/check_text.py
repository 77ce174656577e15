"""manage.py check_text FILE [--json]: which figures are read of a decision's text."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import format_count, format_euros, format_percent
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Count, Kind, Period, Reading

# Larger files are no decision.
MOST_BYTES = 20_000_000


class Command(BaseCommand):
    help = _("Lukee päätöstekstistä euromäärät, prosentit, päivät, vuodet ja lukumäärät ilman tietokantaa.")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("tekstitiedosto (UTF-8), tai - vakiosyötteestä"))
        parser.add_argument("--json", action="store_true", help=_("tulosta yhtenä JSON-oliona"))

    def handle(self, *args: Any, **options: Any) -> None:
        readings = read_figures(_text_of(options["file"]))
        if options["json"]:
            self.stdout.write(
                json.dumps({"amounts": [_plain(each) for each in readings]}, ensure_ascii=False, indent=1)
            )
            return
        for each in readings:
            shown = " ".join(filter(None, (each.qualifier, _shown(each))))
            self.stdout.write(f"{each.start:>7}  {shown:<28}  {' '.join(each.raw.split())}")


def _text_of(name: str) -> str:
    """Raises CommandError with a sentence if it is no text."""
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else _read(Path(name))
    except OSError as error:
        raise CommandError(
            _("Tiedostoa %(name)s ei voi lukea: %(why)s") % {"name": name, "why": error.strerror}
        ) from error
    if len(content) > MOST_BYTES:
        raise CommandError(_("Tiedosto %s on liian suuri. Päätösteksti on enintään 20 megatavua.") % name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            _("Tiedosto %s ei ole tekstiä. Tallenna se UTF-8-muotoisena tekstinä.") % name
        ) from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _plain(reading: Reading) -> dict[str, Any]:
    """Dates in ISO form, figures as plain decimals."""
    return {**asdict(reading), "kind": str(reading.kind), "value": _plain_value(reading.value)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    if isinstance(value, Count):
        return {"number": value.number, "of": value.of}
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


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
