"""What the page of one experiment shows, as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from groups.models import Experiment, ExperimentRound, ExperimentSpread
from groups.queries.groups import ExperimentRow
from groups.reports.chain import ChainChart, chain_chart
from groups.reports.groups import StepMark, step_marks
from groups.rules.experiments import Chain, ExperimentFacts, days_to_first_result, steps_reached

DEEPEST = 4


@dataclass(frozen=True)
class ChainLink:
    """`depth` is 0 for the first of the chain, and grows no further than a page can show."""

    experiment: Experiment
    depth: int
    is_this: bool


@dataclass(frozen=True)
class ExperimentReport:
    """`chain` is empty for an experiment that learnt from none and led to none, `chart` None then."""

    steps: Sequence[StepMark]
    rounds: Sequence[ExperimentRound]
    spreads: Sequence[ExperimentSpread]
    is_assessed: bool
    chain: Sequence[ChainLink]
    chart: ChainChart | None
    days_to_result: int | None


def experiment_report(
    experiment: Experiment,
    every: Sequence[ExperimentFacts],
    chain: Chain,
    rows: Sequence[ExperimentRow],
    on: date,
) -> ExperimentReport:
    """`every` are those that it is tied to, `rows` those of the chain in its order."""
    (facts,) = (facts for facts in every if facts.experiment_id == experiment.pk)
    return ExperimentReport(
        steps=step_marks(steps_reached(facts, every, on)),
        rounds=[row for row in experiment.rounds.all() if _is_by(row.carried_out_on, on)],
        spreads=[row for row in experiment.spreads.all() if _is_by(row.told_on, on)],
        is_assessed=experiment.assessed_on is not None and experiment.assessed_on <= on,
        chain=[
            ChainLink(row.experiment, min(link.depth, DEEPEST), row.experiment == experiment)
            for link, row in zip(chain, rows, strict=True)
        ],
        chart=chain_chart(rows, experiment, on),
        days_to_result=days_to_first_result(facts, on),
    )


def _is_by(day: date | None, on: date) -> bool:
    """What has no day is shown on each."""
    return day is None or day <= on
