"""What the sum of a plan's costs means: the table of cases is that of `CostSums`, worked out by hand."""

import pytest

from financing.choices import CostCategory
from financing.rules.figures.costs import CostFigures, CostSums
from tests.support.seed_figures import euros

STAFF, TRAVEL, UNBROKEN, REVENUE = (
    CostCategory.STAFF,
    CostCategory.TRAVEL,
    CostCategory.NOT_BROKEN_DOWN,
    CostCategory.REVENUE,
)


def sums(*rows, stated=None):
    """Costs as (year, category, euros)."""
    costs = tuple(CostFigures(year, euros(amount), category=category) for year, category, amount in rows)
    return CostSums(costs, euros(stated))


DATED = (2018, STAFF, 30)
YEARS = ((2018, UNBROKEN, 40), (2019, UNBROKEN, 20))
CATEGORIES = ((None, STAFF, 35), (None, TRAVEL, 24))
NEITHER = (None, UNBROKEN, 5)
UNKNOWN_YEAR, UNKNOWN_CATEGORY = (2018, UNBROKEN, None), (None, STAFF, None)


@pytest.mark.parametrize(
    ("rows", "by_year", "by_category", "total", "in_2018"),
    [
        ((DATED,), 30, 30, 30, 30),
        (YEARS, 60, None, 60, 40),
        (CATEGORIES, None, 59, 59, None),
        ((*YEARS, *CATEGORIES), 60, 59, 60, 40),
        ((DATED, (None, TRAVEL, 20)), None, 50, 50, None),
        ((DATED, *YEARS), 90, None, 90, 70),
        ((DATED, *YEARS, *CATEGORIES), 90, 89, 90, 70),
        ((*YEARS, NEITHER), 65, None, 65, None),
        ((*YEARS, *CATEGORIES, NEITHER), 65, 64, 65, None),
        ((UNKNOWN_YEAR, *CATEGORIES), None, 59, 59, None),
        ((*YEARS, UNKNOWN_CATEGORY), 60, None, 60, 40),
        ((UNKNOWN_YEAR, UNKNOWN_CATEGORY), None, None, None, None),
        ((DATED, UNKNOWN_CATEGORY), None, None, None, None),
        # 0 euros state nothing: the categories are not the same money as the years.
        (((2018, UNBROKEN, 0), *CATEGORIES), None, 59, 59, None),
        ((), 0, 0, None, 0),
    ],
)
def test_the_same_money_is_never_added_twice(rows, by_year, by_category, total, in_2018):
    found = sums(*rows)

    assert (found.by_year, found.by_category, found.gross, found.net) == (by_year, by_category, total, total)
    assert (found.gross_in(2018), found.net_in(2018)) == (in_2018, in_2018)


@pytest.mark.parametrize(("stated", "total"), [(None, 60), (60, 60), (59, 59), (61, 60)])
def test_of_two_sums_the_one_counts_that_the_paper_states_as_costs(stated, total):
    assert sums(*YEARS, *CATEGORIES, stated=stated).net == total


@pytest.mark.parametrize(
    ("revenue", "net", "net_in_2018"),
    [
        (((2018, REVENUE, 10),), 50, 30),
        (((None, REVENUE, 10),), 50, None),
        (((2018, REVENUE, 4), (None, REVENUE, 6)), 50, None),
        (((None, REVENUE, 0),), 60, 40),
        (((None, REVENUE, None),), None, None),
    ],
)
def test_revenue_is_deducted_from_either_sum_and_is_no_category_of_costs(revenue, net, net_in_2018):
    found = sums(*YEARS, *CATEGORIES, *revenue)

    assert (found.by_year, found.by_category, found.gross) == (60, 59, 60)
    assert (found.net, found.net_in(2018), found.gross_in(2018)) == (net, net_in_2018, 40)


@pytest.mark.parametrize(
    ("rows", "unbroken", "staff", "leaves_open"),
    [
        (YEARS, 60, 0, True),
        ((*YEARS, *CATEGORIES), 0, 35, False),
        ((DATED, *YEARS, *CATEGORIES), 0, 65, False),
        ((*YEARS, *CATEGORIES, NEITHER), 5, 35, True),
        (CATEGORIES, 0, 35, False),
        ((*YEARS, UNKNOWN_CATEGORY), 0, None, False),
    ],
)
def test_what_the_years_state_is_not_broken_down_only_if_no_category_states_it(
    rows, unbroken, staff, leaves_open
):
    found = sums(*rows)

    assert (found.in_category(UNBROKEN), found.in_category(STAFF)) == (unbroken, staff)
    assert found.leaves_categories_open == leaves_open
