"""Cells of reports: how each kind is shown, and what is unknown."""

from datetime import date
from decimal import Decimal

import pytest

from mikrogrow.values.tables import Cell, CellKind, Column, Table

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("teksti", CellKind.TEXT, "teksti"),
        ("", CellKind.NUMBER, ""),
        (0, CellKind.NUMBER, "0"),
        (1200, CellKind.NUMBER, f"1{NBSP}200"),
        (Decimal("12.50"), CellKind.NUMBER, "12,5"),
        (Decimal("99.6"), CellKind.SHARE, f"99,6{NBSP}%"),
        (2, CellKind.CHANGE, "+2"),
        (Decimal(-1500), CellKind.EURO_CHANGE, f"−1{NBSP}500{NBSP}€"),
        (date(2017, 4, 1), CellKind.DAY, "1.4.2017"),
        ("ei kertaakaan", CellKind.DAY, "ei kertaakaan"),
        (None, CellKind.NUMBER, "ei tiedossa"),
        (None, CellKind.DAY, "ei tiedossa"),
    ],
)
def test_a_cell_is_shown_as_its_kind(value, kind, shown):
    assert Cell(value, kind).text == shown
    assert Cell(value, kind).is_unknown is (value is None)


def test_a_row_has_a_cell_for_each_column():
    columns = [Column("Nimi"), Column("Määrä", CellKind.NUMBER)]

    assert Table("T", columns, [["a", 1]]).cells == [[Cell("a"), Cell(1, CellKind.NUMBER)]]
    with pytest.raises(ValueError, match="zip"):
        Table("T", columns, [["a"]]).cells  # noqa: B018
