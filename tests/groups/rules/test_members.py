from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.choices import FillState
from groups.rules.members import (
    Fill,
    MembershipFacts,
    belongs_within,
    core_on,
    ever_on,
    fill,
    in_group,
    in_the_evening,
    joined_within,
    left_within,
    members_on,
    numbers_over_time,
    overlaps,
    undated_on,
    waiting_on,
)
from groups.rules.months import Month, months_between

FIRST, LAST = date(2017, 4, 1), date(2017, 12, 31)
ALL_DAYS = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]


def row(company, joined=None, left=None, group=1, **flags):
    return MembershipFacts(company, group, joined, left, **flags)


def day(month, number):
    return date(2017, month, number)


# Company 1 left and came back, 2 moved from group 1 to group 2, 3 has been since the start, 4 waits and
# 5 joins in September.
CAST = [
    row(1, day(4, 10), day(5, 31)),
    row(1, day(8, 1)),
    row(2, day(4, 10), day(6, 30), is_core=True),
    row(2, day(7, 1), group=2),
    row(3, is_core=True),
    row(4, day(6, 1), is_waiting=True),
    row(5, day(9, 15), day(9, 15), group=2),
]


@pytest.mark.parametrize(
    ("on", "members", "ever", "core"),
    [
        (day(4, 9), {3}, {3}, {3}),
        (day(4, 10), {1, 2, 3}, {1, 2, 3}, {2, 3}),
        # The last day is still one.
        (day(5, 31), {1, 2, 3}, {1, 2, 3}, {2, 3}),
        (day(6, 1), {2, 3}, {1, 2, 3}, {2, 3}),
        (day(7, 1), {2, 3}, {1, 2, 3}, {3}),
        (day(8, 1), {1, 2, 3}, {1, 2, 3}, {3}),
        (day(9, 15), {1, 2, 3, 5}, {1, 2, 3, 5}, {3}),
        (day(9, 16), {1, 2, 3}, {1, 2, 3, 5}, {3}),
    ],
)
def test_a_company_counts_once_now_and_once_ever(on, members, ever, core):
    assert (members_on(CAST, on), ever_on(CAST, on), core_on(CAST, on)) == (members, ever, core)


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [(day(6, 30), {2, 3}, set()), (day(7, 1), {3}, {2}), (day(9, 15), {1, 3}, {2, 5})],
)
def test_a_group_has_its_own_members(on, first, second):
    assert members_on(in_group(CAST, 1), on) == first
    assert members_on(in_group(CAST, 2), on) == second


def test_who_has_waited_longest_stands_first_and_who_left_the_list_is_gone():
    waiting = [
        row(7, None, is_waiting=True),
        row(4, day(6, 1), is_waiting=True),
        row(6, day(5, 1), day(6, 30), is_waiting=True),
        row(5, day(5, 2), is_waiting=True),
        row(5, day(6, 2), group=2, is_waiting=True),
        row(3),
    ]

    assert waiting_on(waiting, day(4, 30)) == (7,)
    assert waiting_on(waiting, day(6, 30)) == (6, 5, 4, 7)
    assert waiting_on(waiting, day(7, 1)) == (5, 4, 7)


def test_who_waits_is_no_member_and_has_never_been():
    waiting = [row(4, day(6, 1), is_waiting=True, is_core=True)]

    assert not members_on(waiting, day(6, 1)) | core_on(waiting, day(6, 1)) | ever_on(waiting, day(6, 1))


@pytest.mark.parametrize(
    ("members", "target", "expected"),
    [
        (30, 30, Fill(FillState.FULL, 0, Decimal(100))),
        (29, 30, Fill(FillState.SHORT, 1, Decimal(2900) / 30)),
        (31, 30, Fill(FillState.OVER, 1, Decimal(3100) / 30)),
        (0, 30, Fill(FillState.SHORT, 30, Decimal(0))),
        (0, 0, Fill(FillState.FULL, 0, None)),
        (2, 0, Fill(FillState.OVER, 2, None)),
        (None, 30, Fill(FillState.UNKNOWN, 0, None)),
        (30, None, Fill(FillState.UNKNOWN, 0, None)),
        (None, None, Fill(FillState.UNKNOWN, 0, None)),
    ],
)
def test_a_group_is_full_short_or_over_or_nobody_knows(members, target, expected):
    assert fill(members, target) == expected


