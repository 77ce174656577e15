"""What the indicators of a project say by a day, by group and in all, beside the path to the target."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from groups.choices import MeasuredFigure
from groups.models import Indicator
from groups.queries.indicators import ReadIndicator
from groups.queries.results import sizes_of
from groups.rules.indicators import DatedValue, NetChange, net_change, path_on, value_on
from groups.rules.measured import Counted
from mikrogrow.values.dates import format_date
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import round_half_up, sum_if_all_known


@dataclass(frozen=True)
class Reached:
    """A value that was measured, and what the system counts of the same on the day of its measuring.

    `measured_on` is None if nothing was measured, or its parts on several days.
    """

    value: Decimal | None
    measured_on: date | None = None
    counted: int | None = None

    @property
    def counted_words(self) -> str:
        """Empty if there is nothing to compare."""
        if self.value is None or self.counted is None:
            return ""
        return _("järjestelmässä %s:") % format_figure(Decimal(self.counted))

    @property
    def difference_words(self) -> str:
        """Empty as above."""
        if self.value is None or self.counted is None:
            return ""
        difference = abs(self.value - self.counted)
        return _("ero %s") % format_figure(difference) if difference else _("ei eroa")

    @property
    def words(self) -> str:
        """Both and the difference; empty as above."""
        if self.value is None or not self.counted_words:
            return ""
        measured = _("Mitattu %s,") % format_figure(self.value)
        return f"{measured} {self.counted_words} {self.difference_words}"


@dataclass(frozen=True)
class IndicatorLine:
    """`by_group` in the order of the groups; `path` is what an even pace would have reached by the day.

    `measured` are the first and the last day of the values that are shown; one if it is the same, or none.
    """

    indicator: Indicator
    by_group: Sequence[Reached]
    whole: Reached
    path: Decimal | None
    measured: Sequence[date]

    @property
    def value(self) -> Decimal | None:
        return self.whole.value

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
    counted: Counted,
) -> list[IndicatorLine]:
    return [_line(read, groups, first, last, on, counted) for read in indicators]


def _line(
    read: ReadIndicator,
    groups: Sequence[int],
    first: date | None,
    last: date | None,
    on: date,
    counted: Counted,
) -> IndicatorLine:
    newest = [value_on(read.values.get(group, ()), on) for group in groups]
    of_all = value_on(read.values.get(None, ()), on)
    path = path_on(read.indicator.baseline, read.indicator.target, first, last, on)
    days = {each.day for each in (*newest, of_all) if each}
    figure = read.indicator.measures
    # What was measured of the whole project stands for itself; a company can be in two groups' values.
    has_own = bool(read.values.get(None))
    whole = _reached(of_all, figure, counted) if has_own else _whole(newest, figure, counted)
    return IndicatorLine(
        read.indicator,
        [_reached(each, figure, counted.of_group(group)) for group, each in zip(groups, newest, strict=True)],
        whole,
        None if path is None else round_half_up(path, 1),
        sorted({min(days), max(days)}) if days else [],
    )


def _reached(measured: DatedValue | None, figure: str, counted: Counted) -> Reached:
    if measured is None:
        return Reached(None)
    number = counted.number(MeasuredFigure(figure), measured.day) if figure else None
    return Reached(measured.value, measured.day, number)


def _whole(newest: Sequence[DatedValue | None], figure: str, counted: Counted) -> Reached:
    """Of what was measured in the groups; of several days there is no one count to compare with."""
    value = sum_if_all_known(each.value if each else None for each in newest) if newest else None
    days = {each.day for each in newest if each}
    if len(days) == 1:
        return _reached(DatedValue(days.pop(), value), figure, counted)
    return Reached(value)
