"""Lists in sentences that do not sum to their total: after "yhteensä" or "josta", points, remainders."""

import re
from collections.abc import Iterator
from decimal import Decimal

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Amounts, Paper, Paragraph, Said, Sentence
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import (
    FAR,
    NEAR,
    is_meant,
    is_of_them,
    is_within,
    leaves_rest,
    slack_of,
    thing_of,
    total_of,
)
from projects.decisions.consistency.things import Of, all_of
from projects.decisions.figures.readings import Kind
from projects.decisions.figures.slips import is_slip, is_swapped

_TOGETHER = re.compile(r"(?:^|[,)–-]| ja| eli)\s*(?:eli |siis |kaikkiaan )?yhteensä(?: noin| enintään)?$")
# "Rahoitus: EAKR 217 350 €, kunnat 62 100 €."
_OF_FINANCING = re.compile(
    r"^(?:hankkeen |osahankkeen )?rahoitu(?:s|ssuunnitelma|ksen lähteet|slähteet): ?\w"
)
# What begins the line of a list's total.
_BELOW = re.compile(
    r"^(?:[-–•*] )?(?:(?:\w{0,12}kustannukset|kulut|menot|\w{0,12}rahoitus|summa)(?: ovat| on)? )?"
    r"(?:yhteensä|yht\.)(?: ovat| on)?:?(?: noin| enintään)?$"
)
_FIRST_TOTAL = re.compile(r"^\s*(?:[:–]|, joi?sta|, joka)")
OF_WHICH = re.compile(r"(?<!\w)(?:joi?sta|jotka)(?!\w)")
_GOES_ON = re.compile(r"^(?:niistä|siitä|joista|rahana|tästä|ne koostu\w+|se jakau\w+|ne jakau\w+)(?!\w)")
_INCLUDED = re.compile(r"sisält|josta|mistä|mukana|ml\.")
_EACH = re.compile(r"(?<!\w)(?:kukin|kultakin|kullekin|kunkin|à)$")
_PER = re.compile(r"^(?:/|vuodessa|kuukaudessa|viikossa|tunnilta|päivältä|kappale|kpl)")
_DIVIDES = re.compile(r"jakau|jakaan|koostu|muodostu|eritel|seuraavasti")
_REST = re.compile(r"(?<!\w)(?:loput|loppuosa|loppu|muu|muut|muiden|muita|muihin|muuhun|muille)(?!\w)")
_IS_REST = re.compile(r"(?<!\w)(?:loput|loppuosa|loppu)$")
# A clause of its own between two amounts: the second may be no part of the same total.
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:jo[ihkns]\w*|siitä|niistä|tästä|se|ne|on|ovat|ha[ek]\w+|saa\w+|myön\w+|lisäksi|myös)(?!\w)|[;:]"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
BULLET = re.compile(r"^(?:[-–•*]|\d{1,2}[.)])\s")
_SOURCES = {Of.OWN_SHARE, Of.GRANT, Of.FINANCING, None}
_LONGEST_GAP = 45
_LONGEST_LIST = 12
_MOST_BEFORE = 16
_REACH = 4


def in_lists(paper: Paper) -> Iterator[Contradiction]:
    before: list[Said] = []
    for paragraph in paper.paragraphs:
        place = 0
        for number, sentence in enumerate(paragraph.sentences):
            money = sentence.of(Kind.MONEY)
            found = [
                *_of_sources(money, before, paper.amounts),
                *_together(money, paragraph.money[:place]),
                *_total_after(
                    money, paragraph.sentences[number - 1] if number else None, place, paragraph.money
                ),
                *_first_total(paragraph, number, paper.amounts),
                *_going_on(paragraph, number, paper.amounts),
                *_rests([*paragraph.money[:place], *money], place, paper.amounts),
            ]
            yield from _distinct(found)
            place += len(money)
            before = [*before, *money][-_MOST_BEFORE:]


def in_bullets(paper: Paper) -> Iterator[Contradiction]:
    """Euros of each point of a list, and its total: below them, or of the same thing before them."""
    before: list[Said] = []
    points: list[Said] = []
    for sentence in [*paper.sentences, None]:
        money = sentence.of(Kind.MONEY) if sentence else []
        total = total_below(money)
        if sentence and BULLET.match(sentence.words):
            points += [each for each in money[:1] if each is not total]
            if total is None:
                continue
        if total and 1 < len(points) <= _LONGEST_LIST:
            yield from _below(points, total, points)
        elif 2 < len(points) <= _LONGEST_LIST:
            yield from _of_points(points, before, paper.amounts)
        before, points = [*before, *points, *money][-_MOST_BEFORE:], []


def total_below(money: list[Said]) -> Said | None:
    """What the sentence below a list, or its last point, says that it is together."""
    return next((each for each in money[:2] if _BELOW.search(each.before)), None)


