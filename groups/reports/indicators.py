"""What the indicators of a project say by a day, by group and in all, beside the path to the target."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from groups.models import Indicator
from groups.queries.indicators import ReadIndicator
from groups.queries.results import sizes_of
from groups.rules.indicators import NetChange, net_change, path_on, value_on
from mikrogrow.values.money import round_half_up, sum_if_all_known


@dataclass(frozen=True)
class IndicatorLine:
    """`by_group` in the order of the groups; `path` is what an even pace would have reached by the day."""

    indicator: Indicator
    by_group: Sequence[Decimal | None]
    value: Decimal | None
    path: Decimal | None

    @property
    def is_behind(self) -> bool:
        if self.value is None or self.path is None:
            return False
        return self.value > self.path if self._falls else self.value < self.path

    @property
    def _falls(self) -> bool:
        """Whether the target is below the baseline."""
        baseline, target = self.indicator.baseline, self.indicator.target
        return baseline is not None and target is not None and target < baseline


@dataclass(frozen=True)
class CompanyChange:
    """From the first known year of each company to its last one that is over, of the years asked for."""

    companies: int
    persons: NetChange
    turnover: NetChange


def company_change(companies: Collection[int], on: date, since: int | None = None) -> CompanyChange:
    persons, turnover = sizes_of(companies, on.year - 1, since)
    return CompanyChange(len(companies), net_change(persons), net_change(turnover))


def indicator_lines(
    indicators: Sequence[ReadIndicator],
    groups: Sequence[int],
    first: date | None,
    last: date | None,
    on: date,
) -> list[IndicatorLine]:
    return [_line(read, groups, first, last, on) for read in indicators]


def _line(
    read: ReadIndicator, groups: Sequence[int], first: date | None, last: date | None, on: date
) -> IndicatorLine:
    by_group = [_value(read, group, on) for group in groups]
    # What was measured of the whole project stands for itself; a company can be in two groups' values.
    whole = sum_if_all_known(by_group) if groups else None
    value = _value(read, None, on) if read.values.get(None) else whole
    path = path_on(read.indicator.baseline, read.indicator.target, first, last, on)
    return IndicatorLine(read.indicator, by_group, value, None if path is None else round_half_up(path, 1))


def _value(read: ReadIndicator, group: int | None, on: date) -> Decimal | None:
    newest = value_on(read.values.get(group, ()), on)
    return newest.value if newest else None
