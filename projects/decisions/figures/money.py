"""Euros: 59.953 euroa, 59 953,00 e, 1,2 milj. euroa, 120 t€, € 59 953, 50 000–60 000 euroa, sata euroa."""

import re
from decimal import Decimal
from re import Match

from projects.decisions.figures.numbers import BEGINS, FOOTNOTE, NUMBER, SIGN, WORDS, both_ends, one
from projects.decisions.figures.readings import Kind, Readings, spelled

_SPACE = r"(?: ?\n {0,12}| {0,2})"
# How many times larger: the size stands before the unit in words, or as a letter of it.
_SIZES = {"milj": 10**6, "mrd": 10**9, "miljardi": 10**9, "tuha": 1000, "t": 1000, "k": 1000, "m": 10**6}
_SIZE = (
    r"(?:milj(?:oona[a-zåäö]{0,6}|\.)?|miljardi[a-zåäö]{0,6}|mrd\.?|tuha(?:tta|nne[a-z]{1,3}|nteen)|tuh\."
    r"|[tkm](?= (?:€|euroa|eur(?!\w))))"
)
_EUROS = r"(?:€(?![a-zåäö\d])|eur(?:o[a-zåäö]{0,8})?(?![\w-])|e(?![\w.-]\w|\w))"
# "15 te" and "1,5 Me", but neither "vuonna 2017 te" nor the days "ke" and the word "me".
_LETTER = r"[tkm](?=€|eur)|(?-i:(?<!\d{4} )t|M)(?=e(?!\w))"
_UNIT = rf"(?:(?P<size>{_SIZE}){_SPACE})?(?P<letter>{_LETTER})?{_EUROS}"
_DASH = r" {0,2}[-\u2013] {0,2}"
# The unit of a list is said once, after its last: 10 000 vuonna 2024 ja 20 000 euroa vuonna 2025.
_WHOLE = r"\d{1,3}(?:[ .]\d{3}){1,4}(?!\d|,\d)"
_YEAR = r"(?: (?:vuonna|vuodelle|vuoden|v\.) \d{4})?"
_AND = r"(?: ?\n {0,12}| )(?:ja|sekä)(?: ?\n {0,12}| )"
# "Muutaman tuhannen euron" is no figure, nor is the end of "kahden ja puolen miljoonan".
_NO_WHOLE = re.compile(
    r"(?:\bmuutam\w+|\buse\w+|\bmon\w+|\bpar\w+|\bjoiden\w+|\bpuol\w+|toista|½)\s+\Z", re.IGNORECASE
)
_SIZE_ALONE = ("tuha", "miljoon", "sata", "sada")
_LONGEST_BEFORE = 20
_GROUPED = r"\d{1,3}(?:[ .]\d{3}){1,4}(?:,\d{1,2})?(?!\d)|\d{1,12},\d{2}(?!\d)"


def _size(match: Match[str]) -> int:
    words = (match.groupdict().get("size") or match.groupdict().get("letter") or "").lower()
    fitting = [name for name in _SIZES if words.startswith(name)]
    return _SIZES[max(fitting, key=len)] if fitting else 1


def _half(match: Match[str]) -> Readings:
    return [(Kind.MONEY, Decimal(_size(match)) / 2, "")]


_one = one(Kind.MONEY, _size)


def _in_words(match: Match[str]) -> Readings | None:
    before = match.string[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    if match["number"].lower().startswith(_SIZE_ALONE) and _NO_WHOLE.search(before):
        return []
    return _one(match)


SPELLINGS = (
    spelled(
        rf"{BEGINS}(?P<first>{NUMBER}){_DASH}(?P<rest>(?P<last>{NUMBER}){FOOTNOTE}{_SPACE}{_UNIT})",
        both_ends(Kind.MONEY, _size),
    ),
    # A slip of the pen in what the cents follow: 54 373, 64 euroa.
    spelled(rf"{BEGINS}(?P<number>\d{{1,3}}(?:[ .]\d{{3}}){{1,4}}, \d{{2}}) {_EUROS}", _one),
    spelled(rf"{BEGINS}(?P<number>{SIGN}{NUMBER}){FOOTNOTE}{_SPACE}{_UNIT}", _one),
    # 1 200,- and 1 200:-
    spelled(rf"{BEGINS}(?P<number>{SIGN}{NUMBER})[,:]-(?!\d)", _one),
    spelled(rf"(?<![\d€]) ?€ ?(?P<number>{SIGN}{NUMBER})(?!\d)", _one),
    spelled(rf"(?<!\w)(?:euroa|EUR) (?P<number>{SIGN}(?:{_GROUPED}))", _one),
    spelled(
        rf"{BEGINS}(?P<number>{_WHOLE})"
        rf"(?={_YEAR}(?:(?:, {_WHOLE}{_YEAR}){{1,5}}{_AND}{_WHOLE}{_SPACE}{_UNIT}"
        rf"|{_AND}{_WHOLE}{_SPACE}(?:€|euroa(?!\w))))",
        _one,
    ),
    spelled(rf"(?<=\d\d\d, )(?P<number>{_WHOLE})(?={_YEAR}{_AND}{_WHOLE}{_SPACE}{_UNIT})", _one),
    spelled(rf"(?<!\w)(?<! ja )puol(?:i|en|ta|esta|een|ella|elle) {_UNIT}", _half),
    spelled(rf"(?<!\w)(?P<number>{WORDS}) {_UNIT}", _in_words),
)
