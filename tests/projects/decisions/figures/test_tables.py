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
    "columns of those whose names have points and persons in them": (
        "Rahoitus (€)      Yliopiston    Henkilöstö   Opiston\n"
        "EAKR                  97 020       145 530     2 000\n"
        "Kunta                 34 650        51 975     1 000\n",
        [("EAKR", "97020€", "145530€", "2000€"), ("Kunta", "34650€", "51975€", "1000€")],
    ),
    "a column of points and one of persons": (
        "Hakija       Tuki, €    Pisteet   Henkilöä   Henkilöstömäärä\n"
        "Yritys A       8 000         81         12                14\n"
        "Yritys B       2 000         64          9                11\n",
        [("Yritys A", "8000€", "81", "12", "14"), ("Yritys B", "2000€", "64", "9", "11")],
    ),
    "revenue taken off, with a space after its minus": (
        "Kustannukset (€):\nPalkat         100 000\nTulot        – 10 000\nMyynti       - 5 000\n"
        "Yhteensä        85 000\n",
        [("Palkat", "100000€"), ("Tulot", "-10000€"), ("Myynti", "-5000€"), ("Yhteensä", "85000€")],
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
    "an empty cell between tabs": (
        "Laji\t2021, €\t2022, €\tYhteensä, €\nPalkat\t10 000\t20 000\t30 000\nMatkat\t\t5 000\t5 000\n",
        [("Palkat", "10000€", "20000€", "30000€"), ("Matkat", None, "5000€", "5000€")],
    ),
    "an empty cell between bars": (
        "| Laji | 2021, € | 2022, € |\n|---|---|---|\n| Palkat | 10 000 | 20 000 |\n| Matkat |  | 5 000 |\n",
        [("Palkat", "10000€", "20000€"), ("Matkat", None, "5000€")],
    ),
    "cells left out at the end of a row": (
        "Laji\t2021, €\t2022, €\nPalkat\t10 000\t20 000\nMatkat\t5 000\nVuokrat\t\t3 000\n",
        [("Palkat", "10000€", "20000€"), ("Matkat", "5000€", None), ("Vuokrat", None, "3000€")],
    ),
    "tabs that only line up": (
        "Rahoitus, €\nEAKR\t\t\t8 000\nKunnan osuus\t2 000\n",
        [("EAKR", "8000€"), ("Kunnan osuus", "2000€")],
    ),
    "words in two columns": (
        "Hanke\tToteuttaja\t2021, €\tHuom.\nVene\tSaaren opisto\t10 000\tjatkuu\n"
        "\tVeneseura ry\t3 000\t\nYhteensä\t\t13 000\t\n",
        [
            ("Vene Saaren opisto", "10000€", None),
            ("Veneseura ry", "3000€", None),
            ("Yhteensä", "13000€", None),
        ],
    ),
    "a number for each row": (
        "Nro\tHakija\tEuroa\n1\tVeneseura ry\t1 200\n2\tKyläyhdistys ry\t900\n",
        [("1 Veneseura ry", "1200€"), ("2 Kyläyhdistys ry", "900€")],
    ),
    "a label longer than a line": (
        "Hakija\teuroa\nVeneseura ry\t1 200\nAvustukset uimarantojen talvisen toiminnan tukemiseen, "
        "toimialan johtajan käytettäväksi\t900\n",
        [
            ("Veneseura ry", "1200€"),
            (
                "Avustukset uimarantojen talvisen toiminnan tukemiseen, toimialan johtajan käytettäväksi",
                "900€",
            ),
        ],
    ),
    "thousands in the corner": (
        "1 000 €    TP 2020    TA 2021\nTulot        1 264      1 625\nMenot        3 278      2 420\n",
        [("Tulot", "1264t€", "1625t€"), ("Menot", "3278t€", "2420t€")],
    ),
    "euros and their percentage in a table of thousands": (
        "1000 euroa\tarvio\ttoteutuneet eurot\ttoteutumisprosentti\t€/asukas\n"
        "Menot\t1 615\t949\t58,8\t12,50\nTulot\t682\t341\t50,0\t4,40\n",
        [
            ("Menot", "1615t€", "949t€", "58.8%", "12.50€"),
            ("Tulot", "682t€", "341t€", "50.0%", "4.40€"),
        ],
    ),
    "millions": (
        "Kohde, milj. €\t2025\tYhteensä\nKoulu\t1,2\t3,4\nHalli\t0,6\t0,7\n",
        [("Koulu", "1.2M€", "3.4M€"), ("Halli", "0.6M€", "0.7M€")],
    ),
    "ledger codes and years": (
        "Kohde\tTili\tVuosi\tEuroa\nVene\t4300\t2024\t5 000\nLautta\t4420\t2025\t1 200\n",
        [("Vene", "4300", "2024", "5000€"), ("Lautta", "4420", "2025", "1200€")],
    ),
    "a total of points": (
        "Tarjoaja\tHinta €\tHintapisteet\tYhteensä\n"
        "Vene Oy\t164 900\t70,0\t94,0\nLautta Oy\t171 500\t67,3\t97,3\n",
        [("Vene Oy", "164900€", "70.0", "94.0"), ("Lautta Oy", "171500€", "67.3", "97.3")],
    ),
    "a unit in the labels of rows": (
        "Tuki            2023        2024\nHakemuksia, kpl    17          14\n"
        "Haettu tuki, t€    2 310    1 905\nMyönnetty, %     21,0        22,5\n",
        [
            ("Hakemuksia, kpl", "17", "14"),
            ("Haettu tuki, t€", "2310t€", "1905t€"),
            ("Myönnetty, %", "21.0%", "22.5%"),
        ],
    ),
    "thousands in brackets with more": (
        "Toteuma (1 000 euroa, poikkeama = ennuste – talousarvio):\n\nTulot   4 120\nMenot   3 288\n",
        [("Tulot", "4120t€"), ("Menot", "3288t€")],
    ),
    "thousands below the years": (
        "Kulut          2021       2022\n            1 000 €    1 000 €\nPalkat           10         20\n"
        "Matkat            3          5\n",
        [("Palkat", "10t€", "20t€"), ("Matkat", "3t€", "5t€")],
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


def test_the_rows_below_a_subheading_have_its_unit():
    text = (
        "1 000 €\tTP\tTA\nTulot\t1 264\t625\nMenot\t3 278\t420\nMuutos, %\nTulot\t\t-50,6\nMenot\t\t-87,2\n"
    )

    assert shown(text) == [
        [("Tulot", "1264t€", "625t€"), ("Menot", "3278t€", "420t€")],
        [("Tulot", None, "-50.6%"), ("Menot", None, "-87.2%")],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kuopion kaupunki       Pöytäkirja     Sivu 1 (3)\n\nKaupunginhallitus      10.2.2025\n",
        "Rahoituksesta kertovat\nMatti\t0501234567\nMaija\t0407654321\n",
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


@pytest.mark.parametrize("piece", ["-", "- ", "|", "| "])
def test_a_long_line_takes_no_longer_than_its_length(piece):
    # A quadratic rule would take minutes.
    tables_of(f"{piece * 100_000}a 1")


def test_one_wide_row_makes_no_cells_of_each_other_row():
    # Of a million rows and columns no memory would be left.
    wide, rows = "Kulut" + "     1 000" * 2000, "Palkat     1 000\n" * 2000
    head = "Laji\t" + "\t".join(map(str, range(3000, 5000)))

    for text in (f"{wide}\n{rows}", f"{head}\n" + rows.replace("     ", "\t")):
        (table,) = tables_of(text)
        assert max(len(row.cells) for row in table.rows) <= 100
