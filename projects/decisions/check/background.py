"""Words that tell of other things than the project: what they say of figures is not in its data."""

import re
from enum import StrEnum
from functools import lru_cache

from projects.decisions.check.known import Names
from projects.decisions.figures.readings import Kind, Reading

# Of small letters: so many words are looked for much faster than in any case.
_BACKGROUND = re.compile(
    # Passes over figures, spaces and bars.
    r"(?=[a-zåäö§])(?:"
    r"kynnysarvo|hankintala|de minimis|vähämerkityks|tilasto|liikevaih|väestö|väkilu|asukas|asukka|työttömy"
    r"|työpaik|bruttokansan|koko maa|valtakun|hallintosään|kilpailut|tarjou|edelli[sn]|aiem(?:m|p)|aikaisem"
    r"|viime(?!istään)|keskimäär|tuntihin|hintaan|hinta (?!kaupun)|hinnan|hinnaksi|yksikköhin"
    r"|osallistumismaks|palkkio"
    r"|laina|korko|korot|inflaatio|indeksi|ohjelmakau|rakennerahasto-oh|talousarvio|verovuo|jäsenmaks|osakke"
    r"|tutkimu(?:s|ksen) mukaan|kysely|nettotyö|yrityksistä|ylittä|alitta|hankintara|vuokra|konkurs"
    # What was used, and what has changed since.
    r"|käytetty|sidottu|toteutun|jäljellä|lisäys|lisäyk|kasva(?:a|vat|nut|neet)|nous(?:ee|i|evat|seet|sut)|vähene|väheni"
    r"|tuolloin|alkuperäi|karsi(?!nta)|siirsi|säästö|piene(?:n|m)"
    # Other projects, and many of them.
    r"|esiselvity|päättynyt|vastaava(?:an|ssa|n|sta) |toise(?:n|ssa|en) |muuta hanketta"
    r"|(?<![a-zåäö])mu(?:u|ita|issa|iden|ihin) (?:\w+ )?hank"
    r"|(?<![a-zåäö])hankkei(?:den|lle|sta|ssa|hin|ta|siin)(?![a-zåäö])"
    # What was once, and rules of what may be.
    r"|(?<![a-zåäö])oli(?:vat)?(?![a-zåäö])|osallistui(?![a-zåäö])|maksoi|arvioitiin|käytettiin|ennakko"
    r"|(?<![a-zåäö])erä(?:ssä|nä)"
    r"|päätti(?:vät)? \d|§ \d+ päättä|valtuutti|olisivat olleet|vaihtoeh|tukikelp|katetaan|sitoumukset"
    r"|(?<![a-zåäö])n(?:ii|äi)ssä(?![a-zåäö])"
    r"|oltava|voi olla|voidaan|voi saada|saa(?:vat)? olla|voi päättää|edellyttä|kumpi?kin)"
)
# Names of appropriations and of programmes: ”Hankkeiden omarahoitus 2026–2028”.
_QUOTED = re.compile(r"[”\"“»][^”\"“»\n]{1,80}[”\"»]")
# The project's own figures as they change: what they become is in its data.
_OWN_CHANGE = re.compile(
    r"(?P<whose>(?:osahankkeen|hankkeen|kaupungin|kunnan) (?:vuoden \d{4} )?"
    r"(?:(?:kokonais)?kustannu(?:kset|sarvio)|oma(?:rahoitus|vastuu)(?:osuus)?))"
    r" (?:kasva(?:a|vat)|nouse(?:e|vat)|pienene(?:e|vät)|vähene(?:e|vät))(?= \d)",
    re.IGNORECASE,
)
# Of its own state, even if it was asked of companies or is a rule for others.
_OF_PERIODS = re.compile(r"ohjelma|strategia|valtuustokau|sopimuskau|kehyskau|toimikau|suunnittelukau", re.I)
_OF_DAYS = re.compile(
    r"viimeistään|vaihe|pilot|semina|haku|raport|sopimu|lausun|saadaan|odotetaan|tilaisuu", re.IGNORECASE
)
# Right after a figure: what each one of many costs.
_EACH = re.compile(
    r"\s{0,2}(?:/|per\b|kuukaudessa|kuussa|vuodessa|päivässä|tunnilta|tunnissa|kappale|osallistujalta|kerralta"
    r"|asukas|asukkaalta|yritykseltä|yritystä kohti|hengeltä|osakkeelta|kilometri)",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"enimmäis|ohjelma|tuki-intensiteet|korkein|muuto[sk]", re.IGNORECASE)
