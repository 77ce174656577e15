"""What the check says of a decision's text, part by part, for its page and for the reconciliation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from financing.rules.figures.projects import DecisionFigures, DecisionText, ProjectFigures
from financing.rules.known import known_figures
from financing.rules.live import OF_PART, OF_WHOLE, OWN_SHARE, filled_texts
from mikrogrow.values.translation import gettext as _
from projects.decisions.check.checked import contradictions_in, matches_in
from projects.decisions.check.known import KnownFigure, KnownFigures, Topic
from projects.decisions.check.marks import Mark, mark_of
from projects.decisions.check.matching import Match, Outcome
from projects.decisions.check.naming import said_before
from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.figures.readings import Kind
from projects.decisions.live.filling import Filled, LiveFigure, LivePlace, place_at

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class CheckedText:
    """A part of a decision's text; its contradictions are those whose stated figure stands in it.

    The text of a draft has its live figures filled in, at `places`; `matches` are those that were typed, and
    `misnamed` those live ones that the words call something else.
    Contradictions whose stated figure is marked as none of the project's are `excused`, with the mark.
    """

    part: DecisionText
    places: tuple[LivePlace, ...]
    # Of the part, in the text that the contradictions are of.
    start: int
    matches: tuple[Match, ...]
    misnamed: tuple[tuple[LivePlace, Match], ...]
    contradictions: tuple[Contradiction, ...]
    excused: tuple[tuple[Contradiction, Mark], ...]

    def place(self, found: Contradiction) -> tuple[int, int]:
        """Of the stated figure, in the part."""
        first, last = found.places[0]
        return first - self.start, last - self.start


def checked_texts(figures: ProjectFigures, decision: DecisionFigures) -> list[CheckedText]:
    """The figures of all parts together may contradict each other."""
    known = known_figures(figures, decision)
    filled = filled_texts(figures, decision)
    contradictions = contradictions_in(_BETWEEN.join(text.text for text in filled))
    found, start = [], 0
    for part, text in zip(decision.texts, filled, strict=True):
        end = start + len(text.text)
        of_part = [each for each in contradictions if start <= each.places[0][0] < end]
        matches = matches_in(text.text, known, part.marks)
        misnamed = tuple(_misnamed(text, matches, known))
        found.append(_of_part(part, text, start, matches, misnamed, of_part))
        start = end + len(_BETWEEN)
    return found


def _misnamed(
    text: Filled, matches: Iterable[Match], known: KnownFigures
) -> Iterator[tuple[LivePlace, Match]]:
    for match in matches if text.places else ():
        live = place_at(text.places, match.start, match.end)
        if live is None or live.figure is None or not live.is_right:
            continue
        if match.outcome is Outcome.OTHER_NAME and not _is_named(live.figure, match):
            yield live, match
        elif (said := said_before(text.text, live.start)) and _is_another(live.figure, said, known):
            meant = [each for each in known.of_topics(Kind.MONEY, [said]) if each.year is None]
            right = meant[0] if len({each.value for each in meant}) == 1 else None
            actual = KnownFigure(live.figure.name, match.kind, live.figure.value or Decimal(0))
            yield live, replace(match, outcome=Outcome.OTHER_NAME, known=right, actual=actual)


def _is_named(figure: LiveFigure, match: Match) -> bool:
    """Also in a version of the plan that is not in force."""
    said = match.known.name if match.known else ""
    return any(name.startswith(said) for name in (figure.name, *figure.others))


def _is_another(figure: LiveFigure, said: Topic, known: KnownFigures) -> bool:
    """If the words name the costs or the own share, and the figure is another of these."""
    topic = {_(OF_PART): Topic.COST, _(OF_WHOLE): Topic.TOTAL, _(OWN_SHARE): Topic.OWN}.get(figure.name)
    values = {each.value for each in known.of_topics(Kind.MONEY, [said])}
    return topic not in (None, said) and figure.value not in values


def _of_part(
    part: DecisionText,
    text: Filled,
    start: int,
    matches: tuple[Match, ...],
    misnamed: tuple[tuple[LivePlace, Match], ...],
    contradictions: list[Contradiction],
) -> CheckedText:
    marks = [
        mark_of(text.text, each.places[0][0] - start, each.places[0][1] - start, part.marks)
        for each in contradictions
    ]
    told = list(zip(contradictions, marks, strict=True))
    return CheckedText(
        replace(part, text=text.text),
        text.places,
        start,
        # Live figures are the project's: nobody typed them.
        tuple(match for match in matches if place_at(text.places, match.start, match.end) is None),
        misnamed,
        tuple(each for each, mark in told if mark is None),
        tuple((each, mark) for each, mark in told if mark is not None),
    )
