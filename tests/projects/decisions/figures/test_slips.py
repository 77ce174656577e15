"""Figures that differ by a slip of the keyboard."""

from decimal import Decimal

import pytest

from projects.decisions.figures.slips import is_slip, is_swapped

SWAPPED = [("2991", "2919"), ("14924", "14942.00"), ("651200", "561200")]
OTHERS = [
    ("2991", "2991"),
    ("2991", "1992"),
    ("2991", "29910"),
    ("2991", "2990"),
    ("2991", "3891"),
]


@pytest.mark.parametrize(("first", "second"), SWAPPED)
def test_two_neighbouring_digits_the_other_way_round_are_a_slip(first, second):
    assert is_swapped(Decimal(first), Decimal(second))
    assert is_slip(Decimal(second), Decimal(first))


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_other_figures_are_not_swapped(first, second):
    assert not is_swapped(Decimal(first), Decimal(second))


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [("59953", "59953", False), ("59953", "59453", True), ("2991", "2981", False), ("59953", "59443", False)],
)
def test_another_digit_is_a_slip_in_five_digits_and_more(first, second, slip):
    assert is_slip(Decimal(first), Decimal(second)) is slip
