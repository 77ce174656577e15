"""The newest experiments of a group are those that its project's full list would show first."""

import random
from datetime import date, timedelta

import pytest

from groups.choices import Verdict
from groups.queries.groups import experiment_facts_of, experiments_by_facts, newest_of_group
from groups.reports.groups import experiment_lines
from groups.rules.experiments import newest_first
from tests.support.factories import make_group, make_project
from tests.support.group_factories import make_experiment, make_round, make_spread

pytestmark = pytest.mark.django_db

FIRST, DAYS, SHOWN = date(2018, 1, 1), 40, 4


def some_day(chance):
    """So few that some experiments begin on the same day."""
    return FIRST + timedelta(chance.randrange(DAYS))


def make_experiments(groups, chance):
    made = []
    for _experiment in range(14):
        assessed_on = chance.choice([None, some_day(chance)])
        row = make_experiment(
            chance.choice(groups),
            starts_on=chance.choice([None, some_day(chance), some_day(chance)]),
            learnt_from=chance.choice([None, *made]),
            assessed_on=assessed_on,
            verdict=Verdict.SUCCEEDED if assessed_on else "",
        )
        if chance.random() < 0.5:
            make_round(row, carried_out_on=some_day(chance))
        if chance.random() < 0.3:
            make_spread(row, told_on=some_day(chance))
        made.append(row)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("is_past", [True, False])
def test_the_newest_come_in_the_order_and_with_the_steps_of_the_full_list(seed, is_past):
    chance = random.Random(seed)  # noqa: S311
    project = make_project()
    groups = [make_group(project, name=name) for name in ("Ryhmä A", "Ryhmä B")]
    make_experiments(groups, chance)

    for _day in range(6):
        on = some_day(chance)
        past = on if is_past else None
        every = experiment_facts_of(project.pk)
        for group in groups:
            own = newest_first([facts for facts in every if facts.group_id == group.pk], past)
            newest = newest_of_group(group.pk, past, SHOWN)
            shown = experiment_lines(newest.rows, newest.facts, on)
            assert shown == experiment_lines(experiments_by_facts(own[:SHOWN]), every, on)
            assert newest.number == len(own)
