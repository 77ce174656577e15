"""Which figure of the data each figure of a text is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum

from projects.decisions.check.impossible import ImpossibleDay, impossible_days
from projects.decisions.check.known import KnownFigure, KnownFigures, Topic, size_of
from projects.decisions.check.marks import Mark, mark_of
from projects.decisions.check.naming import Naming, Words
from projects.decisions.figures.readings import Count, Kind, Period, Reading, Value

# So near, a figure is a figure of the project that was typed or computed otherwise.
_NEAR = Decimal("0.002")
# A count that is so many times another is not the same thing counted wrong.
_OTHER_SIZE = 2
# A cap may be said of what it covers.
_CAPS = {Topic.CAP, Topic.APPROPRIATION}
# What is so many times smaller is the price of something.
_PRICE = 50
_ONE, _CENT = Decimal(1), Decimal("0.01")
_SIZES = (
    *(("miljardi", 10**9), ("mrd", 10**9), ("milj", 10**6), ("m€", 10**6), ("meur", 10**6)),
    *(("tuh", 1000), ("t€", 1000), ("k€", 1000), ("teur", 1000), ("keur", 1000)),
)
_WORDS_BEFORE = re.compile(
    r"\b(?P<word>runsaa(?:t|n|sti)|vajaa(?:t|n|sti)?|reilu(?:t|n|sti)?|lähes)\s+\Z", re.IGNORECASE
)
_MORE, _LESS = ("runsaa", "reilu"), ("vajaa", "lähes")


_ALSO: dict[Topic, tuple[Topic, ...]] = {
    Topic.TOTAL: (Topic.COST,),
    Topic.COST: (Topic.TOTAL, Topic.OWN, Topic.SOURCE),
    Topic.SOURCE: (Topic.GRANT,),
    Topic.GRANT: (Topic.SOURCE,),
    Topic.OWN: (Topic.SOURCE, Topic.CAP),
    Topic.CAP: (Topic.OWN, Topic.LIABILITY, Topic.APPROPRIATION),
}


class Outcome(StrEnum):
    """What is known of a figure of a text."""

    AGREES = "agrees"
    ROUNDED = "rounded"
    # The figure of another version of the plan.
    EARLIER = "earlier"
    # A figure of the data, but not what the text says that it is.
    OTHER_NAME = "other_name"
    # Said to be a figure of the project, or near one, and none.
    DIFFERS = "differs"
    IMPOSSIBLE = "impossible"
    # A person says that it is none of the project's.
    MARKED = "marked"
    # Of something else, as far as can be known.
    OUTSIDE = "outside"


FOUND = frozenset({Outcome.AGREES, Outcome.ROUNDED, Outcome.EARLIER})
ALARMS = frozenset({Outcome.OTHER_NAME, Outcome.DIFFERS, Outcome.IMPOSSIBLE})


@dataclass(frozen=True)
class Match:
    """A figure at `start` to `end` of the text, and what it is.

    `value` is None for a day that no calendar has. `known` is the figure that it is, or that was meant; of
    what agrees with nothing, the nearest. `actual` is what has the value under another name.
    """

    kind: Kind
    value: Value | None
    raw: str
    start: int
    end: int
    outcome: Outcome
    known: KnownFigure | None = None
    actual: KnownFigure | None = None
    is_transposed: bool = False
    mark: Mark | None = None

    @property
    def is_alarm(self) -> bool:
        return self.outcome in ALARMS

    @property
    def difference(self) -> Decimal | None:
        """What the text says, less what is known."""
        if self.value is None or self.known is None:
            return None
        said, known = size_of(self.value), size_of(self.known.value)
        return None if said is None or known is None else said - known


def matched(
    text: str, readings: Sequence[Reading], figures: KnownFigures, marks: Sequence[Mark] = ()
) -> list[Match]:
    """Of each reading of the text, and of days that no calendar has, in their order."""
    words = Words(text, readings)
    found = [_impossible(day) for day in impossible_days(text)]
    beside: Match | None = None
    topics: tuple[Topic, ...] = ()
    for reading, naming in zip(readings, words.namings(), strict=True):
        if beside is not None and text[beside.end : reading.start].strip() == "(":
            # "2 991 € (5 %)" is a share of what the amount is.
            name = beside.known.name if beside.known else ""
            naming = replace(naming, beside=name, topics=naming.topics or topics)
        beside, topics = _match(reading, naming, figures, _qualifier(text, reading)), naming.topics
        found.append(beside)
    return [_with_mark(match, text, marks) for match in sorted(found, key=lambda match: match.start)]


def _with_mark(match: Match, text: str, marks: Sequence[Mark]) -> Match:
    mark = mark_of(text, match.start, match.end, marks)
    return replace(match, outcome=Outcome.MARKED, mark=mark) if mark else match


def _impossible(day: ImpossibleDay) -> Match:
    return Match(Kind.DATE, None, day.raw, day.start, day.end, Outcome.IMPOSSIBLE)


def _match(reading: Reading, naming: Naming, figures: KnownFigures, qualifier: str) -> Match:
    equal = figures.equal(reading.kind, reading.value)
    agreeing = equal or _rounded(reading, figures, qualifier)
    if not equal and reading.kind is Kind.PERIOD and naming.sure is Topic.TIME and "." in reading.raw:
        # A part of the implementation time is not all of it.
        agreeing = []
    if naming.is_background and not (equal and reading.kind is Kind.MONEY):
        # Statistics agree with the data by chance alone.
        return _made(reading, Outcome.OUTSIDE)
    if agreeing:
        if equal and (wrong := _other_name(equal, naming, figures, qualifier)):
            return _made(reading, Outcome.OTHER_NAME, wrong, actual=equal[0])
        best = _best(agreeing, naming)
        if best.edition:
            return _made(reading, Outcome.EARLIER, best)
        is_exact = bool(equal) or reading.kind is Kind.PERIOD
        return _made(reading, Outcome.AGREES if is_exact else Outcome.ROUNDED, best)
    return _unknown(reading, naming, figures)


def _made(
    reading: Reading, outcome: Outcome, known: KnownFigure | None = None, actual: KnownFigure | None = None
) -> Match:
    return Match(
        *(reading.kind, reading.value, reading.raw, reading.start, reading.end),
        outcome=outcome,
        known=known,
        actual=actual,
    )


def _best(agreeing: Sequence[KnownFigure], naming: Naming) -> KnownFigure:
    """What the words name, of figures with one value."""

    def order(figure: KnownFigure) -> tuple[bool, ...]:
        return (
            bool(figure.edition),
            figure.name != naming.beside,
            figure.topic is not naming.sure,
            figure.topic not in naming.topics,
            naming.year is not None and figure.year != naming.year,
        )

    return min(agreeing, key=order)


def _other_name(
    equal: Sequence[KnownFigure], naming: Naming, figures: KnownFigures, qualifier: str
) -> KnownFigure | None:
    """What the text names, if it is sure that no figure with this value is it."""
    if naming.is_background or naming.is_range:
        return None
    kind = equal[0].kind
    if naming.is_labelled and kind is Kind.MONEY and (called := _called(naming, figures)):
        return None if any(_is_called(each, naming) for each in equal) else called
    if naming.sure is not None and naming.year is None:
        named = [each for each in figures.of_topics(kind, [naming.sure]) if each.year is None]
        is_capped = qualifier == "enintään" or bool(_CAPS & set(naming.topics))
        if len(named) == 1 and not any(_may_be(each, naming.sure, is_capped) for each in equal):
            return named[0]
    if naming.year is None or any(each.year in (None, naming.year) for each in equal):
        return None
    topics = list({each.topic for each in equal})
    named = [each for each in figures.of_topics(kind, topics) if each.year == naming.year and not each.is_sum]
    return named[0] if len(named) == 1 else None


def _may_be(figure: KnownFigure, topic: Topic, is_capped: bool) -> bool:
    # A cap or an appropriation of the same size is that of what the words name, if they speak of one.
    if figure.topic in _CAPS:
        return is_capped
    return figure.topic in (topic, Topic.LIABILITY, Topic.GRANT)


def _rounded(reading: Reading, figures: KnownFigures, qualifier: str) -> list[KnownFigure]:
    """What the figure says in fewer digits; with "noin" also what was rounded down or up."""
    if isinstance(reading.value, Count):
        return _counted(reading.value, figures, qualifier)
    if reading.kind in (Kind.YEAR, Kind.DATE):
        return []
    if isinstance(reading.value, Period):
        return _inside(reading.value, figures)
    value = size_of(reading.value)
    if value is None or value <= 0:
        return []
    unit = _unit(reading, value, qualifier)
    near = figures.between(reading.kind, value - unit, value + unit)
    return [each for each in near if _says(value, unit, size_of(each.value), qualifier)]


def _says(value: Decimal, unit: Decimal, known: Decimal | None, qualifier: str) -> bool:
    if known is None:
        return False
    if qualifier == "noin":
        return abs(known - value) < unit
    if qualifier in ("yli", "vähintään"):
        return value <= known < value + unit
    if qualifier in ("alle", "enintään"):
        return value - unit < known <= value
    return _to(known, unit, ROUND_HALF_UP) == value or _grants_round_down(value, unit, known)


def _grants_round_down(value: Decimal, unit: Decimal, known: Decimal) -> bool:
    """Papers leave cents out, and say so once."""
    return unit == _ONE and value in (_to(known, unit, ROUND_DOWN), _to(known, unit, ROUND_UP))


def _to(value: Decimal, unit: Decimal, rounding: str) -> Decimal:
    return (value / unit).quantize(_ONE, rounding) * unit


def _unit(reading: Reading, value: Decimal, qualifier: str) -> Decimal:
    """To what the figure was rounded, as it is written: 0,1 milj. € to 100 000, noin 60 000 to 10 000."""
    raw = reading.raw.lower().replace("\u00a0", " ")
    number = re.match(r"[^\d]*([\d .]*)(?:,(\d+))?", raw)
    decimals = len(number[2]) if number and number[2] else 0
    if not any(sign.isdigit() for sign in raw):
        # Words: puolet, kolmasosa, sata euroa.
        return Decimal("0.5") if reading.kind is Kind.PERCENT else _ONE
    unit = _ONE.scaleb(-decimals)
    if reading.kind is Kind.MONEY:
        size = next((size for word, size in _SIZES if word in raw.replace(" ", "")), 1)
        unit *= size
        if decimals == 0 and (qualifier or value % 1000 == 0):
            unit = max(unit, _zeros(value, kept=2 if qualifier or size > 1 else 3))
    return max(unit, _CENT)


def _zeros(value: Decimal, kept: int = 2) -> Decimal:
    """The place of the last digit that is not 0; of so many digits a paper that rounds says no less."""
    whole = str(int(value))
    zeros = len(whole) - len(whole.rstrip("0"))
    return _ONE.scaleb(min(zeros, max(len(whole) - kept, 0)))


def _counted(count: Count, figures: KnownFigures, qualifier: str) -> list[KnownFigure]:
    if not qualifier:
        return []
    unit = _zeros(Decimal(count.number))
    near = figures.between(Kind.COUNT, count.number - unit, count.number + unit)
    return [
        each
        for each in near
        if isinstance(each.value, Count)
        and each.value.of == count.of
        and _says(Decimal(count.number), unit, Decimal(each.value.number), qualifier)
    ]


def _inside(period: Period, figures: KnownFigures) -> list[KnownFigure]:
    """The implementation time, of which whole years are said, or a part."""
    times = figures.of_topics(Kind.PERIOD, [Topic.TIME])
    return [
        each
        for each in times
        if isinstance(each.value, Period)
        and date(each.value.start.year, 1, 1) <= period.start
        and period.end <= date(each.value.end.year, 12, 31)
    ]


def _meant(kind: Kind, naming: Naming, figures: KnownFigures) -> list[Topic]:
    """What the words may mean, as far as the data has it: a cap may be said of the own share."""
    wide = [each for topic in naming.topics for each in (topic, *_ALSO.get(topic, ()))]
    return [topic for topic in dict.fromkeys(wide) if (kind, topic) in figures.topics]


def _unknown(reading: Reading, naming: Naming, figures: KnownFigures) -> Match:
    if naming.is_background or naming.is_range or reading.kind in (Kind.YEAR, Kind.POINTS):
        return _made(reading, Outcome.OUTSIDE)
    value = size_of(reading.value)
    if value is None:
        return _unknown_day(reading, naming, figures)
    topics = _meant(reading.kind, naming, figures)
    if isinstance(reading.value, Count):
        return _unknown_count(reading, reading.value, topics, figures)
    if reading.kind is Kind.MONEY and (swapped := figures.transposed(reading.kind, value)):
        return replace(_made(reading, Outcome.DIFFERS, swapped), is_transposed=True)
    if reading.kind is Kind.MONEY and (named := _named(value, naming, figures)):
        return _made(reading, Outcome.DIFFERS, named)
    nearest = _nearest(reading.kind, value, naming, figures)
    if nearest is None or not value or (reading.kind is Kind.PERCENT and not topics):
        return _made(reading, Outcome.OUTSIDE)
    is_price = naming.sure is None and value * _PRICE < (size_of(nearest.value) or _ONE)
    if reading.kind is Kind.MONEY and is_price:
        return _made(reading, Outcome.OUTSIDE)
    is_meant = bool(topics) and _may_mean(reading.kind, value, naming, nearest, figures)
    is_near = reading.kind is Kind.MONEY and _is_near(value, size_of(nearest.value) or _ONE)
    return _made(reading, Outcome.DIFFERS if is_meant or is_near else Outcome.OUTSIDE, nearest)


def _is_near(value: Decimal, size: Decimal) -> bool:
    return abs(size - value) <= abs(size) * _NEAR


def _may_mean(
    kind: Kind, value: Decimal, naming: Naming, nearest: KnownFigure, figures: KnownFigures
) -> bool:
    if kind is not Kind.MONEY:
        return True
    if naming.year is not None:
        # Of a year that the data does not divide, nothing is known.
        topics = _meant(kind, naming, figures)
        return any(each.year == naming.year for each in figures.of_topics(kind, topics))
    # Money from somewhere may be anybody's, and a category that the plan does not know.
    is_vague = set(naming.topics) <= {Topic.SOURCE, Topic.GRANT, Topic.CATEGORY}
    return not is_vague or _is_of_size(nearest, value)


def _nearest(kind: Kind, value: Decimal, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """What is as good as equal, else of what the words name, of what they may mean, or of all."""
    closest = figures.nearest(kind, value, list(Topic))
    if closest is not None and _is_near(value, size_of(closest.value) or _ONE):
        return closest
    said = [topic for topic in naming.topics if (kind, topic) in figures.topics]
    for topics in (said[:1], said, _meant(kind, naming, figures), list(Topic)):
        if topics and (found := figures.nearest(kind, value, topics)):
            return found
    return None


def _named(value: Decimal, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """What the words call by its own name, or by its year in a list of years, if it is of about that size."""
    if naming.is_labelled and (called := _called(naming, figures)):
        return called
    found = [each for each in figures.named if _is_called(each, naming)]
    if naming.year is not None and naming.carried:
        of_year = figures.of_topics(Kind.MONEY, naming.carried)
        found += [each for each in of_year if each.year == naming.year and not each.is_sum]
    found = [each for each in found if _is_of_size(each, value)]
    return found[0] if len(found) == 1 else None


def _called(naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """What a label names, if it names one figure."""
    found = [each for each in figures.named if _is_called(each, naming)]
    return found[0] if len(found) == 1 and not naming.sure else None


def _is_called(figure: KnownFigure, naming: Naming) -> bool:
    return figure.kind is Kind.MONEY and any(word in naming.heard for word in figure.words)


def _is_of_size(figure: KnownFigure | None, value: Decimal) -> bool:
    size = size_of(figure.value) if figure is not None else None
    return bool(size) and size is not None and size / _OTHER_SIZE < value < size * _OTHER_SIZE


def _unknown_day(reading: Reading, naming: Naming, figures: KnownFigures) -> Match:
    for kind in (reading.kind, Kind.PERIOD):
        if named := figures.of_topics(kind, naming.topics):
            return _made(reading, Outcome.DIFFERS, named[0])
    return _made(reading, Outcome.OUTSIDE)


def _unknown_count(reading: Reading, count: Count, topics: Sequence[Topic], figures: KnownFigures) -> Match:
    nearest = figures.nearest(Kind.COUNT, Decimal(count.number), topics) if topics else None
    if not _is_of_size(nearest, Decimal(count.number)):
        return _made(reading, Outcome.OUTSIDE)
    return _made(reading, Outcome.DIFFERS, nearest)


def _qualifier(text: str, reading: Reading) -> str:
    """Also of words that tell to which side a figure was rounded."""
    if reading.qualifier:
        return reading.qualifier
    before = _WORDS_BEFORE.search(text, max(0, reading.start - 20), reading.start)
    if before is None:
        return ""
    word = before["word"].lower()
    if word.startswith(_MORE):
        return "yli"
    return "alle" if word.startswith(_LESS) else ""
