"""Two figures of a text that cannot both be right."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Rule(StrEnum):
    COLUMN = "column"
    ROW = "row"
    CELL = "cell"
    LIST = "list"
    SHARES = "shares"
    SHARE_OF_AMOUNT = "share_of_amount"
    YEARS = "years"
    COSTS_FINANCING = "costs_financing"
    GROSS_NET = "gross_net"
    FLAT_RATE = "flat_rate"
    CAP = "cap"
    TWO_VALUES = "two_values"
    VAT = "vat"
    APPROPRIATION = "appropriation"
    COUNTS = "counts"
    PERIODS = "periods"


@dataclass(frozen=True)
class Contradiction:
    """`left` is what is stated, in the first of the places; `right` what the figures of the others give.

    Euros, percent 0–100, a count or the days of a period, by the rule. A place is where a figure starts and
    ends in the text.
    """

    rule: Rule
    left: Decimal
    right: Decimal
    places: tuple[tuple[int, int], ...]
    sentence: str

    @property
    def difference(self) -> Decimal:
        return self.left - self.right
