"""What a paper states of costs and of sources: each figure with what the words of its sentence or row name.

Nothing is chosen here: a paper also tells of what was asked, of what was before and of other money.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from financing.importing.own_words import is_citys_share, is_own_share, says_own, whose
from financing.importing.paper_sources import Wording, source_of
from projects.decisions.figures.readings import Kind, Reading
from projects.decisions.importing.labels import BODY, PRESENTS
from projects.decisions.importing.sentences import Sentence


class Scope(Enum):
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True)
class StatedCost:
    """`is_sure` is whether the words can hardly mean another figure."""

    amount: Decimal
    scope: Scope
    is_approximate: bool = False
    is_sure: bool = True


@dataclass(frozen=True)
class StatedSource:
    """`place` is the number of its sentence; `is_plain` is whether it is said in the words of a plan,
    and `is_citys` whether they say that it is the city's: "Omaa rahoitusta" may be that of all.
    """

    wording: Wording
    amount: Decimal | None
    share: Decimal | None
    scope: Scope = Scope.WHOLE
    place: int = 0
    is_plain: bool = False
    is_citys: bool = False


DECIDES = re.compile(rf"esitys|ehdotus|päätös|\A(?:{PRESENTS.pattern}|{BODY.pattern})\Z", re.IGNORECASE)
REASONS = re.compile(r"perust|tausta|vaikut", re.IGNORECASE)
SHARED = re.compile(r"yhtei(?:siin|siä|sistä|set|sten) (?:kustannu|meno)", re.IGNORECASE)
# Of other money than the project's, of another state of it, or of what would be.
ASIDE = re.compile(
    r"de minimis|vähämerkity|kynnysarvo|haettu|hylät|enimmäismäär|hakemuksessa|hakemuksen"
    r"|liikevaihto|aiemm|aiempi|aikaisem|edellis|tuolloin|silloi|alkuperäi|määrärah|talousarvio"
    r"|varattu|sidot|käyttämättä|käyttövar|hankeraho|hankeraha|jäljellä|vapaana|mukana myös|yhteishank"
    r"|(?<!\w)(?:oli|olivat|olisi|olisivat|jos|mikäli|vaihtoeh\w*|ennust\w*|maksoi)(?!\w)",
    re.IGNORECASE,
)
_OTHER_PART = re.compile(r"muut hankkeet|käsittely|vaihtoeh|muutoksenhaku|oikaisu|tunnuslu", re.IGNORECASE)
_WHOLE = re.compile(
    r"koko hank|kokonaiskustann|kokonaisbudj|kokonaisrahoit"
    r"|hankkeen (?:\w+ )?(?:kustannu|budjet|rahoitussuunnit|brutto|netto|menot|meno\w* o)",
    re.IGNORECASE,
)
_COST = re.compile(
    r"kustannu|budjet|osahanke on|osahanke maksaa|hanke maksaa|(?:brutto|netto|hankkeen |joiden |jonka )meno",
    re.IGNORECASE,
)
_NO_COST = re.compile(
    r"palkka|palko|yhtei(?:siin|siä|sistä|set|sten)|omarahoit|oma\w* rahoitu|siitä|niistä"
    r"|mu(?:ut|ita|ihin) kust|prosenttim|osuus on|aiem|alkuper|kustannuks(?:ista|iin|ille)|kustannuspai"
    r"|ennakk|vuosikust|kuluja|ulkopuol|tukikelvot|hallinto|laite",
    re.IGNORECASE,
)
_SAID_AGAIN = re.compile(r"\W*(?:tarkasti|eli)\W*")
_OF_PROJECT = re.compile(r"hankkeen\s*\Z", re.IGNORECASE)
_PART_IS = re.compile(r"(?:osahanke(?: on| maksaa)?|osahankkeelle(?: kuuluu)?)\s*\Z", re.IGNORECASE)
_ANY_PART = re.compile(r"osahank|osatoteutu", re.IGNORECASE)
_COSTS_ARE = re.compile(
    r"kustannusarvio on|hanke maksaa|kustannukset ovat|(?:kustannukset|kustannusarvio),\s*\Z|menot ovat"
    r"|hankkeen kustannus on|joten hankkeen|kokonaiskustannus on|kustannusarvio\s*\Z",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"kasva|pienene|nouse|lask(?:ee|i)(?!\w)|lisäy|vähene|korot|leik|karsi", re.IGNORECASE)
_MONEY_TALK = re.compile(
    r"rahoit|omavastuu|tuki\b|tuen\b|tukea|tuella|avustu|maksa|osuu|jää|kate|leader", re.IGNORECASE
)
# Of what a figure is at most or about, it is no share.
_BOUNDS = {"enintään", "vähintään", "yli", "alle"}
_NEXT_WORD = 12
# One year's costs: "24 095 euroa vuodelle 2017", "2017: 24 095 euroa".
_YEAR_AFTER = re.compile(
    r"\s*(?:on |oli )?(?:vuodelle|vuonna|vuoden|v\.) ?(?:19|20)\d{2}(?!\d| ?[-–])", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"(?<!\d)(?<![-–] )(?<![-–])(?:19|20)\d{2}(?:\s*:|(?:\s+kustannu\w+)?(?:\s+(?:ovat|on))?)\s*\Z",
    re.IGNORECASE,
)
# Words farther from a figure are of something else.
_FARTHEST, _NEAREST = 200, 60
_CUT = re.compile(r"[,;:(]")
_JOINS = {"", "eli", "mikä on", "joka on", "eli noin", "on"}
_LISTED = re.compile(r"\s*(?:[-\u2013*\u2022]|[a-z]\)|\d{1,2}[.)])\s+")
_OF_COST = re.compile(r"\s*(?:[,;]\s*)?(?:josta|joista|mistä|siitä|niistä)(?!\w)\s*", re.IGNORECASE)
_ENDS_IN_COST = re.compile(r"kustannuksista\s*\Z", re.IGNORECASE)
_OF_OTHER = re.compile(r"(?:Oy|ry|sr|osk)(?::\w+)?,? (?:jonka|joiden) ")
_WITH_OTHERS = re.compile(r"mukaan lukien|lisäksi|(?<!\w)(?:jos|mikäli|olisi)(?!\w)", re.IGNORECASE)
_IS_COST = re.compile(
    r"\s*(?:euron )?(?:kokonais)?kustannu(?:ksista|ksiin|ksissa|ksien|sarviosta)", re.IGNORECASE
)


def is_aside(sentence: Sentence) -> bool:
    return sentence.says(ASIDE) or bool(_OTHER_PART.search(sentence.part))


def scope_of(sentence: Sentence, before: Scope, city: str) -> Scope:
    """That of the sentence before, if it says none: "Tuki on 80 %" goes on with what was told of."""
    if says_part(sentence.text, city):
        return Scope.PART
    return Scope.WHOLE if sentence.says(_WHOLE) else before


def says_part(words: str, city: str) -> bool:
    """The city's own part: "Opiston osahanke" and "Imatran osuus" are others'."""
    return _part_of(city).search(words) is not None


@lru_cache(maxsize=16)
def _part_of(city: str) -> re.Pattern[str]:
    mine = "|".join(map(re.escape, whose(city)))
    return re.compile(
        rf"(?:(?<!\w)(?:{mine}) (?:kaupungin |kunnan |oma\w* )?|\A|[.:;,] |(?<!\w)(?:mutta|ja|sekä|on|ovat) )"
        rf"osa(?:hank|toteutu)\w*|(?<!\w)(?:{mine}) (?:(?:kaupungin |kunnan )?osuude[nk]\w* )?kustannu"
        rf"|(?<!\w)(?:{mine}) (?:osahank|osatoteutu)",
        re.IGNORECASE,
    )


def groups_of(sentence: Sentence) -> tuple[list[list[Reading]], list[str]]:
    """Euros and the share that says the same, and the words before, between and after them."""
    groups: list[list[Reading]] = []
    for reading in sentence.of(Kind.MONEY, Kind.PERCENT):
        between = sentence.text[groups[-1][-1].end : reading.start] if groups else ""
        pairs = groups and {each.kind for each in groups[-1]} == {Kind.MONEY, Kind.PERCENT} - {reading.kind}
        if pairs and between.strip(" )(,") in _JOINS:
            groups[-1].append(reading)
        else:
            groups.append([reading])
    starts = [0, *(group[-1].end for group in groups)]
    ends = [*(group[0].start for group in groups), len(sentence.text)]
    return groups, [sentence.text[start:end] for start, end in zip(starts, ends, strict=True)]


def costs_of(sentence: Sentence, city: str) -> Iterator[StatedCost]:
    if SHARED.search(sentence.text):
        return
    groups, gaps = groups_of(sentence)
    last: Scope | None = None
    for place, group in enumerate(groups):
        money = next((each for each in group if each.kind is Kind.MONEY), None)
        if money is None or not isinstance(money.value, Decimal):
            continue
        scope, is_sure = _cost_scope(gaps, place, city, last)
        if scope is None or _is_bound(money, gaps[place]) or _is_of_year(gaps, place):
            last = None
            continue
        last = scope
        yield StatedCost(money.value, scope, money.qualifier == "noin", is_sure)


def _is_of_year(gaps: Sequence[str], place: int) -> bool:
    return bool(_YEAR_AFTER.match(gaps[place + 1]) or _YEAR_BEFORE.search(gaps[place]))


def _is_bound(money: Reading, before: str) -> bool:
    """ "540 000 eurosta 586 400 euroon": what it was, and what it changes by."""
    return money.qualifier in {"vähintään", "yli", "alle"} or money.raw.endswith("sta")


def _cost_scope(gaps: Sequence[str], place: int, city: str, last: Scope | None) -> tuple[Scope | None, bool]:
    """Whose costs the figure after this gap is, and whether that is sure."""
    before, after = gaps[place], gaps[place + 1]
    if last is not None and _SAID_AGAIN.fullmatch(before):
        return last, True
    if _IS_COST.match(after) and _OF_PROJECT.search(before):
        return Scope.WHOLE, True
    if place and _COST.search(gaps[place - 1]) and (share := _share_of(city).search(before)):
        return Scope.PART, "osahank" in share[0].casefold()
    is_cost = bool(_COST.search(before)) and not _NO_COST.search(before)
    if says_part(before, city) and (is_cost or _PART_IS.search(before)):
        return Scope.PART, True
    if _grows(gaps, place):
        return Scope.WHOLE, True
    if not is_cost or _CHANGES.search(before) or _OF_OTHER.search(before) or _ANY_PART.search(before):
        return None, False
    return (Scope.WHOLE, True) if _WHOLE.search(before) or _COSTS_ARE.search(before) else (None, False)


@lru_cache(maxsize=16)
def _share_of(city: str) -> "re.Pattern[str]":
    mine = "|".join(map(re.escape, whose(city)))
    return re.compile(rf"(?:{mine}) (?:osahankkeen )?osuus on\s*\Z", re.IGNORECASE)


def _grows(gaps: Sequence[str], place: int) -> bool:
    """ "Kustannusarvio nousee 540 000 eurosta 586 400 euroon" states the second."""
    if not place or not re.fullmatch(r"\s*(?:eurosta)?\s*", gaps[place]):
        return False
    before = gaps[place - 1]
    return bool(_COST.search(before) and _CHANGES.search(before) and not _NO_COST.search(before))


def own_amounts(sentence: Sentence, city: str) -> Iterator[Decimal]:
    """All that a sentence says after, or right before, words of what the city pays."""
    if sentence.says(_WITH_OTHERS):
        return
    for money in sentence.of(Kind.MONEY):
        before = sentence.text[max(0, money.start - _FARTHEST) : money.start]
        after = sentence.text[money.end : money.end + _NEAREST]
        if isinstance(money.value, Decimal) and (says_own(before, city) or says_own(after, city)):
            yield money.value


def sources_of(
    sentence: Sentence, scope: Scope, place: int, city: str, *, is_after_cost: bool = False
) -> list[StatedSource]:
    """In the order of the sentence; only what the words before, or those after, name with one voice."""
    is_listed = _LISTED.match(sentence.text) is not None
    if not (is_listed or sentence.says(_MONEY_TALK)) or len(sentence.of(Kind.YEAR)) > 1:
        return []
    groups, gaps = groups_of(sentence)
    if is_listed:
        gaps[0] = _LISTED.sub("", gaps[0])
    if is_after_cost:
        gaps[0] = _OF_COST.sub("", gaps[0], count=1)
    is_cost = [_is_cost_group(group, gaps, number, city) for number, group in enumerate(groups)]
    for number, said in enumerate(is_cost):
        if said:
            gaps[number + 1] = _OF_COST.sub("", _IS_COST.sub("", gaps[number + 1]), count=1)
    kept = [number for number in range(len(groups)) if not is_cost[number]]
    found: list[StatedSource] = []
    for number, wording in zip(kept, _wordings(groups, gaps, kept, city), strict=True):
        group = groups[number]
        is_change = any(_CHANGES.search(gap) for gap in (gaps[number], gaps[number + 1][:_NEXT_WORD]))
        if wording is None or is_change or _is_limit(group, wording):
            continue
        if found and _goes_with(groups, kept, number) and wording == found[-1].wording:
            # "Tuki on 80 % kustannuksista, alaspäin pyöristettynä 147 482 euroa."
            group = [*groups[number - 1], *group]
            found.pop()
        words = gaps[number] + gaps[number + 1]
        found.append(_source(wording, group, words, scope, place, city))
    return found


def _source(
    wording: Wording, group: Sequence[Reading], words: str, scope: Scope, place: int, city: str
) -> StatedSource:
    values = {each.kind: each.value for each in group if isinstance(each.value, Decimal)}
    return StatedSource(
        wording,
        values.get(Kind.MONEY),
        values.get(Kind.PERCENT),
        scope,
        place,
        is_plain=wording.is_own and is_own_share(words, city),
        is_citys=wording.is_own and is_citys_share(words, city),
    )


def _is_limit(group: Sequence[Reading], wording: Wording) -> bool:
    """ "Tuki on enintään 80 %" is no share; what is granted at most is the grant, if other figures say so."""
    is_bound = any(each.qualifier in _BOUNDS for each in group)
    return is_bound and (wording.is_own or all(each.kind is Kind.PERCENT for each in group))


def _is_cost_group(group: Sequence[Reading], gaps: Sequence[str], place: int, city: str) -> bool:
    if any(each.kind is Kind.PERCENT for each in group):
        return False
    if place == 0 and (_cost_scope(gaps, place, city, None)[0] is not None or _ENDS_IN_COST.search(gaps[0])):
        return True
    return bool(_IS_COST.match(gaps[place + 1]) and _OF_PROJECT.search(gaps[place]))


def _wordings(
    groups: Sequence[Sequence[Reading]], gaps: Sequence[str], kept: Sequence[int], city: str
) -> list[Wording | None]:
    """By the words before each, if they name all; else by those after; else by both."""
    for shift in (0, 1):
        found = [source_of(gaps[number + shift], city) for number in kept]
        if all(found):
            return found
    mixed: list[Wording | None] = []
    for number in kept:
        if mixed and mixed[-1] and _goes_with(groups, kept, number):
            mixed.append(mixed[-1])
            continue
        first, last = number == kept[0], number == len(groups) - 1
        earlier = source_of(gaps[number] if first else _last(gaps[number]), city)
        later = source_of(_first(gaps[number + 1], is_last=last), city)
        is_said_twice = earlier is not None and later is not None and earlier != later
        mixed.append(None if is_said_twice else earlier or later)
    return mixed


def _goes_with(groups: Sequence[Sequence[Reading]], kept: Sequence[int], number: int) -> bool:
    before = groups[number - 1]
    return (
        number - 1 in kept
        and [each.kind for each in groups[number]] == [Kind.MONEY]
        and [each.kind for each in before] == [Kind.PERCENT]
    )


def words_beside(gaps: Sequence[str], place: int) -> tuple[str, str]:
    """What belongs to a figure before and after it.

    Words between two figures belong to the first up to the comma, and to the second after it.
    """
    before = _last(gaps[place]) if place else gaps[place]
    return before, _first(gaps[place + 1], is_last=place + 2 == len(gaps))


def _first(words: str, *, is_last: bool) -> str:
    words = words.lstrip(")")
    if re.match(r"\s*(?:,|ja |sekä )", words):
        return ""
    return words if is_last else _CUT.split(words)[0]


def _last(words: str) -> str:
    """After the last comma, or all if the words begin with "ja"; nothing if they end where others begin."""
    words = words.lstrip(")")
    if re.match(r"\s*(?:ja|sekä)\s", words):
        return words
    cut = re.split(r"[,;:]", words)
    return cut[-1] if len(cut) > 1 else ""
