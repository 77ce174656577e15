"""The lines of a paper: where pages end, where words are divided, what is a row of a table."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mikrogrow.values.divided_words import DividedWords, is_divided

# One kind of space and line end, sign for sign where possible.
_PLAIN = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " "),
    ord("\u2010"): "-",
    ord("\u2011"): "-",
}
_LINE_ENDS = re.compile(r"\r\n?|[\n\f\v\x85\u2028\u2029]")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00"))
_GAP = re.compile(r"\t+| {2,}| \| ")
# Drawn with bars: | Kaupunki | 20 000 € | and its rules, |---|---| and +---+---+.
_BARRED = re.compile(r"\s*(?:\|.*\||\+[-=+]{3,}\+?)\s*")
_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[a-zåäö]\)|[-\u2013\u2022*]|[^\W\d_]{2,20} \d{1,2}:)\s+\S")
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:sivu|s\.)? ?\d{1,4} ?(?:\( ?\d{1,4} ?\)|/ ?\d{1,4})", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
# No head of a page has more lines.
MOST_LINES_OF_HEAD = 10
# No layout ends a line within an amount: "90 000 euroa".
_AMOUNT_AT_START = re.compile(r"\s*(\d{1,3}(?: \d{3})*(?:,\d+)?(?: (?:euroa?|e|€|%)(?!\w))?)")


def lines_of(text: str) -> list[str]:
    plain = text.translate(_PLAIN).translate(_NOTHING)
    return [line.rstrip() for line in _LINE_ENDS.split(plain)]


def cells(line: str) -> list[str]:
    """What wide gaps or bars divide."""
    return [cell for cell in _GAP.split(line.strip()) if cell]


# Each line is asked several times on its way to its paragraph.
@lru_cache(maxsize=4096)
def is_row(line: str) -> bool:
    """Whether it is a row of a table: bars, a wide gap and a figure after the last one, or many gaps."""
    if _BARRED.fullmatch(line):
        return True
    found = cells(line)
    return len(found) > 2 or (len(found) == 2 and any(sign.isdigit() for sign in found[1][:40]))


def without_repeated_heads(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without the heads of later pages, and those heads."""
    first = [line for line in lines[: 4 * MOST_LINES_OF_HEAD] if line][:MOST_LINES_OF_HEAD]
    again = next((place for place, line in enumerate(first) if place and _key(line) == _key(first[0])), None)
    keys = {_key(line) for line in first[:again]}
    kept: list[str] = []
    heads: list[str] = []
    place, has_begun = 0, False
    while place < len(lines):
        line = lines[place]
        end = place
        if line and has_begun and _key(line) == _key(first[0]):
            end = _end_of_head(lines, place, keys)
        if end > place:
            heads += [each for each in lines[place:end] if each]
            place = end
        else:
            kept.append(line)
            place += 1
            has_begun = has_begun or bool(line)
    return kept, heads


def _end_of_head(lines: Sequence[str], start: int, keys: set[str]) -> int:
    """Where a repeated head ends; `start` if there is none: one line alone may be text."""
    end, found = start, 0
    for place in range(start, min(len(lines), start + 3 * MOST_LINES_OF_HEAD)):
        line = lines[place]
        if not line:
            continue
        if _key(line) not in keys and not _DAY.fullmatch(line.strip()):
            break
        end, found = place + 1, found + 1
    has_page = any(_PAGE.search(line) for line in lines[start:end])
    return end if found > 1 or (found == 1 and has_page) else start


def _key(line: str) -> str:
    return " ".join(_DIGITS.sub("0", line.casefold()).split())


def width_of(lines: Iterable[str]) -> int:
    """How long lines are at most before the layout wraps them."""
    lengths = sorted(len(line) for line in lines if len(line) > 30 and not is_row(line))
    return lengths[len(lengths) * 8 // 10] if lengths else 60


def has_room(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would have fitted, so that its writer ended the line."""
    word = following.split(None, 1)[:1]
    amount = _AMOUNT_AT_START.match(following)
    longest = max([*map(len, word), len(amount[1]) if amount else 0])
    return bool(word) and len(line) + 1 + longest <= width - 2


class Mender:
    """Puts together the lines of a paragraph and the words that the layout divided."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.width = width_of(lines)
        self.words = DividedWords(lines)

    def text(self, lines: Sequence[str], *, keeps_lines: bool = False) -> str:
        """Paragraphs stand on one line each, rows of tables and of lists on their own.

        With `keeps_lines` only divided words are put together.
        """
        found: list[list[str]] = []
        last, is_after_gap = "", False
        for line in lines:
            if not line:
                is_after_gap = bool(last) and not is_divided(last)
                continue
            if is_after_gap:
                # A page ended here, or the layout left a gap.
                continues = not keeps_lines and _goes_on(last, line)
            else:
                continues = bool(last) and self._continues(last, line, keeps_lines=keeps_lines)
            if continues:
                self.words.add(found[-1], _spaced(line))
            else:
                shown = line if keeps_lines or is_row(line) else _spaced(line)
                found += [[""], [shown]] if is_after_gap else [[shown]]
            last, is_after_gap = line, False
        return "\n".join("".join(pieces) for pieces in found)

    def one_line(self, lines: Sequence[str]) -> str:
        pieces: list[str] = []
        for line in lines:
            self.words.add(pieces, line.strip())
        return " ".join("".join(pieces).split())

    def joined(self, before: str, after: str) -> str:
        pieces = [before]
        self.words.add(pieces, after)
        return "".join(pieces)

    def _continues(self, before: str, line: str, *, keeps_lines: bool) -> bool:
        if is_divided(before) or self.words.stand_together(before, line.strip()):
            return line.lstrip()[:1].isalnum()
        if keeps_lines or is_row(before) or is_row(line) or (" | " in before and " | " in line):
            return False
        is_full = not has_room(before, line, self.width)
        if _ITEM.match(line):
            return is_full and before[-1] not in ".,:;!?"
        first = line.lstrip()[0]
        is_open = first.islower() or first in "%€)" or before[-1] == ","
        return is_full or (is_open and before[-1] not in ".:;!?")


def _spaced(line: str) -> str:
    """Prose has one space between its words; what has wider gaps heads a table."""
    return line if "   " in line.strip() else " ".join(line.split())


def _goes_on(before: str, line: str) -> bool:
    """Whether a sentence goes on after an empty line."""
    return before[-1] not in ".:;!?" and line.lstrip()[0].islower() and not (is_row(before) or is_row(line))
