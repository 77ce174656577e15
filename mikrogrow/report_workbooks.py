"""A report of plain values as a workbook: its facts on the first sheet, and a sheet for each table.

Import it only where a workbook is made, as mikrogrow.workbooks.
"""

from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.tables import Cell, CellKind, Report, Table
from mikrogrow.workbooks import Book, Kind

KINDS = {
    CellKind.TEXT: Kind.WORDS,
    CellKind.NUMBER: Kind.FIGURE,
    CellKind.CHANGE: Kind.CHANGE,
    CellKind.EURO_CHANGE: Kind.SIGNED,
    CellKind.SHARE: Kind.SHARE,
    CellKind.DAY: Kind.DAY,
}


def report_workbook(report: Report, *, creator: str, on: date) -> bytes:
    """The same content gives the same bytes."""
    title = f"{report.name}: {report.subject}, {report.period}"
    book = Book()
    _facts_sheet(book, report)
    for section in report.sections:
        for table in section.tables:
            _table_sheet(book, table, f"{report.subject} · {report.period} · {report.publicity}")
    # The footer of each sheet says who may see it.
    return book.content(title=f"{report.publicity} · {title}", creator=creator, subject=report.name, on=on)


def _facts_sheet(book: Book, report: Report) -> None:
    sheet = book.sheet(_("Tiedot"), [44, 40, 40])
    sheet.line(f"{report.name}: {report.subject}", Kind.TITLE)
    for note in (report.period, report.publicity, *report.notes):
        sheet.line(note, Kind.NOTE)
    for section in report.sections:
        if section.facts:
            sheet.row += 1
            sheet.line(section.title, Kind.HEADING)
            sheet.heads([_("Tieto"), _("Arvo"), _("Selite")])
            for fact in section.facts:
                sheet.put(1, fact.label, Kind.WORDS)
                sheet.put_cents(2, fact.cell.value, KINDS[fact.cell.kind])
                sheet.put(3, fact.note, Kind.WORDS)
                sheet.row += 1


def _table_sheet(book: Book, table: Table, heading: str) -> None:
    sheet = book.sheet(table.title, [column.width for column in table.columns])
    sheet.line(table.title, Kind.TITLE)
    sheet.line(heading, Kind.NOTE)
    if table.note:
        sheet.line(table.note, Kind.NOTE)
    if not table.rows:
        sheet.line(table.empty)
        return
    are_numbers = [place for place, column in enumerate(table.columns, 1) if column.is_number]
    sheet.heads([column.title for column in table.columns], numbers=are_numbers)
    head = sheet.row - 1
    sheet.freeze(2)
    for cells in table.cells:
        _put(book, cells, strong=False)
    sheet.worksheet.auto_filter.ref = f"A{head}:{sheet.letter(len(table.columns))}{sheet.row - 1}"
    for cells in table.total_cells:
        _put(book, cells, strong=True)


def _put(book: Book, cells: list[Cell], *, strong: bool) -> None:
    sheet = book.sheets[-1]
    for place, cell in enumerate(cells, 1):
        sheet.put_cents(place, cell.value, KINDS[cell.kind], strong=strong)
    sheet.row += 1
