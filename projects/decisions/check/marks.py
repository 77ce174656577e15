"""Figures that a person has marked as none of the project's, found again in a text that has changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from projects.choices import LONGEST_FIGURE, LONGEST_WORDS

# So many words tell a figure apart from another one that is written alike.
_WORDS = 6
_REACH = 200
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Place:
    """A figure as it is written, between these words."""

    figure: str
    before: str
    after: str


@dataclass(frozen=True)
class Mark:
    """Why a figure is none of the project's, and who says so."""

    place: Place
    reason: str
    by: str
    day: date
    key: int = 0


def place_of(text: str, start: int, end: int) -> Place:
    """In words of its own paragraph, however its lines are divided."""
    before = _BREAK.split(text[max(0, start - _REACH) : start])[-1].split()
    after = _BREAK.split(text[end : end + _REACH], maxsplit=1)[0].split()
    return Place(
        " ".join(text[start:end].split())[:LONGEST_FIGURE],
        " ".join(before[-_WORDS:])[-LONGEST_WORDS:].strip(),
        " ".join(after[:_WORDS])[:LONGEST_WORDS].strip(),
    )


def mark_of(text: str, start: int, end: int, marks: Sequence[Mark]) -> Mark | None:
    """The mark of this figure: what stands before it or after it has to be as it was."""
    if not marks:
        return None
    place = place_of(text, start, end)
    alike = [mark for mark in marks if mark.place.figure == place.figure]
    exact = [mark for mark in alike if mark.place == place]
    return next(iter(exact), None) or next((mark for mark in alike if _is_beside(mark.place, place)), None)


def _is_beside(marked: Place, place: Place) -> bool:
    return (marked.before == place.before != "") or (marked.after == place.after != "")
