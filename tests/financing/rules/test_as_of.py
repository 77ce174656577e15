from datetime import date

import pytest

from financing.choices import PlanStatus
from financing.rules.as_of import PlanDay, states_on

APPROVED, DRAFT, SUPERSEDED = PlanStatus.APPROVED, PlanStatus.DRAFT, PlanStatus.SUPERSEDED
SPRING, AUTUMN = date(2017, 4, 1), date(2017, 10, 1)


def version(number, approved_on=None, *, is_draft=False):
    return PlanDay(number, number, is_draft, approved_on)


BOTH = [version(1, SPRING), version(2, AUTUMN)]


@pytest.mark.parametrize(
    ("versions", "on", "states"),
    [
        # Nothing is planned.
        ([], SPRING, {}),
        # Never approved: the draft is what there is.
        ([version(1, is_draft=True)], SPRING, {1: DRAFT}),
        # The day before the first approval it was still a draft.
        (BOTH, date(2017, 3, 31), {1: DRAFT}),
        # From its own day it is in force.
        (BOTH, SPRING, {1: APPROVED}),
        (BOTH, date(2017, 9, 30), {1: APPROVED}),
        # The second takes its place on the day of its approval.
        (BOTH, AUTUMN, {1: SUPERSEDED, 2: APPROVED}),
        # A later draft has no day, and changes nothing.
        ([*BOTH, version(3, is_draft=True)], AUTUMN, {1: SUPERSEDED, 2: APPROVED}),
        # Recorded from a paper that does not say when: in force on every day until another is.
        ([version(1), version(2, AUTUMN)], date(1999, 1, 1), {1: APPROVED}),
        ([version(1), version(2, AUTUMN)], AUTUMN, {1: SUPERSEDED, 2: APPROVED}),
        # Approved on one day: the later version counts.
        ([version(2, SPRING), version(1, SPRING)], SPRING, {1: SUPERSEDED, 2: APPROVED}),
    ],
)
def test_the_version_in_force_is_the_last_that_was_approved_by_the_day(versions, on, states):
    assert states_on(versions, on) == states
