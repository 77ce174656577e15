"""All invented experiments, by group, company and time."""

from mikrogrow.demonstration.commercialisation_experiments import COMMERCIALISATION_EXPERIMENTS
from mikrogrow.demonstration.export_experiments import EXPORT_EXPERIMENTS
from mikrogrow.demonstration.group_facts import ExperimentFact
from mikrogrow.demonstration.growth_experiments import GROWTH_EXPERIMENTS


def _when(experiment: ExperimentFact) -> tuple[str, str]:
    return experiment.set_on.isoformat(), experiment.key


# By the day on which success was laid down: the one that another learnt from stands before it.
EXPERIMENTS = tuple(
    sorted(COMMERCIALISATION_EXPERIMENTS + GROWTH_EXPERIMENTS + EXPORT_EXPERIMENTS, key=_when)
)
