"""Plain text as officials type it, read as paragraphs, lists and tables. Templates render and escape them."""

import re
import unicodedata
from dataclasses import dataclass

from mikrogrow.values.money import NBSP
from mikrogrow.values.text_tables import TableCell, TextTable, table_at

HARD_HYPHEN = "\u2011"

_BULLET = re.compile(r"[-\u2013\u2022][ \t\u00a0]+(?P<text>\S.*)")
# "1. 5.2017" at the start of a line is a date, not an item.
NUMBER_SIGNS = r"[0-9]{1,3}\.(?![ \t\u00a0]+[0-9]{1,2}\. ?[0-9]{4}\b)|(?:[0-9]{1,3}|[a-zåäö]|[ivx]{2,4})\)"
_NUMBER = re.compile(rf"(?P<number>{NUMBER_SIGNS})[ \t\u00a0]+(?P<text>\S.*)")
# Below an open paragraph only these begin a list: a line is likelier broken before "kohdan 2) mukaan".
_FIRST = ("1)", "a)", "i)")

_UNITS = "[€%‰]|§|euro|t€|milj|mrd|kpl|htv|km|m²"
# Each is as long as what it replaces: see `kept_ties`.
_TIES = (
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    (re.compile(rf"(?<=\d) (?={_UNITS})"), NBSP),
    (re.compile(r"§ (?=\d)"), f"§{NBSP}"),
    (re.compile(r"(?<=\w)[ \u00a0][-\u2010\u2011](?=[^\W\d])"), f"{NBSP}{HARD_HYPHEN}"),
)


@dataclass(frozen=True)
class NumberedItem:
    """An item with the number that was typed: 1., 1) or a)."""

    number: str
    text: str


@dataclass(frozen=True)
class Block:
    """`kind` is "paragraph" or "table" (`items` is one), "bullets" (texts) or "numbers" (NumberedItems).

    There is at least one item, and no text is empty but that of a cell.
    """

    kind: str
    items: tuple[str, ...] | tuple[NumberedItem, ...] | tuple[TextTable]

    @property
    def texts(self) -> list[str]:
        """Everything that is read of it, in its order."""
        found = []
        for item in self.items:
            if isinstance(item, TextTable):
                found += [cell.text for row in (item.head, *item.rows) for cell in row]
            else:
                found += [item.number, item.text] if isinstance(item, NumberedItem) else [item]
        return found


def blocks(text: str) -> tuple[Block, ...]:
    """An empty line separates paragraphs; "- " starts a list item, "1. ", "1) " or "a) " a numbered one.

    The lines after an item continue it, up to an empty line or the next item. Tables are in text_tables.py.
    """
    lines = _lines(text)
    found: list[tuple[str, list[tuple[str, str]] | TextTable]] = []
    is_open = False
    place = 0
    while place < len(lines):
        if table := table_at(lines, place):
            found.append(("table", table[0]))
            place, is_open = table[1], False
            continue
        line = lines[place].strip()
        place += 1
        if line:
            _add_line(found, line, is_open=is_open)
        is_open = bool(line)
    return tuple(_block(kind, items) for kind, items in found)


def tied(text: str) -> str:
    """Adds no-break spaces inside amounts, before units, after § and in "MikroGrow -hanke"."""
    for pattern, replacement in _TIES:
        text = pattern.sub(replacement, text)
    return text


def kept_ties(text: str, plain: str) -> str:
    """`plain` with those no-break spaces of `text` that `tied` would add. Both are equally long."""
    ties = tied(plain)
    return "".join(
        NBSP if tie == NBSP and sign != " " else other
        for sign, tie, other in zip(text, ties, plain, strict=True)
    )


def _lines(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")


def _add_line(
    found: list[tuple[str, list[tuple[str, str]] | TextTable]], line: str, *, is_open: bool
) -> None:
    last, items = found[-1] if found else ("", None)
    kind, number, words = _read(line)
    if kind == "numbers" and is_open and last != kind and number[-1] == ")" and number not in _FIRST:
        kind, number, words = "paragraph", "", line
    if isinstance(items, list) and kind == "paragraph" and is_open:
        items[-1] = (items[-1][0], f"{items[-1][1]} {words}")
    elif isinstance(items, list) and kind != "paragraph" and last == kind:
        items.append((number, words))
    else:
        found.append((kind, [(number, words)]))


def _read(line: str) -> tuple[str, str, str]:
    if match := _NUMBER.fullmatch(line):
        return "numbers", match["number"], match["text"]
    if match := _BULLET.fullmatch(line):
        return "bullets", "", match["text"]
    return "paragraph", "", line


def _block(kind: str, items: list[tuple[str, str]] | TextTable) -> Block:
    if isinstance(items, TextTable):
        return Block(kind, (_tied_table(items),))
    if kind == "numbers":
        return Block(kind, tuple(NumberedItem(number, tied(text)) for number, text in items))
    return Block(kind, tuple(tied(text) for _number, text in items))


def _tied_table(table: TextTable) -> TextTable:
    head, *rows = (
        tuple(TableCell(tied(cell.text), cell.is_number) for cell in row) for row in (table.head, *table.rows)
    )
    return TextTable(head, tuple(rows))
