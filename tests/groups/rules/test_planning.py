"""The day of a monthly meeting."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.months import Month
from groups.rules.planning import LAST_WEEK, day_of_month, is_far

months = st.builds(Month, st.integers(1995, 2100), st.integers(1, 12))


# By a calendar: 1 April 2017 was a Saturday, and February 2018 had four of each weekday.
@pytest.mark.parametrize(
    ("month", "week", "weekday", "expected"),
    [
        (Month(2017, 4), 3, 1, date(2017, 4, 18)),
        (Month(2017, 4), 1, 5, date(2017, 4, 1)),
        (Month(2017, 4), 1, 4, date(2017, 4, 7)),
        (Month(2017, 4), LAST_WEEK, 6, date(2017, 4, 30)),
        (Month(2018, 2), LAST_WEEK, 2, date(2018, 2, 28)),
        (Month(2020, 2), LAST_WEEK, 5, date(2020, 2, 29)),
    ],
)
def test_the_day_is_the_weekday_of_its_week(month, week, weekday, expected):
    assert day_of_month(month, week, weekday) == expected


@given(months, st.integers(1, LAST_WEEK), st.integers(0, 6))
def test_the_day_is_in_its_month_on_its_weekday(month, week, weekday):
    day = day_of_month(month, week, weekday)

    assert (Month.of(day), day.weekday()) == (month, weekday)
    assert week == LAST_WEEK or (day.day - 1) // 7 + 1 == week


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (date(2017, 7, 1), Month(2017, 7), False),
        (date(2017, 6, 1), Month(2017, 7), False),
        (date(2017, 8, 31), Month(2017, 7), False),
        (date(2017, 5, 31), Month(2017, 7), True),
        (date(2017, 9, 1), Month(2017, 7), True),
        (date(2018, 7, 20), Month(2017, 7), True),
        # The next month, but of another year.
        (date(2018, 1, 2), Month(2017, 12), True),
    ],
)
def test_a_day_is_far_in_another_year_or_more_than_a_month_away(day, month, expected):
    assert is_far(day, month) == expected
