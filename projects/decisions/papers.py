"""A decision as a file: its text, and what is read of the text as plain values."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.pdf.reading import is_pdf, text_of_pdf
from mikrogrow.values.money import format_count
from projects.decisions.check.checked import check_text
from projects.decisions.check.known import KnownFigures
from projects.decisions.check.matching import Match, Outcome
from projects.decisions.check.words import sentence_of
from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.figures.readings import Count, Period, Reading
from projects.decisions.importing.decision import Official
from projects.decisions.importing.reader import read_decision

# Larger files are no decision.
LARGEST_FILE = 20_000_000
# The longest minutes of one item are a tenth of it; it is read in seconds.
MOST_SIGNS = 200_000


def text_of_file(name: str, content: bytes) -> str:
    """Of a text file or a PDF. Raises ValidationError with a sentence if it is neither."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("Tiedosto %s on liian suuri. Päätösteksti on enintään 20 megatavua.") % name)
    if is_pdf(content):
        return of_one_item(text_of_pdf(content))
    try:
        return of_one_item(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(
            _(
                "Tiedosto %s ei ole tekstiä eikä PDF. Tallenna se PDF-tiedostona tai "
                "UTF-8-muotoisena tekstinä."
            )
            % name
        ) from error


def of_one_item(text: str) -> str:
    """Without signs that no database takes. Raises ValidationError if it is longer than any decision."""
    if len(text) > MOST_SIGNS:
        raise ValidationError(
            _("Tekstissä on %(number)s merkkiä. Yhden asian päätöksessä niitä on enintään %(most)s.")
            % {"number": format_count(len(text)), "most": format_count(MOST_SIGNS)}
        )
    return text.replace("\x00", "")


def plain_paper(text: str, known: KnownFigures | None = None) -> dict[str, Any]:
    """Everything that is read of a text: days in ISO form, figures as plain decimals, unknown fields None.

    The findings are those of the text against itself and, if given, against the figures of a project.
    """
    check = check_text(text, known or ())
    read = read_decision(text)
    return {
        "header": {name: _plain_value(value) for name, value in asdict(read.header).items()},
        "officials": [_plain_official(official) for official in read.officials],
        "parts": [asdict(part) for part in read.parts],
        "attachments": [{"number": each.number, "title": each.title} for each in read.attachments],
        "amounts": [_plain_reading(reading) for reading in check.readings],
        "findings": [
            *(_plain_finding(each) for each in check.contradictions),
            *(_plain_match(each) for each in check.alarms),
        ],
        "unread": read.unread,
    }


def _plain_finding(found: Contradiction) -> dict[str, Any]:
    return {
        "kind": str(found.rule),
        "level": "warning",
        "left": f"{found.left:f}",
        "right": f"{found.right:f}",
        "difference": f"{found.difference:f}",
        "sentence": found.sentence,
    }


def _plain_match(found: Match) -> dict[str, Any]:
    known, difference = found.known, found.difference
    return {
        "kind": str(found.outcome),
        "level": "error" if found.outcome is Outcome.IMPOSSIBLE else "warning",
        "left": found.raw if found.value is None else _plain_value(found.value),
        "right": None if known is None else _plain_value(known.value),
        "difference": None if difference is None else f"{difference:f}",
        "sentence": sentence_of(found),
    }


def _plain_official(official: Official) -> dict[str, Any]:
    return {
        "role": official.role,
        "title": official.title,
        "name": official.name,
        "acting": official.acting,
        "contact": official.contact,
    }


def _plain_reading(reading: Reading) -> dict[str, Any]:
    return {**asdict(reading), "kind": str(reading.kind), "value": _plain_value(reading.value)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    if isinstance(value, Count):
        return {"number": value.number, "of": value.of}
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
