"""Sources of money as papers word them."""

import re
from dataclasses import dataclass

from financing.choices import SourceClass


@dataclass(frozen=True)
class Wording:
    """A source by the name that pages use. `includes_fund` is the fund that is counted in the same figure."""

    name: str
    source_class: SourceClass
    is_own: bool = False
    includes_fund: str = ""


_GRANT = re.compile(
    r"eakr|esr|jtf|akke|(?<!\w)valtio|(?<!\w)eu-rahoitu|(?<!\w)tu(?:ki|en|kea)(?!\w)", re.IGNORECASE
)
_SOCIAL = re.compile(r"(?<!\w)esr", re.IGNORECASE)
_FUND = re.compile(r"((?:[A-ZÅÄÖ][\w-]{1,40} ){0,2})(?:k|K)ehittämisrahasto")
_OWN = re.compile(r"omarahoit|oma(?:a|n|lla)? rahoitu|omavastuu|(?:kaupungin|kunnan) rahoitu", re.IGNORECASE)
_MUNICIPAL = re.compile(r"(?<!\w)kuntien(?!\w)|(?<!\w)kunnat(?!\w)|kuntarahoit", re.IGNORECASE)
_PUBLIC = re.compile(r"muu(?:n)? julki", re.IGNORECASE)
_PRIVATE = re.compile(
    r"yksityi|yritysten rahoit|yritysrahoit|(?<!\w)yritykset(?!\w)|(?<!\w)yritysten\s*\Z|yrityskumppan",
    re.IGNORECASE,
)
_UNIVERSITY = re.compile(r"([^\W\da-zåäö_][\w-]{1,40}) (yliopisto|ammattikorkeakoulu)")
# Words of a part of another figure.
_OF_WHICH = re.compile(
    r"(?<!\w)(?:josta|siitä|niistä|loput|sisält|aiem|alkuper|(?:oma|kunta)rahoituksesta|hakij)", re.IGNORECASE
)


def source_of(words: str, city: str) -> Wording | None:
    """None if no source is named, or more than one that papers do not count together."""
    if not words.strip() or len(words) > 300 or _OF_WHICH.search(words):
        return None
    own, fund = _OWN.search(words), _FUND.search(words)
    named = [
        kind
        for kind, found in (
            ("own", own or _is_city(words, city)),
            ("grant", _GRANT.search(words)),
            ("fund", fund),
            ("public", _PUBLIC.search(words)),
            ("private", _PRIVATE.search(words)),
        )
        if found
    ]
    if not named and _MUNICIPAL.search(words):
        return Wording("Kuntien rahoitus", SourceClass.MUNICIPAL)
    if named == ["grant", "fund"] and fund:
        return Wording(
            f"{_grant(words)} sekä kehittämisrahasto", SourceClass.EU_STATE, includes_fund=_fund_name(fund)
        )
    if len(named) != 1:
        return None
    return {
        "own": Wording(f"{genitive(city)} omarahoitus", SourceClass.MUNICIPAL, is_own=True),
        "grant": Wording(_grant(words), SourceClass.EU_STATE),
        "fund": Wording(_fund_name(fund) if fund else "", SourceClass.MUNICIPAL),
        "public": Wording(_public(words), SourceClass.OTHER_PUBLIC),
        "private": Wording("Yritysten rahoitus", SourceClass.PRIVATE),
    }[named[0]]


def _is_city(words: str, city: str) -> bool:
    """The city as a row of a table names it."""
    return bool(city) and words.strip().casefold() == city.casefold()


def _grant(words: str) -> str:
    return "ESR- ja valtion rahoitus" if _SOCIAL.search(words) else "EAKR- ja valtion rahoitus"


def _fund_name(found: "re.Match[str]") -> str:
    return f"{found[1]}kehittämisrahasto" if found[1] else "Kehittämisrahasto"


def _public(words: str) -> str:
    named = _UNIVERSITY.search(words)
    return (
        f"{named[1]} {named[2][:-1]}on rahoitus".replace("oon ", "on ") if named else "Muu julkinen rahoitus"
    )


def genitive(city: str) -> str:
    """Kuopion kaupungin of Kuopion kaupunki."""
    city = city.capitalize() if city.isupper() else city
    for ending, genitive in (
        ("kaupunki", "kaupungin"),
        ("kunta", "kunnan"),
        ("yhtymä", "yhtymän"),
        ("liitto", "liiton"),
    ):
        if city.endswith(ending):
            return city[: -len(ending)] + genitive
    return city or "Kaupungin"
