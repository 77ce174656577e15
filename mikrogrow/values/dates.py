"""Finnish dates: reading what people type, and showing days, periods and years."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from mikrogrow.values.money import UNKNOWN
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.typed_text import excerpt, normalise_typed

_FINNISH = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)

# Other years are typing errors, such as 217.
FIRST_YEAR, LAST_YEAR = 1900, 2199
# The years that a project can have.
YEAR_RANGE = (1995, 2100)


def parse_date(text: str) -> date | None:
    """Reads 1.4.2017 and what a date input sends, 2017-04-01; None if empty.

    Raises ValidationError with a sentence that quotes what was read.
    """
    bare = normalise_typed(text)
    if not bare and not text.strip():
        return None
    day = _day_of(bare)
    if day is None:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa.")
            % {"read": excerpt(text)}
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Vuoden on oltava väliltä %(first)s–%(last)s.")
            % {"read": excerpt(text), "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def _day_of(bare: str) -> date | None:
    try:
        if match := _FINNISH.fullmatch(bare):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(bare):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return None


def format_date(day: date | None) -> str:
    return str(UNKNOWN) if day is None else f"{day.day}.{day.month}.{day.year}"


def format_moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{format_date(local.date())} {_('klo')} {local:%-H.%M}"


def format_period(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return str(UNKNOWN)
    # Words on either side part the dash from both.
    dash = "–" if start and end else " – "
    return f"{format_date(start)}{dash}{format_date(end)}"


def format_years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def years_between(start: date | None, end: date | None) -> range:
    """The calendar years of a period; none if a day of it is unknown."""
    return range(0) if start is None or end is None else range(start.year, end.year + 1)


def elapsed_days(start: date | None, end: date | None, on: date) -> tuple[int, int] | None:
    """(elapsed, total) days; `on` itself counts. None if start or end is unknown."""
    if start is None or end is None:
        return None
    total = (end - start).days + 1
    return min(max((on - start).days + 1, 0), total), total
