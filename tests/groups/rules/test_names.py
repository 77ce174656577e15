"""Names in texts that people wrote: replaced however they are inflected, while common words stay."""

import pytest

from groups.rules.names import without_names

COMPANIES = {
    "Pohjan Verkko Oy": "Yritys 1",
    "Kone-Ilmari Ky": "Yritys 2",
    "Aamu Oy": "Yritys 3",
    "Yritys Oy": "Yritys 4",
    "Pohjan Verkko ja Köysi Oy": "Yritys 5",
    "T:mi Liisa Lehto": "Yritys 6",
    "Oy Ab": "Yritys 7",
    "Räty & Pojat Tmi": "Yritys 8",
}
PERSONS = ("Ville Virtanen", "Maija Mallikas", "Bo Ek")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pohjan Verkko Oy:n messut", "Yritys 1:n messut"),
        ("POHJAN VERKKO OY", "Yritys 1"),
        ("Pohjan  Verkon kanssa, Pohjan\u00a0Verkkoa", "Yritys 1 kanssa, Yritys 1"),
        ("Pohjan Verkko ja Köysi auttoi", "Yritys 5 auttoi"),
        ("Kone\u2011Ilmarilla", "Yritys 2"),
        ("Aamun leipä, mutta aamu oli kylmä", "Yritys 3 leipä, mutta aamu oli kylmä"),
        ("Aamulehti kirjoitti", "Aamulehti kirjoitti"),
        ("Yritys kasvoi", "Yritys 4 kasvoi"),
        ("Liisa Lehdon kauppa", "Yritys 6 kauppa"),
        ("Räty & Pojat", "Yritys 8"),
        ("Oyster ja Abba", "Oyster ja Abba"),
        ("Ville Virtasen neuvo, Virtaselta, Virtanen Ville", "(h) neuvo, (h), (h)"),
        ("ville virtanen", "(h)"),
        ("Mallikas kertoi, Maija Mallikkaan mukaan", "(h) kertoi, (h) mukaan"),
        ("Bo Ek, Bo Ekille, mutta Ekologia", "(h), (h), mutta Ekologia"),
        ("Virta katkesi, mallikas esitys", "Virta katkesi, mallikas esitys"),
        ("a\u0308iti", "äiti"),
        ("", ""),
    ],
)
def test_a_name_is_replaced_however_it_is_written(text, told):
    assert without_names(COMPANIES, PERSONS, "(h)")(text) == told


def test_nothing_is_a_name_if_there_are_none():
    assert without_names({}, (), "(h)")("Pohjan Verkko Oy") == "Pohjan Verkko Oy"
