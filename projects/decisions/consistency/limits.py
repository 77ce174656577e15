"""Caps, appropriations, VAT, net costs, and one thing that has two values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from projects.decisions.consistency.columns import is_total
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.lists import thing_of, total_of
from projects.decisions.consistency.said import Paper, Said, is_slip
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.things import Of, all_of, is_elsewhere, is_general, what
from projects.decisions.figures.readings import Kind
from projects.decisions.figures.tables import Cell

_NEAR = Decimal("0.5")
_MOST = 10
_ONCE = {Of.COSTS, Of.OWN_SHARE, Of.GRANT, Of.SALARIES, Of.SHARED, Of.NET, Of.GROSS}
_OURS = re.compile(r"kaupungi|kunnan|kuntayhtymän|liiton|hyvinvointialueen")
_BUDGET = re.compile(r"määrärah|talousarvio|hankerahoitu|varattu")
_NOW = re.compile(r"tähän|tämän|tästä|nyt ")
_IS_LEFT = re.compile(r"^(?:on|jää) (?:\w+ )?(?:vapaana|jäljel|käytettäv)")
_DIVIDED = re.compile(r"^\s*(?::|, jo[is]sta|, joka)")
_TAKES_PART = re.compile(r"osallistu|sitoutu|myön|varaa|varau|maks")


def in_limits(paper: Paper) -> Iterator[Contradiction]:
    yield from _vat_twice(paper)
    yield from _vat_within(paper)
    yield from _net_costs(paper)
    yield from _two_values(paper)
    yield from _caps(paper)
    yield from _twins(paper)
    yield from _appropriations(paper)


def _money(paper: Paper) -> list[tuple[Said, str]]:
    """Each amount of the prose with the words of its sentence."""
    return [(said, sentence.words) for sentence in paper.sentences for said in sentence.of(Kind.MONEY)]


def _vat_twice(paper: Paper) -> Iterator[Contradiction]:
    """A price that has its VAT already, and the VAT added to it again."""
    rates = {
        said.value / 100
        for sentence in paper.sentences
        for said in sentence.of(Kind.PERCENT)
        if said.value > 5 and ("alv" in sentence.words or "arvonlis" in sentence.words)
    }
    said_vat = [(said, words) for said, words in _money(paper) if "alv" in words or "arvonlis" in words][:60]
    for rate in sorted(rates)[:3]:
        for said, _words in said_vat:
            once = said.value / (1 + rate)
            net = once / (1 + rate)
            cent = Decimal("0.02")
            if paper.amounts.has(once, cent) and paper.amounts.has(net, cent):
                price = next((each for each, _w in said_vat if abs(each.value - once) <= cent), None)
                if price is not None:
                    yield contradiction(Rule.VAT, said, once, [price])


def _vat_within(paper: Paper) -> Iterator[Contradiction]:
    """`451 800 euroa (alv 25,5 %), josta veron osuus on 91 800 euroa`."""
    for sentence in paper.sentences:
        rates = [said.value for said in sentence.of(Kind.PERCENT) if said.value > _LOWEST_VAT]
        money = sentence.of(Kind.MONEY)[:_MOST]
        if len(set(rates)) != 1 or not _VAT.search(sentence.words):
            continue
        rate = rates[0]
        for price, tax in pairwise(money):
            within = price.value * rate / (100 + rate)
            known = tax.value * 100 / rate
            slack = max(tax.step, Decimal("0.01"))
            if not _TAX.search(tax.before) or abs(within - tax.value) <= slack:
                continue
            is_known = paper.amounts.has(known, slack) or paper.amounts.has(known + tax.value, slack)
            if not is_known and abs(within - tax.value) <= _NEAR * within:
                yield contradiction(Rule.VAT, tax, within, [price])


_VAT = re.compile(r"alv|arvonlis")
_TAX = re.compile(r"(?<!\w)(?:vero|veron osuus|arvonlisävero|alv)(?: on)?$")
_LOWEST_VAT = 5
_NET = re.compile(r"netto(?:kustannukset|menot|budjetti)?(?: (?:ovat|on|siten|siis|näin|yhteensä|noin))*$")


def _net_costs(paper: Paper) -> Iterator[Contradiction]:
    """Gross costs less revenue are net costs."""
    of: dict[Of | None, list[Said]] = {}
    for said, _words in _money(paper):
        of.setdefault(thing_of(said), []).append(said)
    gross = of.get(Of.GROSS, [])[:_MOST]
    net = [said for said in of.get(Of.NET, [])[:_MOST] if _NET.search(said.before)]
    revenue = of.get(Of.REVENUE, [])[:_MOST]
    if not gross or not net or not revenue:
        return
    for each in net:
        gaps = [whole.value - each.value for whole in gross]
        if any(gap == 0 or paper.amounts.has(gap, each.step) for gap in gaps):
            continue
        expected = gross[0].value - revenue[0].value
        if abs(expected - each.value) <= _NEAR * max(expected, each.value):
            yield contradiction(Rule.GROSS_NET, each, expected, [gross[0], revenue[0]])
        return


_NAMED = re.compile(
    r"(?P<owner>[a-zåäö-]+n )?(?P<thing>kokonaiskustannukset|kokonaiskustannusten|kokonaisbudjetti"
    r"|kustannusarvio|nettokustannukset|bruttokustannukset|palkkakustannukset|omarahoitus(?:osuus)?"
    r"|osahankkeen kustannukset|kustannukset|avustus|tuki)"
    r"(?: (?:ovat|on|olisi|yhteensä|määrä))+(?: noin| enintään| yhteensä)*$"
)


_OF_YEAR = re.compile(r"vuonna|vuodelle|vuoden|v\. ")
_OF_PROJECT = {"hankkeen", "jonka", "niiden", "sen", "projektin"}


def _two_values(paper: Paper) -> Iterator[Contradiction]:
    """One name, said again with another value."""
    first: dict[tuple[str, str], Said] = {}
    for said, words in _money(paper):
        match = _NAMED.search(said.before)
        if match is None or is_elsewhere(words) or is_general(words) or _OF_YEAR.search(said.before):
            continue
        owner = (match["owner"] or "").strip()
        name = ("" if owner in _OF_PROJECT else owner, match["thing"])
        earlier = first.setdefault(name, said)
        gap = abs(earlier.value - said.value)
        step = max(said.step, earlier.step)
        is_near = gap <= _NEAR * max(earlier.value, said.value)
        if gap > step / 2 and gap > 1 and is_near and name[1] not in {"kustannukset", "tuki", "avustus"}:
            yield contradiction(Rule.TWO_VALUES, earlier, said.value, [said], match["thing"])
            first[name] = said


def _twins(paper: Paper) -> Iterator[Contradiction]:
    """Two values of one thing that differ as a slip of the pen does."""
    of: dict[Of, list[Said]] = {}
    for said, words in _money(paper):
        thing = thing_of(said)
        if (
            thing in _ONCE
            and not is_elsewhere(words)
            and not is_general(words)
            and not _OF_YEAR.search(said.before)
        ):
            of.setdefault(thing, []).append(said)
    for alike in of.values():
        for first, second in combinations(alike[:_MOST], 2):
            if is_slip(first.value, second.value) and not paper.amounts.has(abs(first.value - second.value)):
                yield contradiction(Rule.TWO_VALUES, first, second.value, [second])
                break


def _caps(paper: Paper) -> Iterator[Contradiction]:
    """A cap has to cover the own share, and the shared costs where it is said of both or of taking part."""
    money = [(said, words) for said, words in _money(paper) if not is_elsewhere(words)]
    own = [said for said, _words in money if _is_own(said)]
    ours = [said for said in own if _OURS.search(said.before) or _OURS.search(said.after)] or own
    ours = ours[:_MOST]
    shared = _shared(paper)
    if not ours:
        return
    for said, words in money:
        if (said.qualifier != "enintään" and "enintään" not in said.before) or is_general(words):
            continue
        share = min(ours, key=lambda each: abs(each.value - said.value))
        named = all_of(f"{said.before} {said.after}")
        is_of_both = {Of.OWN_SHARE, Of.SHARED} <= all_of(words)
        takes_part = bool(_TAKES_PART.search(words)) and not named - {Of.FINANCING, Of.OWN_SHARE}
        needed = share.value
        others = [share]
        if shared and (is_of_both or (takes_part and said.value == share.value)):
            needed, others = needed + total_of(shared), [share, *shared]
        elif Of.OWN_SHARE not in named:
            continue
        if said.value < needed and needed - said.value <= (needed if len(others) > 1 else _NEAR * needed):
            yield contradiction(Rule.CAP, said, needed, others)
            return


def _is_own(said: Said) -> bool:
    return thing_of(said) is Of.OWN_SHARE and not said.qualifier and "enintään" not in said.before


def _shared(paper: Paper) -> list[Said]:
    """What is paid of shared costs: the total, or its parts where no total is said."""
    for sentence in paper.sentences:
        money = [each for each in sentence.of(Kind.MONEY) if each.qualifier != "enintään"]
        if Of.SHARED not in all_of(sentence.words) or not money or "enintään" in sentence.words:
            continue
        return money[:1] if _DIVIDED.match(money[0].after) else money
    return []


@dataclass(frozen=True)
class _Item:
    """An amount of the prose, or the total of a table."""

    figure: Said | Cell
    value: Decimal
    of: Of | None
    words: str
    start: int


def _items(paper: Paper) -> list[_Item]:
    said = [_Item(each, each.value, thing_of(each), words, each.place[0]) for each, words in _money(paper)]
    cells = [
        _Item(cell, cell.euros, what(row.label), row.label.lower(), cell.start)
        for table in paper.tables
        for row in table.rows
        if is_total(row.label) and (cell := row.cells[-1]) and cell.unit in {"€", "t€"}
    ]
    return sorted([*said, *cells], key=lambda item: item.start)


def _appropriations(paper: Paper) -> Iterator[Contradiction]:
    """What remains of an appropriation is what is not committed of it."""
    items = _items(paper)
    for place, rest in enumerate(items):
        if not _says_remaining(rest) or not isinstance(rest.figure, Said) or is_elsewhere(rest.words):
            continue
        earlier = items[max(0, place - _MOST) : place]
        wholes = [
            item
            for item in earlier
            if item.value > rest.value and _BUDGET.search(item.words) and item.of is not Of.COMMITTED
        ]
        if wholes:
            yield from _remaining(rest, wholes, earlier, paper)


def _says_remaining(item: _Item) -> bool:
    if not isinstance(item.figure, Said):
        return False
    tail = re.split(r"[,;:]|(?<!\w)ja(?!\w)", item.figure.before)[-1]
    return what(tail) is Of.REMAINING or bool(_IS_LEFT.match(item.figure.after))


def _remaining(
    rest: _Item, wholes: list[_Item], earlier: list[_Item], paper: Paper
) -> Iterator[Contradiction]:
    step = rest.figure.step if isinstance(rest.figure, Said) else Decimal(1)
    values = [item.value for item in earlier]
    for whole in wholes:
        others = values[earlier.index(whole) + 1 :]
        for count in range(1, 5):
            for taken in combinations(others, count):
                if abs(whole.value - sum(taken) - rest.value) <= step:
                    return
        if any(paper.amounts.has(whole.value - rest.value - value, step) for value in [Decimal(0), *others]):
            return
    whole = wholes[-1]
    after = earlier[earlier.index(whole) + 1 :]
    committed = next((item for item in after if item.of is Of.COMMITTED and item.value < whole.value), None)
    if committed is None:
        return
    now = [item for item in after if item is not committed and _NOW.search(_before(item))]
    expected = whole.value - committed.value - sum((item.value for item in now), Decimal(0))
    if abs(expected - rest.value) <= _NEAR * whole.value:
        figures = [item.figure for item in (whole, committed, *now)]
        yield contradiction(Rule.APPROPRIATION, rest.figure, expected, figures)


def _before(item: _Item) -> str:
    return item.figure.before if isinstance(item.figure, Said) else ""
