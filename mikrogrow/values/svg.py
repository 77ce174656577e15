"""Positions in charts as SVG lengths."""

from decimal import Decimal

from mikrogrow.values.money import ZERO, round_half_up


def percent_across(value: Decimal | int, width: Decimal | int) -> str:
    """An SVG length, cut off at 0 and 100 %: "12.38%"."""
    share = Decimal(value) * 100 / Decimal(width)
    return f"{round_half_up(min(max(share, ZERO), Decimal(100)), 2)}%"
