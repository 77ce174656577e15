"""Tables that a text lays out by spaces, tabs or bars: rows of a label and figures, and their columns."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TypeAlias

from projects.decisions.figures.numbers import FOOTNOTE, NUMBER, SIGN, number_of
from projects.decisions.figures.units import (
    IN_CELL,
    SIZES,
    THOUSAND,
    after_label,
    tells_amount,
    unit_of,
    unit_of_caption,
    without_vat_rates,
)

# What stands together: words and figures with single spaces between them.
_CHUNK = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_CELL = re.compile(
    rf"(?!0\d)(?P<number>(?:\+|[-\u2013] )?{SIGN}{NUMBER}){FOOTNOTE} ?(?P<unit>{IN_CELL})?", re.IGNORECASE
)
# What a spreadsheet, a browser or a text editor puts between cells, empty ones too.
_SEPARATOR = re.compile(r"[\t|]")
_WIDE_GAP = re.compile(r"\S {2,}\S")
# Above a column of amounts. Names of payers and of costs may as well begin a row.
_HEAD_OF_LABELS = re.compile(
    r"(?:meno|kustannus|kulu|tulo)?laji|(?:meno)?erä|kohde|vuosi|(?:rahoitus)?lähde|rahoittaja|toteuttaja"
    r"|osapuoli|nimike|toimenpide|hakija|toimija|kuvaus|selite",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[-\u2013\u2014]{1,2}")
# Also a head of empty cells.
_RULE = re.compile(r"(?=.*[-=_\u2013]{3})[\s|+:=_*\u2013-]+|\s*\|[\s|]*\|\s*")
_DIGIT = re.compile(r"\d")
_AMOUNT = re.compile(r"\d,\d|\d [\d€]")
_YEAR = re.compile(r"(?:19|20|21)\d{2}")
# A line of more is prose, not a head or the rest of a label.
_LONGEST_HEAD = 60
_LONGEST_LABEL = 80
# Of a cell that tabs or bars tell apart.
_LONGEST_CELL = 250
# A caption stands at most so many lines above.
_CAPTION_LINES = 4
# One row of very many would make as many cells of each other row.
_MOST_COLUMNS = 100
# So many rows of the page before count with those of the next.
_MOST_EARLIER = 60
# What it is about may be said so far before.
_CAPTION_REACH = 200
# A subheading that names the unit of the rows below it.
_OF_PERCENTS = re.compile(r"(?:, ?|\(|^)%\)?:?$")
_OF_MONEY = re.compile(
    r"kustannu|rahoit|avustu|menot|tulot|(?<!\w)tuki|tuen|eakr|esr|valtio|palk|määrärah|hin(?:ta|na|noi)|alv",
    re.I,
)
# Columns that count something else than money.
_OF_OTHER = re.compile(
    r"osakkei|kpl|henkil(?!öst)|htv|tunti|(?<!\w)h(?!\w)|asuk|yrity|määrä(?!rah)|piste|pist\.|km|m²|ryhm"
    r"|^(?:kustannuspaikka|tili|vuosi|sivu|kohta|ta-kohta|puh|puhelin|nro|n:o|\w*(?:koodi|tunnus|numero|nro))\.?$",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"yhteensä|(?<!\w)(?:summa|yht)(?!\w)", re.IGNORECASE)
# Smaller numbers without a unit may count anything.
_SURELY_MONEY = 1000


@dataclass(frozen=True)
class Cell:
    """`unit` is €, t€, M€, % or empty: said in the cell, at the head of its column or above the table."""

    value: Decimal
    raw: str
    start: int
    end: int
    unit: str = ""

    @property
    def is_money(self) -> bool:
        return self.unit in SIZES

    @property
    def size(self) -> int:
        """How many euros its unit is."""
        return SIZES.get(self.unit, 1)

    @property
    def euros(self) -> Decimal:
        return self.value * self.size


@dataclass(frozen=True)
class Row:
    label: str
    # One for each column of the table; None where nothing is said.
    cells: tuple[Cell | None, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    # Those that name a column or a row.
    years: tuple[Cell, ...] = ()
    # Where its heads say that it is in thousands: 1 000 €.
    thousands: tuple[tuple[int, int], ...] = ()
    # The rows above it, if it goes on after a page or a subheading.
    earlier: tuple[Row, ...] = ()

    @property
    def start(self) -> int:
        return self.rows[0].start

    @property
    def end(self) -> int:
        return self.rows[-1].end


@dataclass(slots=True)
class _Chunk:
    text: str
    start: int
    end: int
    cell: Cell | None = None
    is_empty: bool = False


@dataclass
class _Line:
    text: str
    start: int

    @cached_property
    def chunks(self) -> list[_Chunk]:
        if self.fields:
            return [field for field in self.fields if field.text]
        if _RULE.fullmatch(self.text):
            return []
        return _without_units([_chunk(match, self.start) for match in _CHUNK.finditer(self.text)])

    @cached_property
    def fields(self) -> list[_Chunk]:
        """What stands between tabs or bars, also nothing; empty if they tell no cells apart."""
        if not _SEPARATOR.search(self.text) or _RULE.fullmatch(self.text):
            return []
        found, start = [], self.start
        for part in _SEPARATOR.split(self.text):
            bare = part.strip()
            found.append(_chunk_of(bare, start + len(part) - len(part.lstrip())))
            start += len(part) + 1
            if len(bare) > _LONGEST_CELL or _WIDE_GAP.search(bare):
                return []
        bare = self.text.strip(" ")
        return _without_units(found[bare.startswith("|") : len(found) - bare.endswith("|")])

    @cached_property
    def figures(self) -> list[_Chunk]:
        return [chunk for chunk in self.chunks if chunk.cell or chunk.is_empty]

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    @cached_property
    def is_years(self) -> bool:
        """A head that names years."""
        years = [int(chunk.cell.value) for chunk in self.chunks if chunk.cell and _YEAR.fullmatch(chunk.text)]
        numbers = [chunk for chunk in self.chunks if chunk.cell]
        # One year alone may be an amount, but not beside the name of another column or of a unit.
        is_head = len(years) > 1 or any(not chunk.cell for chunk in self.chunks[1:])
        is_head = is_head or bool(years and unit_of(self.chunks[0].text))
        return bool(years) and is_head and len(numbers) == len(years) and years == sorted(set(years))

    @cached_property
    def is_row(self) -> bool:
        """A label, then figures; or a year, then figures. Between tabs and bars words may stand anywhere."""
        if not _DIGIT.search(self.text):
            return False
        if self.fields:
            has_label = any(not chunk.cell and not chunk.is_empty for chunk in self.chunks)
            has_figure = any(field.cell for field in self.fields[1:])
            return (
                has_figure and not self.is_years and (has_label or bool(_YEAR.fullmatch(self.chunks[0].text)))
            )
        if len(self.chunks) < 2 or self.is_years or not any(chunk.cell for chunk in self.chunks[1:]):
            return False
        first, *rest = self.chunks
        is_labelled = first.cell is None or bool(_YEAR.fullmatch(first.text))
        return is_labelled and len(first.text) <= _LONGEST_LABEL and all(c.cell or c.is_empty for c in rest)


# The reader and who checks its figures ask for the same text.
@lru_cache(maxsize=4)
def tables_of(text: str) -> tuple[Table, ...]:
    """In their order. `text` has one kind of space and of hyphen, as the reader makes it. Never raises."""
    lines = list(_lines(text))
    found: list[Table] = []
    heads: list[_Line] = []
    unit, place = "", 0
    rows: tuple[Row, ...] = ()
    for first, last in _blocks(lines):
        # What comes right after another table goes on under its heads and its unit.
        is_next = bool(found) and not any(_is_prose(line) for line in lines[place:first])
        own = _heads(lines, first, place)
        caption = _caption(lines, first - len(own), place)
        heads = own or (heads if is_next else [])
        of_it = [line for line in lines[first:last] if line.is_row]
        is_of_money = _is_of_money([caption[-_CAPTION_REACH:], *(line.text for line in [*heads, *of_it])])
        unit = _unit_above(own, caption, may_be_short=is_of_money) or (unit if is_next else "")
        of_percents = is_next and _is_of_percents(lines[first - 1])
        table = _table(of_it, heads, caption, "%" if of_percents else unit, is_of_money=is_of_money)
        if is_next and not own:
            table = replace(table, earlier=rows)
        rows = (table.earlier + table.rows)[-_MOST_EARLIER:]
        found.append(table)
        place = last
    return tuple(found)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for raw in text.split("\n"):
        yield _Line(raw, start)
        start += len(raw) + 1


def _chunk(match: re.Match[str], offset: int) -> _Chunk:
    return _chunk_of(match[0], match.start() + offset)


def _chunk_of(text: str, start: int) -> _Chunk:
    end = start + len(text)
    chunk = _Chunk(text, start, end, is_empty=not text or bool(_EMPTY.fullmatch(text)))
    if found := _CELL.fullmatch(text):
        number = number_of(found["number"])
        if number is not None:
            chunk.cell = Cell(number, text, start, end, unit_of(found["unit"] or ""))
    return chunk


def _without_units(chunks: list[_Chunk]) -> list[_Chunk]:
    """In the corner of a table, or above each of its columns, 1 000 € is the unit of its figures."""
    units = [chunk for chunk in chunks if THOUSAND.fullmatch(chunk.text)]
    is_corner = len(chunks) > 1 and chunks[0] in units
    is_head = len(chunks) > 1 and _HEAD_OF_LABELS.fullmatch(chunks[0].text) and len(units) == len(chunks) - 1
    for chunk in units if is_head or len(units) == len(chunks) else units[:1] if is_corner else []:
        if len(chunks) > 1:
            chunk.cell = None
    return chunks


def _blocks(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Where rows follow each other: the first line, and the one after the last."""
    place = 0
    while place < len(lines):
        if not lines[place].is_row:
            place += 1
            continue
        first = last = place
        while place < len(lines) and (lines[place].is_row or _goes_on(lines, place)):
            last = place if lines[place].is_row else last
            place += 1
        place = last + 1
        if sum(line.is_row for line in lines[first:place]) > 1:
            yield first, place