def _below(points: list[Said], total: Said, longer: list[Said]) -> Iterator[Contradiction]:
    """`- Palkat 20 000 euroa, - Matkat 5 000 euroa, Yhteensä 25 000 euroa`.

    `longer` is the list with what stands before it, which the total may be of, too.
    """
    parts = [each for each in points if not _is_included(each)]
    if any(_fits(each[start:], total) for each in (longer, parts) for start in range(len(each) - 1)):
        return
    summed = total_of(parts)
    if len(parts) > 1 and is_of_them(total.value, summed):
        yield contradiction(Rule.LIST, total, summed, parts)


def _of_points(points: list[Said], before: list[Said], amounts: Amounts) -> Iterator[Contradiction]:
    summed = total_of(points)
    if amounts.has(summed, slack_of(points, summed)):
        return
    totals = [
        each
        for each in before[-3:]
        if is_within(NEAR, each.value, summed) and thing_of(each) in {Of.COSTS, Of.FINANCING, Of.GRANT}
    ]
    if totals:
        is_of_sources = Of.OWN_SHARE in map(thing_of, points) and thing_of(totals[-1]) is Of.COSTS
        yield contradiction(
            Rule.COSTS_FINANCING if is_of_sources else Rule.COLUMN, totals[-1], summed, points
        )


def _distinct(found: list[Contradiction]) -> Iterator[Contradiction]:
    """One for each stated total."""
    seen = set()
    for each in found:
        if each.places[0] not in seen:
            seen.add(each.places[0])
            yield each


def _together(money: list[Said], earlier: list[Said]) -> Iterator[Contradiction]:
    """`…, yhteensä 360 000 euroa` after a list of the sentence, to which the sentences before it may add."""
    for place, total in enumerate(money):
        listed = money[max(0, place - _LONGEST_LIST) : place]
        if len(listed) < 2 or not _TOGETHER.search(total.before):
            continue
        longer = [*earlier[-_LONGEST_LIST:], *listed]
        if any(_fits(longer[start:], total) for start in range(len(longer) - 1)):
            continue
        own = [each for each in listed if not _is_included(each) and each.value < total.value]
        summed = total_of(own)
        if len(own) > 1 and is_meant(total.value, summed):
            yield contradiction(Rule.LIST, total, summed, own)


def _total_after(
    money: list[Said], listed: Sentence | None, place: int, earlier: list[Said]
) -> Iterator[Contradiction]:
    """`Palkat 20 000 euroa ja matkat 5 000 euroa. Yhteensä 25 000 euroa.`"""
    parts = listed.of(Kind.MONEY) if listed else []
    total = total_below(money[:1])
    if total and 1 < len(parts) <= _LONGEST_LIST:
        yield from _below(parts, total, earlier[max(0, place - _LONGEST_LIST) : place])


def _fits(figures: list[Said], total: Said) -> bool:
    summed = total_of(figures)
    return abs(summed - total.value) <= max(slack_of([*figures, total], summed), total.step / 2)


def _first_total(paragraph: Paragraph, number: int, amounts: Amounts) -> Iterator[Contradiction]:
    """`12 400 euroa, josta 7 400 euroa … ja 5 000 euroa …`, `yhteensä 9 800 euroa: 6 300 … ja 3 500 …`."""
    sentence = paragraph.sentences[number]
    if _of_appropriation(sentence.words):
        return
    money, then = sentence.of(Kind.MONEY), paragraph.words_after(number)
    for place, total in enumerate(money):
        parts = money[place + 1 : place + 1 + _LONGEST_LIST]
        if len(parts) < 2:
            continue
        if _DIVIDES.search(total.after) or _FIRST_TOTAL.search(total.after) or OF_WHICH.search(total.after):
            found = _divided(total, parts, _claim(total.after))
            yield from (
                each for each in found if not leaves_rest(each, f"{parts[-1].after}; {then}", amounts)
            )


def _claim(words: str) -> Decimal | None:
    """How far off parts may be that are said to be all; None where they may be some: `josta …`."""
    if _DIVIDES.search(words) or words.startswith(":"):
        return FAR
    return NEAR if words.startswith("–") else None


def _of_appropriation(words: str) -> bool:
    """What is committed of it and what remains are not its parts alone."""
    return bool({Of.COMMITTED, Of.REMAINING} & all_of(words))


def _going_on(paragraph: Paragraph, number: int, amounts: Amounts) -> Iterator[Contradiction]:
    """`… ovat 288 000 euroa. Niistä 205 000 euroa on … ja 83 000 euroa muita kustannuksia.`"""
    sentence = paragraph.sentences[number]
    goes_on = _GOES_ON.match(sentence.words)
    if not number or not goes_on or _of_appropriation(sentence.words):
        return
    earlier, parts = paragraph.sentences[number - 1].of(Kind.MONEY), sentence.of(Kind.MONEY)
    if earlier and len(parts) > 1:
        words = f"{parts[-1].after}; {paragraph.words_after(number)}"
        found = _divided(earlier[-1], parts[:_LONGEST_LIST], _claim(goes_on[0]))
        yield from (each for each in found if not leaves_rest(each, words, amounts))


