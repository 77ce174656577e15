"""What remains of an appropriation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from projects.decisions.consistency.columns import table_totals
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Paper, Said
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import FAR, money_of, thing_of
from projects.decisions.consistency.things import Of, is_elsewhere, what
from projects.decisions.figures.tables import Cell

_BUDGET = re.compile(r"määrärah|talousarvio|hankerahoitu|varattu")
_RESERVED = re.compile(
    r"varattu (?:\w+ ){0,4}(?:talousarvio|budjeti)\w+ ?$|(?:talousarvio|budjeti)\w+ (?:on )?varattu ?$"
)
_NOW = re.compile(r"tähän|tämän|tästä|(?<!\w)nyt(?!\w)")
_IS_LEFT = re.compile(r"^(?:on|jää) (?:\w+ )?(?:vapaana|jäljel|käytettäv)")
_OF_WHICH = re.compile(r"^\s*,? ?\(?(?:josta|joista)(?!\w)")
_MOST, _MOST_TAKEN = 10, 4


@dataclass(frozen=True)
class _Item:
    """An amount of the prose, or the total of a table."""

    figure: Said | Cell
    value: Decimal
    of: Of | None
    words: str
    start: int


def _items(paper: Paper) -> list[_Item]:
    said = [_Item(each, each.value, thing_of(each), words, each.place[0]) for each, words in money_of(paper)]
    cells = [
        _Item(cell, cell.euros, what(row.label), row.label.lower(), cell.start)
        for row, cell in table_totals(paper)
    ]
    return sorted([*said, *cells], key=lambda item: item.start)


def in_appropriations(paper: Paper) -> Iterator[Contradiction]:
    """What remains of an appropriation is what is not committed of it."""
    items = _items(paper)
    for place, rest in enumerate(items):
        if not _says_remaining(rest) or not isinstance(rest.figure, Said) or is_elsewhere(rest.words):
            continue
        earlier = items[max(0, place - _MOST) : place]
        wholes = [
            item
            for item, following in pairwise([*earlier, rest])
            if item.value > rest.value and (_is_divided(item, following) or _is_budget(item))
        ]
        if wholes:
            yield from _remaining(rest, wholes, earlier, paper)


def _is_budget(item: _Item) -> bool:
    """`Talousarviossa on varattu 45 000 euroa` reserves what is divided, and commits nothing."""
    is_reserved = item.of is Of.COMMITTED and bool(_RESERVED.search(_before(item)))
    return bool(_BUDGET.search(item.words)) and (item.of is not Of.COMMITTED or is_reserved)


def _is_divided(item: _Item, following: _Item) -> bool:
    """`on varattu 50 000 euroa, josta on sidottu 20 000 euroa`: what is reserved is the whole."""
    after = item.figure.after if isinstance(item.figure, Said) else ""
    return bool(_OF_WHICH.match(after)) and Of.COMMITTED in {what(after), following.of}


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
        for count in range(1, _MOST_TAKEN + 1):
            for taken in combinations(others, count):
                if abs(whole.value - sum(taken) - rest.value) <= step:
                    return
        gaps = [whole.value - rest.value - value for value in [Decimal(0), *others]]
        # Half of it explains itself no more than any other remainder does.
        if any(paper.amounts.has(gap, step) for gap in gaps if not _is_only(rest, gap, paper)):
            return
    whole = wholes[-1]
    after = earlier[earlier.index(whole) + 1 :]
    committed = next((item for item in after if item.of is Of.COMMITTED and item.value < whole.value), None)
    if committed is None:
        return
    now = [
        item
        for item in after
        if item is not committed and (_NOW.search(_before(item)) or _is_beside(item, committed))
    ]
    expected = whole.value - committed.value - sum((item.value for item in now), Decimal(0))
    if abs(expected - rest.value) <= FAR * whole.value:
        figures = [item.figure for item in (whole, committed, *now)]
        yield contradiction(Rule.APPROPRIATION, rest.figure, expected, figures)


def _is_beside(item: _Item, committed: _Item) -> bool:
    """`Siitä on käytetty 31 200 euroa ja sidottu 8 300 euroa`."""
    return item.of is Of.COMMITTED and item.words == committed.words and item.start > committed.start


def _is_only(rest: _Item, gap: Decimal, paper: Paper) -> bool:
    return gap == rest.value and paper.amounts.is_once(gap)


def _before(item: _Item) -> str:
    return item.figure.before if isinstance(item.figure, Said) else ""
