"""A text with lines that end alike, however it was typed, copied or sent.

Browsers end lines with two signs, PDFs leave spaces at their ends, and mail doubles empty lines: what a text
says must not depend on that. Nor does it on who may read it: what is not public is checked like the rest.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from mikrogrow.values.secret_text import CLOSE, OPEN, passages_in
from projects.decisions.figures.readings import Reading

_SPACE = r"[ \t\r\u00a0]"
# Line ends that follow each other; the look back keeps its time to the text's length.
_ENDS = re.compile(rf"(?<!{_SPACE}){_SPACE}*\n(?:{_SPACE}*\n)*")
_UNEVEN = re.compile(rf"{_SPACE}\n|\n\n\n|\r|{re.escape(OPEN)}")
_LONE_END = re.compile(r"\r(?!\n)")


class _InText(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Found = TypeVar("Found", bound=_InText)


@dataclass(frozen=True)
class EvenText:
    """No line of `text` ends in a space, and one empty line stands where there were several."""

    text: str
    # Where each of its signs stood; None if nothing was left out.
    _places: "array[int] | None" = None

    def were(self, start: int, end: int) -> tuple[int, int]:
        """Where that, which is not empty, stood in the text as it was."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end - 1] + 1

    def as_they_were(self, found: Sequence[Found], text: str) -> list[Found]:
        """What was found in this text, where it stood in `text`, which is the text as it was."""
        if self._places is None:
            return list(found)
        places = [self.were(each.start, each.end) for each in found]
        return [
            replace(each, raw=text[start:end], start=start, end=end)  # type: ignore[type-var]
            for each, (start, end) in zip(found, places, strict=True)
        ]

    def read_now(self, readings: Sequence[Reading]) -> Sequence[Reading]:
        """Those of the text as it was, in this one."""
        if self._places is None:
            return readings
        found = []
        for reading in readings:
            start, end = (bisect_left(self._places, place) for place in (reading.start, reading.end))
            found.append(replace(reading, raw=self.text[start:end], start=start, end=end))
        return found


def even_text(text: str) -> EvenText:
    if not _UNEVEN.search(text):
        return EvenText(text)
    text = _LONE_END.sub("\n", text)
    parts, places, end = [], array("Q"), 0
    for start, stop in sorted([*_of_line_ends(text), *_of_marks(text)]):
        if start >= end:
            parts.append(text[end:start])
            places.extend(range(end, start))
        end = max(end, stop)
    parts.append(text[end:])
    places.extend(range(end, len(text)))
    return EvenText("".join(parts), places)


def _of_line_ends(text: str) -> Iterator[tuple[int, int]]:
    """What is left out where lines end."""
    for match in _ENDS.finditer(text):
        start = match.start()
        for kept in [place for place in range(*match.span()) if text[place] == "\n"][:2]:
            yield start, kept
            start = kept + 1
        yield start, match.end()


def _of_marks(text: str) -> Iterator[tuple[int, int]]:
    """The marks of passages that are not public, without their texts: they are figures' words like others."""
    for passage in passages_in(text):
        colon = text.find(":", passage.start, passage.end)
        if colon >= 0:
            yield passage.start, colon + 1
        if passage.is_closed:
            yield passage.end - len(CLOSE), passage.end
