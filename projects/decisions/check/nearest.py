"""The figure of the data that the words of a wrong one point to, and whether they say that it is that one."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from projects.decisions.check.known import KnownFigure, KnownFigures, Topic, size_of
from projects.decisions.check.naming import Naming
from projects.decisions.figures.readings import Count, Kind, Period, Reading
from projects.decisions.figures.slips import is_slip

# So near, a figure is a figure of the project that was typed or computed otherwise.
_NEAR = Decimal("0.002")
# Money from somewhere may be anybody's: so near, it is this.
_ALIKE = Decimal("0.02")
# A count that is so many times another is not the same thing counted wrong.
_OTHER_SIZE = 2
# What is so many times smaller is the price of something.
_PRICE = 50
# What words may mean too, where the data has it not by that name: a cap may be said of the own share.
_ALSO: dict[Topic, tuple[Topic, ...]] = {
    Topic.COST: (Topic.TOTAL,),
    Topic.SOURCE: (Topic.GRANT,),
    Topic.GRANT: (Topic.SOURCE,),
    Topic.CAP: (Topic.OWN, Topic.LIABILITY),
    Topic.LIABILITY: (Topic.OWN,),
}
_WHICH_DAY = re.compile(r"(?<!\w)(?:alkaa|alkaen|käynnisty|päätty|loppuu|lopussa|saakka|asti(?!\w)|mennessä)")
# Of these a figure is the project's only if more than the word says so.
_VAGUE = {Topic.SOURCE, Topic.GRANT, Topic.CATEGORY}


def nearest(reading: Reading, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """What a wrong figure is held to; None if nothing says that it is of the project."""
    if isinstance(reading.value, Count):
        return _nearest_count(reading.value, reading.qualifier, naming, figures)
    value = size_of(reading.value)
    if reading.kind in (Kind.DATE, Kind.YEAR):
        return _nearest_day(reading, naming, figures)
    if isinstance(reading.value, Period):
        return _nearest_period(reading.value, naming, figures)
    if not value:
        return None
    meant = _meant(reading.kind, naming, figures)
    if reading.kind is Kind.PERCENT:
        return _nearest_percent(reading, value, meant, naming, figures)
    return _nearest_money(value, meant, naming, figures)


def is_near(value: Decimal, figure: KnownFigure | None) -> bool:
    size = size_of(figure.value) if figure is not None else None
    return size is not None and abs(size - value) <= abs(size or Decimal(1)) * _NEAR


def called(naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """What a label names, if it names one figure."""
    found = [each for each in figures.named if is_called(each, naming)]
    return found[0] if len(found) == 1 and not naming.sure else None


def is_called(figure: KnownFigure, naming: Naming) -> bool:
    return (
        figure.kind is Kind.MONEY and figure.year in (None, naming.heard_year) and _hits(figure, naming) > 0
    )


def _nearest_money(
    value: Decimal, meant: Sequence[KnownFigure], naming: Naming, figures: KnownFigures
) -> KnownFigure | None:
    closest = figures.nearest(Kind.MONEY, value)
    is_close = is_near(value, closest)
    named = [each for each in figures.named if is_called(each, naming)]
    if naming.is_labelled and len(named) == 1 and not naming.sure:
        return named[0]
    named = [each for each in named if _is_of_size(each, value)]
    pointed = _first([*meant, *named], value, naming)
    if pointed is None or (is_close and not naming.ranked):
        return closest if is_close else None
    if naming.sure is None and value * _PRICE < (size_of(pointed.value) or 1):
        return None
    if naming.is_cell and not _is_of_size(pointed, value):
        return None
    if is_close or pointed in named or _claims(pointed, value, naming):
        return pointed
    return None


def _claims(pointed: KnownFigure, value: Decimal, naming: Naming) -> bool:
    """True if the words say that it is this figure, which it is not."""
    if naming.is_of_party and not _hits(pointed, naming):
        return False
    if naming.heard_year is not None and pointed.year != naming.heard_year:
        # Of a year that the data does not divide, nothing is known.
        return False
    if pointed.topic not in _VAGUE and not naming.is_net_or_gross:
        return True
    size = size_of(pointed.value) or Decimal(1)
    return is_slip(size, value) or abs(size - value) <= abs(size) * _ALIKE


def _nearest_percent(
    reading: Reading,
    value: Decimal,
    meant: Sequence[KnownFigure],
    naming: Naming,
    figures: KnownFigures,
) -> KnownFigure | None:
    if reading.qualifier in ("alle", "yli", "vähintään"):
        return None
    # What is said of the whole project is no share of the city's part.
    of_it = [each for each in meant if each.is_whole or not naming.is_of_whole]
    found = _first(of_it, value, naming)
    if found is None:
        return None
    if naming.is_of_party and not _hits(found, naming):
        return None
    is_said = found.topic is Topic.OWN or _hits(found, naming) or Topic.GRANT in naming.ranked
    return found if is_said else None


def _meant(kind: Kind, naming: Naming, figures: KnownFigures) -> list[KnownFigure]:
    """The figures of the likeliest thing that the words say."""
    for topic in naming.ranked[:1]:
        if topic is Topic.COST and naming.is_of_project_cost:
            # The city's part has costs too.
            return [
                *figures.of_topics(kind, [Topic.TOTAL]),
                *(figures.of_topics(kind, [topic]) if (kind, Topic.TOTAL) in figures.topics else []),
            ]
        for each in (topic, *_ALSO.get(topic, ())):
            found = [known for known in figures.of_topics(kind, [each]) if not known.is_sum]
            if each is Topic.CATEGORY:
                found = [known for known in found if _hits(known, naming)]
            if found:
                return found
    return []


def _first(found: Iterable[KnownFigure], value: Decimal, naming: Naming) -> KnownFigure | None:
    """What the words name, of the year that they say; by its value where they say no more."""

    def order(figure: KnownFigure) -> tuple[int, bool, bool, Decimal]:
        size = size_of(figure.value) or Decimal(0)
        return (
            -_hits(figure, naming),
            figure.year != naming.heard_year,
            figure.year is not None,
            abs(size - value) / (abs(size) or 1),
        )

    return min(found, key=order, default=None)


def _hits(figure: KnownFigure, naming: Naming) -> int:
    return sum(word in naming.heard for word in figure.words)


def _is_of_size(figure: KnownFigure | None, value: Decimal) -> bool:
    size = size_of(figure.value) if figure is not None else None
    return bool(size) and size is not None and size / _OTHER_SIZE < value < size * _OTHER_SIZE


def _nearest_count(count: Count, qualifier: str, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    number = Decimal(count.number)
    if qualifier:
        return None
    found = [
        each
        for each in figures.of_topics(Kind.COUNT, naming.topics)
        if isinstance(each.value, Count) and each.value.of == count.of
    ]
    best = _first(found, number, naming)
    return best if _is_of_size(best, number) else None


def is_other_share(naming: Naming, agreeing: Iterable[KnownFigure], figures: KnownFigures) -> bool:
    """True if the words name a share, and none of these is it."""
    meant = [each for each in _meant(Kind.PERCENT, naming, figures) if _is_named(each, naming)]
    return bool(meant) and not any(
        each.topic is meant[0].topic and _is_named(each, naming) for each in agreeing
    )


def _is_named(figure: KnownFigure, naming: Naming) -> bool:
    return figure.topic is Topic.OWN or _hits(figure, naming) > 0


def named_day(reading: Reading, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """The first or the last day, or a funder's decision, if the words say which."""
    said = [each for each in figures.of_topics(Kind.DATE, naming.topics) if _hits(each, naming)]
    return _first_day(said, reading, naming)


def _nearest_day(reading: Reading, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    named = named_day(reading, naming, figures)
    if named is not None or reading.kind is Kind.YEAR or _WHICH_DAY.search(naming.heard):
        # Where the words say which day it is, another one is not meant.
        return named
    return _first_day(figures.of_topics(Kind.DATE, naming.topics), reading, naming)


def _first_day(days: Iterable[KnownFigure], reading: Reading, naming: Naming) -> KnownFigure | None:
    value = reading.value if isinstance(reading.value, date) else date.min

    def order(figure: KnownFigure) -> tuple[int, int]:
        day = figure.value if isinstance(figure.value, date) else value
        return (-_hits(figure, naming), abs((day - value).days))

    return min(days, key=order, default=None)


def _nearest_period(period: Period, naming: Naming, figures: KnownFigures) -> KnownFigure | None:
    """The time of the project, if the words speak of it, or of years of which some are its."""
    for each in figures.of_topics(Kind.PERIOD, naming.topics):
        time = each.value
        overlaps = isinstance(time, Period) and period.start <= time.end and time.start <= period.end
        if overlaps or Topic.TIME in naming.ranked:
            return each
    return None