def _rests(money: list[Said], place: int, amounts: Amounts) -> Iterator[Contradiction]:
    """`87 500 euroa, josta 50 000 euroa … Loput 37 500 euroa …`"""
    for end in range(max(place, 1), len(money)):
        rest = money[end]
        if not _IS_REST.search(rest.before):
            continue
        earlier = [each for each in money[max(0, end - _REACH) : end] if not each.is_in_brackets]
        sums = [total_of(earlier[start:]) for start in range(len(earlier))]
        if any(amounts.has(taken + rest.value, rest.step) for taken in sums):
            continue
        if len(earlier) < 2:
            continue
        starts = [n for n, total in enumerate(earlier[:-1]) if total.value > total_of(earlier[n + 1 :])]
        # The one that the rest fits best is what was divided.
        start = min(
            starts or [0],
            key=lambda n: abs(earlier[n].value - total_of(earlier[n + 1 :]) - rest.value),
        )
        whole, parts = earlier[start], earlier[start + 1 :]
        expected = whole.value - total_of(parts)
        if parts and expected > 0 and is_within(FAR, expected, rest.value):
            yield contradiction(Rule.LIST, rest, expected, [whole, *parts])


def _of_sources(money: list[Said], before: list[Said], amounts: Amounts) -> Iterator[Contradiction]:
    """Sources of financing in one sentence, and the costs named before them."""
    parts = [said for said in money if not _is_included(said)]
    things = {thing_of(said) for said in parts}
    names_all = bool(money) and bool(_OF_FINANCING.match(money[0].before))
    if not (names_all or (Of.OWN_SHARE in things and things & {Of.GRANT, Of.FINANCING})):
        return
    if not (1 if names_all or {Of.OWN_SHARE, Of.GRANT} <= things else 2) < len(parts) <= _LONGEST_LIST:
        return
    summed = total_of(parts)
    runs = [parts[start:end] for start in range(len(parts)) for end in range(start + 2, len(parts) + 1)]
    if things - _SOURCES or any(amounts.has(total_of(run), slack_of(run, total_of(run))) for run in runs):
        return
    costs = [said for said in before[-3:] if thing_of(said) in {Of.COSTS, Of.NET}]
    if costs and (is_within(NEAR, costs[-1].value, summed) or _has_slip(costs[-1].value, parts)):
        yield contradiction(Rule.COSTS_FINANCING, costs[-1], summed, parts)


def _has_slip(total: Decimal, parts: list[Said]) -> bool:
    """Whether one of the parts, or the total, with two digits the other way round would be right."""
    summed = total_of(parts)
    return is_swapped(total, summed) or any(
        is_swapped(each.value, total - summed + each.value) for each in parts
    )


def _divided(total: Said, parts: list[Said], claim: Decimal | None) -> Iterator[Contradiction]:
    parts = [each for each in parts if each is parts[0] or not _is_included(each)]
    if len(parts) < 2:
        return
    if total.value <= max(each.value for each in parts):
        yield from _larger_than_whole(total, parts)
        return
    for start in range(len(parts) - 1):
        if any(_fits(parts[start:end], total) for end in range(start + 2, len(parts) + 1)):
            return
    closing = next((n for n, each in enumerate(parts) if n and _rest(each)), None)
    if closing is not None:
        parts = parts[: closing + 1]
        claim = FAR
    summed = total_of(parts)
    if summed < total.value and claim is None:
        return
    if claim is None and _are_alike(parts):
        claim = FAR
    if is_within(claim or NEAR, summed, total.value):
        by_year = all(
            _YEAR.search(f"{each.before[-_LONGEST_GAP:]} {each.after[:_LONGEST_GAP]}") for each in parts
        )
        yield contradiction(Rule.YEARS if by_year else Rule.LIST, total, summed, parts)


def _larger_than_whole(total: Said, parts: list[Said]) -> Iterator[Contradiction]:
    """A part that is a slip of what the others leave of their whole."""
    summed = total_of(parts)
    if any(is_slip(each.value, total.value - summed + each.value) for each in parts):
        yield contradiction(Rule.LIST, total, summed, parts)


def _are_alike(parts: list[Said]) -> bool:
    """True if they stand one after the other, so that each is a part of the total and none of another."""
    years = [_YEAR.findall(each.after[:_LONGEST_GAP]) for each in parts]
    named = [year for found in years for year in found]
    return len(set(named)) == len(named) and all(
        len(each.before) <= _LONGEST_GAP and not _OF_ANOTHER.search(each.before) for each in parts[1:]
    )


def _is_included(said: Said) -> bool:
    """What is told of another figure, or is a price."""
    is_price = _EACH.search(said.before) or _PER.match(said.after)
    return said.is_in_brackets or bool(is_price or _INCLUDED.search(said.before))


def _rest(said: Said) -> bool:
    return bool(_REST.search(said.before) or _REST.search(said.after.split(",")[0]))
