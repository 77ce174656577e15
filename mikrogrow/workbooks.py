"""Workbooks: cells that are safe and look alike, live formulas, and the same bytes for the same content.

Import it only where a workbook is made or read: openpyxl is slow to load.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from html import escape
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.hyperlink import Hyperlink

from mikrogrow.values.money import NBSP, UNKNOWN

LONGEST_TEXT = 32_767

INK, GREY, LINE, TINT, LAKE, WRONG = "16202A", "4A5663", "D7DCE2", "F4F6F8", "0D4A6B", "A3231C"

# Characters that XML 1.0 does not allow.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Programs read _x003D_ as the character with that number.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

# Finnish spaces and commas in any program's language; the same minus sign as on the pages.
_WHOLE, _CENTS = "#,##0", "#,##0.00"
_EURO = f'"{NBSP}€"'


def _number_format(digits: str, unit: str = "", plus: str = "") -> str:
    positive = f"[$-40B]{plus}{digits}{unit}"
    return f'{positive};[$-40B]"−"{digits}{unit};[$-40B]{digits}{unit}'


class Kind(StrEnum):
    TEXT = "text"
    WORDS = "words"  # sentences, on several lines
    TITLE = "title"
    HEADING = "heading"
    HEAD = "head"
    NUMBER_HEAD = "number_head"
    NOTE = "note"
    LINK = "link"
    EUROS = "euros"
    SIGNED = "signed"  # a difference in euros
    SHARE = "share"  # given as percent 0–100, stored as a fraction as spreadsheets do
    POINTS = "points"  # a difference of shares in percentage points
    NUMBER = "number"
    FIGURE = "figure"  # of any unit, with two decimals if it has any
    CHANGE = "change"  # a difference of figures
    YEAR = "year"
    DAY = "day"


_FORMATS = {
    Kind.SHARE: _number_format("0.00", f'"{NBSP}"%'),
    Kind.POINTS: _number_format("0.00", plus="+"),
    Kind.NUMBER: _number_format("#,##0"),
    Kind.YEAR: "0",
    Kind.DAY: "d.m.yyyy",
}
_HEADS = {Kind.HEAD, Kind.NUMBER_HEAD}
_UNRULED = {Kind.TITLE, Kind.HEADING, Kind.NOTE, Kind.LINK}
_NUMBERS = {
    *(Kind.EUROS, Kind.SIGNED, Kind.SHARE, Kind.POINTS),
    *(Kind.NUMBER, Kind.FIGURE, Kind.CHANGE, Kind.YEAR),
}

Value = Decimal | int | str | date | None


@dataclass(frozen=True)
class Formula:
    """A live formula, without its equals sign, and its result; None is unknown."""

    text: str
    result: Decimal | int | str | None


def safe_text(text: str) -> str:
    """Without what a workbook cannot hold or reads as an escape. It may still begin with "="."""
    allowed = _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPED.sub("_x005F_", allowed[:LONGEST_TEXT])


def number_format(kind: Kind, *, cents: bool) -> str:
    digits = _CENTS if cents else _WHOLE
    if kind is Kind.EUROS:
        return _number_format(digits, _EURO)
    if kind is Kind.SIGNED:
        return _number_format(digits, _EURO, plus="+")
    if kind in {Kind.FIGURE, Kind.CHANGE}:
        return _number_format(digits, plus="+" if kind is Kind.CHANGE else "")
    return _FORMATS.get(kind, "General")


def has_cents(amounts: Iterable[Decimal | None]) -> bool:
    return any(amount is not None and amount != amount.to_integral_value() for amount in amounts)


def spanned(cells: Sequence[str]) -> str:
    """Cells as arguments of a function: A1:A3 if they are side by side, else A1,C4."""
    places = [coordinate_from_string(cell.replace("$", "")) for cell in cells if "!" not in cell]
    if len(places) < max(len(cells), 2):
        return ",".join(cells)
    columns, rows = {column for column, _row in places}, [row for _column, row in places]
    if len(columns) == 1 and rows == list(range(rows[0], rows[0] + len(rows))):
        return f"{cells[0]}:{cells[-1]}"
    letters = [get_column_letter(number) for number in range(1, 100)]
    numbers = [letters.index(column) for column, _row in places]
    if len(set(rows)) == 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{cells[0]}:{cells[-1]}"
    return ",".join(cells)


def known(cells: Sequence[str], result: str) -> str:
    """A formula: `result` if all cells are numbers, else "ei tiedossa"."""
    return f'IF(COUNT({spanned(cells)})={len(cells)},{result},"{UNKNOWN}")'


def known_sum(cells: Sequence[str]) -> str:
    return known(cells, f"SUM({spanned(cells)})")


def known_difference(first: str, second: str, decimals: int = 2) -> str:
    # Rounded, because spreadsheets compute in binary.
    return known([first, second], f"ROUND({first}-{second},{decimals})")


class Sheet:
    """A sheet that is written row by row from the top."""

    def __init__(self, book: "Book", title: str, widths: Sequence[float], *, cents: bool = False) -> None:
        self.book = book
        self.title = title
        self.cents = cents
        self.row = 1
        self._ruled: dict[int, tuple[Kind, bool]] = {}
        self.worksheet = book.workbook.create_sheet(title)
        self.worksheet.sheet_view.showGridLines = False
        self.columns = len(widths)
        for number, width in enumerate(widths, start=1):
            self.worksheet.column_dimensions[get_column_letter(number)].width = width

    def put(
        self, column: int, value: Value | Formula, kind: Kind = Kind.TEXT, *, strong: bool = False
    ) -> str:
        """Writes a cell of the current row and returns its address, such as "C5"."""
        cell = self.worksheet.cell(self.row, column)
        shown = value.result if isinstance(value, Formula) else value
        # Text in a column of numbers means that there is no number.
        is_unknown = shown is None or (isinstance(shown, str) and kind in _NUMBERS)
        self.book.look(cell, kind, strong=strong, cents=self.cents, is_unknown=is_unknown)
        if kind not in _UNRULED:
            self._ruled[self.row] = (Kind.HEAD if kind in _HEADS else Kind.TEXT, strong)
        if isinstance(value, Formula):
            cell.value = f"={value.text}"
            self.book.results[self.title, cell.coordinate] = _cell_value(shown, kind)
        else:
            _fill(cell, _cell_value(value, kind))
        return str(cell.coordinate)

    def put_cents(
        self, column: int, value: Value | Formula, kind: Kind = Kind.TEXT, *, strong: bool = False
    ) -> str:
        # In a column of unlike numbers each shows cents only if it has any.
        shown = value.result if isinstance(value, Formula) else value
        sheet_cents, self.cents = self.cents, isinstance(shown, Decimal) and has_cents([shown])
        place = self.put(column, value, kind, strong=strong)
        self.cents = sheet_cents
        return place

    def value(self, place: str) -> Decimal | None:
        value = self.worksheet[place].value
        return value if isinstance(value, Decimal) else None

    def put_row(self, values: Iterable[tuple[Value | Formula, Kind]], *, strong: bool = False) -> list[str]:
        """Writes a row, moves to the next, and returns the addresses of the cells."""
        places = [
            self.put(column, value, kind, strong=strong)
            for column, (value, kind) in enumerate(values, start=1)
        ]
        self.row += 1
        return places

    def line(self, text: str, kind: Kind = Kind.TEXT) -> None:
        self.put(1, text, kind)
        self.row += 1

    def heads(self, names: Iterable[str], numbers: Collection[int] = ()) -> None:
        """`numbers` are the columns aligned as numbers."""
        self.put_row(
            (name, Kind.NUMBER_HEAD if column in numbers else Kind.HEAD)
            for column, name in enumerate(names, start=1)
        )

    def freeze(self, column: int) -> None:
        self.worksheet.freeze_panes = f"{get_column_letter(column)}{self.row}"
        self.worksheet.print_title_rows = f"1:{self.row - 1}"

    @staticmethod
    def letter(column: int) -> str:
        return get_column_letter(column)

    def at(self, place: str) -> str:
        return f"{quote_sheetname(self.title)}!{place}"

    def finish(self, footer: str) -> None:
        sheet = self.worksheet
        self._rule_rows()
        sheet.print_area = f"A1:{get_column_letter(self.columns)}{max(self.row - 1, 1)}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.footer = 0.6, 0.7, 0.3
        # In a footer an ampersand begins a code.
        sheet.oddFooter.left.text = safe_text(footer).replace("&", "&&")[:120]
        sheet.oddFooter.right.text = "&P (&N)"

    def _rule_rows(self) -> None:
        for number, (kind, strong) in self._ruled.items():
            for column in range(1, self.columns + 1):
                cell = self.worksheet.cell(number, column)
                if not cell.has_style:
                    self.book.look(cell, kind, strong=strong, cents=False, is_unknown=False)
        # Not every program fits the height of a row to its text.
        for row in self.worksheet.iter_rows():
            lines = max((_lines(cell, self.worksheet.column_dimensions) for cell in row), default=1)
            size = max((cell.font.size or 11 for cell in row), default=11)
            if lines > 1 or size > 11:
                self.worksheet.row_dimensions[row[0].row].height = round(lines * size * 1.36 + 1)


class Book:
    """`results` are those of the workbook's formulas, by sheet and cell."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.results: dict[tuple[str, str], Decimal | int | str] = {}
        self.sheets: list[Sheet] = []
        self._looks: dict[tuple[Any, ...], Cell] = {}

    def sheet(self, title: str, widths: Sequence[float], *, cents: bool = False) -> Sheet:
        self.sheets.append(Sheet(self, title, widths, cents=cents))
        return self.sheets[-1]

    def look(self, cell: Cell, kind: Kind, *, strong: bool, cents: bool, is_unknown: bool) -> None:
        # Copying the style of an earlier cell that looks the same is faster than describing it again.
        key = (kind, strong, cents, is_unknown, cell.column > 1)
        if key in self._looks:
            cell._style = copy(self._looks[key]._style)  # type: ignore[attr-defined]
            return
        _describe(cell, kind, strong=strong, cents=cents, is_unknown=is_unknown)
        self._looks[key] = cell

    def content(self, *, title: str, creator: str, subject: str, on: date) -> bytes:
        """The file's bytes. Every date in it is `on`, so that the same content gives the same bytes."""
        properties = self.workbook.properties
        properties.title, properties.creator = safe_text(title), safe_text(creator)
        properties.subject, properties.lastModifiedBy = safe_text(subject), safe_text(creator)
        properties.language = "fi-FI"
        properties.created = datetime.combine(on, time(0))
        self.workbook.calculation.fullCalcOnLoad = True
        for sheet in self.sheets:
            sheet.finish(title)
        raw = BytesIO()
        self.workbook.save(raw)
        numbers = {sheet.title: number for number, sheet in enumerate(self.sheets, 1)}
        return _repacked(raw, on, numbers, self.results)

    def link(self, sheet: Sheet, target: Sheet, column: int = 1) -> None:
        place = sheet.put(column, target.title, Kind.LINK)
        reference = Hyperlink(ref=place, location=target.at("A1"), display=target.title)
        sheet.worksheet[place].hyperlink = reference
        self.look(sheet.worksheet[place], Kind.LINK, strong=False, cents=False, is_unknown=False)


