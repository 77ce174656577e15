"""Sources of money as papers word them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from financing.choices import SourceClass
from financing.importing.own_words import says_own


@dataclass(frozen=True)
class Wording:
    """A source by the name that pages use. `includes_fund` is the fund that is counted in the same figure."""

    name: str
    source_class: SourceClass
    is_own: bool = False
    includes_fund: str = ""


GRANT, SOCIAL_GRANT = "EAKR- ja valtion rahoitus", "ESR- ja valtion rahoitus"

_SHARE = re.compile(r",?\s*(?:\d{1,3}(?:,\d{1,2})? ?%|\(\d{1,3}\)|\(?[\d,]+ ?%\))\s*")
_GRANT = re.compile(
    r"eakr|esr|jtf|akke|aluekehitysrahast|sosiaalirahast|siirtymän rahast|(?<!\w)valtio"
    r"|(?<!\w)eu(?::n|-)? ?(?:ja|rahoitu)"
    r"|(?<!\w)(?:leader-?)?tu(?:ki|en|kea|ella|esta)(?!\w)"
    r"|-tu(?:ki|en|kea|ella)(?!\w)|avustu|rahoittaja maksaa|(?<!\w)(?:[\w-]+n liitto|liitolta)(?!\w)",
    re.IGNORECASE,
)
_SOCIAL = re.compile(r"(?<!\w)esr|sosiaalirahast", re.IGNORECASE)
_FUND = re.compile(r"((?:[A-ZÅÄÖ][\w-]{1,40} ){0,2})(?:k|K)ehittämisrahasto")
_MUNICIPAL = re.compile(
    r"(?<!\w)(?:jäsen)?kuntien(?!\w)|(?<!\w)(?:jäsen)?kunnat(?!\w)|(?<!\w)kaupungit(?!\w)|kuntarahoit",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[A-ZÅÄÖ][\w-]{2,40}n (?:kaupunki|kunta)")
_PUBLIC = re.compile(r"muu(?:n)? julki", re.IGNORECASE)
_SCHOOL = re.compile(r"(?<!\w)[\w-]{0,40}(?:korkeakoulu(?:n|keskuksen)?|opisto(?:n)?)(?!\w)", re.IGNORECASE)
_PRIVATE = re.compile(
    r"yksityi|yritysten (?:rahoit|raha|osuu)|yritysrahoit|(?<!\w)[\w-]{0,40}yritykset(?!\w)"
    r"|(?<!\w)yritysten\s*\Z|yrityskumppan|yrityksiltä|yhdistyksen raha"
    r"|(?<!\w)(?:oy|ry|sr|osk|osuuskunta|yhdistys|[\w-]{0,40}säätiö)\s*\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"((?:[A-ZÅÄÖ][\w-]{0,40} ){1,5}(?:Oy|ry|sr|osk)|[A-ZÅÄÖ][\w-]{0,40}säätiö|Säätiö)")
_UNIVERSITY = re.compile(r"([^\W\da-zåäö_][\w-]{1,40}) (yliopisto|ammattikorkeakoulu)")
# Words of a part of another figure.
_OF_WHICH = re.compile(
    r"(?<!\w)(?:josta|siitä|niistä|loput|sisält|aiem|alkuper|(?:oma|kunta)rahoituksesta|hakij)", re.IGNORECASE
)


# A long paper has the same labels in many tables, which several readings ask for.
@lru_cache(maxsize=1024)
def source_of(words: str, city: str) -> Wording | None:
    """None if no source is named, or more than one that papers do not count together."""
    if not words.strip() or len(words) > 300 or _OF_WHICH.search(words):
        return None
    fund = _FUND.search(words)
    named = [
        kind
        for kind, found in (
            ("own", says_own(words, city)),
            ("grant", _GRANT.search(words)),
            ("fund", fund),
            ("public", _PUBLIC.search(words) or _SCHOOL.search(words)),
            ("private", _PRIVATE.search(words)),
        )
        if found
    ]
    if not named and (_MUNICIPAL.search(words) or _TOWN.search(words)):
        town = _TOWN.fullmatch(words.strip())
        name = f"{genitive(town[0])} rahoitus" if town else "Kuntien rahoitus"
        return Wording(name, SourceClass.MUNICIPAL)
    if named == ["grant", "fund"] and fund:
        return Wording(
            f"{_grant(words)} sekä kehittämisrahasto", SourceClass.EU_STATE, includes_fund=_fund_name(fund)
        )
    if len(named) != 1:
        return None
    return {
        "own": own_wording(city),
        "grant": Wording(_grant(words), SourceClass.EU_STATE),
        "fund": Wording(_fund_name(fund) if fund else "", SourceClass.MUNICIPAL),
        "public": Wording(_public(words), SourceClass.OTHER_PUBLIC),
        "private": Wording(_private(words), SourceClass.PRIVATE),
    }[named[0]]


def source_of_row(label: str, city: str) -> Wording | None:
    """A row of a table or of a list, whose label may end in its share: "Porin kaupunki 20 %"."""
    return source_of(_SHARE.sub("", label).strip(" ,:()"), city)


def _grant(words: str) -> str:
    return SOCIAL_GRANT if _SOCIAL.search(words) else GRANT


def _fund_name(found: "re.Match[str]") -> str:
    return f"{found[1]}kehittämisrahasto" if found[1] else "Kehittämisrahasto"


def own_wording(city: str) -> Wording:
    return Wording(f"{genitive(city)} omarahoitus", SourceClass.MUNICIPAL, is_own=True)


def _private(words: str) -> str:
    """One that is named, as a row names it; else all of them."""
    named = _NAMED.fullmatch(words.strip(" ,;(").removeprefix("ja "))
    return (
        f"{named[1]}{'n' if named[1].endswith('säätiö') else ':n'} rahoitus"
        if named
        else "Yritysten rahoitus"
    )


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
