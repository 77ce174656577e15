"""Plain text as officials type it, read as paragraphs and lists. Templates render and escape them."""

import re
import unicodedata
from dataclasses import dataclass

from mikrogrow.values.money import NBSP

HARD_HYPHEN = "\u2011"

_BULLET = re.compile(r"\s*[-\u2013\u2022][ \t\u00a0]+(?P<text>\S.*)")
# "1. 5.2017" at the start of a line is a date, not an item.
_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})\.[ \t\u00a0]+(?!\d{1,2}\. ?\d{4}\b)(?P<text>\S.*)", re.ASCII)

_TIES = (
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    (re.compile(r"(?<=\d) (?=[€%]|euro)"), NBSP),
    (re.compile(r"§ (?=\d)"), f"§{NBSP}"),
    (re.compile(r"(?<=\w) [-\u2010\u2011](?=[^\W\d])"), f"{NBSP}{HARD_HYPHEN}"),
)


@dataclass(frozen=True)
class NumberedItem:
    """An item with the number that was typed."""

    number: str
    text: str


@dataclass(frozen=True)
class Block:
    """`kind` is "paragraph" (`items` is one text), "bullets" (texts) or "numbers" (NumberedItems).

    There is at least one item, and no text is empty.
    """

    kind: str
    items: tuple[str, ...] | tuple[NumberedItem, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """An empty line separates paragraphs; "- " starts a list item, "1. " a numbered one.

    The lines after an item continue it, up to an empty line or the next item.
    """
    found: list[tuple[str, list[tuple[str, str]]]] = []
    is_open = False
    for line in _lines(text):
        if not line.strip():
            is_open = False
            continue
        kind, number, words = _read(line)
        if kind == "paragraph" and is_open:
            items = found[-1][1]
            items[-1] = (items[-1][0], f"{items[-1][1]} {words}")
        elif kind != "paragraph" and found and found[-1][0] == kind:
            found[-1][1].append((number, words))
        else:
            found.append((kind, [(number, words)]))
        is_open = True
    return tuple(_block(kind, items) for kind, items in found)


def tied(text: str) -> str:
    """Adds no-break spaces inside amounts, before € and %, and in "MikroGrow -hanke"."""
    for pattern, replacement in _TIES:
        text = pattern.sub(replacement, text)
    return text


def _lines(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")


def _read(line: str) -> tuple[str, str, str]:
    if match := _NUMBER.fullmatch(line):
        return "numbers", match["number"], match["text"].strip()
    if match := _BULLET.fullmatch(line):
        return "bullets", "", match["text"].strip()
    return "paragraph", "", line.strip()


def _block(kind: str, items: list[tuple[str, str]]) -> Block:
    if kind == "numbers":
        return Block(kind, tuple(NumberedItem(number, tied(text)) for number, text in items))
    return Block(kind, tuple(tied(text) for _number, text in items))
