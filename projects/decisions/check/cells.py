"""What the rows and columns of a text's tables say of their bare numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from projects.decisions.check.known import Names, Topic
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
# What is the whole project's, and what the city's part.
_WHOLE = re.compile(
    r"koko hank(?:e|keen)(?: yhteensä)?|hanke kokonaisuudessaan"
    r"|(?:koko hankkeen|(?<!osa)hankkeen kokonais)(?: kokonais)? ?(?:kustannukset|budjetti)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"kaupunki|kaupungin (?:osuus|osahanke|osahankkeen kustannukset)|osahanke|osahankkeen kustannukset",
    re.IGNORECASE,
)
_COSTS_IN_ALL = re.compile(r"(?:kokonais)?kustannukset(?: yhteensä)?|yhteensä", re.IGNORECASE)
# The corner of a table of one column stands in its head.
_CORNER = re.compile(r"[^€]{1,40}€\)? ")
_UNIT = re.compile(r"[,(]? ?(?:€|euroa?|t€|milj\. €)\)?:?\Z", re.IGNORECASE)
_CAPTION = 60


@dataclass(frozen=True)
class NamedCell:
    """`is_plain` unless its column may be of somebody else.

    `says` is TOTAL or COST if it is called the costs of the whole project or of the city's part.
    """

    label: str
    year: int | None
    is_plain: bool
    caption: str
    says: Topic | None = None


def cells_of(text: str, names: Names) -> dict[int, NamedCell]:
    """By where they begin."""
    tables = tables_of(text)
    # Then costs are said both with and without what they bring in.
    is_net = any(_NET.search(row.label) for table in tables for row in table.rows)
    return {
        cell.start: _named(
            row.label, head if any(table.heads) else _NONE, table.caption, names, is_net=is_net
        )
        for table in tables
        for row in table.rows
        for head, cell in zip(table.heads, row.cells, strict=True)
        if cell is not None
    }


def _named(label: str, head: str, caption: str, names: Names, *, is_net: bool) -> NamedCell:
    year = _YEAR.fullmatch(head.strip())
    is_plain = year is not None or _PLAIN.fullmatch(head.strip()) is not None
    is_other = not is_plain or (is_net and _COSTS.search(label) is not None)
    return NamedCell(
        label,
        int(year["year"]) if year else None,
        not is_other and len(label.split()) <= _MOST_WORDS and not re.search(r"\d", label),
        caption,
        _says(label, head, caption, names),
    )


def _says(label: str, head: str, caption: str, names: Names) -> Topic | None:
    """Only if its row, its column and its caption leave nothing else."""
    above = caption[-_CAPTION:].rpartition(". ")[2]
    if corner := _CORNER.match(head):
        head = head[corner.end() :]
    label, head, above = map(_without_unit, (label, head, above))
    is_plain = _PLAIN.fullmatch(head or _NONE) is not None
    for side, others in ((label, [head, above]), (head, [label]), (above if is_plain else "", [label])):
        topic = _side(side, names)
        if topic is not None and any(map(_COSTS_IN_ALL.fullmatch, others)):
            return topic
    return None


# A row and a column name many cells.
@lru_cache(maxsize=256)
def _without_unit(words: str) -> str:
    return _UNIT.sub("", words.strip()).strip()


def _side(words: str, names: Names) -> Topic | None:
    if _WHOLE.fullmatch(words):
        return Topic.TOTAL
    is_own = len(words.split()) <= 2 and names.is_own(words.casefold())
    return Topic.COST if is_own or _PART.fullmatch(words) else None
