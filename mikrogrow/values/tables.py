"""Reports of plain values, which a page, a PDF and a sheet show alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from mikrogrow.values.dates import format_date
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import UNKNOWN, format_amount, format_euros, format_progress

Value: TypeAlias = str | int | Decimal | date | None
"""None is unknown, an empty text is of a cell that has nothing to say."""
Row: TypeAlias = Sequence[Value]


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHANGE = "change"
    EURO_CHANGE = "euro_change"
    SHARE = "share"  # of progress in percent, already cut
    DAY = "day"


@dataclass(frozen=True)
class Cell:
    value: Value
    kind: CellKind = CellKind.TEXT

    @property
    def is_number(self) -> bool:
        return self.kind not in {CellKind.TEXT, CellKind.DAY}

    @property
    def is_unknown(self) -> bool:
        return self.value is None

    @property
    def text(self) -> str:
        match self.value:
            case None:
                return str(UNKNOWN)
            case date():
                return format_date(self.value)
            case str():
                return self.value
        number = Decimal(self.value)
        match self.kind:
            case CellKind.SHARE:
                return format_progress(number)
            case CellKind.CHANGE:
                return format_amount(number, sign=True)
            case CellKind.EURO_CHANGE:
                return format_euros(number, sign=True)
        return format_figure(number)


@dataclass(frozen=True)
class Column:
    """`width` is that of a sheet, in characters."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 12

    @property
    def is_number(self) -> bool:
        return Cell(None, self.kind).is_number


# A page folds what is longer, and a table of fewer columns leaves the rest of the line empty.
LONGEST_OPEN, FEW_COLUMNS = 12, 4


@dataclass(frozen=True)
class Table:
    """`empty` says why there are no rows. A wide one needs a landscape page."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Row] = ()
    empty: str = ""
    note: str = ""
    is_wide: bool = False

    @property
    def cells(self) -> list[list[Cell]]:
        return [self._cells(row) for row in self.rows]

    @property
    def total_cells(self) -> list[list[Cell]]:
        return [self._cells(row) for row in self.totals]

    @property
    def is_long(self) -> bool:
        return len(self.rows) > LONGEST_OPEN

    @property
    def is_narrow(self) -> bool:
        return len(self.columns) < FEW_COLUMNS

    def _cells(self, row: Row) -> list[Cell]:
        return [Cell(value, column.kind) for value, column in zip(row, self.columns, strict=True)]


@dataclass(frozen=True)
class Fact:
    label: str
    cell: Cell
    note: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    facts: Sequence[Fact] = ()
    tables: Sequence[Table] = ()

    @property
    def is_wide(self) -> bool:
        return any(table.is_wide for table in self.tables)


@dataclass(frozen=True)
class Report:
    """`publicity` says for whom it is, `notes` how it is to be read."""

    name: str
    subject: str
    period: str
    publicity: str
    notes: Sequence[str]
    sections: Sequence[Section]


def fact(label: str, value: Value, kind: CellKind = CellKind.TEXT, note: str = "") -> Fact:
    return Fact(label, Cell(value, kind), note)


def number(label: str, value: int | Decimal | None, note: str = "") -> Fact:
    return fact(label, value, CellKind.NUMBER, note)


def measured(label: str, value: int | Decimal | None, unit: str) -> Fact:
    """What is unknown has no unit."""
    return number(label, value, "" if value is None else unit)


def numbers(*titles: str) -> list[Column]:
    return [Column(title, CellKind.NUMBER) for title in titles]
