"""Sums of cells that may be empty, and what is not allocated yet, in words.

The rules of the form for typing a plan. static/js/plan-grid.js has the same rules for the browser;
tests/financing/rules/grid_sum_cases.json tests both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from financing.rules.calculations import computed_share
from mikrogrow.values.money import (
    NBSP,
    UNKNOWN,
    ZERO,
    format_amount,
    format_euros,
    format_percent,
    parse_euros,
)

# The browser gets these sentences too.
WORDS = {
    "unknown": UNKNOWN,
    "partly": _("ei tiedossa (tiedossa %(amount)s)"),
    "unreadable": _("ei voi laskea"),
    "left": _("Jakamatta %(amount)s"),
    "over": _("%(amount)s liikaa"),
    "placed": _("Kaikki jaettu"),
}


class Typed(Enum):
    """Typed text that is no amount."""

    UNREADABLE = "unreadable"


Cell = Decimal | Literal[Typed.UNREADABLE] | None


@dataclass(frozen=True)
class Total:
    """A sum in euros or percent: its known part, and whether that is all."""

    known: Decimal
    has_known: bool
    is_complete: bool
    is_readable: bool

    @property
    def amount(self) -> Decimal | None:
        return self.known if self.is_complete else None


@dataclass(frozen=True)
class Shown:
    """`state` is known, unknown, unreadable, left, over or placed."""

    text: str
    state: str


@dataclass(frozen=True)
class CostCells:
    """A row of the grid of costs: what is typed under each year and under "not known"."""

    years: tuple[Cell, ...]
    undated: Cell = None
    has_category: bool = True
    is_deducted: bool = False

    @property
    def entered(self) -> list[tuple[int | None, Cell]]:
        """The cells that count, by the number of their year, or None. An empty one is an unknown amount.

        If an amount is known whose year is not, an empty year is no amount.
        """
        if self.undated is None:
            return list(enumerate(self.years))
        typed = [(number, cell) for number, cell in enumerate(self.years) if cell is not None]
        return [*typed, (None, self.undated)]


# Whether a row's cell under the year with this number counts.
Counts = Callable[[CostCells, int | None], bool]


class CostTotals:
    """The sums of the grid of costs; what they mean says `CostSums` (rules/figures/costs.py).

    `stated` are the net costs, which the sources should reach: of stated gross costs what revenue leaves.
    """

    def __init__(self, rows: Iterable[CostCells], stated: Total, *, is_gross: bool = False) -> None:
        self.rows = tuple(rows)
        self.as_stated = stated
        revenue = self._cells(lambda _row, _at: True, is_deducted=True)
        self.stated = less(stated, total_of(revenue)) if is_gross and revenue else stated
        self.is_stated_twice = bool(self._some(_is_of_year)) and bool(self._some(_is_of_category))

    def column(self, number: int | None, *, is_net: bool) -> Total:
        """What stands under a year, or under "not known"."""
        deducted = self._cells(lambda _row, at: at == number, is_deducted=True) if is_net else []
        return total_of(self._cells(lambda _row, at: at == number), deducted)

    def net_in(self, number: int) -> Total:
        """Unknown also if costs without a year may belong to it."""
        total = self.column(number, is_net=True)
        return replace(total, is_complete=False) if self._leaves_years_open else total

    @property
    def by_year(self) -> Total:
        return total_of(self._cells(lambda row, at: not _is_of_category(row, at)))

    @property
    def by_category(self) -> Total:
        return total_of(self._cells(lambda row, at: not _is_of_year(row, at)))

    @property
    def gross(self) -> Total:
        return total_of(self._counted)

    @property
    def net(self) -> Total:
        return total_of(self._counted, self._cells(lambda _row, _at: True, is_deducted=True))

    @property
    def dated(self) -> Total:
        """Net costs that have a year."""
        return total_of(
            *(self._cells(lambda _row, at: at is not None, is_deducted=each) for each in (False, True))
        )

    @property
    def _counted(self) -> list[Cell]:
        """The costs before revenue, each euro once."""
        if not self.is_stated_twice:
            return self._cells(lambda _row, _at: True)
        years = self._cells(lambda row, at: not _is_of_category(row, at))
        categories = self._cells(lambda row, at: not _is_of_year(row, at))
        revenue = self._cells(lambda _row, _at: True, is_deducted=True)
        agrees = self.stated.amount is not None and total_of(categories, revenue).amount == self.stated.amount
        return categories if agrees or not total_of(years).is_complete else years

    @property
    def _leaves_years_open(self) -> bool:
        undated = self._some(lambda _row, at: at is None, is_deducted=True)
        of_none = self._some(lambda row, at: at is None and not (self.is_stated_twice and row.has_category))
        return bool(undated or of_none)

    def _cells(
        self, counts: Callable[[CostCells, int | None], bool], *, is_deducted: bool = False
    ) -> list[Cell]:
        rows = [row for row in self.rows if row.is_deducted == is_deducted]
        return [cell for row in rows for at, cell in row.entered if counts(row, at)]

    def _some(
        self, counts: Callable[[CostCells, int | None], bool], *, is_deducted: bool = False
    ) -> list[Cell]:
        return [cell for cell in self._cells(counts, is_deducted=is_deducted) if cell != 0]


def _is_of_year(row: CostCells, at: int | None) -> bool:
    return at is not None and not row.has_category


def _is_of_category(row: CostCells, at: int | None) -> bool:
    return at is None and row.has_category


def read_cell(typed: Any, parse: Callable[[str], Decimal | None] = parse_euros) -> Cell:
    """None for an empty cell."""
    if not isinstance(typed, str):
        return None if typed is None else Decimal(typed)
    try:
        return parse(typed)
    except ValidationError:
        return Typed.UNREADABLE


def total_of(cells: Iterable[Cell], deducted: Iterable[Cell] = ()) -> Total:
    # An empty cell is unknown, not 0, and so is a sum of no cells.
    plus, minus = list(cells), list(deducted)
    everything = [*plus, *minus]
    known = [cell for cell in everything if isinstance(cell, Decimal)]
    return Total(
        known=sum((cell for cell in plus if isinstance(cell, Decimal)), ZERO)
        - sum((cell for cell in minus if isinstance(cell, Decimal)), ZERO),
        has_known=bool(known),
        is_complete=bool(known) and len(known) == len(everything),
        is_readable=Typed.UNREADABLE not in everything,
    )


def less(whole: Total, part: Total) -> Total:
    return Total(
        known=whole.known - part.known,
        has_known=False,
        is_complete=whole.is_complete and part.is_complete,
        is_readable=whole.is_readable and part.is_readable,
    )


def sum_words(total: Total, unit: str = "€") -> Shown:
    if not total.is_readable:
        return _shown("unreadable")
    known = format_amount(total.known) if unit == "€" else format_percent(total.known).partition(NBSP)[0]
    if total.is_complete:
        return Shown(known, "known")
    if total.has_known:
        return Shown(str(WORDS["partly"]) % {"amount": f"{known}{NBSP}{unit}"}, "unknown")
    return _shown("unknown")


def unallocated_words(whole: Total, allocated: Total) -> Shown:
    if not whole.is_readable or not allocated.is_readable:
        return _shown("unreadable")
    if whole.amount is None:
        return _shown("unknown")
    # An empty cell counts as nothing.
    gap = whole.amount - allocated.known
    if not gap:
        return _shown("placed")
    state = "left" if gap > 0 else "over"
    return Shown(str(WORDS[state]) % {"amount": format_euros(abs(gap))}, state)


def difference_words(first: Total, second: Total) -> Shown:
    if not first.is_readable or not second.is_readable:
        return _shown("unreadable")
    if first.amount is None or second.amount is None:
        return _shown("unknown")
    return Shown(format_amount(first.amount - second.amount), "known")


def share_words(part: Total, whole: Total) -> Shown:
    if not part.is_readable or not whole.is_readable:
        return _shown("unreadable")
    share = computed_share(part.amount, whole.amount)
    return _shown("unknown") if share is None else Shown(format_percent(share, decimals=2), "known")


def _shown(state: str) -> Shown:
    return Shown(str(WORDS[state]), state)
