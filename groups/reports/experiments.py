"""What the list of a project's experiments shows: those that are asked for, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from groups.choices import ExperimentKind, ExperimentStep
from groups.rules.experiments import ExperimentFacts, median_days, newest_first, state_on, steps_of_all


@dataclass(frozen=True)
class Reached:
    """An experiment and the steps that it has reached by the day."""

    facts: ExperimentFacts
    steps: frozenset[ExperimentStep]

    @property
    def is_assessed(self) -> bool:
        return ExperimentStep.ASSESSED in self.steps


@dataclass(frozen=True)
class Wanted:
    """A filter; what is empty or None leaves all."""

    kind: str = ""
    step: int | None = None
    group: int | None = None
    verdict: str = ""
    state: str = ""

    @property
    def is_filtered(self) -> bool:
        return self != Wanted()

    def takes(self, each: Reached, on: date) -> bool:
        """A verdict is one by the day only; so are a step and a state."""
        facts = each.facts
        return (
            self.kind in {"", facts.kind}
            and self.group in {None, facts.group_id}
            and (not self.verdict or (each.is_assessed and facts.verdict == self.verdict))
            and (self.step is None or self.step in each.steps)
            and self.state in {"", state_on(facts, on)}
        )


@dataclass(frozen=True)
class KindLine:
    """Experiments of a kind, how many have reached each step, and the median days to the first result."""

    label: str
    number: int
    reached: Sequence[int]
    days: Decimal | None


@dataclass(frozen=True)
class ExperimentsReport:
    """`found` are those asked for, the newest first; `kinds` and `total` are of these."""

    found: Sequence[ExperimentFacts]
    kinds: Sequence[KindLine]
    total: KindLine
    number_in_all: int


def experiments_report(
    every: Sequence[ExperimentFacts], wanted: Wanted, on: date, past: date | None
) -> ExperimentsReport:
    steps = steps_of_all(every, on)
    known = [Reached(facts, steps[facts.experiment_id]) for facts in newest_first(every, past)]
    found = [each for each in known if wanted.takes(each, on)]
    kinds, total = kind_lines(found, on)
    return ExperimentsReport([each.facts for each in found], kinds, total, len(known))


def kind_lines(found: Sequence[Reached], on: date) -> tuple[list[KindLine], KindLine]:
    """Of each kind that there are any of, and of all."""
    by_kind = {kind: [each for each in found if each.facts.kind == kind] for kind in ExperimentKind}
    return (
        [_kind_line(str(kind.label), of_kind, on) for kind, of_kind in by_kind.items() if of_kind],
        _kind_line("", found, on),
    )


def _kind_line(label: str, found: Sequence[Reached], on: date) -> KindLine:
    reached = [sum(step in each.steps for each in found) for step in ExperimentStep]
    return KindLine(label, len(found), reached, median_days((each.facts for each in found), on))
