"""Compares what a report shows on its page, in its PDF and in its workbook."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell

from mikrogrow.values.dates import format_date
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import format_amount, format_progress
from tests.support.pages import Page
from tests.support.sheets import read_workbook

Tables = dict[str, list[list[str]]]


def page_tables(response: Any) -> Tables:
    """The rows of each table of the page, by its title."""
    tables = Page(response).tables
    return {table.region.removeprefix("Taulukko: "): table.rows for table in tables}


def page_facts(response: Any) -> list[list[str]]:
    return [[name, *values] for name, values in Page(response).facts.items()]


def sheet_tables(content: bytes) -> Tables:
    """The rows of each table that has any, as they are shown, by the sheet."""
    book = read_workbook(content)
    found = {}
    for sheet in book.worksheets[1:]:
        # Until the filter begins, there are title and notes.
        if sheet.auto_filter.ref:
            first = int(sheet.auto_filter.ref.split(":")[0][1:]) + 1
            found[sheet.title] = [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=first)]
    return found


def sheet_facts(content: bytes) -> list[list[str]]:
    rows = read_workbook(content).worksheets[0].iter_rows()
    lines = [[shown(cell) for cell in row] for row in rows]
    # Facts have two or three cells; "Tieto" heads them.
    return [[line[0], " ".join(filter(None, line[1:]))] for line in lines if line[1] and line[0] != "Tieto"]


def shown(cell: Cell) -> str:
    """What a reader of the sheet sees in the cell, from its type and its format."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_date(value.date())
    if not isinstance(value, int | float):
        return str(value)
    number = Decimal(str(value))
    if "%" in cell.number_format:
        return format_progress(number * 100)
    if "+" in cell.number_format:
        euros = "\u00a0€" if "€" in cell.number_format else ""
        return format_amount(number, sign=True) + euros
    return format_figure(number)


def plain(tables: Tables) -> Tables:
    """With the spaces and hyphens of a keyboard, which the text of a PDF has."""
    return {
        title: [[cell.replace("\u00a0", " ").replace("\u2011", "-") for cell in row] for row in rows]
        for title, rows in tables.items()
    }


def rows_missing(tables: Tables, text: str) -> list[str]:
    """The rows whose cells, one after the other, are not in the text of a PDF."""
    rows = (" ".join(" ".join(row).split()) for table in tables.values() for row in table)
    return [row for row in rows if row not in text]
