"""Sums of cells that may be empty, and what is not allocated yet, in words.

The rules of the form for typing a plan. static/js/plan-grid.js has the same rules for the browser;
tests/financing/rules/grid_sum_cases.json tests both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


def share_words(part: Total, whole: Total) -> Shown:
    if not part.is_readable or not whole.is_readable:
        return _shown("unreadable")
    share = computed_share(part.amount, whole.amount)
    return _shown("unknown") if share is None else Shown(format_percent(share, decimals=2), "known")


def _shown(state: str) -> Shown:
    return Shown(str(WORDS[state]), state)
