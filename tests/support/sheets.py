"""Reads workbooks in tests, and recomputes them with a headless LibreOffice."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from financing.queries.figures import figures_of
from financing.reconciliation.run import reconcile
from financing.workbook.book import budget_workbook
from projects.models import Project
from tests.support.libreoffice import converted


def workbook_of(project: Project, on: date = date(2018, 10, 15)) -> bytes:
    stored = Project.objects.select_related("programme").get(pk=project.pk)
    figures = figures_of(stored)
    return budget_workbook(stored, figures, reconcile(figures), on)


def read_workbook(content: bytes, *, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with the values that they were saved with."""
    return load_workbook(BytesIO(content), data_only=values)


def recalculated(contents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """What LibreOffice computes for each workbook; what they were saved with is thrown away first."""
    sources = []
    for name, content in contents.items():
        sources.append(folder / f"{name}.xlsx")
        read_workbook(content).save(sources[-1])
    return converted(sources, "xlsx", folder)


def same(computed: Any, given: Any) -> bool:
    """True if a computed cell is the given figure; spreadsheets compute with 15 digits."""
    if isinstance(given, str):
        return (computed or "") == given
    if isinstance(computed, bool) or not isinstance(computed, int | float):
        return False
    return abs(Decimal(repr(computed)) - given) < Decimal("0.000001")


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    """Every formula by its sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def rows_of(book: Workbook, title: str) -> list[list[Any]]:
    """The values of a sheet's rows, without empty cells at their ends."""
    found = []
    for row in book[title].iter_rows(values_only=True):
        cells = list(row)
        while cells and cells[-1] in (None, ""):
            cells.pop()
        found.append(cells)
    return found