def test_numbers_are_of_the_end_of_months_and_of_today_in_the_one_under_way():
    months = months_between(day(3, 1), day(11, 1))

    # In the evening of 31.3. only company 3, 30.4. three. 31.5. is the last day of 1, 30.6. that of 2.
    assert numbers_over_time(CAST, months, day(10, 10)) == (1, 3, 2, 1, 2, 3, 3, 3, None)
    # Company 5 was a member on this day only.
    assert numbers_over_time(CAST, months, day(9, 15))[5:] == (3, 3, None, None)
    assert numbers_over_time(CAST, months, day(5, 30))[1:] == (3, 3, *[None] * 6)
    assert numbers_over_time(CAST, [Month(2017, 9)], day(8, 31)) == (None,)


OVERLAP_CASES = {
    "one after the other": (row(1, day(4, 1), day(4, 30)), row(1, day(5, 1)), False),
    "the last day is the first": (row(1, day(4, 1), day(5, 1)), row(1, day(5, 1)), True),
    "in two groups": (row(1, day(4, 1)), row(1, day(5, 1), group=2), True),
    "of two companies": (row(1, day(4, 1)), row(2, day(4, 1)), False),
    "from the start": (row(1, None, day(4, 1)), row(1, day(4, 1)), True),
    "from the start, before": (row(1, None, day(4, 1)), row(1, day(4, 2)), False),
    "all the time, both": (row(1), row(1, group=2), True),
    "within": (row(1, day(4, 1), day(12, 31)), row(1, day(6, 1), day(6, 1)), True),
    "one waits": (row(1, day(4, 1)), row(1, day(5, 1), group=2, is_waiting=True), False),
}


@pytest.mark.parametrize(("first", "second", "expected"), OVERLAP_CASES.values(), ids=OVERLAP_CASES)
def test_memberships_overlap_if_they_share_a_day(first, second, expected):
    pairs = overlaps([first, second])

    assert [set(pair) for pair in pairs] == ([{first, second}] if expected else [])
    assert pairs == overlaps([second, first])


def test_of_three_that_overlap_each_pair_is_named():
    first, second, third = row(1, day(4, 1)), row(1, day(5, 1), group=2), row(1, day(6, 1), group=3)

    assert overlaps([third, first, second]) == ((first, second), (first, third), (second, third))


@st.composite
def memberships_of_a_project(draw):
    """Companies that join, leave, come back and change groups; days may even be reversed."""
    near = st.none() | st.dates(FIRST - timedelta(20), LAST + timedelta(20))
    one = st.builds(
        MembershipFacts,
        st.integers(1, 4),
        st.integers(1, 3),
        near,
        near,
        st.sampled_from([False, False, True]),
        st.booleans(),
    )
    return draw(st.lists(one, max_size=10))


def members_one_by_one(rows, on):
    """As somebody would who reads the list with a finger on the calendar."""
    found = set()
    for each in rows:
        if each.is_waiting or (each.joined_on is not None and on < each.joined_on):
            continue
        if each.left_on is None or on <= each.left_on:
            found.add(each.company_id)
    return found


def evening_one_by_one(rows, on):
    return members_one_by_one([each for each in rows if each.left_on != on], on)


@given(memberships_of_a_project())
def test_members_of_each_day_are_those_counted_one_by_one(rows):
    ever = set()
    # Twenty days more: those who were before the first day are in `ever` from their own days.
    for on in [FIRST - timedelta(back) for back in range(45, 0, -1)] + ALL_DAYS:
        now = members_one_by_one(rows, on)
        ever |= now
        assert members_on(rows, on) == now
        assert ever_on(rows, on) == ever
        assert core_on(rows, on) <= now
        groups = [members_on(in_group(rows, group), on) for group in (1, 2, 3)]
        assert frozenset().union(*groups) == now


@given(memberships_of_a_project(), st.sampled_from(ALL_DAYS))
def test_numbers_over_time_are_those_of_their_days(rows, on):
    months = months_between(FIRST, LAST)
    numbers = numbers_over_time(rows, months, on)

    for month, number in zip(months, numbers, strict=True):
        if month.is_past(on + timedelta(1)):
            assert number == len(evening_one_by_one(rows, month.last_day))
        elif month == Month.of(on):
            assert number == len(evening_one_by_one(rows, on))
        else:
            assert number is None


