"""Lays the signs of a PDF out as lines of text: spaces keep columns apart, empty lines paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from mikrogrow.pdf.printed_rows import rows_as_written

# Of the height of a sign: what still is one line, one word, and one column.
_ONE_LINE = 0.4
_ONE_WORD = 0.12
_ONE_COLUMN = 0.9
# Of the usual distance of two lines: a larger one is an empty line.
_EMPTY_LINE = 1.5
# A page is no wider: a sign far outside would make a line of millions of spaces.
_WIDEST = 250
_DIGITS = re.compile(r"\d+")
# A wide gap with a figure after it.
_ROW = re.compile(r"\S {2,}(?:.* )?\d")
_BULLET = re.compile(r" {0,12}[-\u2013\u2022*] +\S")
_LONGEST_HEADING = 45
_HEADING = re.compile(rf"[A-ZÅÄÖ][^\d.:;,!?]{{2,{_LONGEST_HEADING}}}")


@dataclass(frozen=True)
class Sign:
    text: str
    left: float
    right: float
    baseline: float
    height: float


def text_of_pages(pages: Sequence[Sequence[Sign]]) -> str:
    lines = [_lines(signs) for signs in pages]
    distances = sorted(distance for page in lines for distance in _distances(page))
    # Most papers have more lines in paragraphs than paragraphs.
    usual = distances[len(distances) // 5] if distances else 0.0
    shown = [_page_lines(page, usual) for page in lines if page]
    widest = max((len(line) for page in shown for line in page), default=0)
    return _joined([rows_as_written(page, widest) for page in shown])


def _page_lines(lines: Sequence[Sequence[Sign]], usual: float) -> list[str]:
    signs = [sign for line in lines for sign in line]
    width = median(sign.right - sign.left for sign in signs) or 1.0
    start = min(sign.left for sign in signs)
    shown = [_line_text(lines[0], start, width)]
    for line, distance in zip(lines[1:], _distances(lines), strict=True):
        if distance > usual * _EMPTY_LINE:
            shown.append("")
        shown.append(_line_text(line, start, width))
    return shown


def _distances(lines: Sequence[Sequence[Sign]]) -> list[float]:
    return [above[0].baseline - below[0].baseline for above, below in pairwise(lines)]


def _joined(pages: Sequence[list[str]]) -> str:
    """Sentences, tables, lists, and a heading with its text go on over a page's end without an empty line."""
    # What more pages begin or end with is no text.
    edges = Counter(_key(line) for page in pages for line in {page[0], page[-1]})
    pieces: list[str] = []
    for page, before in zip(pages, [[], *pages], strict=False):
        if before:
            is_text = edges[_key(page[0])] == edges[_key(before[-1])] == 1
            goes_on = _goes_on(before[-1], page[0]) or (is_text and _belongs(before, page))
            pieces.append("\n" if goes_on else "\n\n")
        pieces.append("\n".join(page))
    return "".join(pieces)


def _key(line: str) -> str:
    return " ".join(_DIGITS.sub("0", line).split())


def _goes_on(before: str, line: str) -> bool:
    first = line.lstrip()[:1]
    return before[-1:] not in ".:;!?" and (first.islower() or first.isdigit())


def _belongs(before: Sequence[str], page: Sequence[str]) -> bool:
    last, first = before[-1], page[0]
    is_heading = _HEADING.fullmatch(last) is not None and len(before) > 1 and not before[-2]
    has_prose = len(first) > _LONGEST_HEADING or (len(page) > 1 and len(page[1]) > _LONGEST_HEADING)
    is_list = _BULLET.match(last) is not None and last.lstrip()[:1] == first.lstrip()[:1]
    return is_list or bool(_ROW.search(last) and _ROW.search(first)) or (is_heading and has_prose)


def _lines(signs: Sequence[Sign]) -> list[list[Sign]]:
    """From the top, each from the left."""
    found: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda sign: -sign.baseline):
        if found and abs(found[-1][0].baseline - sign.baseline) <= _ONE_LINE * max(sign.height, 1.0):
            found[-1].append(sign)
        else:
            found.append([sign])
    return [sorted(line, key=lambda sign: sign.left) for line in found]


def _line_text(line: Sequence[Sign], start: float, width: float) -> str:
    pieces: list[str] = []
    column = 0
    before: Sign | None = None
    for sign in line:
        gap = sign.left - (before.right if before else start)
        height = max(sign.height, 1.0)
        spaces = 0
        if before is None or gap > height * _ONE_COLUMN:
            least = 0 if before is None else 2
            spaces = max(least, min(round((sign.left - start) / width), _WIDEST) - column)
        elif gap > height * _ONE_WORD:
            spaces = 1
        pieces.append(" " * spaces + sign.text)
        column += spaces + len(sign.text)
        before = sign
    return "".join(pieces)