# Of the groups or the companies only some.
_SOME = re.compile(
    r"niistä|joista|näistä|osa |toimii|ohjausryhm|johtoryhm|työryhm|projektiryhm|kokoontumisista|ensimmäi"
    r"|(?<![a-zåäö])(?:nyt|jo|loput)(?![a-zåäö])",
    re.IGNORECASE,
)
# A time that no plan has.
_SOMETIME = re.compile(r"vuosittain|kuluva|tänä vuonna|ensi vuon|kuukausittain", re.IGNORECASE)

_NAME = r"(?<!\w)[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]+(?:-[A-ZÅÄÖa-zåäö]+)*"
_WORD = re.compile(_NAME)
# "Lahden omarahoitus", "Iisalmen kaupunki maksaa", also at the beginning of a sentence.
_PAYER = re.compile(
    rf"(?P<name>{_NAME}n) (?:(?:kaupungin|kunnan|yliopiston|liiton|ammattikorkeakoulun|osatoteutuksen) )?"
    r"(?:(?:oma|osuu|osuude|osahank|rahoitusos|maksuos|kustannu)"
    r"|(?:kaupunki|kunta|yliopisto|liitto) (?:osallistu|maksa|sitoutu|rahoitta|vastaa))"
)
_NO_NAME = re.compile(
    r"(?:osa)?hank|kaupun|kunt|kunna|valtio|yksity|julki|yrity|vuo|koko|kaik|oma|projekt|toteut|osatot|päätot"
    r"|ryhm|budjet|kustann|raho|kehittämis|seutu|maakun|tämä|näi|sen|muu",
    re.IGNORECASE,
)
# "Veturi-hankkeessa", "Selkämeren reitit -hankkeesta".
_PROJECT = re.compile(rf"(?P<name>{_NAME}(?: [a-zåäö]+){{0,3}}) ?-hank")
_NEAR = 60


def is_background(reading: Reading, sentence: str, heard: str, after: str) -> bool:
    if any(reading.raw in name for name in _quoted_in(sentence)):
        return True
    becomes = reading.kind is Kind.MONEY and reading.raw.endswith("euroon")
    told = _OWN_CHANGE.sub(r"\g<whose>", sentence) if becomes else sentence
    if _tells_of_others(told) or _EACH.match(after):
        return True
    if reading.kind is Kind.COUNT:
        return _SOME.search(heard) is not None
    if reading.kind is Kind.PERIOD:
        return _OF_PERIODS.search(sentence) is not None
    if reading.kind is Kind.DATE:
        return _OF_DAYS.search(sentence) is not None
    if reading.kind is Kind.MONEY:
        return _SOMETIME.search(heard) is not None
    return reading.kind is Kind.PERCENT and _LIMIT.search(sentence) is not None


# The figures of a sentence come one after the other.
@lru_cache(maxsize=64)
def _quoted_in(sentence: str) -> tuple[str, ...]:
    return tuple(_QUOTED.findall(sentence))


@lru_cache(maxsize=64)
def _projects_in(sentence: str) -> tuple[str, ...]:
    return tuple(found["name"] for found in _PROJECT.finditer(sentence))


@lru_cache(maxsize=64)
def _tells_of_others(sentence: str) -> bool:
    return _BACKGROUND.search(_QUOTED.sub("", sentence).lower()) is not None


class Payer(StrEnum):
    """Whose figure the words of a sentence say that it is."""

    CITY = "city"
    # Another one that the data knows: of its figures only some are in the data.
    PARTY = "party"
    UNKNOWN = "unknown"


def payer(sentence: str, before: str, after: str, names: Names) -> Payer:
    """The city, unless they name another project or payer."""
    if not names.is_given:
        return Payer.CITY
    payers = [found["name"] for found in _PAYER.finditer(before) if not _NO_NAME.match(found["name"])]
    others = [*_projects_in(sentence), *payers, *_names_near(before, after)]
    if any(not names.has(name) for name in others):
        return Payer.UNKNOWN
    return Payer.PARTY if any(not names.is_own(name) for name in payers) else Payer.CITY


def _names_near(before: str, after: str) -> list[str]:
    near = f"{before[-_NEAR:]} {after}"
    return [
        found[0]
        for found in _WORD.finditer(near)
        if not found[0].isupper() and not _NO_NAME.match(found[0]) and not _begins(near, found.start())
    ]


def _begins(words: str, start: int) -> bool:
    """True for the first word of a sentence, of an item or of a line."""
    before = words[:start].rstrip(" \t")
    return not before or before[-1] in '.:;!?\n-–•*(”"'
