"""Euros: 59.953 euroa, 59 953,00 e, 1,2 milj. euroa, 120 t€, € 59 953, puolitoista miljoonaa euroa."""

import re
from decimal import Decimal
from re import Match

from projects.decisions.figures.numbers import (
    BEGINS,
    FOOTNOTE,
    NUMBER,
    SIGN,
    WORD,
    WORDS,
    both_ends,
    number_of,
    one,
)
from projects.decisions.figures.readings import Kind, Make, Readings, spelled

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
# "Muutaman tuhannen euron" is no figure, nor is the end of what begins with another half.
_NO_WHOLE = re.compile(
    r"(?:\bmuutam\w+|\buse\w+|\bmon\w+|\bpar\w+|\bjoiden\w+|\bpuol\w+|toista|½)\s+\Z", re.IGNORECASE
)
_HALF = r"puol(?:i|en|ta|esta|een|essa|ella|elle)"
# Kaksi ja puoli, 2 ½ and puolitoista, which is one and a half: of these sizes it is said for certain.
_AND_HALF = (
    rf"(?:(?P<number>{WORD}|\d{{1,3}}) ja {_HALF} |(?P<digits>\d{{1,3}}) ?½ |{_HALF}toista ?)"
    r"(?P<size>milj(?:oona[a-zåäö]{0,6}|\.)|tuha(?:tta|nne[a-z]{1,3}|nteen))"
)
# What is counted is left out where it is money for certain: hinta on 1,2 miljoonaa.
_COSTS = (
    r"(?:(?:maksa(?:a|vat|isi)|kustannus?arvio|\w{0,30}kustannukset|\w{0,30}hinta|budjetti|\w{0,20}määräraha"
    r"|menot|rahoitus|avustus)(?: (?:on|ovat|oli|olivat|olisi|olisivat|nousee|nousevat|yhteensä|vielä|noin"
    r"|runsas|vajaa|enintään|jopa)){0,3} )"
)
_NOTHING_MORE = r"(?=[.,;:)](?!\d)| (?:vuonna|vuosina|vuodessa) |\s*\Z)"
_SIZE_ALONE = ("tuha", "miljoon", "sata", "sada")
_LONGEST_BEFORE = 20
_GROUPED = r"\d{1,3}(?:[ .]\d{3}){1,4}(?:,\d{1,2})?(?!\d)|\d{1,12},\d{2}(?!\d)"


def _size(match: Match[str]) -> int:
    words = (match.groupdict().get("size") or match.groupdict().get("letter") or "").lower()
    fitting = [name for name in _SIZES if words.startswith(name)]
    return _SIZES[max(fitting, key=len)] if fitting else 1


def _half(match: Match[str]) -> Readings:
    return [(Kind.MONEY, Decimal(_size(match)) / 2, "")]


def _and_half(match: Match[str]) -> Readings | None:
    said = match["number"] or match["digits"]
    whole = number_of(said) if said else Decimal(1)
    return None if whole is None else [(Kind.MONEY, (whole + Decimal("0.5")) * _size(match), "")]


_one = one(Kind.MONEY, _size)


def _bare(make: Make) -> Make:
    """Reads only the group `bare` of a match."""

    def made(match: Match[str]) -> Readings | None:
        found = make(match)
        return found and [(kind, value, "bare") for kind, value, _group in found]

    return made


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
    spelled(rf"(?<!\w){_AND_HALF} {_EUROS}", _and_half),
    spelled(rf"(?<!\w)(?P<number>{WORDS})(?: | ?\n {{0,12}}){_UNIT}", _in_words),
    spelled(rf"(?<!\w){_COSTS}(?P<bare>{_AND_HALF}){_NOTHING_MORE}", _bare(_and_half)),
    spelled(rf"(?<!\w){_COSTS}(?P<bare>{_HALF} (?P<size>miljoona(?:a|n))){_NOTHING_MORE}", _bare(_half)),
    spelled(
        rf"(?<!\w){_COSTS}(?P<bare>(?P<number>{NUMBER}|{WORD}) (?P<size>milj(?:oonaa|oonan|\.)|tuhatta))"
        rf"{_NOTHING_MORE}",
        _bare(_one),
    ),
)
