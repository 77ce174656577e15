"""The units that tables name: %, and €, t€ and M€ in their many spellings."""

import re
from decimal import Decimal

from projects.decisions.figures.numbers import NUMBER, SIGN, number_of
from projects.decisions.figures.readings import Kind, Reading

# The units of money, in euros.
SIZES = {"€": 1, "t€": 1000, "M€": 10**6}
_EURO = r"(?:€|eur(?:o[a-zåäö]*)?(?!\w)|e(?!\w))"
# After a year, but after no other number: 21 000 € is an amount.
_A_THOUSAND = rf"(?:(?<![\d.,])(?<!\d )|(?<=\b(?:19|20|21)\d\d ))1[ .]?000 ?{_EURO}"
_THOUSANDS = (
    rf"(?:tuh(?:\.|atta)? ?{_EURO}|tuha(?:nsi|nnet|t)\w* euro\w*|{_A_THOUSAND}|[tk]€|[tk] ?eur(?!\w))"
)
_MILLIONS = rf"(?:(?:milj\.?|miljoon\w+) ?{_EURO}|m€|m ?eur(?!\w))"
# Right after the number of a cell. "Te" and "me" are pronouns, "TE" is an office.
IN_CELL = (
    rf"%|prosenttia|{_EURO}|{_MILLIONS}|m ?€|[tk] ?€|[tk] ?eur|tuh(?:\.|atta) ?{_EURO}"
    r"|(?-i:(?<!\b(?:19|20|21)\d\d )te|M[eE])"
)
# With a letter alone only at the end: te · 2021, te · Palkat (Me). In prose these may be words.
_SHORT = {"te": "t€", "t €": "t€", "k €": "t€", "Me": "M€", "ME": "M€", "M €": "M€"}
_SHORT_AT_END = re.compile(rf"(?:^|[,(] ?|\b(?:19|20|21)\d\d )({'|'.join(_SHORT)})\)?:?$")
_UNITS = (
    (re.compile(rf"(?<!\w){_MILLIONS}", re.IGNORECASE), "M€"),
    (re.compile(rf"(?<!\w){_THOUSANDS}", re.IGNORECASE), "t€"),
    (re.compile(r"€|(?<!\w)(?:euro[a-zåäö]*|eur)(?!\w)", re.IGNORECASE), "€"),
    (re.compile(r"%|prosent", re.IGNORECASE), "%"),
)
THOUSAND = re.compile(rf"(?:(?:19|20|21)\d\d,? )?{_A_THOUSAND}", re.IGNORECASE)
# A caption that tells an amount names no unit by its size: "Hanke maksaa 1,2 milj. euroa:".
_AMOUNT = re.compile(
    rf"(?P<number>{NUMBER}|(?<!\w)[^\W\d_]{{3,40}})(?P<size> ?(?:{_THOUSANDS}|{_MILLIONS}))", re.IGNORECASE
)
_VAGUE = re.compile(r"(?:puol|muutam|use|par)\w*", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\((?:{_THOUSANDS}|{_MILLIONS}|€|euro(?:a|ina)|eur)[),]", re.IGNORECASE)
# A caption says its unit at its end: "Kustannukset vuosittain (t€):".
_CAPTION_END = 25
_AFTER_LABEL = re.compile(r"[,(]( ?[^\d,()]{1,15})\)?:?$")
_VAT_RATE = re.compile(r"(?<!\w)(?:alv\.?|arvonlisävero) ?\(?\d{1,2}(?:,\d)? ?%", re.IGNORECASE)


def unit_of(text: str, *, may_be_short: bool = True) -> str:
    """What a head or a cell says; empty if it names no unit."""
    if not text:
        return ""
    if text.lower() == "e":
        return "€"
    if may_be_short and (short := _SHORT_AT_END.search(text)):
        return _SHORT[short[1]]
    # A price with VAT is no percentage.
    said = without_vat_rates(text)
    return next((unit for pattern, unit in _UNITS if pattern.search(said)), "")


def unit_of_caption(caption: str, *, may_be_short: bool) -> str:
    said = _AMOUNT.sub(lambda match: "€" if _is_amount(match) else match[0], caption)
    in_brackets = [match[0] for match in _IN_BRACKETS.finditer(said)]
    return unit_of(" ".join([*in_brackets, said[-_CAPTION_END:]]), may_be_short=may_be_short)


def after_label(label: str) -> str:
    """What stands after a comma or in brackets at its end."""
    said = _AFTER_LABEL.search(label)
    return said[1].strip() if said else ""


def without_vat_rates(text: str) -> str:
    return _VAT_RATE.sub("", text)


def tells_amount(text: str) -> bool:
    """15 tuhatta euroa, kaksi miljoonaa euroa: a head has only their unit."""
    return any(map(_is_amount, _AMOUNT.finditer(text)))


def _is_amount(match: re.Match[str]) -> bool:
    return number_of(match["number"]) is not None or bool(_VAGUE.fullmatch(match["number"]))


_BARE = re.compile(rf"{SIGN}{NUMBER}")
_SAID_SIZES = (
    (10**9, re.compile(r"mrd|miljard")),
    (10**6, re.compile(r"milj|m€|\d ?m ?e")),
    (1000, re.compile(r"tuha|tuh\.|[tk]€|\d ?[tk] ?e")),
)
# Of all their words: most amounts have none of them.
_OF_SIZES = frozenset("mtk")
HALF = re.compile(r"\bpuol|½")
_DIGIT = re.compile(r"\d")


def size_said(reading: Reading) -> Decimal:
    """What one of its last digit before a comma is: 1 000 000 of 1,2 milj. €, 1 of sata euroa."""
    if reading.kind is not Kind.MONEY or not isinstance(reading.value, Decimal):
        return Decimal(1)
    raw = reading.raw.lower()
    for size, words in () if _OF_SIZES.isdisjoint(raw) else _SAID_SIZES:
        if not words.search(raw):
            continue
        if HALF.search(raw):
            return Decimal(size) / 10
        # In words it may be said to the euro: kaksituhatta yhdeksänsataa.
        if _DIGIT.search(raw) or reading.value % size == 0:
            return Decimal(size)
    # A cell whose head says thousands or millions.
    said = number_of(raw) if _BARE.fullmatch(raw) else None
    return next(
        (Decimal(size) for size in SIZES.values() if said and reading.value == said * size), Decimal(1)
    )