@given(memberships_of_a_project())
def test_two_overlap_exactly_if_some_day_holds_both(rows):
    days = [FIRST + timedelta(number) for number in range(-30, len(ALL_DAYS) + 30)]
    held = {each: {on for on in days if each.holds(on)} for each in rows}
    expected = [
        (first, second)
        for first, second in combinations([each for each in rows if not each.is_waiting], 2)
        if first.company_id == second.company_id and held[first] & held[second]
    ]

    found = overlaps(rows)

    assert len(found) == len(expected)
    assert all(pair in expected or pair[::-1] in expected for pair in found)


@given(st.integers(0, 100), st.integers(1, 100))
def test_members_and_what_is_missing_make_the_target(members, target):
    filled = fill(members, target)
    signs = {FillState.FULL: 0, FillState.SHORT: 1, FillState.OVER: -1}

    assert members + signs[filled.state] * filled.by == target
    assert (filled.share >= 100) == (filled.state is not FillState.SHORT)


PERIOD_FIRST, PERIOD_LAST = date(2018, 1, 1), date(2018, 12, 31)


@pytest.mark.parametrize(
    ("joined_on", "left_on", "found"),
    [
        (None, None, (True, False, False)),
        (date(2017, 12, 31), None, (True, False, False)),
        (PERIOD_FIRST, PERIOD_LAST, (True, True, True)),
        (PERIOD_FIRST, PERIOD_FIRST, (True, True, True)),
        (PERIOD_LAST, None, (True, True, False)),
        (date(2019, 1, 1), None, (False, False, False)),
        # Its last day is of the year before, and so is its leaving.
        (None, date(2017, 12, 31), (False, False, False)),
        (None, PERIOD_FIRST, (True, False, True)),
        (date(2018, 5, 1), date(2018, 12, 30), (True, True, True)),
        (None, PERIOD_LAST, (True, False, True)),
        (None, date(2019, 1, 1), (True, False, False)),
    ],
)
def test_a_membership_within_a_period(joined_on, left_on, found):
    facts, waiting = (MembershipFacts(1, 1, joined_on, left_on, is_waiting) for is_waiting in (False, True))

    def answers(of):
        return tuple(
            ask(of, PERIOD_FIRST, PERIOD_LAST) for ask in (belongs_within, joined_within, left_within)
        )

    assert answers(facts) == found
    assert answers(waiting) == (False, False, False)


def evening_members(memberships, day):
    return len(members_on(in_the_evening(memberships, day), day))


@given(
    st.lists(
        st.tuples(st.integers(0, 80) | st.none(), st.integers(0, 80) | st.none(), st.booleans()), max_size=12
    ),
    st.integers(1, 80),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_of_two_periods_members_before_and_joined_less_left_are_those_at_the_end(rows, begins, one, two):
    start = date(2018, 1, 1)
    memberships = [
        MembershipFacts(
            company,
            1,
            None if joined is None else start + timedelta(joined),
            None if stayed is None else start + timedelta((joined or 0) + stayed),
            is_waiting,
        )
        for company, (joined, stayed, is_waiting) in enumerate(rows)
    ]
    first = start + timedelta(begins)
    between = first + timedelta(one)
    changes = []
    for opens, closes in (
        (first, between),
        (between + timedelta(1), between + timedelta(1 + two)),
    ):
        joined = [facts for facts in memberships if joined_within(facts, opens, closes)]
        left = [facts for facts in memberships if left_within(facts, opens, closes)]
        changes += [("joined", facts) for facts in joined] + [("left", facts) for facts in left]
        before = evening_members(memberships, opens - timedelta(1))
        assert before + len(joined) - len(left) == evening_members(memberships, closes)
        assert all(opens <= facts.left_on <= closes for facts in left)
        # Each of them was a member on a day of the period.
        assert all(belongs_within(facts, opens, closes) for facts in [*joined, *left])
    assert len(changes) == len(set(changes))


@pytest.mark.parametrize(
    ("on", "evening", "undated"),
    [
        (day(5, 30), {1, 2, 3}, {3}),
        (day(5, 31), {2, 3}, {3}),
        (day(6, 30), {3}, {3}),
        (day(9, 15), {1, 2, 3}, {3}),
    ],
)
def test_in_the_evening_of_its_last_day_a_company_has_left(on, evening, undated):
    assert members_on(in_the_evening(CAST, on), on) == evening
    assert undated_on(CAST, on) == undated


def test_an_unknown_day_is_named_as_long_as_the_company_is_a_member():
    rows = [row(1, None, day(5, 31)), row(2, None, is_waiting=True), row(3, day(4, 1)), row(4)]

    assert (undated_on(rows, day(5, 31)), undated_on(rows, day(6, 1))) == ({1, 4}, {4})
