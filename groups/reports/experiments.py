"""What the list of a project's experiments shows: those that are asked for, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from groups.choices import ExperimentKind, ExperimentStep
from groups.queries.groups import ExperimentRow
from groups.reports.groups import ExperimentLine, experiment_lines
from groups.rules.experiments import median_days, newest_first


@dataclass(frozen=True)
class Wanted:
    """A filter; what is empty or None leaves all."""

    kind: str = ""
    step: int | None = None
    group: int | None = None
    verdict: str = ""

    @property
    def is_filtered(self) -> bool:
        return self != Wanted()

    def takes(self, line: ExperimentLine) -> bool:
        """A verdict is one by the day only; so is a step."""
        row = line.row.experiment
        return (
            self.kind in {"", row.kind}
            and self.group in {None, row.group_id}
            and (not self.verdict or (bool(line.verdict) and row.verdict == self.verdict))
            and (self.step is None or any(mark.step == self.step and mark.is_reached for mark in line.steps))
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
    """`lines` are those asked for, the newest first; `kinds` and `total` are of these."""

    lines: Sequence[ExperimentLine]
    kinds: Sequence[KindLine]
    total: KindLine
    number_in_all: int


def experiments_report(
    rows: Sequence[ExperimentRow], wanted: Wanted, on: date, past: date | None
) -> ExperimentsReport:
    by_key = {row.facts.experiment_id: row for row in rows}
    every = [row.facts for row in rows]
    known = [by_key[facts.experiment_id] for facts in newest_first(every, past)]
    lines = [line for line in experiment_lines(known, every, on) if wanted.takes(line)]
    kinds, total = kind_lines(lines, on)
    return ExperimentsReport(lines=lines, kinds=kinds, total=total, number_in_all=len(known))


def kind_lines(lines: Sequence[ExperimentLine], on: date) -> tuple[list[KindLine], KindLine]:
    """Of each kind that there are any of, and of all."""
    by_kind = {kind: [line for line in lines if line.row.experiment.kind == kind] for kind in ExperimentKind}
    return (
        [_kind_line(str(kind.label), found, on) for kind, found in by_kind.items() if found],
        _kind_line("", lines, on),
    )


def _kind_line(label: str, lines: Sequence[ExperimentLine], on: date) -> KindLine:
    # The marks of a line are in the order of the steps.
    reached = [sum(line.steps[place].is_reached for line in lines) for place in range(len(ExperimentStep))]
    return KindLine(label, len(lines), reached, median_days((line.row.facts for line in lines), on))
