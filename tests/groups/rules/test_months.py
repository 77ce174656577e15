from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.months import Month, months_between, months_within

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (Month(2017, 4), date(2017, 4, 1), date(2017, 4, 30)),
        (Month(2017, 12), date(2017, 12, 1), date(2017, 12, 31)),
        (Month(2019, 2), date(2019, 2, 1), date(2019, 2, 28)),
        (Month(2020, 2), date(2020, 2, 1), date(2020, 2, 29)),
        # Of full centuries only every fourth is a leap year.
        (Month(2000, 2), date(2000, 2, 1), date(2000, 2, 29)),
        (Month(2100, 2), date(2100, 2, 1), date(2100, 2, 28)),
    ],
)
def test_a_month_knows_its_first_and_last_day(month, first, last):
    assert (month.first_day, month.last_day) == (first, last)


@pytest.mark.parametrize(
    ("day", "is_past"),
    [(date(2018, 2, 1), False), (date(2018, 2, 28), False), (date(2018, 3, 1), True)],
)
def test_a_month_is_past_once_its_last_day_is_over(day, is_past):
    assert Month(2018, 2).is_past(day) is is_past


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        # 9 months of 2017 and 12 of both 2018 and 2019.
        (date(2017, 4, 1), date(2019, 12, 31), 33),
        (date(2017, 4, 30), date(2019, 12, 1), 33),
        (date(2017, 4, 1), date(2017, 4, 1), 1),
        (date(2017, 12, 31), date(2018, 1, 1), 2),
        (date(2018, 1, 1), date(2017, 12, 31), 0),
        # Reversed within a month.
        (date(2018, 1, 2), date(2018, 1, 1), 0),
        (None, date(2018, 1, 1), 0),
        (date(2018, 1, 1), None, 0),
        (None, None, 0),
    ],
)
def test_the_months_of_a_period_hold_both_ends(first, last, number):
    assert len(months_between(first, last)) == number


def test_december_is_followed_by_january():
    assert months_between(date(2017, 11, 15), date(2018, 2, 1)) == (
        Month(2017, 11),
        Month(2017, 12),
        Month(2018, 1),
        Month(2018, 2),
    )


@given(days, days)
def test_months_follow_each_other_without_a_day_between(first, last):
    months = months_between(first, last)

    assert bool(months) == (first <= last)
    assert all(month.last_day + timedelta(1) == after.first_day for month, after in pairwise(months))
    if months:
        assert (months[0], months[-1]) == (Month.of(first), Month.of(last))
        assert list(months) == sorted(set(months))


@given(days, st.integers(0, 900))
def test_months_are_those_of_the_days_one_by_one(first, more):
    last = first + timedelta(more)
    walked = {Month.of(first + timedelta(number)) for number in range(more + 1)}

    assert set(months_between(first, last)) == walked


@given(days)
def test_a_day_is_within_its_month(day):
    month = Month.of(day)

    assert month.first_day <= day <= month.last_day
    assert Month.of(month.last_day + timedelta(1)) > month


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "months"),
    [
        # The project's own first and last month count though the project has only a part of each.
        (date(2017, 4, 10), date(2017, 6, 20), date(2017, 4, 10), date(2017, 6, 20), [4, 5, 6]),
        (date(2017, 4, 10), date(2017, 6, 20), date(2017, 1, 1), date(2017, 12, 31), [4, 5, 6]),
        (date(2017, 4, 10), date(2017, 6, 20), date(2017, 4, 11), date(2017, 6, 19), [5]),
        (date(2017, 4, 1), date(2017, 6, 30), date(2017, 4, 1), date(2017, 5, 30), [4]),
        (date(2017, 4, 1), date(2017, 6, 30), date(2017, 4, 2), date(2017, 5, 31), [5]),
        (date(2017, 4, 1), date(2017, 6, 30), date(2016, 1, 1), date(2016, 12, 31), []),
        (date(2017, 4, 1), date(2017, 6, 30), date(2018, 1, 1), date(2018, 12, 31), []),
        (None, None, date(2017, 4, 10), date(2017, 5, 31), [4, 5]),
        (None, date(2017, 5, 15), date(2017, 4, 1), date(2017, 12, 31), [4, 5]),
    ],
)
def test_a_month_lies_within_a_period_with_all_its_days_of_the_project(start, end, first, last, months):
    assert [month.number for month in months_within(start, end, first, last)] == months
