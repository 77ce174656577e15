from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.choices import MeetingStatus, MonthState
from groups.rules.meetings import (
    MeetingFacts,
    MonthCell,
    Rhythm,
    as_seen,
    is_overdue,
    is_within,
    month_grid,
    rhythm_in_total,
    rhythm_of,
    state_of,
)
from groups.rules.months import Month, months_between

HELD, CANCELLED, MISSED, PLANNED, NONE = MonthState
FEBRUARY = Month(2018, 2)
MIDDLE = date(2018, 2, 15)
FIRST, LAST = date(2017, 4, 1), date(2017, 9, 30)
MONTHS = months_between(FIRST, LAST)


def meeting(status="planned", day=MIDDLE, cancelled_on=None, month=FEBRUARY, key=1):
    return MeetingFacts(key, month, day, status, cancelled_on)


def february(day):
    return date(2018, 2, day)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (meeting("held"), february(14), "planned"),
        (meeting("held"), february(15), "held"),
        (meeting("held"), february(16), "held"),
        # The day of what was held is unknown: so is whether it had been held by then.
        (meeting("held", day=None), february(16), "planned"),
        (meeting("cancelled", cancelled_on=february(10)), february(9), "planned"),
        (meeting("cancelled", cancelled_on=february(10)), february(10), "cancelled"),
        (meeting("cancelled"), date(2017, 1, 1), "cancelled"),
        (meeting("planned"), february(14), "planned"),
        # Its day has gone by and nobody has said what became of it.
        (meeting("planned"), date(2018, 5, 1), "planned"),
    ],
)
def test_a_meeting_is_held_from_its_day_and_cancelled_from_its_cancellation(facts, on, expected):
    assert state_of(facts, on) is MeetingStatus(expected)


LATE = meeting("held", day=date(2018, 3, 5), key=2)
MONTH_CASES = {
    "nothing, not past": ([], february(28), NONE),
    "nothing, past": ([], date(2018, 3, 1), MISSED),
    "planned": ([meeting()], february(1), PLANNED),
    "planned today": ([meeting()], MIDDLE, PLANNED),
    "planned, and its day went by": ([meeting()], february(16), PLANNED),
    "planned, and the month went by": ([meeting()], date(2018, 3, 1), MISSED),
    "planned without a day": ([meeting(day=None)], february(28), PLANNED),
    "held": ([meeting("held")], MIDDLE, HELD),
    "to be held": ([meeting("held")], february(14), PLANNED),
    "cancelled": ([meeting("cancelled")], february(1), CANCELLED),
    "cancelled, past": ([meeting("cancelled")], date(2018, 3, 1), CANCELLED),
    "cancelled, and another is held": ([meeting("cancelled"), meeting("held", key=2)], MIDDLE, HELD),
    "cancelled, and another is ahead": (
        [meeting("cancelled"), meeting(day=february(20), key=2)],
        MIDDLE,
        PLANNED,
    ),
    "cancelled, and another has no day yet": (
        [meeting("cancelled"), meeting(day=None, key=2)],
        MIDDLE,
        PLANNED,
    ),
    "cancelled, and the day of another went by": (
        [meeting("cancelled"), meeting(day=february(14), key=2)],
        MIDDLE,
        CANCELLED,
    ),
    "cancelled, and the month of another went by": (
        [meeting("cancelled"), meeting(day=february(20), key=2)],
        date(2018, 3, 1),
        CANCELLED,
    ),
    "not yet cancelled": ([meeting("cancelled", cancelled_on=february(10))], february(9), PLANNED),
    # The meeting of February moved to March: until it is held, February has none.
    "to be held late": ([LATE], date(2018, 3, 4), MISSED),
    "held late": ([LATE], date(2018, 3, 5), HELD),
    "of another month": ([meeting("held", month=Month(2018, 1))], MIDDLE, NONE),
}


@pytest.mark.parametrize(("meetings", "on", "expected"), MONTH_CASES.values(), ids=MONTH_CASES)
def test_a_month_is_what_its_meetings_and_the_day_make_it(meetings, on, expected):
    (cell,) = month_grid([FEBRUARY], meetings, on)

    assert cell.state is expected


