"""Commission Regulations (EU) 1407/2013 and 2023/2831, article 3(2) of both."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.de_minimis import DeMinimis, de_minimis_sum, first_day_counted


def aid(day, amount):
    return day, None if amount is None else Decimal(amount)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2018, 1, 1), date(2016, 1, 1)),
        (date(2018, 12, 31), date(2016, 1, 1)),
        (date(2020, 2, 29), date(2018, 1, 1)),
        (date(2023, 12, 31), date(2021, 1, 1)),
        (date(2024, 1, 1), date(2021, 1, 2)),
        # Both count from 1.3.2021: aid of 28.2.2021 has its third anniversary on 28.2.2024.
        (date(2024, 2, 28), date(2021, 3, 1)),
        (date(2024, 2, 29), date(2021, 3, 1)),
        (date(2024, 3, 1), date(2021, 3, 2)),
        (date(2024, 12, 31), date(2022, 1, 1)),
        (date(2026, 3, 15), date(2023, 3, 16)),
        # Three years from 29.2.2024 are over with 28.2.2027.
        (date(2027, 2, 27), date(2024, 2, 28)),
        (date(2027, 2, 28), date(2024, 2, 29)),
        (date(2027, 3, 1), date(2024, 3, 2)),
    ],
)
def test_aid_counts_from_the_first_day_of_the_period_that_ends_on_the_day(on, first):
    assert first_day_counted(on) == first


AIDS = [
    aid(date(2020, 12, 31), "1000"),
    aid(date(2021, 1, 1), "20000.50"),
    aid(date(2021, 2, 28), "30000"),
    aid(date(2021, 3, 1), "40000"),
    aid(date(2023, 12, 31), "99000"),
    aid(date(2024, 1, 1), "7000"),
    aid(date(2024, 2, 29), "5000"),
]
SUMS = [
    # 1 000; 2019–2021 has 1 000 + 20 000,50 from 1.1.2021 on.
    (date(2020, 12, 31), "1000", "200000", "199000"),
    (date(2021, 1, 1), "21000.50", "200000", "178999.50"),
    (date(2021, 12, 31), "91000.50", "200000", "108999.50"),
    # 2021–2023: 20 000,50 + 30 000 + 40 000 + 99 000.
    (date(2023, 12, 30), "90000.50", "200000", "109999.50"),
    (date(2023, 12, 31), "189000.50", "200000", "10999.50"),
    # 2.1.2021–1.1.2024: 30 000 + 40 000 + 99 000 + 7 000.
    (date(2024, 1, 1), "176000", "300000", "124000"),
    # 28.2.2021–27.2.2024 has the 30 000 still, 1.3.2021–28.2.2024 no longer.
    (date(2024, 2, 27), "176000", "300000", "124000"),
    (date(2024, 2, 28), "146000", "300000", "154000"),
    # 40 000 + 99 000 + 7 000 + 5 000.
    (date(2024, 2, 29), "151000", "300000", "149000"),
    (date(2024, 3, 1), "111000", "300000", "189000"),
    (date(2026, 12, 30), "111000", "300000", "189000"),
    (date(2026, 12, 31), "12000", "300000", "288000"),
    (date(2027, 1, 1), "5000", "300000", "295000"),
    (date(2027, 2, 28), "5000", "300000", "295000"),
    (date(2027, 3, 1), "0", "300000", "300000"),
]


@pytest.mark.parametrize(("on", "total", "ceiling", "left"), SUMS)
def test_the_aid_of_the_period_is_summed_against_the_ceiling_of_the_day(on, total, ceiling, left):
    expected = DeMinimis(Decimal(total), Decimal(ceiling), Decimal(left), first_day_counted(on))

    assert de_minimis_sum(AIDS, on) == expected


@pytest.mark.parametrize(
    ("amount", "left"), [("199999.99", "0.01"), ("200000", "0"), ("200000.01", "-0.01"), ("0", "200000")]
)
def test_what_is_left_is_exact_to_the_cent_and_below_zero_if_exceeded(amount, left):
    day = date(2018, 5, 2)

    assert de_minimis_sum([aid(day, amount)], day).left == Decimal(left)


@pytest.mark.parametrize(
    ("extra", "is_known"),
    [
        (aid(date(2023, 5, 2), None), False),
        (aid(None, "100"), False),
        (aid(None, None), False),
        # Outside the period its amount does not matter.
        (aid(date(2020, 12, 31), None), True),
        (aid(date(2024, 5, 2), None), True),
    ],
)
def test_an_unknown_amount_or_day_makes_the_sum_unknown(extra, is_known):
    found = de_minimis_sum([*AIDS, extra], date(2023, 12, 31))

    assert (found.total is not None, found.left is not None) == (is_known, is_known)
    assert found.ceiling == 200_000


def test_without_aid_the_whole_ceiling_is_left():
    found = de_minimis_sum([], date(2025, 6, 1))

    assert found == DeMinimis(Decimal(0), Decimal(300_000), Decimal(300_000), date(2022, 6, 2))


def third_anniversary(day):
    try:
        return day.replace(year=day.year + 3)
    except ValueError:
        return date(day.year + 3, 3, 1)


days = st.dates(date(2018, 1, 1), date(2032, 12, 31))


@given(days, days)
def test_aid_counts_on_the_days_that_its_regulation_says(granted, on):
    is_counted = de_minimis_sum([aid(granted, "100")], on).total == 100

    if on < date(2024, 1, 1):
        assert is_counted == (granted <= on and on.year - granted.year <= 2)
    else:
        assert is_counted == (granted <= on < third_anniversary(granted))


@given(st.lists(st.tuples(days, st.integers(0, 10**7).map(Decimal)), max_size=8), days)
def test_left_and_total_make_the_ceiling(aids, on):
    found = de_minimis_sum(aids, on)

    assert found.total + found.left == found.ceiling
