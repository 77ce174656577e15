"""What the indicators of a project say by a day, by group and in all, beside the path to the target."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from groups.models import Indicator
from groups.queries.indicators import ReadIndicator
from groups.queries.results import sizes_of
from groups.rules.indicators import NetChange, net_change, path_on, value_on
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import round_half_up, sum_if_all_known


@dataclass(frozen=True)
class IndicatorLine:
    """`by_group` in the order of the groups; `path` is what an even pace would have reached by the day.

    `measured` are the first and the last day of the values that are shown; one if it is the same, or none.
    """

    indicator: Indicator
    by_group: Sequence[Decimal | None]
    value: Decimal | None
    path: Decimal | None
    measured: Sequence[date]

    @property
    def measured_words(self) -> str:
        """Empty if no value is shown."""
        days = "–".join(map(format_date, self.measured))
        return _("mitattu %s") % days if days else ""

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

    @property
    def persons_words(self) -> str:
        return _known_words(self.persons)

    @property
    def turnover_words(self) -> str:
        return _known_words(self.turnover)


def company_change(companies: Collection[int], on: date, since: int | None = None) -> CompanyChange:
    persons, turnover = sizes_of(companies, on.year - 1, since)
    return CompanyChange(len(companies), net_change(persons), net_change(turnover))


def _known_words(change: NetChange) -> str:
    """Of how many companies the sum is, and of how many nobody knows the change."""
    known = _("laskettu %d yrityksestä") % change.known
    unknown = _("%d yrityksestä ei ole tietoa kahdelta päättyneeltä vuodelta") % change.unknown
    return "; ".join(words for words, number in ((known, change.known), (unknown, change.unknown)) if number)


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
    newest = [value_on(read.values.get(group, ()), on) for group in groups]
    of_all = value_on(read.values.get(None, ()), on)
    by_group = [each.value if each else None for each in newest]
    # What was measured of the whole project stands for itself; a company can be in two groups' values.
    whole = sum_if_all_known(by_group) if groups else None
    value = (of_all.value if of_all else None) if read.values.get(None) else whole
    path = path_on(read.indicator.baseline, read.indicator.target, first, last, on)
    days = {each.day for each in (*newest, of_all) if each}
    return IndicatorLine(
        read.indicator,
        by_group,
        value,
        None if path is None else round_half_up(path, 1),
        sorted({min(days), max(days)}) if days else [],
    )
