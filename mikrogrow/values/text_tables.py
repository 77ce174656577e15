"""Tables in plain text: rows of cells between bars, as in Markdown.

| Vuosi | Kustannukset |
| --- | ---: |
| 2017 | 24 095 |

The second line, of dashes, makes it a table; "---:" is a column of figures, which stand to the right. A bar
inside a cell is "\\|". A table may have a first line of empty cells: then its columns have no names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

# As many signs of unbroken words, with one between columns, fit beside each other in a printed decision.
SIGNS_OF_LINE, SIGNS_OF_SMALL_LINE = 74, 88
_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-{3,}:?")


@dataclass(frozen=True)
class TableCell:
    text: str
    is_number: bool = False


@dataclass(frozen=True)
class TextTable:
    """`head` is empty if the columns have no names. All rows are of one length, and there is at least one."""

    head: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]

    @property
    def is_narrow(self) -> bool:
        return len(self.rows[0]) < 4

    @property
    def is_small(self) -> bool:
        """Whether it fits on a line of a document only in small print."""
        return self._signs > SIGNS_OF_LINE

    @property
    def is_tight(self) -> bool:
        """Whether its words must be broken to fit even so."""
        return self._signs > SIGNS_OF_SMALL_LINE

    @cached_property
    def _signs(self) -> int:
        columns = zip(*filter(None, (self.head, *self.rows)), strict=True)
        return sum(max(map(_longest_word, column)) + 1 for column in columns)


def _longest_word(cell: TableCell) -> int:
    # Not split(), which would part a number from its unit.
    return max(map(len, re.split("[ -]", cell.text)))


def is_table_line(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 1 and bare[0] == "|" and bare[-1] == "|" and bare[-2] != "\\"


def table_at(lines: Sequence[str], place: int) -> tuple[TextTable, int] | None:
    """The table that begins on this line, and the place of the line after it."""
    if place + 2 >= len(lines) or not all(map(is_table_line, lines[place : place + 3])):
        return None
    rule = cells_of(lines[place + 1])
    if not all(_DASHES.fullmatch(cell) for cell in rule):
        return None
    end = place + 2
    while end < len(lines) and is_table_line(lines[end]):
        end += 1
    head, *rows = (cells_of(line) for line in (lines[place], *lines[place + 2 : end]))
    width = max(map(len, (head, *rows)))
    numbers = [cell.endswith(":") and not cell.startswith(":") for cell in rule]
    numbers += [False] * (width - len(numbers))

    def row(cells: list[str]) -> tuple[TableCell, ...]:
        # No cell is lost where a row is longer than the head.
        cells = cells + [""] * (width - len(cells))
        return tuple(map(TableCell, cells, numbers))

    return TextTable(row(head) if any(head) else (), tuple(map(row, rows))), end


def cells_of(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip()[1:-1])]


def table_lines(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> list[str]:
    """What `table_at` reads. Without names of columns `head` is empty."""
    rule = ["---:" if is_number else "---" for is_number in numbers]
    return [_line(head or [""] * len(numbers)), _line(rule), *map(_line, rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