def _goes_on(lines: list[_Line], place: int) -> bool:
    """The rest of a label, a rule or a subheading, after which the next row comes."""
    line = lines[place]
    if _RULE.fullmatch(line.text):
        return True
    longest = _LONGEST_CELL if line.fields else _LONGEST_HEAD
    is_short = len(line.chunks) == 1 and len(line.text) <= longest and not line.chunks[0].cell
    if _is_of_percents(line):
        return False
    following = [other for other in lines[place + 1 : place + 3] if not _RULE.fullmatch(other.text)]
    return is_short and bool(following) and following[0].is_row


def _is_of_percents(line: _Line) -> bool:
    return len(line.chunks) == 1 and bool(_OF_PERCENTS.search(line.chunks[0].text))


def _heads(lines: list[_Line], first: int, place: int) -> list[_Line]:
    """The lines right above the first row that name its columns."""
    found: list[_Line] = []
    for line in reversed(lines[max(place, first - _CAPTION_LINES) : first]):
        is_rule = bool(_RULE.fullmatch(line.text))
        names = line.is_years or (len(line.chunks) > 1 and not line.figures)
        # Above the labels it is a caption: "Kustannusarvio (euroa)".
        names = names or (
            _is_units(line) and not (len(line.chunks) == 1 and line.indent <= lines[first].indent)
        )
        said = without_vat_rates(THOUSAND.sub("", line.text))
        if not is_rule and (not names or _AMOUNT.search(said) or tells_amount(line.text)):
            break
        found.append(line)
    return found


