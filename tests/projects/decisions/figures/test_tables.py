"""Tables of a text: their rows, columns and units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.decisions.figures.tables import tables_of


def shown(text):
    """Each table's rows: the label, and its cells with their units."""
    return [
        [
            (row.label, *(f"{cell.value}{cell.unit}" if cell else None for cell in row.cells))
            for row in table.rows
        ]
        for table in tables_of(text)
    ]


TABLES = {
    "unit in the caption": (
        "Kustannukset (euroa):\n\n  Palkat      1 000\n  Matkat        200\n",
        [("Palkat", "1000€"), ("Matkat", "200€")],
    ),
    "thousands": ("Kulut (t€):\n  Palkat   10\n  Matkat    2\n", [("Palkat", "10t€"), ("Matkat", "2t€")]),
    "units in the heads": (
        "Lähde        %       €\nEAKR        80   8 000\nKunta       20   2 000\n",
        [("EAKR", "80%", "8000€"), ("Kunta", "20%", "2000€")],
    ),
    "units in the cells": (
        "Lähde A    80 %    8 000 €\nLähde B    20 %    2 000 €\n",
        [("Lähde A", "80%", "8000€"), ("Lähde B", "20%", "2000€")],
    ),
    "an empty cell, by its place": (
        "Tuki           2017    2018   Yhteensä\n"
        "Kuopio €      1 000       –      1 000\n"
        "Iisalmi €               500        500\n",
        [("Kuopio €", "1000€", None, "1000€"), ("Iisalmi €", None, "500€", "500€")],
    ),
    "tabs": ("Rahoitus, €\nEAKR\t8 000\nKunta\t2 000\n", [("EAKR", "8000€"), ("Kunta", "2000€")]),
    "bars": (
        "| Rahoitus | € |\n|---|---|\n| EAKR | 8 000 |\n| Kunta | 2 000 |\n",
        [("EAKR", "8000€"), ("Kunta", "2000€")],
    ),
    "a label of two lines": (
        "Tuki (euroa):\nSaimaan pienvenealan    84 000\nosaamispolku\nMökkipalvelut           70 000\n",
        [("Saimaan pienvenealan", "84000€"), ("Mökkipalvelut", "70000€")],
    ),
    "years as rows": (
        "Vuosi    Kustannukset\n2025     30 500\n2026     92 000\n",
        [("2025", "30500€"), ("2026", "92000€")],
    ),
    "another unit": (
        "Omistus      osakkeita\nKouvola      4 100\nKymi         1 000\n",
        [("Kouvola", "4100"), ("Kymi", "1000")],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_with_its_units(name):
    text, rows = TABLES[name]

    assert shown(text) == [rows]


@pytest.mark.parametrize(
    "text",
    [
        "Kuopion kaupunki       Pöytäkirja     Sivu 1 (3)\n\nKaupunginhallitus      10.2.2025\n",
        "Liitteet\n 2  4834/2017  Hakemus\n 3  4834/2017  Budjetti\n",
        "Hanke maksaa 59 953 euroa ja\nsiitä kaupunki maksaa 2 991\neuroa.\n",
    ],
)
def test_what_only_looks_like_a_table_is_none(text):
    assert tables_of(text) == ()


@given(st.text(max_size=300) | st.text(st.sampled_from("ab 1 2,|\t\n€%-–y"), max_size=200))
def test_no_text_makes_it_fall_and_every_cell_stands_where_it_says(text):
    for table in tables_of(text):
        for row in table.rows:
            assert len(row.cells) == len(table.heads)
            assert all(text[cell.start : cell.end] == cell.raw for cell in row.cells if cell)
