"""What the check says of a decision's text, part by part, for its page and for the reconciliation."""

from dataclasses import dataclass, replace

from financing.rules.figures.projects import DecisionFigures, DecisionText, ProjectFigures
from financing.rules.known import known_figures
from financing.rules.live import filled_texts
from projects.decisions.check.checked import contradictions_in, matches_in
from projects.decisions.check.marks import Mark, mark_of
from projects.decisions.check.matching import Match
from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.live.filling import Filled, LivePlace, place_at

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class CheckedText:
    """A part of a decision's text; its contradictions are those whose stated figure stands in it.

    The text of a draft has its live figures filled in, at `places`; `matches` are those that were typed.
    Contradictions whose stated figure is marked as none of the project's are `excused`, with the mark.
    """

    part: DecisionText
    places: tuple[LivePlace, ...]
    # Of the part, in the text that the contradictions are of.
    start: int
    matches: tuple[Match, ...]
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
        found.append(_of_part(part, text, start, matches, of_part))
        start = end + len(_BETWEEN)
    return found


def _of_part(
    part: DecisionText,
    text: Filled,
    start: int,
    matches: tuple[Match, ...],
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
        tuple(each for each, mark in told if mark is None),
        tuple((each, mark) for each, mark in told if mark is not None),
    )