def _is_units(line: _Line) -> bool:
    return bool(line.chunks) and all(unit_of(chunk.text) for chunk in line.chunks) and len(line.text) < 100


def _is_prose(line: _Line) -> bool:
    return len(line.text.strip()) > _LONGEST_HEAD or line.text.rstrip().endswith((".", ":"))


def _caption(lines: list[_Line], end: int, place: int) -> str:
    """What is said right above a table."""
    above = [line.text.strip() for line in lines[max(place, end - _CAPTION_LINES) : max(end, 0)]]
    said: list[str] = []
    for line in reversed(above):
        if not line and said:
            break
        said.insert(0, line)
    return " ".join(filter(None, said))


def _unit_above(heads: list[_Line], caption: str, *, may_be_short: bool) -> str:
    """Of money: said in the corner of a table, or at the end of its caption."""
    corners = [line.chunks[0].text for line in heads if len(line.chunks) > 1 and not line.chunks[0].cell]
    said = [unit_of(corner, may_be_short=may_be_short) for corner in corners]
    said.append(unit_of_caption(caption, may_be_short=may_be_short))
    return next((unit for unit in said if unit in SIZES), "")


def _table(lines: list[_Line], heads: list[_Line], caption: str, unit: str, *, is_of_money: bool) -> Table:
    fields = _fields(lines, heads)
    names, rows = _grid(fields, heads) if fields else _laid_out(lines, heads)
    is_euros = is_of_money and _is_large([cells for _, cells in rows])
    units = _units(names, unit or (is_euros and "€") or "", may_be_short=is_of_money)
    is_own = [bool(unit_of(name, may_be_short=is_of_money) or _OF_OTHER.search(name)) for name in names]
    named = [line.chunks for line in heads if line.is_years] + [line.chunks[:1] for line in lines]
    years = [chunk.cell for chunks in named for chunk in chunks if chunk.cell and _YEAR.fullmatch(chunk.text)]
    return Table(
        caption,
        tuple(names),
        tuple(
            Row(
                label,
                tuple(
                    _with_unit(
                        cell, unit if is_named else _unit_of_row(label, unit, may_be_short=is_of_money)
                    )
                    for cell, unit, is_named in zip(cells, units, is_own, strict=True)
                ),
                line.start,
                line.start + len(line.text),
            )
            for line, (label, cells) in zip(lines, rows, strict=True)
        ),
        tuple(years),
        tuple(
            (chunk.start, chunk.end)
            for line in heads
            for chunk in line.chunks
            if THOUSAND.fullmatch(chunk.text)
        ),
    )


