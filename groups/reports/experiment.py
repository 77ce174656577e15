"""What the page of one experiment shows, as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from groups.models import Experiment, ExperimentRound, ExperimentSpread
from groups.queries.groups import ExperimentRow
from groups.reports.chain import ChainChart, chain_chart
from groups.reports.groups import StepMark, step_marks
from groups.rules.experiments import Chain, chains, days_to_first_result, known_by, steps_reached

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
    experiment: Experiment, every: Sequence[ExperimentRow], on: date, past: date | None
) -> ExperimentReport:
    """`every` are the project's. What began after the past day, None is now, is not in the chain."""
    rows = {
        row.facts.experiment_id: row
        for row in every
        if row.experiment == experiment or known_by(row.facts, past)
    }
    facts = rows[experiment.pk].facts
    chain = _chain(rows, experiment.pk)
    return ExperimentReport(
        steps=step_marks(steps_reached(facts, (row.facts for row in every), on)),
        rounds=[row for row in experiment.rounds.all() if _is_by(row.carried_out_on, on)],
        spreads=[row for row in experiment.spreads.all() if _is_by(row.told_on, on)],
        is_assessed=experiment.assessed_on is not None and experiment.assessed_on <= on,
        chain=[
            ChainLink(
                rows[link.facts.experiment_id].experiment,
                min(link.depth, DEEPEST),
                link.facts.experiment_id == experiment.pk,
            )
            for link in chain
        ],
        chart=chain_chart(chain, rows, experiment.pk, on),
        days_to_result=days_to_first_result(facts, on),
    )


def _chain(rows: Mapping[int, ExperimentRow], this: int) -> Chain:
    """Empty for an experiment that is alone."""
    (chain,) = (
        chain
        for chain in chains(row.facts for row in rows.values())
        if any(link.facts.experiment_id == this for link in chain)
    )
    return chain if len(chain) > 1 else ()


def _is_by(day: date | None, on: date) -> bool:
    """What has no day is shown on each."""
    return day is None or day <= on
