"""What the cells of a list of companies tell, and the sentence with which one is refused."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from groups.importing.carrying import pack, unpack
from groups.importing.columns import Column, column_words, find_list
from groups.importing.rows import Place, read_rows
from mikrogrow.sheets.files import Table, read_file
from mikrogrow.sheets.limits import NO_VALUE

IISALMI, KIURUVESI, HALLI = (
    Place(1, "Iisalmi", "140"),
    Place(2, "Kiuruvesi", "263"),
    Place(3, "Halli", "049"),
)
PLACES = (IISALMI, KIURUVESI, HALLI)


def listed(*rows):
    return find_list("yritykset.csv", [Table("CSV", tuple(tuple(row) for row in rows))])


def told(head, text):
    """What one cell under the heading tells, or the sentences that refuse its row."""
    (row,) = read_rows(listed(["Yritys", "Vuosi", "Yhteyshenkilö", head], ["A", "2017", "B", text]), PLACES)
    if row.problems:
        return list(row.problems)
    rest = {key: value for key, value in row.told.items() if key not in {"name", "year", "contact"}}
    return next(iter(rest.values()), None)


COMMA = "Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."
WHOLE = "Kirjoita henkilöiden määrä kokonaislukuna, esimerkiksi 8."
CELLS = [
    ("Y-tunnus", "0114162-2", "0114162-2"),
    ("Y-tunnus", " 0114162–2 ", "0114162-2"),
    ("ytunnus", "0114162-2", "0114162-2"),
    (
        "Y-tunnus",
        "0114162-3",
        [
            "Y-tunnus (D): Luettiin ”0114162-3”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on "
            "täsmättävä."
        ],
    ),
    ("Toimiala", "Kahvila ✓ Gáivuona", "Kahvila ✓ Gáivuona"),
    (
        "Toimiala",
        "Raketit 🚀",
        ["Toimiala (D): Luettiin ”Raketit 🚀”. Merkkiä ”🚀” ei voi tulostaa. Poista se."],
    ),
    ("Yksinyrittäjä", "kyllä", True),
    ("Yksinyrittäjä", "X", True),
    ("Yksinyrittäjä", "ei", False),
    ("Yksinyrittäjä", "", None),
    ("Yksinyrittäjä", "–", None),
    ("Yksinyrittäjä", "ehkä", ["Yksinyrittäjä (D): Luettiin ”ehkä”. Kirjoita kyllä tai ei."]),
    ("Kunta", "iisalmi", IISALMI),
    ("Kunta", "263", KIURUVESI),
    ("Kuntanumero", "049", HALLI),
    ("Kuntanumero", "49", HALLI),
    (
        "Kunta",
        "Isalmi",
        ["Kunta (D): Luettiin ”Isalmi”. Sennimistä kuntaa ei ole kirjattu. Tarkoititko ”Iisalmi”?"],
    ),
    (
        "Kunta",
        "999",
        ["Kunta (D): Luettiin ”999”. Sellaista kuntaa ei ole kirjattu. Kirjoita kunnan nimi tai numero."],
    ),
    ("Toimialakoodi", "56101", "56101"),
    ("TOL", "56.10", "5610"),
    ("Toimialakoodi", "01", "01"),
    (
        "Toimialakoodi",
        "Ravintola",
        ["Toimialakoodi (D): Luettiin ”Ravintola”. Toimialakoodissa on 2–5 numeroa, kuten 56101."],
    ),
    ("Toimialaluokitus", "TOL 2025", "tol_2025"),
    ("Toimialaluokitus", "2008", "tol_2008"),
    (
        "Toimialaluokitus",
        "TOL 2002",
        ["Toimialaluokitus (D): Luettiin ”TOL 2002”. Kirjoita TOL 2008 tai TOL 2025."],
    ),
    ("Toimiala", "Ravintolat\nja  kahvilat", "Ravintolat ja kahvilat"),
    (
        "Toimiala",
        "x" * 201,
        [f"Toimiala (D): Luettiin ”{'x' * 40}…”. Teksti on liian pitkä: enintään 200 merkkiä."],
    ),
    ("Henkilöstö", "8", 8),
    ("Henkilömäärä", "1 200", 1200),
    ("Henkilöstö", "0", 0),
    ("Henkilöstö", "ei tiedossa", None),
    ("Henkilöstö", "8,5", [f"Henkilöstö (D): Luettiin ”8,5”. {WHOLE}"]),
    ("Henkilöstö", "-1", [f"Henkilöstö (D): Luettiin ”-1”. {WHOLE}"]),
    ("Henkilöstö", "99999999999", [f"Henkilöstö (D): Luettiin ”99999999999”. {WHOLE}"]),
    ("Henkilöstö", "٨", [f"Henkilöstö (D): Luettiin ”٨”. {WHOLE}"]),
    ("Liikevaihto, €", "1 400 000", Decimal(1_400_000)),
    ("Liikevaihto", "1.400.000,50 €", Decimal("1400000.50")),
    ("Liikevaihto (€)", "0", Decimal(0)),
    ("Liikevaihto EUR", "5", Decimal(5)),
    ("Liikevaihto (1000 €)", "5", None),
    ("Liikevaihto", "-5", ["Liikevaihto, € (D): Luettiin ”-5”. Summa ei voi olla negatiivinen."]),
    ("Liikevaihto", "59.95", [f"Liikevaihto, € (D): Luettiin ”59.95”. {COMMA}"]),
    (
        "Tase",
        "paljon",
        [
            "Taseen loppusumma, € (D): Luettiin ”paljon”. "
            "Kirjoita rahamäärä numeroin, esimerkiksi 59 953 tai 2 991,50."
        ],
    ),
    (
        "Tase",
        NO_VALUE,
        [
            "Taseen loppusumma, € (D): Solussa on kaava, jonka arvoa ei ole tallennettu. "
            "Avaa tiedosto taulukkolaskennassa, tallenna se ja tuo uudelleen."
        ],
    ),
    ("Sähköposti", "maija@example.org", "maija@example.org"),
    (
        "Sähköposti",
        "maija(at)example.org",
        [
            "Sähköposti (D): Luettiin ”maija(at)example.org”. "
            "Kirjoita sähköpostiosoite, esimerkiksi nimi@example.org."
        ],
    ),
    ("Puhelin", "040 123 4567", "040 123 4567"),
    ("Liittymispäivä", "1.4.2017", date(2017, 4, 1)),
    ("Liittynyt", "2017-04-01", date(2017, 4, 1)),
    (
        "Liittymispäivä",
        "31.2.2017",
        [
            "Liittymispäivä (D): Luettiin ”31.2.2017”. "
            "Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."
        ],
    ),
    ("Jonossa", "kyllä", True),
    ("Aktiivinen ydin", "on", True),
]


@pytest.mark.parametrize(("head", "text", "expected"), CELLS)
def test_a_cell_tells_or_says_what_would_be_right(head, text, expected):
    found = told(head, text)

    plain = [each.replace("\u00a0", " ") for each in found] if isinstance(found, list) else found
    assert (plain, type(plain) is bool) == (expected, type(expected) is bool)


@pytest.mark.parametrize("text", ["17", "1994", "2101", "20l7", "2017,5", "vuosi"])
def test_a_year_that_is_none_is_refused(text):
    (row,) = read_rows(listed(["Yritys", "Vuosi", "Henkilöstö"], ["A", text, "8"]), PLACES)

    assert row.problems == (f"Vuosi (B): Luettiin ”{text}”. Kirjoita vuosi väliltä 1995–2100.",)


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        (["", "", "1.4.2017", "", "", ""], ("Anna yrityksen nimi tai Y-tunnus.",)),
        (["A", "", "", "8", "", ""], ("Vuosi puuttuu: anna vuosi, jonka tieto Henkilöstö on.",)),
        (
            ["A", "", "", "", "", "040 1234567"],
            ("Anna myös yhteyshenkilön nimi, tai jätä sähköposti ja puhelin pois.",),
        ),
        (["A", "2017", "", "", "", ""], ()),
        (["A", "", "", "", "Maija", "040"], ()),
    ],
)
def test_cells_that_need_each_other_are_asked_for(cells, problems):
    heads = ["Yritys", "Vuosi", "Liittymispäivä", "Henkilöstö", "Yhteyshenkilö", "Puhelin"]

    (row,) = read_rows(listed(heads, cells), PLACES)

    assert row.problems == problems


def test_headings_may_stand_lower_and_in_any_order_and_others_are_named():
    sheet = listed(
        ["Ryhmän yritykset 2017"],
        [],
        ["Huom", "KUNTA", "Yrityksen nimi*"],
        ["soita", "Iisalmi", "Aamu Oy"],
        [],
        ["", "", "Ilta Oy"],
    )

    rows = read_rows(sheet, PLACES)

    assert sheet.unread == ("Huom (A)",)
    assert [(row.number, dict(row.told)) for row in rows] == [
        (4, {Column.MUNICIPALITY: IISALMI, Column.NAME: "Aamu Oy"}),
        (6, {Column.NAME: "Ilta Oy"}),
    ]


def test_the_sheet_with_the_most_known_headings_is_read():
    tables = [
        Table("Ohje", (("Sarake",), ("Yritys",))),
        Table("Yritykset", (("Yritys", "Kunta"), ("Aamu Oy", "Iisalmi"))),
    ]

    assert [row.name for row in read_rows(find_list("a.xlsx", tables), PLACES)] == ["Aamu Oy"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [["Firma", "Kunta"], ["Aamu Oy", "Iisalmi"]],
            "Taulukosta ei löytynyt otsikkoriviä. Kirjoita ensimmäiselle riville sarakkeiden otsikot; "
            "niistä yhden on oltava Yritys tai Y-tunnus.",
        ),
        (
            [["Yritys", "Nimi"], ["Aamu Oy", "Aamu"]],
            "Kahdella sarakkeella on otsikkona Yritys. Poista niistä toinen tai vaihda sen otsikko.",
        ),
    ],
)
def test_a_list_whose_columns_are_not_known_is_refused(rows, sentence):
    with pytest.raises(ValidationError) as refused:
        listed(*rows)

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_text_files_of_any_kind_tell_the_same(separator, encoding):
    text = (
        separator.join(["Yritys", "Henkilöstö", "Vuosi"])
        + "\r\n"
        + separator.join(["Yö Öljy Åbo", "8", "2017"])
    )

    (row,) = read_rows(find_list("a.csv", read_file("a.csv", text.encode(encoding))), PLACES)

    assert dict(row.told) == {Column.NAME: "Yö Öljy Åbo", Column.PERSONS: 8, Column.YEAR: 2017}


def test_every_column_has_a_heading_of_its_own():
    headings = [
        name.casefold() for words in column_words().values() for name in (words.heading, *words.others)
    ]

    assert list(column_words()) == list(Column)
    assert len(set(headings)) == len(headings)


HEADINGS = st.sampled_from([words.heading for words in column_words().values()])
CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["0114162-2", "8", "-1", "1.4.2017", "kyllä", "Iisalmi", "=1+1", "ei tiedossa", NO_VALUE]
    ),
)


@given(
    st.lists(HEADINGS, unique=True, min_size=1, max_size=8), st.lists(st.lists(CELL, max_size=9), max_size=6)
)
def test_any_grid_is_read_or_refused_with_sentences(heads, grid):
    try:
        sheet = listed(heads, *grid)
    except ValidationError as refused:
        assert all(refused.messages)
        return
    rows = read_rows(sheet, PLACES)

    assert unpack(pack(sheet, "a"), "a") == sheet
    assert all(None not in row.told.values() and "" not in row.told.values() for row in rows)
    assert {row.number for row in rows} <= set(range(2, len(grid) + 2))


@given(st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=5), st.sampled_from(";,\t"))
def test_any_text_file_is_read_or_refused_with_a_sentence(grid, separator):
    written = StringIO()
    writer = csv.writer(written, delimiter=separator)
    writer.writerow(["Yritys", "Y-tunnus", "Kunta"])
    writer.writerows(grid)
    try:
        content = written.getvalue().encode()
        read_rows(find_list("a.csv", read_file("a.csv", content)), PLACES)
    except UnicodeEncodeError:
        return
    except ValidationError as refused:
        assert all(refused.messages)
