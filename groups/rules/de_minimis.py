"""De minimis aid to one undertaking against the ceiling of the day.

Until 31.12.2023 Commission Regulation (EU) 1407/2013, article 3(2): 200 000 € over the fiscal year and the
two before it, here calendar years. From 1.1.2024 Regulation (EU) 2023/2831, article 3(2): 300 000 € over any
3 years, day by day, whichever regulation the aid was granted under.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mikrogrow.values.money import difference, sum_if_all_known

ROLLING_FROM = date(2024, 1, 1)
OLD_CEILING, CEILING = Decimal(200_000), Decimal(300_000)
YEARS = 3

Aid = tuple[date | None, Decimal | None]
"""The day it was granted, and euros."""


@dataclass(frozen=True)
class DeMinimis:
    """Euros of the period that ends on the day; `left` is below 0 if the ceiling is exceeded."""

    total: Decimal | None
    ceiling: Decimal
    left: Decimal | None
    first_day: date


def de_minimis_sum(aids: Iterable[Aid], on: date) -> DeMinimis:
    """Unknown if an amount within the period is, or a day: that aid might be within it."""
    first = first_day_counted(on)
    total = sum_if_all_known(
        amount if day is not None else None for day, amount in aids if day is None or first <= day <= on
    )
    ceiling = CEILING if on >= ROLLING_FROM else OLD_CEILING
    return DeMinimis(total, ceiling, difference(ceiling, total), first)


def first_day_counted(on: date) -> date:
    if on < ROLLING_FROM:
        return date(on.year - YEARS + 1, 1, 1)
    # Aid counts until the day before its third anniversary; that of 29.2. is 1.3.
    is_leap_day = (on.month, on.day) == (2, 29)
    return (on.replace(day=28) if is_leap_day else on).replace(year=on.year - YEARS) + timedelta(1)
