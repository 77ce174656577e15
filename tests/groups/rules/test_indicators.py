from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.indicators import DatedValue, NetChange, net_change, path_on, value_on

FIRST, LAST = date(2018, 1, 1), date(2018, 1, 10)


def dated(day, value):
    return DatedValue(day, None if value is None else Decimal(value))


VALUES = [
    dated(date(2018, 6, 30), "12"),
    dated(date(2018, 1, 31), "0"),
    dated(date(2018, 12, 31), None),
    dated(date(2018, 6, 30), "13"),
]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2018, 1, 30), None),
        # 0 is a value.
        (date(2018, 1, 31), VALUES[1]),
        (date(2018, 6, 29), VALUES[1]),
        # Stated twice for the day: the later statement holds.
        (date(2018, 6, 30), VALUES[3]),
        (date(2018, 12, 30), VALUES[3]),
        # The newest is unknown, and the one before it is not today's.
        (date(2018, 12, 31), VALUES[2]),
    ],
)
def test_the_newest_value_by_the_day_holds(on, expected):
    assert value_on(VALUES, on) is expected


def test_without_values_none_holds():
    assert value_on([], FIRST) is None


@pytest.mark.parametrize(
    ("baseline", "target", "on", "expected"),
    [
        ("0", "100", date(2017, 12, 31), "0"),
        # Ten days, each a tenth; a day counts by its end.
        ("0", "100", date(2018, 1, 1), "10"),
        ("0", "100", date(2018, 1, 5), "50"),
        ("0", "100", date(2018, 1, 9), "90"),
        ("0", "100", date(2018, 1, 10), "100"),
        ("0", "100", date(2018, 1, 11), "100"),
        # 20 + 0,3 × 25.
        ("20", "45", date(2018, 1, 3), "27.5"),
        # What is to shrink: 40 − 0,5 × 30.
        ("40", "10", date(2018, 1, 5), "25"),
        ("7", "7", date(2018, 1, 5), "7"),
        (None, "100", date(2018, 1, 5), None),
        ("0", None, date(2018, 1, 5), None),
    ],
)
def test_the_path_leads_evenly_from_the_baseline_to_the_target(baseline, target, on, expected):
    numbers = (None if text is None else Decimal(text) for text in (baseline, target))

    assert path_on(*numbers, FIRST, LAST, on) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, LAST), (FIRST, None), (None, None), (LAST, FIRST), (FIRST, FIRST - timedelta(1))],
)
def test_without_a_first_and_a_last_day_there_is_no_path(first, last):
    assert path_on(Decimal(0), Decimal(100), first, last, FIRST) is None


def known(*values):
    return [(year, None if value is None else Decimal(value)) for year, value in values]


NET_CASES = {
    "no companies": ([], NetChange(None, 0, 0)),
    "two years": ([(1, known((2017, "3"), (2018, "5")))], NetChange(Decimal(2), 1, 0)),
    "years in any order": ([(1, known((2019, "4"), (2017, "3"), (2018, "9")))], NetChange(Decimal(1), 1, 0)),
    "one year": ([(1, known((2017, "3")))], NetChange(None, 0, 1)),
    "no years": ([(1, [])], NetChange(None, 0, 1)),
    # Unknown ends are skipped: 2018 to 2019.
    "unknown years": (
        [(1, known((2017, None), (2018, "2"), (2019, "1"), (2020, None)))],
        NetChange(Decimal(-1), 1, 0),
    ),
    "one known of two": ([(1, known((2017, "3"), (2018, None)))], NetChange(None, 0, 1)),
    # 5 − 3, 0 − 4 and 1 400 000,50 − 1 400 000 in three companies; the fourth is unknown.
    "many": (
        [
            (1, known((2017, "3"), (2018, "5"))),
            (2, known((2017, "4"), (2018, "0"))),
            (3, known((2017, "1400000"), (2018, "1400000.50"))),
            (4, known((2018, "9"))),
        ],
        NetChange(Decimal("-1.5"), 3, 1),
    ),
    "no change": ([(1, known((2017, "3"), (2018, "3")))], NetChange(Decimal(0), 1, 0)),
    "a company in two rows": (
        [(1, known((2017, "3"))), (1, known((2018, "5")))],
        NetChange(Decimal(2), 1, 0),
    ),
    "whole numbers": ([(1, [(2017, 3), (2018, 5)])], NetChange(Decimal(2), 1, 0)),
}


@pytest.mark.parametrize(("rows", "expected"), NET_CASES.values(), ids=NET_CASES)
def test_the_net_change_is_of_companies_with_two_known_years(rows, expected):
    assert net_change(rows) == expected


days = st.dates(date(2017, 1, 1), date(2019, 12, 31))
numbers = st.integers(-(10**8), 10**8).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(st.builds(DatedValue, days, st.none() | numbers), max_size=8), days)
def test_no_value_by_the_day_is_newer(values, on):
    found = value_on(values, on)
    by_the_day = [each.day for each in values if each.day <= on]

    assert (found is None) == (not by_the_day)
    assert found is None or found.day == max(by_the_day)


@given(numbers, numbers, days, st.integers(0, 900), days, st.integers(0, 400))
def test_a_path_stays_between_its_ends_and_never_turns(baseline, target, first, more, on, later):
    last = first + timedelta(more)
    here, there = (path_on(baseline, target, first, last, day) for day in (on, on + timedelta(later)))

    assert min(baseline, target) <= here <= max(baseline, target)
    assert (there - here) * (target - baseline) >= 0
    assert path_on(baseline, target, first, last, first - timedelta(1)) == baseline
    assert path_on(baseline, target, first, last, last) == target


years = st.lists(
    st.tuples(st.integers(2017, 2021), st.none() | numbers), max_size=5, unique_by=lambda pair: pair[0]
)


@given(st.dictionaries(st.integers(1, 9), years, max_size=6))
def test_a_net_change_is_the_sum_of_the_changes_from_year_to_year(companies):
    found = net_change(companies.items())
    steps = []
    for values in companies.values():
        stated = [value for _, value in sorted(values) if value is not None]
        if len(stated) > 1:
            steps.append(sum(after - before for before, after in pairwise(stated)))

    assert (found.known, found.unknown) == (len(steps), len(companies) - len(steps))
    assert found.total == (sum(steps) if steps else None)
