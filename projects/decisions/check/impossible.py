"""Days that are written as days and that no calendar has: 31.2.2031."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(
    r"(?<![\w/.:])(?P<day>\d{1,2})\.[ \u00a0]?(?P<month>\d{1,2})\.[ \u00a0]?(?P<year>(?:19|20|21)\d{2})"
    r"(?![\w/]|\.\d)"
)
_ISO = re.compile(r"(?<![\w/.:-])(?P<year>(?:19|20|21)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w/-])")


@dataclass(frozen=True)
class ImpossibleDay:
    raw: str
    start: int
    end: int


def impossible_days(text: str) -> Iterator[ImpossibleDay]:
    for pattern in (_WRITTEN, _ISO):
        for match in pattern.finditer(text):
            if not _is_day(match):
                yield ImpossibleDay(match[0], *match.span())


def _is_day(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True
