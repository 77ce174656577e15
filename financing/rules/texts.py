"""What the check says of a decision's text, part by part, for its page and for the reconciliation."""

from dataclasses import dataclass

from financing.rules.figures.projects import DecisionFigures, DecisionText, ProjectFigures
from financing.rules.known import known_figures
from projects.decisions.check.checked import contradictions_in, matches_in
from projects.decisions.check.marks import Mark, mark_of
from projects.decisions.check.matching import Match
from projects.decisions.consistency.contradiction import Contradiction

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class CheckedText:
    """A part of a decision's text; its contradictions are those whose stated figure stands in it.

    Those whose stated figure is marked as none of the project's are `excused`, with the mark.
    """

    part: DecisionText
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
    contradictions = contradictions_in(_BETWEEN.join(part.text for part in decision.texts))
    found, start = [], 0
    for part in decision.texts:
        matches = matches_in(part.text, known, part.marks)
        end = start + len(part.text)
        found.append(
            _of_part(part, start, matches, [c for c in contradictions if start <= c.places[0][0] < end])
        )
        start = end + len(_BETWEEN)
    return found


def _of_part(
    part: DecisionText, start: int, matches: tuple[Match, ...], contradictions: list[Contradiction]
) -> CheckedText:
    marks = [
        mark_of(part.text, each.places[0][0] - start, each.places[0][1] - start, part.marks)
        for each in contradictions
    ]
    told = list(zip(contradictions, marks, strict=True))
    return CheckedText(
        part,
        start,
        matches,
        tuple(each for each, mark in told if mark is None),
        tuple((each, mark) for each, mark in told if mark is not None),
    )
