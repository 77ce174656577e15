"""Percentages, points, shares: 75%, 18,9 prosenttia, 2 %-yksikköä, puolet, kaksi kolmasosaa, 2/3 tuesta."""

from decimal import Decimal
from re import Match

from projects.decisions.figures.numbers import BEGINS, NUMBER, SIGN, WORD, both_ends, one
from projects.decisions.figures.readings import Kind, Readings, spelled

_SPACE = r"(?: ?\n {0,12}| {0,2})"
_PERCENT = r"(?:%(?!-)|pros(?:\.|enttia|entti[a-zåäö]{0,6}|entin|ent[a-zåäö]{0,6})(?!\w))"
_POINTS = r"(?:%-yks(?:\.|ikk[a-zåäö]{1,8}|ik[a-zåäö]{1,8})?|prosenttiyksik[a-zåäö]{1,9})(?!\w)"
_DASH = r" {0,2}[-\u2013] {0,2}"
_PARTS = {"kolm": 3, "nelj": 4, "viid": 5}
# How many of them, in each case.
_TIMES = {
    **dict.fromkeys(("kaksi", "kahta", "kahden", "kahdella", "kahdesta", "kahteen"), 2),
    **dict.fromkeys(("kolme", "kolmea", "kolmen", "kolmella", "kolmesta", "kolmeen"), 3),
    **dict.fromkeys(("neljä", "neljää", "neljän", "neljällä", "neljästä", "neljään"), 4),
}
_SHARE_WORDS = (
    rf"(?:(?P<times>{'|'.join(_TIMES)}) )?"
    r"(?P<part>(?:kolmas|neljäs|viides)os(?:a|an|aa|aan|assa|alla|alle|asta)"
    r"|(?:kolmanne|neljänne|viidenne)(?:s|ksen|sta|stä|kseen))"
)
# A share only of money: "1/3" may be a page, a day or an annex.
_OF_MONEY = r"\w{0,20}(?:kustannuks|menoi|rahoituks|hinna|avustuks|tue|budjeti)[a-zåäö]{0,2}sta(?!\w)"
_FRACTION = (
    r"(?P<part>[1-9]/(?:[2-9]|1[0-2]))"
    rf"(?=[ -]osa(?:a|n|lla)?(?!\w)|:n osuu| (?:\w{{4,20}}n )?{_OF_MONEY})"
)


def _percent_of(count: int, parts: int) -> Readings:
    share = Decimal(100 * count) / parts
    rounded = round(share, 2)
    return [(Kind.PERCENT, share if share == rounded else rounded, "")] if count < parts else []


def _half(match: Match[str]) -> Readings:
    return [(Kind.PERCENT, Decimal(50), "")]


def _share(match: Match[str]) -> Readings:
    count = _TIMES[match["times"].lower()] if match["times"] else 1
    return _percent_of(count, _PARTS[match["part"][:4].lower()])


def _fraction(match: Match[str]) -> Readings:
    count, parts = map(int, match["part"].split("/"))
    return _percent_of(count, parts)


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
    spelled(r"(?<![\w-])puolet(?!\w)", _half),
    spelled(rf"(?<![\w-])(?:{_SHARE_WORDS})(?!\w)", _share),
    spelled(rf"(?<![\w/§.,:-])(?<!§ )(?:{_FRACTION})", _fraction),
    # The word says the unit: tukiprosentti on 55.
    spelled(
        rf"(?<!\w)\w{{2,20}}prosent(?:ti|tia|tina|in|iksi) (?:[a-zåäö]{{2,12}} ){{0,3}}"
        rf"(?P<bare>(?P<number>{NUMBER}))(?![\d%]|[.,]\d| ?(?:%|€|eur|pros))",
        _bare,
    ),
)
