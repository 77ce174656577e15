"""Reads all figures of a text."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator

from projects.decisions.figures import counts, days, money, percents
from projects.decisions.figures.bare import bare_amounts
from projects.decisions.figures.even_lines import even_text
from projects.decisions.figures.readings import Kind, Reading, Spelling, Value
from projects.decisions.figures.tables import Cell, tables_of
from projects.decisions.figures.traps import TRAPS
from projects.decisions.figures.units import SIZES

# One kind of space and of hyphen, sign for sign.
_ONE_KIND = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
}
# Where the layout divided a word.
DIVIDED = re.compile(r"(?<=[a-zåäö])[-\u00ad] ?\n {0,40}(?=[a-zåäö])")
# The patterns look over an indent as wide; a printed page has a wider margin.
_INDENT, _MARGIN = 12, 40
_LETTER = re.compile(r"[^\W\d_]")
# What is longer, or says more, stands before what would take a part of it.
SPELLINGS = (*days.SPELLINGS, *percents.SPELLINGS, *money.SPELLINGS, *counts.SPELLINGS)

_KINDS = {**dict.fromkeys(SIZES, Kind.MONEY), "%": Kind.PERCENT}
_QUALIFIERS = {
    "noin": "noin",
    "n.": "noin",
    "n": "noin",
    "arviolta": "noin",
    "enintään": "enintään",
    "korkeintaan": "enintään",
    **dict.fromkeys(("max", "max.", "maks."), "enintään"),
    "vähintään": "vähintään",
    "ainakin": "vähintään",
    "yli": "yli",
    "alle": "alle",
}
_BEFORE = re.compile(
    rf"(?<![\w:])({'|'.join(map(re.escape, _QUALIFIERS))})(?: ?\n {{0,12}}| {{1,2}})\Z", re.IGNORECASE
)
# No qualifier is longer, with the spaces after it.
_REACH = 20


def read_figures(text: str) -> list[Reading]:
    """In their order. Never raises; what belongs to no figure for certain is left out."""
    even = even_text(text)
    return even.as_they_were(_read(even.text), text)


def _read(text: str) -> list[Reading]:
    plain, places = _joined(one_kind_of_signs(text))
    taken = bytearray(len(plain))
    for start, end in (unit for table in tables_of(one_kind_of_signs(text)) for unit in table.thousands):
        first, last = bisect_left(places, start), bisect_left(places, end)
        taken[first:last] = b"\1" * (last - first)
    for trap in TRAPS:
        for match in trap.finditer(plain):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found: list[Reading] = []
    for spelling in SPELLINGS:
        found += _readings(spelling, plain, taken, text, places)
    found += _of_parts(text, plain, taken, places)
    found += _of_tables(text, taken, places)
    return sorted(found, key=lambda reading: reading.start)


def one_kind_of_signs(text: str) -> str:
    """The text with one kind of space and of hyphen, sign for sign."""
    return text.translate(_ONE_KIND)


def _of_parts(text: str, plain: str, taken: bytearray, places: "array[int]") -> Iterator[Reading]:
    """What the amount before it says the unit of."""
    for value, first, last in bare_amounts(plain, taken):
        taken[first:last] = b"\1" * (last - first)
        yield _reading(Kind.MONEY, value, text, plain, places, first, last)


def _of_tables(text: str, taken: bytearray, places: "array[int]") -> list[Reading]:
    """What a table says without its unit, which its column, its head or its caption says."""
    said: list[tuple[Cell, Kind]] = []
    for table in tables_of(one_kind_of_signs(text)):
        cells = [cell for row in table.rows for cell in row.cells if cell]
        said += [(cell, _KINDS[cell.unit]) for cell in cells if cell.unit in _KINDS]
        said += [(year, Kind.YEAR) for year in table.years]
    found = []
    for cell, kind in said:
        first, last = bisect_left(places, cell.start), bisect_left(places, cell.end)
        if taken.find(1, first, last) < 0:
            value = int(cell.value) if kind is Kind.YEAR else cell.euros
            found.append(Reading(kind, value, text[cell.start : cell.end], cell.start, cell.end))
    return found


def _joined(text: str) -> tuple[str, "array[int]"]:
    """The text with divided words in one and without margins, and where each of its signs stood."""
    parts, places, end = [], array("Q"), 0
    left_out = [match.span() for match in DIVIDED.finditer(text)]
    for start, stop in sorted([*left_out, *_margins(text)]):
        if start >= end:
            parts.append(text[end:start])
            places.extend(range(end, start))
        end = max(end, stop)
    parts.append(text[end:])
    places.extend(range(end, len(text) + 1))
    return "".join(parts), places


def _margins(text: str) -> Iterator[tuple[int, int]]:
    """Where a line of words is followed by one that begins as far from the edge."""
    start, before = 0, 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if indent == before and _INDENT < indent <= _MARGIN:
            yield start, start + indent
        before = indent if _LETTER.search(line) else 0
        start += len(line) + 1


def _readings(
    spelling: Spelling, plain: str, taken: bytearray, text: str, places: "array[int]"
) -> list[Reading]:
    found: list[Reading] = []
    place = 0
    while match := spelling.pattern.search(plain, place):
        start, end = match.span()
        made = None if taken.find(1, start, end) >= 0 else spelling.make(match)
        if made is None:
            # What it began too early may begin a word later.
            place = start + 1
            continue
        place = end
        # Also what is no figure after all, such as a day that no calendar has, is read as nothing else.
        taken[start:end] = b"\1" * (end - start)
        for kind, value, group in made:
            first, last = match.span(group) if group else match.span()
            while plain[first].isspace():
                first += 1
            found.append(_reading(kind, value, text, plain, places, first, last))
    return found


def _reading(
    kind: Kind, value: Value, text: str, plain: str, places: "array[int]", first: int, last: int
) -> Reading:
    begins, ends = places[first], places[last - 1] + 1
    return Reading(kind, value, text[begins:ends], begins, ends, _qualifier(plain, first))


def _qualifier(plain: str, start: int) -> str:
    match = _BEFORE.search(plain, max(0, start - _REACH), start)
    return _QUALIFIERS[match[1].lower()] if match else ""
