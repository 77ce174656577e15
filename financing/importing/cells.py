"""What a cell with a figure of a budget says."""

from decimal import Decimal

from mikrogrow.sheets.cells import expect_value, read_euros, says_unknown
from mikrogrow.values.money import parse_percent


def read_number(text: str, *, is_share: bool, is_revenue: bool) -> Decimal | None:
    """None is unknown. Raises ValidationError with what was read."""
    if not is_share:
        return read_euros(text, may_be_negative=is_revenue)
    expect_value(text)
    return None if says_unknown(text) else parse_percent(text)
