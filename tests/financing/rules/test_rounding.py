"""What rounding explains: worked out by hand."""

from decimal import Decimal

import pytest

from financing.rules import rounding
from tests.support.seed_figures import SEED_PLAN, line

AMOUNTS = {
    "half a euro each": ([333, 333, 333], "1.5"),
    "half a cent each, if one has cents": (["333.33", "333", "333"], "0.015"),
    "a zero was not rounded": ([500, 0], "0.5"),
    "nothing": ([], "0"),
}


@pytest.mark.parametrize(("amounts", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def test_amounts_alone_explain_half_a_unit_each(amounts, expected):
    assert rounding.of_amounts([Decimal(amount) for amount in amounts]) == Decimal(expected)


LINES = {
    # 74,8 and 25,2 % of 1 003: 750,244 and 252,756.
    "each as far as it is from its exact product": ([(751, "74.8"), (253, "25.2")], 1003, 1, "0.744"),
    "only in the direction of the difference": ([(750, "74.8"), (253, "25.2")], 1003, 1, "0.244"),
    "the other direction": ([(750, "74.8"), (253, "25.2")], 1003, -1, "0.244"),
    "exact ones explain nothing": ([(42_000, 70), (3_000, 5), (6_000, 10), (9_000, 15)], 60_000, 2, "0"),
    "one that is no rounding of its product half a unit": ([(42_000, 70), (9_002, 15)], 60_000, 2, "0.5"),
    "cents": ([("333.34", "33.333")], 1000, 1, "0.005"),
    "without a share nothing": ([(750, None)], 1000, 1, "0"),
}


@pytest.mark.parametrize(("lines", "cost", "difference", "expected"), LINES.values(), ids=LINES)
def test_an_amount_was_moved_as_far_as_it_is_from_its_share_at_the_most(lines, cost, difference, expected):
    found = rounding.of_lines([line(*each) for each in lines], Decimal(cost), Decimal(difference))

    assert found == Decimal(expected)


def test_rounding_explains_less_than_the_seeds_two_euros():
    # 0,5 of 44 966 € (75 % are 44 964,75), 0,35 of 2 998 € (5 % are 2 997,65), 0,5 of 2 991 €.
    assert rounding.of_lines(SEED_PLAN.lines, Decimal(59953), Decimal(2)) == Decimal("1.35")


SHARES = {
    "half a unit without amounts": ([(None, "33.3"), (None, 67)], 1000, "0.3", "0.55"),
    "exact ones explain nothing": ([(650, 65), (200, 20), (100, 10)], 1000, 1, "0"),
    "as far as the exact share": ([(625, 63), (376, 38)], 1000, 1, "0.9"),
    "costs are unknown": ([(650, 65)], None, 1, "0.5"),
}


@pytest.mark.parametrize(("lines", "cost", "points", "expected"), SHARES.values(), ids=SHARES)
def test_a_share_was_moved_as_far_as_it_is_from_its_amount_at_the_most(lines, cost, points, expected):
    exact_cost = None if cost is None else Decimal(cost)

    found = rounding.of_shares([line(*each) for each in lines], exact_cost, Decimal(points))

    assert found == Decimal(expected)