def test_the_meetings_of_a_month_stand_by_day_those_of_unknown_day_last():
    undated, late, early = meeting(day=None, key=1), meeting(day=february(20), key=2), meeting(key=3)

    assert month_grid([FEBRUARY], [undated, late, early], MIDDLE) == (
        MonthCell(FEBRUARY, PLANNED, (early, late, undated)),
    )


# April is held, May cancelled, June missed, July held on 31.7., August is ahead, September empty.
SIX_MONTHS = [
    meeting("held", date(2017, 4, 12), month=MONTHS[0], key=1),
    meeting("cancelled", date(2017, 5, 10), date(2017, 5, 2), month=MONTHS[1], key=2),
    meeting("planned", date(2017, 6, 14), month=MONTHS[2], key=3),
    meeting("held", date(2017, 7, 31), month=MONTHS[3], key=4),
    meeting("held", date(2017, 8, 9), month=MONTHS[4], key=5),
]
DAY_CASES = {
    "before": (date(2017, 3, 31), [PLANNED] * 5 + [NONE], Rhythm(0, 0, 0, 0, 0, None)),
    "first month under way": (
        date(2017, 4, 30),
        [HELD, PLANNED, PLANNED, PLANNED, PLANNED, NONE],
        Rhythm(0, 0, 0, 0, 0, date(2017, 4, 12)),
    ),
    "first month past": (
        date(2017, 5, 1),
        [HELD, PLANNED, PLANNED, PLANNED, PLANNED, NONE],
        Rhythm(1, 1, 0, 0, 0, date(2017, 4, 12)),
    ),
    "a month missed": (
        date(2017, 7, 30),
        [HELD, CANCELLED, MISSED, PLANNED, PLANNED, NONE],
        Rhythm(3, 1, 1, 1, 2, date(2017, 4, 12)),
    ),
    "held on the last day": (
        date(2017, 8, 1),
        [HELD, CANCELLED, MISSED, HELD, PLANNED, NONE],
        Rhythm(4, 2, 1, 1, 2, date(2017, 7, 31)),
    ),
    "held in a month that is not past": (
        date(2017, 8, 9),
        [HELD, CANCELLED, MISSED, HELD, HELD, NONE],
        Rhythm(4, 2, 1, 1, 2, date(2017, 8, 9)),
    ),
    "over": (
        date(2017, 10, 1),
        [HELD, CANCELLED, MISSED, HELD, HELD, MISSED],
        Rhythm(6, 3, 1, 2, 2, date(2017, 8, 9)),
    ),
}


@pytest.mark.parametrize(("on", "states", "rhythm"), DAY_CASES.values(), ids=DAY_CASES)
def test_the_rhythm_of_a_group_follows_the_day(on, states, rhythm):
    cells = month_grid(MONTHS, SIX_MONTHS, on)

    assert [cell.state for cell in cells] == states
    assert rhythm_of(cells, on) == rhythm


@pytest.mark.parametrize(
    ("due", "held", "share"),
    [(0, 0, None), (3, 0, "0"), (4, 3, "75"), (8, 7, "87.5"), (33, 33, "100")],
)
def test_the_share_held_is_of_the_months_due(due, held, share):
    expected = None if share is None else Decimal(share)

    assert Rhythm(due, held, 0, due - held, 0, None).share == expected


def test_groups_are_summed_with_the_longest_gap_and_the_last_meeting_of_any():
    first = Rhythm(6, 3, 1, 2, 2, date(2017, 8, 9))
    second = Rhythm(6, 1, 0, 5, 5, date(2017, 4, 20))

    total = rhythm_in_total([first, second, Rhythm(0, 0, 0, 0, 0, None)])

    assert total == Rhythm(12, 4, 1, 7, 5, date(2017, 8, 9))
    assert total.share == Decimal(400) / 12
    assert rhythm_in_total([]) == Rhythm(0, 0, 0, 0, 0, None)


