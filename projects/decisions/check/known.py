"""Figures of the data that a text may say, found by value and by a slip of the keyboard."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from projects.decisions.figures.readings import Count, Kind, Period, Value
from projects.decisions.figures.slips import is_swapped, significant_digits

# Of shorter figures too many others differ by one slip.
SHORTEST_TRANSPOSED = 4


class Topic(StrEnum):
    """What a figure is of, as far as the words of a text can name it."""

    # What the whole project costs, the city's part, and a category of its costs.
    TOTAL = "total"
    COST = "cost"
    CATEGORY = "category"
    # What the city itself pays of its part, and what others do.
    OWN = "own"
    SOURCE = "source"
    SHARED = "shared"
    LIABILITY = "liability"
    CAP = "cap"
    APPROPRIATION = "appropriation"
    GRANT = "grant"
    TIME = "time"
    GRANT_DAY = "grant_day"
    DAY = "day"
    COMPANIES = "companies"
    GROUPS = "groups"
    MEETINGS = "meetings"
    OTHER = "other"


@dataclass(frozen=True)
class Names:
    """Beginnings of names, in small letters: the own city's, and all that the data has of the project."""

    own: tuple[str, ...] = ()
    all: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        return bool(self.all)

    def has(self, words: str) -> bool:
        return self.is_own(words) or _begin_with(words, self.all)

    def is_own(self, words: str) -> bool:
        return _begin_with(words, self.own)


@dataclass(frozen=True)
class KnownFigure:
    """A figure of the data; `name` is what pages call it, `year` the one that it is of.

    `words` are beginnings of words that name it and little else: the fund that gives it, who invoices it.
    `is_sum` is one that no page shows: two years, or two sources. `edition` names the version that it is of,
    empty for the figure of now. `is_whole` is of the whole project, not of the city's part, `is_approximate`
    one that the data has rounded.
    """

    name: str
    kind: Kind
    value: Value
    topic: Topic = Topic.OTHER
    year: int | None = None
    words: tuple[str, ...] = ()
    is_sum: bool = False
    edition: str = ""
    is_whole: bool = False
    is_approximate: bool = False

    @property
    def order(self) -> tuple[bool, bool]:
        return (bool(self.edition), self.is_sum)


class KnownFigures:
    """In an order in which each search takes the time of a few comparisons."""

    def __init__(self, figures: Iterable[KnownFigure], names: Names | None = None) -> None:
        self.names = names or Names()
        self.all = tuple(sorted(dict.fromkeys(figures), key=lambda figure: figure.order))
        self.topics = frozenset((figure.kind, figure.topic) for figure in self.all if not figure.edition)
        self.named = tuple(
            each for each in self.all if each.kind is Kind.MONEY and each.words and not each.edition
        )
        self.approximate = tuple(each for each in self.all if each.is_approximate and not each.edition)
        self._by_topic: defaultdict[tuple[Kind, Topic], list[KnownFigure]] = defaultdict(list)
        self._equal: defaultdict[tuple[Kind, Any], list[KnownFigure]] = defaultdict(list)
        self._digits: defaultdict[tuple[Kind, str], list[KnownFigure]] = defaultdict(list)
        numbers: defaultdict[tuple[Kind, str], list[tuple[Decimal, KnownFigure]]] = defaultdict(list)
        for figure in self.all:
            self._equal[figure.kind, figure.value].append(figure)
            if not figure.edition:
                self._by_topic[figure.kind, figure.topic].append(figure)
            size = size_of(figure.value)
            if size is None:
                continue
            numbers[figure.kind, ""].append((size, figure))
            if not figure.is_sum and not figure.edition:
                numbers[figure.kind, figure.topic].append((size, figure))
                self._digits[figure.kind, "".join(sorted(significant_digits(size)))].append(figure)
        # Of each kind in the order of their members, without those of which nothing is known.
        self._topics_of = {kind: [topic for topic in Topic if (kind, topic) in numbers] for kind in Kind}
        self._sorted = {key: sorted(found, key=lambda pair: pair[0]) for key, found in numbers.items()}

    def equal(self, kind: Kind, value: Any) -> list[KnownFigure]:
        return self._equal.get((kind, value), [])

    def between(self, kind: Kind, least: Decimal, most: Decimal) -> list[KnownFigure]:
        """Both ends belong to it."""
        found = self._sorted.get((kind, ""), [])
        first = bisect_left(found, least, key=lambda pair: pair[0])
        last = bisect_right(found, most, key=lambda pair: pair[0])
        return sorted((figure for _size, figure in found[first:last]), key=lambda figure: figure.order)

    def transposed(self, kind: Kind, value: Decimal) -> list[KnownFigure]:
        """Those whose digits are the same, two of them that stand side by side in the other order."""
        digits = significant_digits(value)
        if len(digits) < SHORTEST_TRANSPOSED:
            return []
        found = self._digits.get((kind, "".join(sorted(digits))), [])
        return [each for each in found if is_swapped(value, size_of(each.value) or value)]

    def nearest(self, kind: Kind, value: Decimal) -> KnownFigure | None:
        """By the difference in relation to the figure itself."""
        topics = self._topics_of[kind]
        beside = [pair for topic in topics for pair in _beside(self._sorted[kind, topic], value)]
        return min(beside, key=lambda pair: _distance(pair[0], value), default=(value, None))[1]

    def of_topics(self, kind: Kind, topics: Iterable[Topic]) -> list[KnownFigure]:
        """Those of now."""
        return [each for topic in topics for each in self._by_topic.get((kind, topic), [])]


def _begin_with(words: str, beginnings: tuple[str, ...]) -> bool:
    return any(word.startswith(beginnings) for word in words.casefold().split())


def size_of(value: Value) -> Decimal | None:
    """Of what has a size: not of days and periods."""
    if isinstance(value, Count):
        return Decimal(value.number)
    if isinstance(value, Period | date):
        return None
    return Decimal(value)


def _beside(found: list[tuple[Decimal, KnownFigure]], value: Decimal) -> list[tuple[Decimal, KnownFigure]]:
    place = bisect_left(found, value, key=lambda pair: pair[0])
    return found[max(0, place - 1) : place + 1]


def _distance(known: Decimal, value: Decimal) -> Decimal:
    return abs(known - value) / (abs(known) or 1)
