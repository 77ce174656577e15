"""Words that a layout divided at the end of a line, put together again."""

import re
from collections.abc import Iterable

# What lists two halves of compounds: "vesi- ja ympäristöala".
_ANDS = ("ja", "tai", "sekä", "eli", "että", "kuin", "ynnä", "taikka")
_LONGEST_WORD = 80
# So many letters say which word it is, whatever its case.
_STEM = 5
# A name of several words and what it names: "Pitkä nimi -hanke".
_NAME_AT_END = re.compile(r"[\w)\"\u201d] -\Z")
_NAMED_THING = re.compile(r"[a-zåäö]{0,30}(?:hank(?:e|k)|ohjelma|projekti)")
_HYPHENATED = re.compile(r"\w[\w-]*\w")
_WORD_AT_END = re.compile(r"[\w-]{1,80}\Z")
_WORD_AT_START = re.compile(r"[\w-]{1,80}")


def is_divided(line: str) -> bool:
    return line[-1:] in "-\u00ad" and line[-2:-1].isalnum()


class DividedWords:
    """Joins lines of one text.

    A hyphen at a line's end is real if the text has the word with it elsewhere, or if Finnish has
    no other way to write it: after an abbreviation or a figure, before a capital, between two of one vowel.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.words = {
            word[0].casefold()
            for line in lines
            for word in _HYPHENATED.finditer(line)
            if len(word[0]) < _LONGEST_WORD
        }
        self.stems = {
            word[: place + 1 + _STEM] for word in self.words for place, sign in enumerate(word) if sign == "-"
        }

    def add(self, pieces: list[str], after: str) -> None:
        """Adds a line to what stands before it, with a space, or to a word that it divides."""
        if not pieces:
            pieces.append(after)
            return
        before = pieces[-1]
        if before[-1:] == "\u00ad" or self._is_of_layout(before, after):
            pieces[-1] = before[:-1]
        elif not self.stand_together(before, after):
            pieces.append(" ")
        pieces.append(after)

    def stand_together(self, before: str, after: str) -> bool:
        """Whether a hyphen or a dash ties both lines without a space."""
        if before[-1:] == "\u2013":
            return before[-2:-1].isdigit() and after[:1].isdigit()
        if _NAME_AT_END.search(before[-3:]):
            return _NAMED_THING.match(after) is not None
        return is_divided(before) and after[:1].isalnum() and _word_at_start(after).casefold() not in _ANDS

    def _is_of_layout(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end only divides a word."""
        if not is_divided(before) or not self.stand_together(before, after):
            return False
        head = _WORD_AT_END.search(before[-_LONGEST_WORD - 1 : -1])
        return not self._is_real(head[0] if head else "", _word_at_start(after))

    def _is_real(self, head: str, tail: str) -> bool:
        bare = (head + tail).casefold()
        if bare in self.words:
            return False
        is_said = f"{head}-{tail}".casefold() in self.words
        if is_said or (len(tail) >= _STEM and f"{head}-{tail[:_STEM]}".casefold() in self.stems):
            return True
        last = head.rpartition("-")[2]
        if (last.isupper() and len(last) > 1) or last[-1:].isdigit() or not tail[:1].islower():
            return True
        return last[-1:] == tail[:1] and tail[:1] in "aeiouyäö"


def _word_at_start(text: str) -> str:
    match = _WORD_AT_START.match(text)
    return match[0] if match else ""
