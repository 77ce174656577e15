"""What is read of a text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from re import Match, Pattern
from typing import TypeAlias


class Kind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    # Percentage points.
    POINTS = "points"
    DATE = "date"
    PERIOD = "period"
    YEAR = "year"
    COUNT = "count"


@dataclass(frozen=True)
class Period:
    start: date
    end: date


@dataclass(frozen=True)
class Count:
    """`of` is what is counted, in its base form: 30 yritys."""

    number: int
    of: str


Value: TypeAlias = Decimal | date | Period | int | Count


@dataclass(frozen=True)
class Reading:
    """A figure at `start` to `end` of the text, which there is `raw`.

    The value is euros, percent 0–100, percentage points, a day, a period, a year or a count, by its kind.
    `qualifier` is noin, enintään, vähintään, yli or alle, or empty.
    """

    kind: Kind
    value: Value
    raw: str
    start: int
    end: int
    qualifier: str = ""


# Kind, value, and the group of the match that says it.
Readings: TypeAlias = list[tuple[Kind, Value, str]]
# Empty if what matched is no figure at all; None if another spelling may read it.
Make: TypeAlias = Callable[[Match[str]], Readings | None]


@dataclass(frozen=True)
class Spelling:
    """A pattern, and what makes readings of its matches."""

    pattern: Pattern[str]
    make: Make


def spelled(pattern: str, make: Make) -> Spelling:
    return Spelling(re.compile(pattern, re.IGNORECASE), make)
