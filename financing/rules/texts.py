"""What the check says of a decision's text, part by part, for its page and for the reconciliation."""

from collections.abc import Iterable
from dataclasses import dataclass

from financing.rules.figures.projects import DecisionFigures, DecisionText, ProjectFigures
from financing.rules.known import known_figures
from projects.decisions.check.checked import check_text
from projects.decisions.check.matching import FOUND, Match
from projects.decisions.consistency.contradiction import Contradiction

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class CheckedText:
    """A part of a decision's text; its contradictions are those whose stated figure stands in it.

    `of_data` are contradictions of figures that are all in the data, which its own checks say too.
    """

    part: DecisionText
    # Of the part, in the text that the contradictions are of.
    start: int
    matches: tuple[Match, ...]
    contradictions: tuple[Contradiction, ...]
    of_data: tuple[Contradiction, ...]


def checked_texts(figures: ProjectFigures, decision: DecisionFigures) -> list[CheckedText]:
    """The figures of all parts together may contradict each other."""
    known = known_figures(figures, decision)
    checked = [(part, check_text(part.text, known, part.marks).matches) for part in decision.texts]
    starts, place = [], 0
    for part in decision.texts:
        starts.append(place)
        place += len(part.text) + len(_BETWEEN)
    agreeing = {
        (start + match.start, start + match.end)
        for start, (_part, matches) in zip(starts, checked, strict=True)
        for match in matches
        if match.outcome in FOUND
    }
    contradictions = check_text(_BETWEEN.join(part.text for part in decision.texts)).contradictions
    of_data = [each for each in contradictions if agreeing.issuperset(each.places)]
    others = [each for each in contradictions if not agreeing.issuperset(each.places)]
    found = []
    for start, (part, matches) in zip(starts, checked, strict=True):
        end = start + len(part.text)
        found.append(
            CheckedText(part, start, matches, _of_part(others, start, end), _of_part(of_data, start, end))
        )
    return found


def _of_part(found: Iterable[Contradiction], start: int, end: int) -> tuple[Contradiction, ...]:
    return tuple(each for each in found if start <= each.places[0][0] < end)
