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
from projects.decisions.check.nearest import called, is_called, is_other_share, named_day, nearest
from projects.decisions.figures.even_lines import even_text
from projects.decisions.figures.readings import Count, Kind, Period, Reading, Value
from projects.decisions.figures.slips import significant_digits
from projects.decisions.figures.units import HALF, size_said

# A cap may be said of what it covers.
_CAPS = {Topic.CAP, Topic.APPROPRIATION}
# Of so many digits without zeros at the end.
_ALONE = 4
_ONE, _CENT = Decimal(1), Decimal("0.01")
_WORDS_BEFORE = re.compile(
    r"\b(?P<word>runsaa(?:t|n|sti)|vajaa(?:t|n|sti)?|reilu(?:t|n|sti)?|lähes)\s+\Z", re.IGNORECASE
)
_NUMBER = re.compile(r"[^\d]*([\d .]*)(?:,(\d+))?")
_MORE, _LESS = ("runsaa", "reilu"), ("vajaa", "lähes")


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
        if isinstance(self.known.value, date):
            return _later(self.value, self.known.value)
        said, known = size_of(self.value), size_of(self.known.value)
        return None if said is None or known is None else said - known


def _later(said: Value, known: date) -> Decimal | None:
    """In days, or in years if only a year is said."""
    if isinstance(said, date):
        return Decimal((said - known).days)
    return Decimal(said - known.year) if isinstance(said, int) else None


def matched(
    text: str, readings: Sequence[Reading], figures: KnownFigures, marks: Sequence[Mark] = ()
) -> list[Match]:
    """Of each reading of the text, and of days that no calendar has, in their order."""
    even = even_text(text)
    return even.as_they_were(_matched(even.text, even.read_now(readings), figures, marks), text)


def _matched(
    text: str, readings: Sequence[Reading], figures: KnownFigures, marks: Sequence[Mark]
) -> list[Match]:
    words = Words(text, readings, figures.names)
    found = [_impossible(day) for day in impossible_days(text)]
    beside: Match | None = None
    before = Naming()
    for reading, naming in zip(readings, words.namings(), strict=True):
        if beside is not None and text[beside.end : reading.start].strip() == "(":
            # "2 991 € (5 %)" is a share of what the amount is.
            naming = naming.beside_of(before, beside.known.name if beside.known else "")
        beside, before = _match(reading, naming, figures, _qualifier(text, reading)), naming
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
    if not equal and reading.kind is Kind.PERCENT and is_other_share(naming, agreeing, figures):
        agreeing = []
    if wrong := _other_side(equal, naming.says, figures):
        return _made(reading, Outcome.OTHER_NAME, wrong, actual=equal[0])
    is_named = reading.kind is Kind.MONEY and bool(naming.ranked)
    if naming.is_background and not (equal and (is_named or _is_alone(reading))):
        # Statistics agree with the data by chance alone.
        return _made(reading, Outcome.OUTSIDE)
    if reading.kind is Kind.YEAR and (day := nearest(reading, naming, figures)):
        return _made(reading, Outcome.AGREES if _is_in(day, reading.value) else Outcome.DIFFERS, day)
    if not agreeing:
        return _unknown(reading, naming, figures)
    if equal and (wrong := _other_name(reading, equal, naming, figures, qualifier)):
        return _made(reading, Outcome.OTHER_NAME, wrong, actual=equal[0])
    if not (equal and _is_alone(reading)) and not naming.is_of_project(reading.kind):
        return _made(reading, Outcome.OUTSIDE)
    best = _best(agreeing, naming)
    if best.edition:
        return _made(reading, Outcome.EARLIER, best)
    is_exact = bool(equal) or reading.kind is Kind.PERIOD
    return _made(reading, Outcome.AGREES if is_exact else Outcome.ROUNDED, best)


def _is_alone(reading: Reading) -> bool:
    """True for what has so many digits that it agrees with nothing by chance."""
    if reading.kind in (Kind.DATE, Kind.YEAR):
        return True
    value = size_of(reading.value)
    return reading.kind is Kind.MONEY and value is not None and len(significant_digits(value)) >= _ALONE


def _is_in(day: KnownFigure, year: Value) -> bool:
    return isinstance(day.value, date) and day.value.year == year


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
    reading: Reading, equal: Sequence[KnownFigure], naming: Naming, figures: KnownFigures, qualifier: str
) -> KnownFigure | None:
    """What the text names, if it is sure that no figure with this value is it."""
    if naming.is_background or naming.is_range:
        return None
    kind = reading.kind
    if kind is Kind.DATE:
        day = named_day(reading, naming, figures)
        return None if day is None or day.value == reading.value else day
    if naming.is_labelled and kind is Kind.MONEY and (label := called(naming, figures)):
        return None if any(_is_labelled(each, label, naming) for each in equal) else label
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


def _other_side(
    equal: Sequence[KnownFigure], says: Topic | None, figures: KnownFigures
) -> KnownFigure | None:
    """What a table calls the whole project, where it has the city's part, or the other way round."""
    other = {Topic.TOTAL: Topic.COST, Topic.COST: Topic.TOTAL}.get(says) if says else None
    if not equal or any(each.topic is not other or each.year is not None for each in equal):
        return None
    known = figures.of_topics(Kind.MONEY, [says]) if says else []
    named = [each for each in known if each.year is None and not each.is_sum]
    return named[0] if len({each.value for each in named}) == 1 else None


def _is_labelled(figure: KnownFigure, label: KnownFigure, naming: Naming) -> bool:
    # A source has one name in the city's part and in the whole project.
    return is_called(figure, naming) or (figure.is_whole and figure.topic is label.topic)


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
    exact = [
        each for each in figures.approximate if each.kind is reading.kind and _is_rounded_to(value, each)
    ]
    return [each for each in near if _says(value, unit, size_of(each.value), qualifier)] or exact


def _is_rounded_to(value: Decimal, figure: KnownFigure) -> bool:
    """True if the data has rounded what the text says in full."""
    size = size_of(figure.value)
    return size is not None and _to(value, _zeros(size), ROUND_HALF_UP) == size


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
    number = _NUMBER.match(raw)
    decimals = len(number[2]) if number and number[2] else 0
    if not any(sign.isdigit() for sign in raw):
        # Words: puolet, kolmasosa, sata euroa, puolitoista miljoonaa euroa.
        if reading.kind is Kind.PERCENT:
            return Decimal("0.5")
        return size_said(reading) if HALF.search(raw) else _ONE
    unit = _ONE.scaleb(-decimals)
    if reading.kind is Kind.MONEY:
        size = size_said(reading)
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


def _unknown(reading: Reading, naming: Naming, figures: KnownFigures) -> Match:
    if naming.is_background or naming.is_range or reading.kind is Kind.POINTS:
        return _made(reading, Outcome.OUTSIDE)
    found = nearest(reading, naming, figures)
    if reading.kind is Kind.MONEY and (swapped := _swapped(reading, naming, figures, found)):
        return replace(_made(reading, Outcome.DIFFERS, swapped), is_transposed=True)
    return _made(reading, Outcome.OUTSIDE if found is None else Outcome.DIFFERS, found)


def _swapped(
    reading: Reading, naming: Naming, figures: KnownFigures, found: KnownFigure | None
) -> KnownFigure | None:
    """What two swapped digits make of it, unless the words say that it is something else."""
    value = size_of(reading.value)
    alike = figures.transposed(reading.kind, value) if value is not None else []
    if found is not None and naming.ranked:
        alike = [each for each in alike if each.topic is found.topic and each.year in (None, found.year)]
    return next(iter(alike), None)


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
