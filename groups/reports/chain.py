"""A chain of experiments as a picture: each a bar from start to end, tied to the one that it learnt from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from groups.choices import ExperimentStep
from groups.models import Experiment
from groups.queries.groups import ExperimentRow
from groups.rules.experiments import ExperimentFacts, steps_of_all
from mikrogrow.values.dates import years_between
from mikrogrow.values.svg import percent_across

# Pixels down: an experiment's name, its bar beneath, and the line of years under them all.
ROW_HEIGHT, NAME_DOWN, BAR_DOWN, BAR_HEIGHT, YEARS_HEIGHT = 46, 15, 22, 12, 30
# Characters that leave room for a verdict on the narrowest screen; the list beside has the whole name.
LONGEST_NAME = 30


@dataclass(frozen=True)
class Tie:
    """From a bar straight down, and across to the start of the bar of who learnt from it."""

    x: str
    y: int
    next_x: str
    next_y: int


@dataclass(frozen=True)
class ChainBar:
    """`x` and `width` are empty where the start is unknown, `verdict` until the experiment is assessed.

    `is_open` is one of which no end is known by the day: its bar goes on to the day.
    """

    name: str
    verdict: str
    is_this: bool
    name_y: int
    y: int
    x: str
    width: str
    is_open: bool
    rounds: Sequence[str]


@dataclass(frozen=True)
class YearMark:
    year: int
    x: str


@dataclass(frozen=True)
class ChainChart:
    """Percent across, pixels down."""

    bars: Sequence[ChainBar]
    ties: Sequence[Tie]
    years: Sequence[YearMark]
    years_y: int
    height: int
    bar_height: int = BAR_HEIGHT


@dataclass(frozen=True)
class _Span:
    start: date
    end: date
    is_open: bool


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> str:
        # The last day is a day long, too.
        return percent_across((day - self.first).days, (self.last - self.first).days + 1)

    def width(self, span: _Span) -> str:
        return percent_across((span.end - span.start).days + 1, (self.last - self.first).days + 1)


def chain_chart(chain: Sequence[ExperimentRow], this: Experiment, on: date) -> ChainChart | None:
    """None if no start in the chain is known by the day."""
    facts = [row.facts for row in chain]
    spans = {each.experiment_id: span for each in facts if (span := _span(each, on))}
    if not spans:
        return None
    scale = _Scale(min(span.start for span in spans.values()), max(span.end for span in spans.values()))
    steps = steps_of_all(facts, on)
    bars = [
        _bar(
            row,
            place,
            spans.get(row.experiment.pk),
            scale,
            ExperimentStep.ASSESSED in steps[row.experiment.pk],
            row.experiment == this,
        )
        for place, row in enumerate(chain)
    ]
    return ChainChart(
        bars=bars,
        ties=_ties(facts, spans, scale),
        years=[
            YearMark(year, scale.at(max(date(year, 1, 1), scale.first)))
            for year in years_between(scale.first, scale.last)
        ],
        years_y=len(bars) * ROW_HEIGHT,
        height=len(bars) * ROW_HEIGHT + YEARS_HEIGHT,
    )


def _span(facts: ExperimentFacts, on: date) -> _Span | None:
    """None if the start is unknown or after the day."""
    start = facts.started_on
    if start is None or start > on:
        return None
    ended = [day for day in (facts.ended_on, facts.assessed_on) if day is not None and day <= on]
    return _Span(start, max([start, *ended]) if ended else on, not ended)


def _bar(
    row: ExperimentRow, place: int, span: _Span | None, scale: _Scale, is_assessed: bool, is_this: bool
) -> ChainBar:
    inside = [day for day in row.facts.rounds if span and day is not None and span.start <= day <= span.end]
    return ChainBar(
        name=Truncator(row.experiment.title).chars(LONGEST_NAME),
        verdict=row.experiment.get_verdict_display() if is_assessed else "",
        is_this=is_this,
        name_y=place * ROW_HEIGHT + NAME_DOWN,
        y=_top(place),
        x=scale.at(span.start) if span else "",
        width=scale.width(span) if span else "",
        is_open=span is not None and span.is_open,
        rounds=[scale.at(day) for day in inside if day is not None],
    )


def _ties(chain: Sequence[ExperimentFacts], spans: Mapping[int, _Span], scale: _Scale) -> list[Tie]:
    """Between those whose starts are known; in a circle, which forms refuse, none goes upwards."""
    places = {facts.experiment_id: place for place, facts in enumerate(chain)}
    ties = []
    for place, facts in enumerate(chain):
        source, learner = facts.learnt_from, spans.get(facts.experiment_id)
        taught = spans.get(source) if source is not None else None
        if source is None or taught is None or learner is None or places[source] >= place:
            continue
        leaves = min(max(learner.start, taught.start), taught.end)
        ties.append(
            Tie(
                x=scale.at(leaves),
                y=_top(places[source]) + BAR_HEIGHT,
                next_x=scale.at(learner.start),
                next_y=_top(place) + BAR_HEIGHT // 2,
            )
        )
    return ties


def _top(place: int) -> int:
    return place * ROW_HEIGHT + BAR_DOWN