def _units(names: list[str], unit: str, *, may_be_short: bool) -> list[str]:
    """The unit of each column: its own, or that of the table. A total of points is in points.

    What is euros in a table of thousands is thousands, but not euros for each of something.
    """
    found: list[str] = []
    for place, name in enumerate(names):
        is_other = bool(_OF_OTHER.search(name)) or (
            place > 0 and not found[-1] and bool(_OF_ALL.search(name))
        )
        own = unit_of(name, may_be_short=may_be_short)
        is_larger = own == "€" and unit in SIZES and "/" not in name
        found.append(unit if is_larger else own or ("" if is_other else unit))
    return found


_Rows: TypeAlias = list[tuple[str, list[Cell | None]]]
# Where it begins and ends in its line.
_Span: TypeAlias = tuple[int, int]


def _fields(lines: list[_Line], heads: list[_Line]) -> list[list[_Chunk]]:
    """The cells of each row between its tabs or bars; none if these only line up what follows.

    They are cells if each row has as many of them, or as many as the heads have names: what is empty at the
    end of a row may be left out.
    """
    counts = {len(line.fields) for line in lines}
    named = {len(head.fields) for head in heads if head.fields and all(each.text for each in head.fields[1:])}
    widest = max(counts | named)
    is_filled_up = counts != {widest}
    if not min(counts) or (is_filled_up and (widest not in named or widest > _MOST_COLUMNS)):
        return []
    nothing = _Chunk("", 0, 0, is_empty=True)
    return [line.fields + [nothing] * (widest - len(line.fields)) for line in lines]


