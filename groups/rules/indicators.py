"""Indicators: the newest value of a day, the path that would lead to the target, and change by company."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mikrogrow.values.dates import elapsed_days
from mikrogrow.values.money import ZERO


@dataclass(frozen=True)
class DatedValue:
    day: date
    value: Decimal | None


def value_on(values: Iterable[DatedValue], on: date) -> DatedValue | None:
    """The newest by the day, even if it is unknown; of one day the last in order. None without any."""
    newest = None
    for each in values:
        if each.day <= on and (newest is None or each.day >= newest.day):
            newest = each
    return newest


def path_on(
    baseline: Decimal | None, target: Decimal | None, first: date | None, last: date | None, on: date
) -> Decimal | None:
    """What the indicator would be by the end of the day if it went evenly, unrounded.

    Before the first day it is the baseline, from the last day on the target. None if any is unknown or the
    days are reversed.
    """
    days = elapsed_days(first, last, on)
    if baseline is None or target is None or days is None:
        return None
    elapsed, total = days
    return None if total <= 0 else baseline + (target - baseline) * elapsed / total


@dataclass(frozen=True)
class NetChange:
    """`total` is of the companies known, those with two known years; None if there are none."""

    total: Decimal | None
    known: int
    unknown: int


def net_change(rows: Iterable[tuple[int, Iterable[tuple[int, Decimal | int | None]]]]) -> NetChange:
    """From the first known year to the last, of keys of companies and their values by year.

    A company that has two rows counts once. Of a year that stands twice the last known value holds.
    """
    by_company: defaultdict[int, dict[int, Decimal | int]] = defaultdict(dict)
    for company_id, values in rows:
        by_company[company_id].update({year: value for year, value in values if value is not None})
    changes = [
        ZERO + known[max(known)] - known[min(known)] for known in by_company.values() if len(known) > 1
    ]
    total = sum(changes, ZERO) if changes else None
    return NetChange(total, len(changes), len(by_company) - len(changes))
