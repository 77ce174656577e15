"""Reads the cells of an XLSX file row by row, and never more of it than an import needs.

openpyxl's own reader parses the file twice, for values and for formulas, and parses all of a part before
anybody can stop it: a file of 200 kB can take half a minute and gigabytes. Here each part is parsed once,
as it is unpacked, and only so many of its tags.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import ARC_STYLE, ARC_WORKBOOK, ARC_WORKBOOK_RELS, REL_NS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from mikrogrow.sheets.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, NO_VALUE
from mikrogrow.values.dates import format_date

# Tags and attributes; a million of them take about a second. A full sheet with formulas has 190 000.
MAX_SHEET_MARKS, MAX_SHEETS_MARKS = 250_000, 800_000
# A long list on another sheet has its texts among these, and an old file its thousands of styles.
MAX_OTHER_MARKS = 400_000
# The parser would take less at a time, and begin again at each piece of a long text.
PIECE = 256 * 1024
LONGEST_FORMAT = 255

_DIGITS = "%.15g"
_QUOTED = re.compile(r'"[^"]*"|\\.')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAIN = f"{{{SHEET_MAIN_NS}}}"
_DATA_TAG, _FORMULA_TAG, _INLINE_TAG = f"{_MAIN}sheetData", f"{_MAIN}f", f"{_MAIN}is"
_TEXT_TAG, _RUN_TAG, _ITEM_TAG = f"{_MAIN}t", f"{_MAIN}r", f"{_MAIN}si"
_SHEET_ID = f"{{{REL_NS}}}id"


class TooMuchMarkupError(Exception):
    """The file has more tags and attributes than are parsed."""


class SheetTooLargeError(Exception):
    """One sheet has."""


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: Iterable[list[str]]


class Allowance:
    """How many tags and attributes may still be parsed."""

    def __init__(self, marks: int, error: type[Exception]) -> None:
        self._marks = marks
        self._error = error

    def use(self, marks: int) -> None:
        self._marks -= marks
        if self._marks < 0:
            raise self._error


class _Counted:
    """A part as the parser reads it, piece by piece."""

    def __init__(self, source: IO[bytes], *allowances: Allowance) -> None:
        self._source = source
        self._allowances = allowances

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(PIECE)
        marks = piece.count(b"<") + piece.count(b"=")
        for allowance in self._allowances:
            allowance.use(marks)
        return piece


def read_sheets(content: bytes) -> Iterator[Sheet]:
    """The visible ones of the first sheets. A sheet's rows are read as they are asked for."""
    with ZipFile(BytesIO(content)) as archive:
        book = _Book(archive, Allowance(MAX_OTHER_MARKS, TooMuchMarkupError))
        sheets = Allowance(MAX_SHEETS_MARKS, TooMuchMarkupError)
        for name, path in book.visible:
            yield Sheet(name, book.rows(path, sheets))


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, archive: ZipFile, allowance: Allowance) -> None:
        self._archive = archive
        self._allowance = allowance
        self._paths: dict[str, str] = {}
        self._strings: list[str] = []
        self._read_relations()
        self._formats = list(self._number_formats()) if ARC_STYLE in archive.namelist() else []
        self._read_workbook()

    def _elements(self, path: str) -> Iterator[Any]:
        with self._archive.open(path) as source:
            for _event, element in iterparse(_Counted(source, self._allowance)):
                yield element

    def _read_relations(self) -> None:
        for element in self._elements(ARC_WORKBOOK_RELS):
            target = element.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            kind = element.get("Type", "").rpartition("/")[2]
            if kind == "worksheet":
                self._paths[element.get("Id", "")] = path
            elif kind == "sharedStrings":
                self._strings = list(self._texts(path))

    def _read_workbook(self) -> None:
        self._epoch, found = WINDOWS_EPOCH, []
        for element in self._elements(ARC_WORKBOOK):
            if element.tag == f"{_MAIN}workbookPr" and element.get("date1904") in {"1", "true"}:
                self._epoch = CALENDAR_MAC_1904
            elif element.tag == f"{_MAIN}sheet" and element.get(_SHEET_ID) in self._paths:
                found.append(
                    (element.get("name", ""), element.get("state"), self._paths[element.get(_SHEET_ID)])
                )
        self.visible = [
            (name, path) for name, state, path in found[:MAX_SHEETS] if state in {None, "visible"}
        ]

    def _texts(self, path: str) -> Iterator[str]:
        for element in self._elements(path):
            if element.tag == _ITEM_TAG:
                yield _plain_text(element)
                element.clear()

    def _number_formats(self) -> Iterator[str]:
        """The format of each style, by its number."""
        codes: dict[int, str] = dict(BUILTIN_FORMATS)
        for element in self._elements(ARC_STYLE):
            if element.tag == f"{_MAIN}numFmt":
                codes[int(element.get("numFmtId"))] = element.get("formatCode", "")[:LONGEST_FORMAT]
            elif element.tag == f"{_MAIN}cellXfs":
                for style in element:
                    yield codes.get(int(style.get("numFmtId", 0)), "General")

    def rows(self, path: str, allowance: Allowance) -> Iterator[list[str]]:
        """Rows up to one more than is read; those that the file leaves out are empty."""
        parser = _SheetParser(self._strings, self._formats, self._epoch)
        given = 0
        with self._archive.open(path) as source:
            own = Allowance(MAX_SHEET_MARKS, SheetTooLargeError)
            for _event, element in iterparse(_Counted(source, own, allowance)):
                if element.tag == _DATA_TAG:
                    return
                if element.tag != ROW_TAG:
                    continue
                number, cells = parser.parse_row(element)
                element.clear()
                while given < min(number - 1, MAX_ROWS + 1):
                    given += 1
                    yield []
                if number > MAX_ROWS + 1:
                    return
                if number > given:
                    given += 1
                    yield self._row(cells)

    def _row(self, cells: list[dict[str, Any]]) -> list[str]:
        row = [""] * (MAX_COLUMNS + 1)
        for cell in cells:
            if 1 <= cell["column"] <= len(row):
                style = cell["style_id"]
                row[cell["column"] - 1] = _text_of(cell["value"], self._formats[style] if style else "")
        return row


