"""Columns of printed tables have equal decimals."""

from xml.etree import ElementTree

import pytest

from mikrogrow.pdf.decimals import equal_decimals


def printed(rows, name="ledger"):
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    table = "".join(f"<tr><th>Nimi</th>{row}</tr>" for row in cells)
    root = ElementTree.fromstring(f'<body><table class="{name} fitted">{table}</table></body>')  # noqa: S314
    equal_decimals(root)
    return [["".join(cell.itertext()) for cell in row.iter("td")] for row in root.iter("tr")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (["44\u00a0966\u00a0€", "2\u00a0991,50\u00a0€"], ["44\u00a0966,00\u00a0€", "2\u00a0991,50\u00a0€"]),
        (["1\u00a0000", "0,50", "\u22122"], ["1\u00a0000,00", "0,50", "\u22122,00"]),
        (["1\u00a0000", "250"], ["1\u00a0000", "250"]),
        # As they are stated.
        (["75\u00a0%", "5,25\u00a0%"], ["75\u00a0%", "5,25\u00a0%"]),
        (
            ["2,50", "ei tiedossa", "12 kpl", "1.4.2017", ""],
            ["2,50", "ei tiedossa", "12 kpl", "1.4.2017", ""],
        ),
        (["2,50", "<em>3</em>"], ["2,50", "3"]),
    ],
)
def test_where_a_column_has_cents_all_its_amounts_have(typed, shown):
    assert printed([[cell, "7"] for cell in typed]) == [[cell, "7"] for cell in shown]


def test_facts_of_many_kinds_stay_as_they_are():
    assert printed([["12"], ["2,50"]], name="facts") == [["12"], ["2,50"]]
