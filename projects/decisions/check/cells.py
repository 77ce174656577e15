"""What the rows and columns of a text's tables say of their bare numbers."""

import re
from dataclasses import dataclass

from projects.decisions.figures.tables import tables_of

# The caption above may stand in the head.
_YEAR = re.compile(r"(?:[^:]{1,80}: )?(?:vuo(?:si|nna) |v\. ?)?(?P<year>20\d{2})")
# The head of a column that says no more than that it has euros.
_PLAIN = re.compile(
    r"(?:\(?(?:€|euro(?:a|ina)?|eur|summa|määrä|yhteensä|kustannu\w+|rahoitus|budjetti|alv 0 %)[,)]? ?)+",
    re.IGNORECASE,
)
# Of a table whose columns have no heads.
_NONE = "€"
_NET, _COSTS = re.compile(r"netto|brutto", re.IGNORECASE), re.compile(r"kustannu", re.IGNORECASE)
_MOST_WORDS = 5


@dataclass(frozen=True)
class NamedCell:
    """`is_plain` unless its column may be of somebody else."""

    label: str
    year: int | None
    is_plain: bool
    caption: str


def cells_of(text: str) -> dict[int, NamedCell]:
    """By where they begin."""
    tables = tables_of(text)
    # Then costs are said both with and without what they bring in.
    is_net = any(_NET.search(row.label) for table in tables for row in table.rows)
    return {
        cell.start: _named(row.label, head if any(table.heads) else _NONE, table.caption, is_net)
        for table in tables
        for row in table.rows
        for head, cell in zip(table.heads, row.cells, strict=True)
        if cell is not None
    }


def _named(label: str, head: str, caption: str, is_net: bool) -> NamedCell:
    year = _YEAR.fullmatch(head.strip())
    is_plain = year is not None or _PLAIN.fullmatch(head.strip()) is not None
    is_other = not is_plain or (is_net and _COSTS.search(label) is not None)
    return NamedCell(
        label,
        int(year["year"]) if year else None,
        not is_other and len(label.split()) <= _MOST_WORDS and not re.search(r"\d", label),
        caption,
    )
