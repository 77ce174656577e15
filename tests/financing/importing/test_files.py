"""What an uploaded file is read as, and the sentence with which it is refused."""

from contextlib import suppress
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from financing.importing.files import NO_VALUE, read_file

UNREADABLE = "Tiedostoa ei voitu lukea: se on vioittunut tai kesken. Tallenna se uudelleen ja tuo se."
TOO_MUCH = "Tiedosto on purettuna liian suuri: enintään 20 Mt. Poista siitä muut taulukot ja kuvat."
MACROS = "Tiedostossa on makroja. Tallenna se XLSX-muotoon ilman makroja ja tuo uudelleen."
LINKS = "Tiedostossa on linkkejä muihin tiedostoihin. Korvaa ne arvoilla ja tuo tiedosto uudelleen."
NOT_XLSX = "Tiedosto ei ole XLSX-taulukko. Tuo XLSX- tai CSV-tiedosto."
NOT_TEXT = "Tiedosto ei ole tekstiä. Tuo XLSX-tiedosto tai CSV-tiedosto (UTF-8)."
PASSWORD = "Tiedosto on suojattu salasanalla. Poista suojaus ja tuo tiedosto uudelleen."


def workbook(*rows, title="Budjetti"):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book):
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def with_parts(parts, content=None, *, method=ZIP_DEFLATED):
    """The workbook with further parts, or with others in their place."""
    packed = BytesIO()
    with ZipFile(BytesIO(content or workbook(["a", 1]))) as old, ZipFile(packed, "w", method) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return packed.getvalue()


def encrypted():
    content = bytearray(workbook(["a"]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + offset] |= 1
            start += 4
    return bytes(content)


def refusal(content, name="budjetti.xlsx"):
    with pytest.raises(ValidationError) as refused:
        read_file(name, content)
    return refused.value.messages


def rows_in(content, name="budjetti.csv"):
    (table,) = read_file(name, content)
    return [list(row) for row in table.rows]


TYPES = '<?xml version="1.0"?><Types xmlns="x"><Override ContentType="x.macroEnabled.main+xml"/></Types>'
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

REFUSALS = {
    "empty": (b"", "Tiedosto on tyhjä. Valitse taulukko, jossa on rivejä."),
    "no row": (workbook(), "Tiedostossa ei ole yhtään riviä."),
    "too large": (b"a" * 2_000_001, "Tiedosto on liian suuri: enintään 2 Mt. Poista siitä muut taulukot."),
    "bomb": (with_parts({"xl/media/a.xml": b"<a>" + b" " * 25_000_000 + b"</a>"}), TOO_MUCH),
    "ratio": (with_parts({"xl/media/a.bin": b" " * 5_000_000}), TOO_MUCH),
    "parts": (with_parts({f"xl/media/{number}.bin": b"" for number in range(501)}), TOO_MUCH),
    "macros": (with_parts({"xl/vbaProject.bin": b"x"}), MACROS),
    "macro sheets": (with_parts({"xl/macrosheets/sheet1.xml": b"<x/>"}), MACROS),
    "macro type": (with_parts({"[Content_Types].xml": TYPES}), MACROS),
    "links": (with_parts({"xl/externalLinks/externalLink1.xml": b"<x/>"}), LINKS),
    "connections": (with_parts({"xl/connections.xml": b"<x/>"}), LINKS),
    "objects": (with_parts({"xl/embeddings/oleObject1.bin": b"x"}), LINKS),
    "entities": (with_parts({"xl/styles.xml": ENTITY}), UNREADABLE),
    "UTF-16": (with_parts({"xl/styles.xml": ENTITY.encode("utf-16")}), UNREADABLE),
    "truncated": (workbook(["a", 1])[:-40], UNREADABLE),
    "half": (workbook(["a", 1])[:800], UNREADABLE),
    "no XML": (with_parts({"xl/workbook.xml": b"<x"}), UNREADABLE),
    "password in the archive": (encrypted(), PASSWORD),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
    "old Excel": (OLE, "Tiedosto on vanhaa Excel-muotoa (.xls). Tallenna se XLSX-muotoon ja tuo uudelleen."),
    "PDF": (
        b"%PDF-1.7\n",
        "Tiedosto ei ole taulukko, vaikka sen nimi olisi sellaisen. Tuo XLSX- tai CSV-tiedosto.",
    ),
    "text with the name of a workbook": (
        "lähde;summa".encode(),
        "Tiedosto ei ole taulukko, vaikka sen nimi olisi sellaisen. Tuo XLSX- tai CSV-tiedosto.",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_file_that_is_not_read_says_why(case):
    content, sentence = REFUSALS[case]

    assert refusal(content) == [sentence]


def test_another_archive_and_another_format_are_told_apart():
    packed, ods = BytesIO(), BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        archive.writestr("a.txt", b"a")
    with ZipFile(ods, "w") as archive:
        archive.writestr("content.xml", b"<x/>")

    assert refusal(packed.getvalue()) == [NOT_XLSX]
    assert refusal(ods.getvalue()) == [
        "Tiedosto on OpenDocument-muotoa (.ods). Tallenna se XLSX-muotoon ja tuo uudelleen."
    ]


def test_binary_with_the_name_of_a_text_is_refused():
    assert refusal(b"a;b\x00\n1;2", "a.csv") == [NOT_TEXT]
    assert refusal(b"\x81\x8d", "a.csv") == [NOT_TEXT]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["a"]] * 501, "Taulukossa ”Budjetti” on yli 500 riviä. Jätä siihen vain budjetin rivit."),
        ([["a"] * 41], "Taulukossa ”Budjetti” on yli 40 saraketta. Jätä siihen vain budjetin sarakkeet."),
        (
            [["a" * 300] * 40] * 30,
            "Taulukossa on liikaa tekstiä. Jätä siihen vain budjetin rivit ja sarakkeet.",
        ),
    ],
)
def test_a_sheet_has_limits(rows, sentence):
    assert refusal(workbook(*rows)) == [sentence]


