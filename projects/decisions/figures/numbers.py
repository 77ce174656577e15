"""Numbers as Finnish papers write them: 59 953, 59.953, 59 953,50, 1,2 and in words."""

import re
from collections.abc import Callable
from decimal import Decimal
from re import Match

from projects.decisions.figures.number_words import number_in
from projects.decisions.figures.readings import Kind, Make, Readings

# Between groups of three digits: a space, a dot, or the end of a line.
_BETWEEN = r"(?: |\.|\u00a0| ?\n {0,12})"
# A figure of one digit after a comma is told apart from a thousand by its length.
NUMBER = rf"(?:\d{{1,3}}(?:{_BETWEEN}\d{{3}}){{1,4}}(?!\d)|\d{{1,15}})(?:,\d{{1,4}}|\.\d{{1,2}}(?!\d))?"
# No digit, letter or mark that would make it a part of something longer: 000 is the rest of a number.
BEGINS = r"(?<![\w/:#§@])(?<!\d[.,])(?!0\d)"
# A hyphen or a dash right before the number, or a minus with or without a space; after "=" each is a minus.
SIGN = r"(?:(?<![\w)])(?:-|(?<![\d%€] )\u2013|\u2212 ?|(?<== )[-\u2013] ))?"
# The marks of footnotes stand right after a number.
FOOTNOTE = r"[¹²³⁴⁵⁶⁷⁸⁹]{0,2}"

# A word that may be a number: looking it up is faster than a pattern of all of them.
WORD = r"[yknvst][a-zåäö]{3,90}"
# Groups of digits may stand apart: kaksi miljoonaa viisisataatuhatta, kaksituhatta yhdeksänsataa.
WORDS = r"[yknvstm][a-zåäö]{3,90}(?:(?: | ?\n {0,12})[yknvstm][a-zåäö]{3,90}){0,4}"


def number_of(text: str) -> Decimal | None:
    """Of what NUMBER, WORD or WORDS matched; None of words that are no number."""
    if text[0].isalpha():
        number = number_in("".join(text.lower().split()))
        return None if number is None else Decimal(number)
    sign = -1 if text[0] in "-\u2013\u2212" else 1
    bare = re.sub(r"[^\d,.]", "", text)
    whole, comma, cents = bare.partition(",")
    if not comma and (ends := re.fullmatch(r"(\d+(?:\.\d{3})*)\.(\d{1,2})", bare)):
        whole, cents = ends.group(1), ends.group(2)
    digits = whole.replace(".", "")
    return sign * Decimal(f"{digits}.{cents}" if cents else digits)


def _as_it_is(match: Match[str]) -> int:
    return 1


def one(kind: Kind, size: Callable[[Match[str]], int] = _as_it_is) -> Make:
    """Reads the group `number`, so many times larger as `size` says."""

    def make(match: Match[str]) -> Readings | None:
        number = number_of(match["number"])
        return None if number is None else [(kind, number * size(match), "")]

    return make


def both_ends(kind: Kind, size: Callable[[Match[str]], int] = _as_it_is) -> Make:
    """Reads the groups `first` and `last`, figures of one unit, which stands in `rest` with the last."""

    def make(match: Match[str]) -> Readings | None:
        first, last = number_of(match["first"]), number_of(match["last"])
        if first is None or last is None:
            return None
        return [(kind, first * size(match), "first"), (kind, last * size(match), "rest")]

    return make