def _grid(rows: list[list[_Chunk]], heads: list[_Line]) -> tuple[list[str], _Rows]:
    """The heads and the rows of a table whose cells are told apart. Words before its figures are labels."""
    count = len(rows[0])
    first = 1
    while first < count - 1 and _is_of_words([row[first] for row in rows]):
        first += 1
    names = [
        " ".join(head.fields[place].text for head in heads if len(head.fields) == count)
        for place in range(first, count)
    ]
    labels = [" ".join(chunk.text for chunk in row[:first] if chunk.text) for row in rows]
    return names, [
        (label, [chunk.cell for chunk in row[first:]]) for label, row in zip(labels, rows, strict=True)
    ]


def _is_of_words(chunks: list[_Chunk]) -> bool:
    return not any(chunk.cell for chunk in chunks) and not all(chunk.is_empty for chunk in chunks)


def _laid_out(lines: list[_Line], heads: list[_Line]) -> tuple[list[str], _Rows]:
    """The heads and the rows of a table whose columns stand below each other."""
    widest = max(lines, key=lambda line: len(line.chunks))
    chunks = widest.chunks[1 : _MOST_COLUMNS + 1]
    columns = [(chunk.start - widest.start, chunk.end - widest.start) for chunk in chunks]
    return _names(heads, columns), [(line.chunks[0].text, _cells(line, columns)) for line in lines]


def _unit_of_row(label: str, unit: str, *, may_be_short: bool) -> str:
    """That of its table, unless its label says another: Palkat, t€ · Tuki (%) · Hakemuksia, kpl."""
    said = after_label(label)
    return unit_of(said, may_be_short=may_be_short) or ("" if _OF_OTHER.search(said) else unit)


def _with_unit(cell: Cell | None, unit: str) -> Cell | None:
    if cell is None or cell.unit:
        return cell
    return Cell(cell.value, cell.raw, cell.start, cell.end, unit)


def _is_of_money(words: list[str]) -> bool:
    return any(_OF_MONEY.search(each) for each in words)


def _is_large(rows: list[list[Cell | None]]) -> bool:
    """Large numbers in a table of costs or financing are euros."""
    return any(cell.value >= _SURELY_MONEY for cells in rows for cell in cells if cell)


def _names(heads: list[_Line], columns: list[_Span]) -> list[str]:
    said: list[list[str]] = [[] for _column in columns]
    for line in reversed(heads):
        for chunk in line.chunks:
            start, end = chunk.start - line.start, chunk.end - line.start
            place = _nearest((start, end), columns)
            left, right = columns[place]
            if end >= left - (right - left):
                said[place].append(chunk.text)
    return [" ".join(words) for words in said]


def _nearest(chunk: _Span, columns: list[_Span]) -> int:
    """The place of the column that it overlaps most or whose right end is nearest."""
    start, end = chunk
    first = bisect_right(columns, start, key=itemgetter(1))
    last = bisect_left(columns, end, key=itemgetter(0))
    if first >= last:
        last = min(bisect_left(columns, end, key=itemgetter(1)) + 1, len(columns))
        first = max(last - 2, 0)

    def distance(place: int) -> tuple[int, int]:
        overlap = min(end, columns[place][1]) - max(start, columns[place][0])
        return (-overlap if overlap > 0 else 0, abs(end - columns[place][1]))

    return min(range(first, last), key=distance)


def _cells(line: _Line, columns: list[_Span]) -> list[Cell | None]:
    chunks = line.chunks[1:]
    if len(chunks) == len(columns):
        return [chunk.cell for chunk in chunks]
    cells: list[Cell | None] = [None] * len(columns)
    for chunk in chunks:
        place = _nearest((chunk.start - line.start, chunk.end - line.start), columns)
        cells[place] = cells[place] or chunk.cell
    return cells
