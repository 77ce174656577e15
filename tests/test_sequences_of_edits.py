"""Whatever edits follow one another, every page is there, and every row has its sense."""

import os
from collections import Counter
from contextlib import contextmanager
from random import Random

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from financing.models import SharedCost
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.models import Project
from tests.support.cast import logged_in
from tests.support.demonstration import put_demonstration
from tests.support.every_field import (
    LISTS,
    acts_on,
    broken_pages,
    editable_rows,
    edits_of,
    faults,
    models_with_forms,
    pages_of,
    rows_without_sense,
)
from tests.support.factories import make_commitment, make_draft_decision, make_user
from tests.support.full_project import make_full_project

pytestmark = pytest.mark.django_db

# The suite takes the same few each time; a long run (EDIT_SEQUENCES=200, about an hour) takes others, longer
# ones, with the demonstration.
IS_LONG = "EDIT_SEQUENCES" in os.environ
SEQUENCES = int(os.environ.get("EDIT_SEQUENCES", "4"))
MOST_EDITS = 12 if IS_LONG else 8
OUTCOMES = {302: "edits saved", 200: "edits refused", 403: "edits forbidden"}
# How many in one.
OTHER_ACTS = 0.2
TWO_FIELDS = 0.25
# Pages follow the chosen day.
DAYS = ("", "2017-03-01", "2018-06-30", "2019-12-31")


@pytest.fixture
def administrator():
    if IS_LONG:
        put_demonstration()
    for _number in range(2):
        make_commitment(make_draft_decision(make_full_project()))
    return logged_in(make_user(SYSTEM_ADMINISTRATOR, is_superuser=True))


@pytest.fixture
def tried(record_property):
    tried = Counter()
    yield tried
    record_property("edits", ", ".join(f"{number} {outcome}" for outcome, number in tried.items()))


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def chosen_edit(client, chance):
    """A change of one or two fields of a row, or another act on it; None if its form has no field."""
    rows = [rows for model in models_with_forms() if (rows := editable_rows(model))]
    row = chance.choice(chance.choice(rows))
    if chance.random() < OTHER_ACTS:
        return chance.choice(list(acts_on(client, row)))
    edits = list(edits_of(client, row))
    if not edits:
        return None
    edit = chance.choice(edits)
    return edit.with_changes_of(chance.choice(edits)) if chance.random() < TWO_FIELDS else edit


@settings(
    max_examples=SEQUENCES,
    derandomize=not IS_LONG,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    # One for each edit; 0 is none, so that a sequence shrinks to the edits that it takes to break something.
    seeds=st.lists(st.integers(0, 2**32), min_size=MOST_EDITS // 2, max_size=MOST_EDITS),
    day=st.sampled_from(DAYS),
)
def test_no_sequence_of_edits_takes_a_page_or_the_sense_of_a_row(administrator, tried, seeds, day):
    with undone():
        for seed in filter(None, seeds):
            if edit := chosen_edit(administrator, Random(seed)):  # noqa: S311
                note(str(edit))
                answer = administrator.post(edit.address, edit.data)
                assert answer.status_code in OUTCOMES
                tried[OUTCOMES[answer.status_code]] += 1
        tried["sequences"] += 1
        addresses = [reverse(name) for name in LISTS]
        addresses += [page for project in Project.objects.order_by("pk") for page in pages_of(project)]
        tried["pages"] += len(addresses)
        assert broken_pages(administrator, [f"{address}?on={day}" for address in addresses]) == []
        assert [*faults(), *rows_without_sense()] == []


def test_a_row_that_was_left_without_sense_is_found():
    first, second = make_full_project(), make_full_project()
    cost = SharedCost.objects.filter(payer__project=first)[0]
    SharedCost.objects.filter(pk=cost.pk).update(invoiced_by=second.co_implementers.all()[0])

    assert rows_without_sense() == [
        f"{cost!r} {cost.pk}: another project's invoiced_by",
        f"{cost!r} {cost.pk}: "
        "['Maksajan, laskuttajan ja kustannuksen omistajan on oltava samassa hankkeessa.']",
    ]