def _lines(cell: Any, widths: Any) -> int:
    if not cell.alignment.wrap_text or not isinstance(cell.value, str) or cell.data_type == "f":
        return 1
    width = max(widths[cell.column_letter].width * 0.95 - 1, 1)
    return sum(max(1, ceil(len(line) / width)) for line in cell.value.split("\n"))


def _cell_value(value: Value, kind: Kind) -> Any:
    if value is None:
        return str(UNKNOWN)
    if kind is Kind.SHARE and isinstance(value, Decimal | int):
        value = Decimal(value) / 100
    # 1.00 becomes 1, because the databases differ in that.
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return value


def _fill(cell: Cell, value: Any) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    if text := safe_text(value):
        cell.value = text
        # It is text whatever it begins with, also after it was edited in a spreadsheet.
        cell.data_type = "s"
        if value.startswith(_FORMULA_STARTS):
            cell.quotePrefix = True


def _describe(cell: Cell, kind: Kind, *, strong: bool, cents: bool, is_unknown: bool) -> None:
    size = {Kind.TITLE: 16, Kind.HEADING: 13, Kind.HEAD: 10, Kind.NUMBER_HEAD: 10, Kind.NOTE: 10}
    is_head = kind in _HEADS
    grey = is_unknown or kind in {Kind.NOTE, Kind.HEAD, Kind.NUMBER_HEAD}
    cell.font = Font(
        name="Calibri",
        size=size.get(kind, 11),
        bold=strong or is_head or kind in {Kind.TITLE, Kind.HEADING},
        italic=is_unknown,
        underline="single" if kind is Kind.LINK else None,
        color=LAKE if kind in {Kind.LINK, Kind.TITLE} else GREY if grey else INK,
    )
    cell.alignment = Alignment(
        horizontal="right" if kind in {*_NUMBERS, Kind.NUMBER_HEAD} else "left",
        # So that a text does not touch the number before it.
        indent=1 if cell.column > 1 and kind not in {*_NUMBERS, *_UNRULED, Kind.NUMBER_HEAD} else 0,
        vertical="bottom" if is_head else "top",
        wrap_text=is_head or kind is Kind.WORDS,
    )
    cell.number_format = number_format(kind, cents=cents)
    if is_head:
        cell.fill = PatternFill("solid", fgColor=TINT)
        cell.border = Border(bottom=Side("thin", color=INK))
    elif kind not in _UNRULED:
        top = Side("thin", color=INK) if strong else None
        cell.border = Border(top=top, bottom=Side("hair", color=LINE))


