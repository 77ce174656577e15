"""Percentages and percentage points: 75%, 18,9 prosenttia, 2 %-yksikköä, puolet, kaksi kolmasosaa."""

from decimal import Decimal
from re import Match

from projects.decisions.figures.numbers import BEGINS, NUMBER, SIGN, WORD, both_ends, one
from projects.decisions.figures.readings import Kind, Readings, spelled

_SPACE = r"(?: ?\n {0,12}| {0,2})"
_PERCENT = r"(?:%(?!-)|pros(?:\.|enttia|entti[a-zåäö]{0,6}|entin|ent[a-zåäö]{0,6})(?!\w))"
_POINTS = r"(?:%-yks(?:\.|ikk[a-zåäö]{1,8}|ik[a-zåäö]{1,8})?|prosenttiyksik[a-zåäö]{1,9})(?!\w)"
_DASH = r" {0,2}[-\u2013] {0,2}"
_SHARES = {
    "puolet": Decimal(50),
    "kolmasosa": Decimal("33.33"),
    "kolmannes": Decimal("33.33"),
    "kaksi kolmasosaa": Decimal("66.67"),
    "kaksi kolmannesta": Decimal("66.67"),
    "neljäsosa": Decimal(25),
    "neljännes": Decimal(25),
    "kolme neljäsosaa": Decimal(75),
    "kolme neljännestä": Decimal(75),
    "kaksi viidesosaa": Decimal(40),
    "kolme viidesosaa": Decimal(60),
    "neljä viidesosaa": Decimal(80),
    "viidesosa": Decimal(20),
    "viidennes": Decimal(20),
}
# The base form, and its inflected ones by their beginnings.
_SHARE_WORDS = (
    r"kaksi (?:kolmasosaa|kolmannesta)|kolme (?:neljäsosaa|neljännestä)|puolet"
    r"|(?:kaksi|kolme|neljä) viidesosaa"
    r"|(?:kolmas|neljäs|viides)os(?:a|an|aa|aan|assa|alla|asta)"
    r"|(?:kolmanne|neljänne|viidenne)(?:s|ksen|sta|stä|kseen)"
)


def _share(match: Match[str]) -> Readings:
    word = match[0].lower()
    base = word if word in _SHARES else next(name for name in _SHARES if name[:6] == word[:6])
    return [(Kind.PERCENT, _SHARES[base], "")]


def _bare(match: Match[str]) -> Readings | None:
    return [(kind, value, "bare") for kind, value, _group in _percent(match) or []]


_percent, _points = one(Kind.PERCENT), one(Kind.POINTS)

SPELLINGS = (
    spelled(rf"{BEGINS}(?P<number>{SIGN}{NUMBER}){_SPACE}{_POINTS}", _points),
    spelled(
        rf"{BEGINS}(?P<first>{NUMBER}){_DASH}(?P<rest>(?P<last>{NUMBER}){_SPACE}{_PERCENT})",
        both_ends(Kind.PERCENT),
    ),
    spelled(rf"{BEGINS}(?P<number>{SIGN}{NUMBER}){_SPACE}{_PERCENT}", _percent),
    spelled(rf"{BEGINS}(?P<number>{NUMBER})-prosentti[a-zåäö]{{1,8}}", _percent),
    spelled(rf"(?<!\w)(?P<number>{WORD}) {_POINTS}", _points),
    spelled(rf"(?<!\w)(?P<number>{WORD}) {_PERCENT}", _percent),
    spelled(rf"(?<![\w-])(?:{_SHARE_WORDS})(?!\w)", _share),
    # The word says the unit: tukiprosentti on 55.
    spelled(
        rf"(?<!\w)\w{{2,20}}prosent(?:ti|tia|tina|in|iksi) (?:[a-zåäö]{{2,12}} ){{0,3}}"
        rf"(?P<bare>(?P<number>{NUMBER}))(?![\d%]|[.,]\d| ?(?:%|€|eur|pros))",
        _bare,
    ),
)
