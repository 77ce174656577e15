"""The geometry of the charts of money, which templates draw as SVG: percent across, pixels down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from financing.rules.calculations import Liability, LiabilityTotals
from mikrogrow.values.money import ZERO, format_amount, format_euros
from mikrogrow.values.svg import percent_across

# Percent of the width. A narrower part has no room for its name; the table has it.
NARROWEST_LABEL = Decimal(4)
FAR_RIGHT = Decimal(60)


@dataclass(frozen=True)
class Segment:
    """A piece of the liability bar; `x` and `width` are percent across.

    `kind` is own or shared for what a cap covers, first or rest for what is outside every cap.
    """

    x: str
    width: str
    kind: str


@dataclass(frozen=True)
class Label:
    """A part's name and amount, at the part's start; at its end if the part begins far right."""

    name: str
    shown: str
    x: str
    anchor: str


@dataclass(frozen=True)
class LiabilityChart:
    """The total liability as one bar, with a line at what is authorised.

    `covered` is what the caps cover, if that is less than their sum; the line is there. `outside_x` and
    `outside_width` bracket what is outside the caps; `room` is what is left under them.
    """

    own: Label | None
    own_label: str
    labels: tuple[Label, ...]
    segments: tuple[Segment, ...]
    cap: str
    covered: str
    cap_x: str
    cap_anchor: str
    outside: str
    outside_x: str
    outside_width: str
    outside_anchor: str
    room: str


def liability_chart(liability: Liability) -> LiabilityChart | None:
    """None if a part or the cap is unknown, if all are 0, or if the parts fall away."""
    own, covered = liability.own_funding, liability.covered
    if liability.falls_away is not None:
        return None
    if own is None or covered is None or liability.total is None or liability.authorised is None:
        return None
    scale = max(liability.total, liability.authorised)
    if scale <= 0:
        return None
    parts = _parts(liability, own)
    labels = _labels(parts, scale)
    left = liability.authorised - liability.total
    cap_at = covered if liability.exceeds else liability.authorised
    return LiabilityChart(
        own=labels.pop("", None),
        own_label=liability.own_label,
        labels=tuple(labels.values()),
        segments=tuple(_segments(parts, covered, scale)),
        cap=format_euros(liability.authorised),
        covered=format_euros(covered) if liability.covers_less else "",
        cap_x=percent_across(cap_at, scale),
        cap_anchor="end" if cap_at * 2 > scale else "start",
        outside=format_euros(liability.outside) if liability.exceeds else "",
        outside_x=percent_across(covered, scale),
        outside_width=percent_across(liability.outside or ZERO, scale),
        outside_anchor="end" if covered * 2 > scale else "start",
        room=format_euros(left) if left > 0 and not liability.exceeds else "",
    )


def _parts(liability: Liability, own: Decimal) -> list[tuple[str, Decimal]]:
    """(name, euros) in drawing order; the own funding has no name."""
    # One part a partner, also if it invoices in several years.
    shared: dict[str, Decimal] = {}
    for cost in liability.shared:
        shared[cost.on_behalf_of] = shared.get(cost.on_behalf_of, ZERO) + (cost.amount or ZERO)
    others = [(part.label, part.amount or ZERO) for part in liability.contributions]
    # What no cap covers is drawn last.
    parts = [*others, *shared.items()]
    return [("", own), *parts] if liability.own_cap else [*parts, ("", own)]


def _labels(parts: Sequence[tuple[str, Decimal]], scale: Decimal) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    start = ZERO
    for name, amount in parts:
        if amount * 100 / scale >= NARROWEST_LABEL:
            labels[name] = _label(name, amount, start, scale)
        start += amount
    return labels


def _segments(parts: Sequence[tuple[str, Decimal]], covered: Decimal, scale: Decimal) -> list[Segment]:
    segments: list[Segment] = []
    start = ZERO
    for name, amount in parts:
        inside = min(amount, max(covered - start, ZERO))
        if inside:
            segments.append(_segment(start, inside, scale, "shared" if name else "own"))
        if amount > inside:
            kind = "rest" if any(segment.kind == "first" for segment in segments) else "first"
            segments.append(_segment(start + inside, amount - inside, scale, kind))
        start += amount
    return segments


def _segment(start: Decimal, amount: Decimal, scale: Decimal, kind: str) -> Segment:
    return Segment(percent_across(start, scale), percent_across(amount, scale), kind)


def _label(name: str, amount: Decimal, start: Decimal, scale: Decimal) -> Label:
    at_end = start * 100 / scale > FAR_RIGHT
    x = percent_across(start + amount if at_end else start, scale)
    return Label(name, format_amount(amount), x, "end" if at_end else "start")


@dataclass(frozen=True)
class LiabilityBar:
    """The liability as a small bar in a table: covered and outside are widths, the cap is a place."""

    covered: str
    outside: str
    cap: str


def liability_bar(liability: LiabilityTotals) -> LiabilityBar | None:
    """None if the liability or the cap is unknown, or both are 0."""
    covered, total, authorised = liability.covered, liability.total, liability.authorised
    if covered is None or total is None or authorised is None or liability.outside is None:
        return None
    scale = max(total, authorised)
    if scale <= 0:
        return None
    return LiabilityBar(
        covered=percent_across(covered, scale),
        outside=percent_across(liability.outside, scale),
        cap=percent_across(covered if liability.exceeds else authorised, scale),
    )


@dataclass(frozen=True)
class YearBar:
    """A year's planned costs; `y` is pixels from the top, `width` percent of the largest amount.

    `used` is how much of them is used, `over` what was used beyond the plan. Both are empty if the chart
    shows the plan alone; `over` also if nothing is over.
    """

    year: int
    shown: str
    is_known: bool
    y: int
    width: str
    used: str = ""
    used_width: str = "0%"
    over: str = ""
    over_width: str = "0%"

    @property
    def bar_y(self) -> int:
        return self.y + 8

    @property
    def used_y(self) -> int:
        return self.y + 12


@dataclass(frozen=True)
class YearsChart:
    bars: tuple[YearBar, ...]
    height: int

    @property
    def shows_used(self) -> bool:
        return any(bar.used for bar in self.bars)


YEAR_HEIGHT = 48


def years_chart(
    years: Sequence[tuple[int, Decimal | None]], used: Mapping[int, Decimal] | None = None
) -> YearsChart | None:
    """None if no amount is above 0. `used` are euros by year; without it the chart shows the plan alone."""
    amounts = [amount for _year, amount in years if amount is not None]
    largest = max([*amounts, *(used or {}).values()], default=ZERO)
    if largest <= 0:
        return None
    bars = []
    for position, (year, amount) in enumerate(years):
        bar = YearBar(
            year=year,
            shown=format_euros(amount),
            is_known=amount is not None,
            y=16 + position * YEAR_HEIGHT,
            width=percent_across(amount or ZERO, largest),
        )
        bars.append(bar if used is None else _with_used(bar, amount, used.get(year, ZERO), largest))
    return YearsChart(tuple(bars), len(bars) * YEAR_HEIGHT)


def _with_used(bar: YearBar, planned: Decimal | None, used: Decimal, largest: Decimal) -> YearBar:
    over = used - planned if planned is not None and used > planned else ZERO
    return replace(
        bar,
        used=format_euros(used),
        used_width=percent_across(used - over, largest),
        over=format_euros(over) if over else "",
        over_width=percent_across(over, largest),
    )
