"""The lines of a paper: where pages end, where words are divided, what is a row of a table."""

import re
from collections.abc import Iterable, Sequence

# One kind of space and line end, sign for sign where possible.
_PLAIN = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " "),
    ord("\u2010"): "-",
    ord("\u2011"): "-",
}
_LINE_ENDS = re.compile(r"\r\n?|[\n\f\v\x85\u2028\u2029]")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00"))
_GAP = re.compile(r"\t+| {2,}")
_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[a-zåäö]\)|[-\u2013\u2022*]|[^\W\d_]{2,20} \d{1,2}:)\s+\S")
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:sivu|s\.)? ?\d{1,4} ?(?:\( ?\d{1,4} ?\)|/ ?\d{1,4})", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
# No head of a page has more lines.
MOST_LINES_OF_HEAD = 10
# What lists two halves of compounds: "vesi- ja ympäristöala".
_ANDS = ("ja", "tai", "sekä", "eli", "että", "kuin", "ynnä", "taikka")
_LONGEST_WORD = 80
_HYPHENATED = re.compile(r"\w[\w-]*\w")
_WORD_AT_END = re.compile(r"[\w-]{1,80}\Z")
_WORD_AT_START = re.compile(r"[\w-]{1,80}")
# No layout ends a line within an amount: "90 000 euroa".
_AMOUNT_AT_START = re.compile(r"\s*(\d{1,3}(?: \d{3})*(?:,\d+)?(?: (?:euroa?|e|€|%)(?!\w))?)")


def lines_of(text: str) -> list[str]:
    plain = text.translate(_PLAIN).translate(_NOTHING)
    return [line.rstrip() for line in _LINE_ENDS.split(plain)]


def cells(line: str) -> list[str]:
    """What wide gaps divide."""
    return [cell for cell in _GAP.split(line.strip()) if cell]


def is_row(line: str) -> bool:
    """Whether it is a row of a table: a wide gap, and a figure after the last one, or many gaps."""
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
    """Puts together the lines of a paragraph and the words that the layout divided.

    A hyphen at a line's end is real if the paper has the word with it elsewhere, or if Finnish has no other
    way to write it: after an abbreviation or a figure, before a capital, between two of one vowel.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.width = width_of(lines)
        self.words = {
            word[0].casefold()
            for line in lines
            for word in _HYPHENATED.finditer(line)
            if len(word[0]) < _LONGEST_WORD
        }

    def text(self, lines: Sequence[str], *, keeps_lines: bool = False) -> str:
        """Paragraphs stand on one line each, rows of tables and of lists on their own.

        With `keeps_lines` only divided words are put together.
        """
        found: list[list[str]] = []
        last, is_after_gap = "", False
        for line in lines:
            if not line:
                is_after_gap = bool(last) and not _is_divided(last)
                continue
            if is_after_gap:
                # A page ended here, or the layout left a gap.
                continues = not keeps_lines and _goes_on(last, line)
            else:
                continues = bool(last) and self._continues(last, line, keeps_lines=keeps_lines)
            if continues:
                self._add(found[-1], _spaced(line))
            else:
                shown = line if keeps_lines or is_row(line) else _spaced(line)
                found += [[""], [shown]] if is_after_gap else [[shown]]
            last, is_after_gap = line, False
        return "\n".join("".join(pieces) for pieces in found)

    def one_line(self, lines: Sequence[str]) -> str:
        pieces: list[str] = []
        for line in lines:
            self._add(pieces, line.strip())
        return " ".join("".join(pieces).split())

    def joined(self, before: str, after: str) -> str:
        pieces = [before]
        self._add(pieces, after)
        return "".join(pieces)

    def _add(self, pieces: list[str], after: str) -> None:
        """Adds a line to what stands before it, with a space, or to a word that it divides."""
        if not pieces:
            pieces.append(after)
            return
        before = pieces[-1]
        if before[-1:] == "\u00ad" or self._is_of_layout(before, after):
            pieces[-1] = before[:-1]
        elif not self._stands_together(before, after):
            pieces.append(" ")
        pieces.append(after)

    def _continues(self, before: str, line: str, *, keeps_lines: bool) -> bool:
        if _is_divided(before) or self._stands_together(before, line.strip()):
            return line.lstrip()[:1].isalnum()
        if keeps_lines or is_row(before) or is_row(line):
            return False
        is_full = not has_room(before, line, self.width)
        if _ITEM.match(line):
            return is_full and before[-1] not in ".,:;!?"
        first = line.lstrip()[0]
        is_open = first.islower() or first in "%€)" or before[-1] == ","
        return is_full or (is_open and before[-1] not in ".:;!?")

    def _stands_together(self, before: str, after: str) -> bool:
        """Whether a hyphen or a dash ties both lines without a space."""
        if before[-1:] == "\u2013":
            return before[-2:-1].isdigit() and after[:1].isdigit()
        return _is_divided(before) and after[:1].isalnum() and _word_at_start(after).casefold() not in _ANDS

    def _is_of_layout(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end only divides a word."""
        if before[-1:] != "-" or not self._stands_together(before, after):
            return False
        head = _WORD_AT_END.search(before[-_LONGEST_WORD - 1 : -1])
        return not self._is_real(head[0] if head else "", _word_at_start(after))

    def _is_real(self, head: str, tail: str) -> bool:
        bare = (head + tail).casefold()
        if bare in self.words:
            return False
        if f"{head}-{tail}".casefold() in self.words:
            return True
        last = head.rpartition("-")[2]
        if (last.isupper() and len(last) > 1) or last[-1:].isdigit() or not tail[:1].islower():
            return True
        return last[-1:] == tail[:1] and tail[:1] in "aeiouyäö"


def _spaced(line: str) -> str:
    """Prose has one space between its words; what has wider gaps heads a table."""
    return line if "   " in line.strip() else " ".join(line.split())


def _goes_on(before: str, line: str) -> bool:
    """Whether a sentence goes on after an empty line."""
    return before[-1] not in ".:;!?" and line.lstrip()[0].islower() and not (is_row(before) or is_row(line))


def _word_at_start(text: str) -> str:
    match = _WORD_AT_START.match(text)
    return match[0] if match else ""


def _is_divided(line: str) -> bool:
    return line[-1:] in "-\u00ad" and line[-2:-1].isalnum()