class _SheetParser(WorkSheetParser):
    """openpyxl's reading of one cell's value, without what no import needs."""

    def __init__(self, strings: list[str], formats: list[str], epoch: datetime) -> None:
        dates = {code: is_date_format(code) for code in set(formats)}
        super().__init__(
            BytesIO(),
            strings,
            data_only=True,
            epoch=epoch,
            date_formats={number for number, code in enumerate(formats) if dates[code]},
            timedelta_formats={
                number for number, code in enumerate(formats) if dates[code] and is_timedelta_format(code)
            },
        )

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        # Cells come in the order of columns.
        del row[MAX_COLUMNS + 1 :]
        return super().parse_row(row)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        inline = element.find(_INLINE_TAG)
        if inline is not None:
            element.remove(inline)
        cell: dict[str, Any] = super().parse_cell(element)
        if inline is not None and element.get("t") == "inlineStr":
            cell["value"] = _plain_text(inline)
        if cell["value"] is None and element.find(_FORMULA_TAG) is not None:
            cell["value"] = NO_VALUE
        return cell


def _plain_text(element: Any) -> str:
    """Without formatting, and without the reading aids of East Asian texts."""
    texts = []
    for child in element:
        if child.tag == _TEXT_TAG:
            texts.append(child.text or "")
        elif child.tag == _RUN_TAG:
            texts += [part.text or "" for part in child if part.tag == _TEXT_TAG]
    return "".join(texts)


def _text_of(value: Any, number_format: str) -> str:
    if value is None or value == NO_VALUE:
        return value or ""
    if isinstance(value, bool):
        return _("tosi") if value else _("epätosi")
    if isinstance(value, int | float | Decimal):
        # A spreadsheet shows 15 digits.
        number = Decimal(_DIGITS % value)
        if not number.is_finite():
            return str(value)
        is_share = "%" in _QUOTED.sub("", number_format)
        shown = f"{number * 100 if is_share else number:f}"
        if "." in shown:
            shown = shown.rstrip("0").rstrip(".")
        return shown.replace(".", ",") + (" %" if is_share else "")
    if isinstance(value, datetime | date):
        return format_date(value)
    return _CONTROL.sub("", str(value)).replace("_x005F_", "_")