_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)><f>(.*?)</f><v\s*/?>(?:</v>)?</c>', re.DOTALL)
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def _repacked(
    raw: BytesIO, on: date, numbers: Mapping[str, int], results: Mapping[tuple[str, str], Decimal | int | str]
) -> bytes:
    # Formulas carry their results, for programs that do not compute them.
    values: dict[str, dict[str, Decimal | int | str]] = {}
    for (title, place), value in results.items():
        values.setdefault(f"xl/worksheets/sheet{numbers[title]}.xml", {})[place] = value
    # ZIP stores no day before 1980.
    stamp = (max(on.year, 1980), on.month, on.day, 0, 0, 0)
    packed = BytesIO()
    with ZipFile(raw) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in values:
                content = _with_values(content.decode(), values[name]).encode()
            elif name == "docProps/core.xml":
                content = _MODIFIED.sub(rf"\g<1>{on.isoformat()}T00:00:00Z\g<2>", content.decode()).encode()
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, content)
    return packed.getvalue()


def _with_values(xml: str, values: Mapping[str, Decimal | int | str]) -> str:
    def filled(match: re.Match[str]) -> str:
        place, attributes, formula = match.groups()
        value = values[place]
        kind = ' t="str"' if isinstance(value, str) else ""
        shown = escape(value, quote=False) if isinstance(value, str) else f"{value:f}" if value else "0"
        return f'<c r="{place}"{attributes}{kind}><f>{formula}</f><v>{shown}</v></c>'

    return _FORMULA.sub(filled, xml)
