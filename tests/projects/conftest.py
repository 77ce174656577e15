"""What several tests of decisions share."""

import pytest

from tests.support.decision_rows import draft_with_table, made, plan_of_city
from tests.support.factories import approve, make_project


@pytest.fixture
def plan():
    """The approved first version of the city's budget."""
    return approve(plan_of_city(make_project()))


@pytest.fixture
def kept(plan):
    """A decision that was made on that plan, with its print."""
    return made(draft_with_table(plan.project))
