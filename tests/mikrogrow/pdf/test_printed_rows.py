"""Rows of tables that a printer broke or whose tabs it left narrow."""

import pytest

from mikrogrow.pdf.printed_rows import rows_as_written

WIDEST = 56
MENDED = {
    "tabs that end right before a stop": (
        """
Lähde   Alku, € Nyt, €
Tuki    378 000 410 480
Kunta   9 280   10 000
""",
        """
Lähde   Alku, €  Nyt, €
Tuki    378 000  410 480
Kunta   9 280   10 000
""",
    ),
    "the last figure of a row": (
        """
Hanke                          Kustannukset   Tuki-%
Tuki
Robotiikkaa rehutehtaille           284 500       80   227
600
Lihasta lisäarvoa                   412 000       70   288
400
""",
        """
Hanke                          Kustannukset   Tuki-%  Tuki
Robotiikkaa rehutehtaille           284 500       80   227 600
Lihasta lisäarvoa                   412 000       70   288 400
""",
    ),
    "a cell of its own": (
        """
Robotiikkaa rehutehtaille           284 500       170 700
56 900
""",
        """
Robotiikkaa rehutehtaille           284 500       170 700  56 900
""",
    ),
    "bars": (
        """
| Tarjoaja | Hinta |
Pisteet |
|----------|----
---|-----:|
| Varaus Oy | 18 400 | 70
| 90 |
""",
        """
| Tarjoaja | Hinta | Pisteet |
|----------|-------|-----:|
| Varaus Oy | 18 400 | 70 | 90 |
""",
    ),
}
KEPT = {
    "figures that end below each other": """
Palkat        60 000
Matkat         4 000
Muut             500
Yhteensä      64 500
""",
    "a label with a number": """
Vaiheen 2 palkat        60 000
Matkat  4 000
Vuokrat 1 000
""",
    "prose below a table": """
Palkat                  60 000      20 000          40 000
Kunta on maksanut 10 000
euroa.
""",
    "the rest of a label": """
Saimaan pienvenealan    84 000
osaamispolku
Mökkipalvelut           70 000
""",
    "a page number": """
Palkat         1 000      2 000

2
""",
    "nothing": "",
}


@pytest.mark.parametrize("name", MENDED)
def test_a_row_is_as_it_was_written(name):
    printed, written = MENDED[name]

    assert rows_as_written(printed.strip().split("\n"), WIDEST) == written.strip().split("\n")


@pytest.mark.parametrize("name", KEPT)
def test_what_is_no_broken_row_stays_as_it_is(name):
    lines = KEPT[name].strip().split("\n")

    assert rows_as_written(lines, WIDEST) == lines
