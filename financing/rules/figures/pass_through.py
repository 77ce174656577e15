"""Money that the city only hands on, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mikrogrow.values.money import ZERO, difference, sum_if_all_known


@dataclass(frozen=True)
class PassThroughFigures:
    """Euros to another implementer; until some are handed on, `day` is None."""

    receiver: str
    year: int | None
    planned: Decimal | None
    handed_on: Decimal = ZERO
    day: date | None = None
    explanation: str = ""

    @property
    def left(self) -> Decimal | None:
        return difference(self.planned, self.handed_on)


@dataclass(frozen=True)
class PassThroughTotals:
    planned: Decimal | None
    handed_on: Decimal
    left: Decimal | None


def pass_through_totals(rows: Sequence[PassThroughFigures]) -> PassThroughTotals:
    planned = sum_if_all_known(row.planned for row in rows)
    handed_on = sum((row.handed_on for row in rows), ZERO)
    return PassThroughTotals(planned, handed_on, difference(planned, handed_on))
