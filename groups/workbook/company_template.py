"""The list of companies to fill in and import, with a sheet that says what is written into each column."""

from datetime import date

from django.utils.translation import gettext as _

from groups.importing.columns import Column, column_words, list_notes
from groups.models import CompanyGroup
from mikrogrow.workbooks import Book, Kind, Sheet

# Rows that are formatted for what is written into them.
ROWS = 100
_WIDE, _NARROW = 28, 16
_WIDE_COLUMNS = {Column.NAME, Column.INDUSTRY, Column.CONTACT, Column.EMAIL}
_NUMBERS = {Column.YEAR, Column.PERSONS, Column.TURNOVER, Column.BALANCE_SHEET}
# What a spreadsheet would else take for a number, and leave the zeros at its start out.
_TEXTS = {Column.BUSINESS_ID, Column.MUNICIPALITY, Column.INDUSTRY_CODE, Column.TELEPHONE}


def company_template(group: CompanyGroup, on: date) -> bytes:
    words = column_words()
    book = Book()
    title = f"{_('Yritysluettelo')}: {group.name}"
    companies = book.sheet(
        _("Yritykset"), [_WIDE if column in _WIDE_COLUMNS else _NARROW for column in words]
    )
    numbers = [place for place, column in enumerate(words, start=1) if column in _NUMBERS]
    companies.heads([each.heading for each in words.values()], numbers)
    companies.freeze(2)
    for place, column in enumerate(words, start=1):
        if column in _TEXTS:
            for row in range(companies.row, companies.row + ROWS):
                companies.worksheet.cell(row, place).number_format = "@"
    _put_help(book.sheet(_("Ohje"), [26, 80]), title)
    return book.content(title=title, creator="", subject=group.project.short_name, on=on)


def _put_help(sheet: Sheet, title: str) -> None:
    sheet.line(title, Kind.TITLE)
    for sentence in list_notes():
        sheet.line(sentence, Kind.NOTE)
    sheet.heads([_("Sarake"), _("Sarakkeen sisältö")])
    for words in column_words().values():
        sheet.put_row([(words.heading, Kind.TEXT), (words.hint, Kind.WORDS)])


def company_template_text() -> bytes:
    """As CSV that spreadsheets open with its Finnish letters."""
    heads = ";".join(words.heading for words in column_words().values())
    return f"{heads}\r\n".encode("utf-8-sig")