days = st.dates(FIRST - timedelta(40), LAST + timedelta(60))
meetings_of_a_group = st.lists(
    st.builds(
        MeetingFacts,
        st.integers(1, 50),
        st.sampled_from(MONTHS),
        st.none() | days,
        st.sampled_from(MeetingStatus.values),
        st.none() | days,
    ),
    max_size=12,
    unique_by=lambda facts: facts.meeting_id,
)


@given(meetings_of_a_group, days)
def test_a_month_that_is_past_is_held_cancelled_or_missed_and_no_other_is_missed(meetings, on):
    cells = month_grid(MONTHS, meetings, on)
    rhythm = rhythm_of(cells, on)

    assert tuple(cell.month for cell in cells) == MONTHS
    assert sorted(facts.meeting_id for cell in cells for facts in cell.meetings) == sorted(
        facts.meeting_id for facts in meetings
    )
    for cell in cells:
        assert (cell.state in {HELD, CANCELLED, MISSED}) or not cell.month.is_past(on)
        assert cell.state is not MISSED or cell.month.is_past(on)
    assert rhythm.due == rhythm.held + rhythm.cancelled + rhythm.missed
    assert rhythm.longest_gap <= rhythm.due - rhythm.held


@given(meetings_of_a_group, days, st.integers(0, 90))
def test_what_was_held_stays_held_as_days_go_by(meetings, on, more):
    later = on + timedelta(more)
    before, after = (month_grid(MONTHS, meetings, day) for day in (on, later))

    for cell, later_cell in zip(before, after, strict=True):
        assert cell.state is not HELD or later_cell.state is HELD
    assert rhythm_of(before, on).held <= rhythm_of(after, later).held
    assert rhythm_of(before, on).due <= rhythm_of(after, later).due


@given(st.lists(st.sampled_from([HELD, CANCELLED, MISSED]), max_size=6))
def test_the_longest_gap_is_the_longest_run_without_a_held_month(states):
    cells = [MonthCell(month, state) for month, state in zip(MONTHS, states, strict=False)]
    letters = "".join("H" if state is HELD else "-" for state in states)

    assert rhythm_of(cells, LAST + timedelta(1)).longest_gap == max(map(len, letters.split("H")))


@pytest.mark.parametrize(
    ("day", "is_in"),
    [
        (date(2017, 4, 10), True),
        (date(2017, 5, 20), True),
        (date(2017, 4, 9), False),
        (date(2017, 5, 21), False),
    ],
)
def test_a_meeting_is_within_a_period_by_its_day_whatever_its_month(day, is_in):
    facts = MeetingFacts(1, Month(2017, 1), day, MeetingStatus.PLANNED)

    assert is_within(facts, date(2017, 4, 10), date(2017, 5, 20)) is is_in


@pytest.mark.parametrize(("month", "is_in"), [(3, False), (4, True), (5, True), (6, False)])
def test_a_meeting_of_unknown_day_is_within_a_period_that_has_a_day_of_its_month(month, is_in):
    facts = MeetingFacts(1, Month(2017, month), None, MeetingStatus.PLANNED)

    assert is_within(facts, date(2017, 4, 30), date(2017, 5, 1)) is is_in


def test_a_planned_meeting_is_overdue_when_its_month_is_over():
    april = MeetingFacts(1, Month(2017, 4), date(2017, 4, 15), MeetingStatus.PLANNED)

    assert [is_overdue(april, date(2017, 4, 30)), is_overdue(april, date(2017, 5, 1))] == [False, True]
    assert not is_overdue(MeetingFacts(1, april.month, april.day, MeetingStatus.HELD), date(2017, 5, 1))


def test_what_a_day_saw_of_a_meeting_a_later_day_sees_no_otherwise():
    held = MeetingFacts(1, Month(2017, 4), date(2017, 5, 3), MeetingStatus.HELD)
    cancelled = MeetingFacts(2, Month(2017, 4), date(2017, 4, 3), MeetingStatus.CANCELLED, date(2017, 5, 1))
    april, may = date(2017, 4, 30), date(2017, 5, 31)

    assert [state_of(as_seen(facts, april), may) for facts in (held, cancelled)] == [
        MeetingStatus.PLANNED
    ] * 2
    assert as_seen(held, may) == held
    assert as_seen(cancelled, may) == cancelled