def test_a_long_list_beside_the_budget_is_left_out():
    book = Workbook()
    book.active.title = "Budjetti"
    book.active.append(["EAKR", 1])
    invoices = book.create_sheet("Laskut")
    for _number in range(600):
        invoices.append(["a"])
    hidden = book.create_sheet("Piilossa")
    hidden.append(["a"])
    hidden.sheet_state = "hidden"

    assert [table.name for table in read_file("a.xlsx", saved(book))] == ["Budjetti"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_text_file_is_read_in_the_ways_that_programs_write_it(encoding, separator):
    text = separator.join(["Lähde", '"59 953,00 €"', ""]) + "\r\n" + separator.join(["Öljy", "1", "2"])

    assert rows_in(text.encode(encoding)) == [["Lähde", "59 953,00 €"], ["Öljy", "1", "2"]]


def test_numbers_are_read_as_finns_write_them_and_without_binary_noise():
    book = Workbook()
    sheet = book.active
    sheet.append([59953, 0.1 + 0.2, 2991.5, 12.345, 1e15, True, date(2017, 4, 1), "teksti", 0.189, 0.0005])
    sheet["I1"].number_format = "0.0%"
    sheet["J1"].number_format = '0.00" %"'

    assert rows_in(saved(book), "a.xlsx") == [
        [
            "59953",
            "0,3",
            "2991,5",
            "12,345",
            "1000000000000000",
            "tosi",
            "1.4.2017",
            "teksti",
            "18,9 %",
            "0,0005",
        ]
    ]


def test_a_formula_that_was_never_computed_is_marked():
    assert rows_in(workbook(["a", "=1+1"]), "a.xlsx") == [["a", NO_VALUE]]


CELLS = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.dates())


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
@settings(max_examples=60)
def test_any_cells_are_read_or_refused_with_a_sentence(rows):
    book = Workbook()
    for row_number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            with suppress(ValueError, IllegalCharacterError):
                book.active.cell(row_number, column).value = value
    try:
        content = saved(book)
    except (ValueError, UnicodeEncodeError):
        return
    try:
        tables = read_file("a.xlsx", content)
    except ValidationError:
        return
    assert all(isinstance(cell, str) for table in tables for row in table.rows for cell in row)


WHOLE = workbook(["Lähde", "Summa"], ["EAKR", 100])


@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=12)).map(
            lambda change: WHOLE[: change[0]] + change[1] + WHOLE[change[0] + len(change[1]) :]
        ),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
    st.sampled_from(["a.xlsx", "a.csv", ""]),
)
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused_with_a_sentence(content, name):
    try:
        tables = read_file(name, content)
    except ValidationError as refused:
        assert refused.messages[0].endswith((".", "(UTF-8)."))
    else:
        assert tables
