"""One thing that has two values: said again, said with a slip, or net costs of other gross costs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.payers import Payer, are_two, with_payers
from projects.decisions.consistency.said import Paper, Said
from projects.decisions.consistency.sentences import contradiction, sentence_of_financed_gross
from projects.decisions.consistency.sums import FAR, NEAR, is_within, money_of, thing_of
from projects.decisions.consistency.things import Of, is_elsewhere, is_general
from projects.decisions.figures.readings import Kind
from projects.decisions.figures.slips import is_slip

_NET = re.compile(r"netto(?:kustannukset|menot?|budjetti)?(?: (?:ovat|on|siten|siis|näin|yhteensä|noin))*$")

_SUPPORT = re.compile(r"(?<!\w)tu(?:ki|en)(?!\w)|-tuki(?!\w)|avustu")
_SHARE = re.compile(r"omarahoitus|rahoitusosuus|omavastuu|(?:kaupungin|kunnan) (?:rahoitus|osuus)")
_NAMED = re.compile(
    # Of a project by its name or its letter: hankkeen A, hankkeen "Venepaja".
    r"(?P<owner>(?:[\w-]+n )?(?:\S{1,40}[\"”»] |(?!ja |on |se )\w{1,2} )?)"
    r"(?P<thing>kokonaiskustannukset|kokonaiskustannusten|kokonaisbudjetti|kustannusarvio"
    r"|nettokustannukset|bruttokustannukset|palkkakustannukset|omarahoitus(?:osuus)?"
    r"|osahankkeen kustannukset|kustannukset|avustus|tuki)"
    r"(?: (?:ovat|on|olisi|yhteensä|määrä))+(?: noin| enintään| yhteensä)*$"
)
_OF_YEAR = re.compile(r"vuonna|vuodelle|vuoden|v\. ")
_OF_PROJECT = {"hankkeen", "jonka", "niiden", "sen", "projektin"}

# What is applied for, granted and spent of one thing are three things.
_STATE = re.compile(
    r"rahoituspäätö|hakemu|hae(?:ttu|ttiin|taan)|hyväksyt(?:ty|yt|yn)|hyväksyi|toteutu|tarkist|päivitet|muutett"
    r"|uusi(?!a)|uuden|alusta(?:va|van)|lopulli|ennuste|kustannustaso"
)
_TOTAL = re.compile(r"(?P<thing>kokonaiskustannukset|kokonaisrahoitus)(?: (?:ovat|on|yhteensä))*$")
# Names that many things have.
_COMMON = {"kustannukset", "tuki", "avustus"}
_ONCE = {Of.COSTS, Of.OWN_SHARE, Of.GRANT, Of.SALARIES, Of.SHARED, Of.NET, Of.GROSS}
_MOST = 10


def in_names(paper: Paper) -> Iterator[Contradiction]:
    yield from _net_costs(paper)
    yield from _financed_gross(paper)
    yield from _costs_and_financing(paper)
    yield from _two_values(paper)
    yield from _slips(paper)


def _net_costs(paper: Paper) -> Iterator[Contradiction]:
    """Gross costs less revenue are net costs."""
    of: dict[Of | None, list[Said]] = {}
    for said, _words in money_of(paper):
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
        if is_within(FAR, expected, each.value):
            yield contradiction(Rule.GROSS_NET, each, expected, [gross[0], revenue[0]])
        return


def _financed_gross(paper: Paper) -> Iterator[Contradiction]:
    """Support and own share, which are of the net costs, make the gross ones."""
    of: dict[Of | None, set[Decimal]] = {}
    for said, _words in money_of(paper):
        of.setdefault(thing_of(said), set()).add(said.value)
    named = [of.get(each, set()) for each in (Of.GROSS, Of.NET, Of.REVENUE)]
    if any(len(values) != 1 for values in named):
        return
    gross, net, revenue = (values.pop() for values in named)
    if gross - revenue != net:
        return
    stated = next(said for said, _words in money_of(paper) if thing_of(said) is Of.NET)
    for sentence in paper.sentences:
        parts = [said for said in sentence.of(Kind.MONEY) if said.value not in (gross, net, revenue)]
        is_of_payers = _SUPPORT.search(sentence.words) and _SHARE.search(sentence.words)
        if len(parts) == 2 and is_of_payers and parts[0].value + parts[1].value == gross:
            found = contradiction(Rule.GROSS_NET, parts[0], net, [parts[1], stated], left=gross)
            yield replace(found, sentence=sentence_of_financed_gross(gross, net))
            return


def _costs_and_financing(paper: Paper) -> Iterator[Contradiction]:
    """All financing of a project is as much as all its costs, where a paper says each of them once."""
    of: dict[str, list[Said]] = {"kokonaiskustannukset": [], "kokonaisrahoitus": []}
    states = set()
    for said, words in money_of(paper):
        match = _TOTAL.search(said.before)
        if match and not said.qualifier and not is_elsewhere(words) and not _OF_YEAR.search(said.before):
            of[match["thing"]].append(said)
            states.add(_state(words))
    if len(states) != 1 or any(len(alike) != 1 for alike in of.values()):
        return
    [costs], [financing] = of.values()
    gap = abs(costs.value - financing.value)
    is_near = is_within(NEAR, costs.value, financing.value)
    if costs.step + financing.step < gap and is_near and not paper.amounts.has(gap):
        yield contradiction(Rule.COSTS_FINANCING, costs, financing.value, [financing])


def _two_values(paper: Paper) -> Iterator[Contradiction]:
    """One name, said again with another value."""
    first: dict[tuple[str, str, frozenset[str]], tuple[Said, Payer | None]] = {}
    for said, words, payer in with_payers(paper):
        match = _NAMED.search(said.before)
        if match is None or is_elsewhere(words) or is_general(words) or _OF_YEAR.search(said.before):
            continue
        owner = match["owner"].strip()
        name = ("" if owner in _OF_PROJECT else owner, match["thing"], _state(words))
        earlier, earlier_payer = first.setdefault(name, (said, payer))
        gap = abs(earlier.value - said.value)
        step = said.step + earlier.step
        is_same = gap <= step or not is_within(FAR, earlier.value, said.value)
        if not is_same and match["thing"] not in _COMMON and not are_two(earlier_payer, payer):
            yield contradiction(Rule.TWO_VALUES, earlier, said.value, [said], match["thing"])
            first[name] = said, payer


def _state(words: str) -> frozenset[str]:
    return frozenset(_STATE.findall(words))


def _slips(paper: Paper) -> Iterator[Contradiction]:
    """Two values of one thing of one payer that differ as a slip of the pen does."""
    of: dict[Of, list[tuple[Said, Payer | None]]] = {}
    for said, words, payer in with_payers(paper):
        thing = thing_of(said)
        is_of_it = not is_elsewhere(words) and not is_general(words) and not _OF_YEAR.search(said.before)
        if thing in _ONCE and is_of_it:
            of.setdefault(thing, []).append((said, payer))
    for alike in of.values():
        for (first, one), (second, other) in combinations(alike[:_MOST], 2):
            gap = abs(first.value - second.value)
            if is_slip(first.value, second.value) and not are_two(one, other) and not paper.amounts.has(gap):
                yield contradiction(Rule.TWO_VALUES, first, second.value, [second])
                break
