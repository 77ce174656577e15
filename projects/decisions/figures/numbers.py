"""Numbers as Finnish papers write them: 59 953, 59.953, 59 953,50, 1,2 and, up to a hundred, in words."""

import re
from collections.abc import Callable
from decimal import Decimal
from re import Match

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

# Nominative, genitive, partitive, inessive, elative, illative, adessive, allative. "Yhdessä" says together.
_FORMS = {
    1: "yksi yhden - - yhdestä - - yhdelle",
    2: "kaksi kahden kahta kahdessa kahdesta kahteen kahdella kahdelle",
    3: "kolme kolmen kolmea kolmessa kolmesta kolmeen kolmella kolmelle",
    4: "neljä neljän neljää neljässä neljästä neljään neljällä neljälle",
    5: "viisi viiden viittä viidessä viidestä viiteen viidellä viidelle",
    6: "kuusi kuuden kuutta kuudessa kuudesta kuuteen kuudella kuudelle",
    7: "seitsemän seitsemän seitsemää seitsemässä seitsemästä seitsemään seitsemällä seitsemälle",
    8: "kahdeksan kahdeksan kahdeksaa kahdeksassa kahdeksasta kahdeksaan kahdeksalla kahdeksalle",
    9: "yhdeksän yhdeksän yhdeksää yhdeksässä yhdeksästä yhdeksään yhdeksällä yhdeksälle",
}
_TEN = [
    *("kymmenen", "kymmenen", "kymmentä", "kymmenessä"),
    *("kymmenestä", "kymmeneen", "kymmenellä", "kymmenelle"),
]
_TENS = ["kymmentä", *_TEN[1:]]
_HUNDRED = ["sata", "sadan", "sataa", "sadassa", "sadasta", "sataan", "sadalla", "sadalle"]


def _words() -> dict[str, int]:
    ones = {number: forms.split() for number, forms in _FORMS.items()}
    found = {form: number for number, forms in ones.items() for form in forms}
    found |= dict.fromkeys(_TEN, 10) | dict.fromkeys(_HUNDRED, 100)
    for number, forms in ones.items():
        found |= {f"{form}toista": 10 + number for form in forms}
        if number > 1:
            tens = [form + ten for form, ten in zip(forms, _TENS, strict=True)]
            found |= dict.fromkeys(tens, 10 * number)
            for one, endings in ones.items():
                pairs = zip(tens, endings, strict=True)
                found |= {ten + ending: 10 * number + one for ten, ending in pairs}
    return {form: number for form, number in found.items() if "-" not in form}


_IN_WORDS = _words()
_THOUSANDS = "tuhatta"
# A word that may be a number: looking it up is faster than a pattern of all of them.
WORD = r"[yknvs][a-zåäö]{3,40}"


def number_of(text: str) -> Decimal | None:
    """Of what NUMBER or WORD matched; None of a word that is no number."""
    if text[0].isalpha():
        word, size = text.lower(), 1
        if word.endswith(_THOUSANDS):
            word, size = word.removesuffix(_THOUSANDS), 1000
        number = _IN_WORDS.get(word)
        return None if number is None else Decimal(number * size)
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
