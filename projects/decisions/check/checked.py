"""Everything that the check says of a text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from projects.decisions.check.known import KnownFigure, KnownFigures
from projects.decisions.check.marks import Mark
from projects.decisions.check.matching import Match, matched
from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.consistency.contradictions import contradictions_of
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Reading

Result = TypeVar("Result")

LONG = 20_000


@dataclass(frozen=True)
class Check:
    """The figures of a text, which figures of the data they are, and which of them contradict each other."""

    readings: tuple[Reading, ...]
    matches: tuple[Match, ...]
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def alarms(self) -> list[Match]:
        return [match for match in self.matches if match.is_alarm]


def check_text(
    text: str, known: Iterable[KnownFigure] | KnownFigures = (), marks: Sequence[Mark] = ()
) -> Check:
    """Never raises. Takes time by the length of the text, and hardly more with many known figures."""
    figures = known if isinstance(known, KnownFigures) else KnownFigures(known)
    return Check(_readings(text), matches_in(text, figures, marks), contradictions_in(text))


def matches_in(text: str, known: KnownFigures, marks: Sequence[Mark] = ()) -> tuple[Match, ...]:
    return tuple(matched(text, _readings(text), known, marks))


def _kept(compute: Callable[[str], Result]) -> Callable[[str], Result]:
    """A text is shown much more often than it changes. Long ones are few, and take much memory."""
    short, long = lru_cache(maxsize=512)(compute), lru_cache(maxsize=4)(compute)
    return lambda text: (short if len(text) <= LONG else long)(text)


@_kept
def contradictions_in(text: str) -> tuple[Contradiction, ...]:
    return tuple(contradictions_of(text, _readings(text)))


@_kept
def _readings(text: str) -> tuple[Reading, ...]:
    return tuple(read_figures(text))
