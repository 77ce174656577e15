"""What is read of a text as plain values, for JSON.

Of an amount, `kind` is money, percent, date, period, count or year. Its `value` is a string: money with two
decimals, a percent as the text has it, a count and a year whole, a day in ISO form; that of a period is
{start, end}. `of` is what is counted, `points` whether a percent is of percentage points.

Of a finding, `left` is what the text says, `right` what would agree and `difference` the first less the
other, written as amounts of the kind `figure`; None is unknown. Days differ by days, years by years.
`raw` is the first of the figures that it is on.
"""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from mikrogrow.values.money import round_half_up
from projects.decisions.check.checked import check_text
from projects.decisions.check.known import KnownFigures
from projects.decisions.check.matching import Match, Outcome
from projects.decisions.check.words import sentence_of
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.figures.readings import Count, Kind, Period, Reading, Value
from projects.decisions.importing.decision import Official
from projects.decisions.importing.reader import read_decision

# What the figures of a rule are; those of the others are money.
_KINDS = {
    Rule.SHARES: Kind.PERCENT,
    Rule.SHARE_OF_AMOUNT: Kind.PERCENT,
    Rule.COUNTS: Kind.COUNT,
    # How many days.
    Rule.PERIODS: Kind.COUNT,
}


def plain_paper(text: str, known: KnownFigures | None = None) -> dict[str, Any]:
    """Everything that is read of a text; unknown fields are None.

    The findings are those of the text against itself and, if given, against the figures of a project.
    """
    check = check_text(text, known or ())
    read = read_decision(text)
    return {
        "header": {name: _plain_field(value) for name, value in asdict(read.header).items()},
        "officials": [_plain_official(official) for official in read.officials],
        "parts": [asdict(part) for part in read.parts],
        "attachments": [{"number": each.number, "title": each.title} for each in read.attachments],
        "amounts": [_plain_reading(reading) for reading in check.readings],
        "findings": [
            *(_plain_contradiction(each, text) for each in check.contradictions),
            *(_plain_match(each) for each in check.alarms),
        ],
        "unread": read.unread,
    }


def _plain_field(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _plain_official(official: Official) -> dict[str, Any]:
    return {
        "role": official.role,
        "title": official.title,
        "name": official.name,
        "acting": official.acting,
        "contact": official.contact,
    }


def _plain_reading(reading: Reading) -> dict[str, Any]:
    value = reading.value
    return {
        "kind": _plain_kind(reading.kind),
        "value": _plain(reading.kind, value),
        "of": value.of if isinstance(value, Count) else None,
        "points": reading.kind is Kind.POINTS,
        "qualifier": reading.qualifier,
        "raw": reading.raw,
        "start": reading.start,
        "end": reading.end,
    }


def _plain_contradiction(found: Contradiction, text: str) -> dict[str, Any]:
    kind = _KINDS.get(found.rule, Kind.MONEY)
    start, end = found.places[0]
    return {
        "kind": str(found.rule),
        "level": "warning",
        "figure": _plain_kind(kind),
        "points": False,
        "left": _plain(kind, found.left),
        "right": _without_zeros(kind, found.right),
        "difference": _without_zeros(kind, found.difference),
        "raw": text[start:end],
        "start": start,
        "end": end,
        "sentence": found.sentence,
    }


def _plain_match(found: Match) -> dict[str, Any]:
    known, difference = found.known, found.difference
    return {
        "kind": str(found.outcome),
        "level": "error" if found.outcome is Outcome.IMPOSSIBLE else "warning",
        "figure": _plain_kind(found.kind),
        "points": found.kind is Kind.POINTS,
        "left": None if found.value is None else _plain(found.kind, found.value),
        "right": None if known is None else _without_zeros(known.kind, known.value),
        "difference": None if difference is None else _without_zeros(found.kind, difference),
        "raw": found.raw,
        "start": found.start,
        "end": found.end,
        "sentence": sentence_of(found),
    }


def _plain_kind(kind: Kind) -> str:
    return str(Kind.PERCENT if kind is Kind.POINTS else kind)


def _plain(kind: Kind, value: Value) -> str | dict[str, str]:
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Count):
        return str(value.number)
    if not isinstance(value, Decimal):
        return str(value)
    if kind is Kind.MONEY:
        # A price of parts of a cent is whole in `raw`.
        return f"{round_half_up(value, 2):f}"
    return f"{value:f}"


def _without_zeros(kind: Kind, value: Value) -> str | dict[str, str]:
    """Of what is computed, or of the data, whose columns have decimals of their own."""
    return _plain(kind, value.normalize() if isinstance(value, Decimal) else value)
