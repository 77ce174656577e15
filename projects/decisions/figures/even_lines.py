"""A text with lines that end alike, however it was typed, copied or sent.

Browsers end lines with two signs, PDFs leave spaces at their ends, and mail doubles empty lines: what a text
says must not depend on that.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from projects.decisions.figures.readings import Reading

_SPACE = r"[ \t\r\u00a0]"
# Line ends that follow each other; the look back keeps its time to the text's length.
_ENDS = re.compile(rf"(?<!{_SPACE}){_SPACE}*\n(?:{_SPACE}*\n)*")
_UNEVEN = re.compile(rf"{_SPACE}\n|\n\n\n|\r")
_LONE_END = re.compile(r"\r(?!\n)")


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
    for match in _ENDS.finditer(text):
        kept = [place for place in range(*match.span()) if text[place] == "\n"][:2]
        parts += [text[end : match.start()], "\n" * len(kept)]
        places.extend(range(end, match.start()))
        places.extend(kept)
        end = match.end()
    parts.append(text[end:])
    places.extend(range(end, len(text)))
    return EvenText("".join(parts), places)
