"""What an uploaded file is read as, and the sentence with which it is refused."""

import csv
from collections import Counter
from contextlib import suppress
from datetime import date
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.xml.functions import iterparse

from mikrogrow.sheets import xlsx
from mikrogrow.sheets.files import read_file
from mikrogrow.sheets.limits import NO_VALUE

UNREADABLE = "Tiedostoa ei voitu lukea: se on vioittunut tai vajaa. Tallenna se uudelleen ja tuo se."
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
    "old Excel": (
        OLE,
        "Tiedosto on vanhassa Excel-muodossa (.xls). Tallenna se XLSX-muotoon ja tuo uudelleen.",
    ),
    "PDF": (
        b"%PDF-1.7\n",
        "Tiedosto ei ole taulukko, vaikka sen tunniste viittaa taulukkoon. Tuo XLSX- tai CSV-tiedosto.",
    ),
    "text with the name of a workbook": (
        "lähde;summa".encode(),
        "Tiedosto ei ole taulukko, vaikka sen tunniste viittaa taulukkoon. Tuo XLSX- tai CSV-tiedosto.",
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
        "Tiedosto on OpenDocument-muodossa (.ods). Tallenna se XLSX-muotoon ja tuo uudelleen."
    ]


def test_binary_with_the_name_of_a_text_is_refused():
    assert refusal(b"a;b\x00\n1;2", "a.csv") == [NOT_TEXT]
    assert refusal(b"\x81\x8d", "a.csv") == [NOT_TEXT]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["a"]] * 501, "Taulukossa ”Budjetti” on yli 500 riviä. Jätä siihen vain tuotavat rivit."),
        ([["a"] * 41], "Taulukossa ”Budjetti” on yli 40 saraketta. Jätä siihen vain tuotavat sarakkeet."),
        (
            [["a" * 300] * 40] * 30,
            "Taulukossa on liikaa tekstiä. Jätä siihen vain tuotavat rivit ja sarakkeet.",
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


SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# What shrinks less than a bomb does.
FILLER = {"xl/media/noise.bin": Random(1).randbytes(190_000)}  # noqa: S311
WIDE = "Taulukossa ”Budjetti” on yli 40 saraketta. Jätä siihen vain tuotavat sarakkeet."
MARKUP = "Tiedostossa on liikaa muotoiluja tai tekstejä. Kopioi tuotavat rivit uuteen taulukkoon."


def sheet_xml(rows, before=""):
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData></worksheet>"


@pytest.fixture
def parsed(monkeypatch):
    """The tags that a parser was given of each part."""
    found = Counter()

    def counting(source, *args):
        number = len(found)
        found[number] = 0
        for event, element in iterparse(source, *args):
            found[number] += 1
            yield event, element

    monkeypatch.setattr(xlsx, "iterparse", counting)
    return found


HEAVY = {
    "a row without end": ({SHEET: sheet_xml("<row>" + "<c/>" * 4_000_000 + "</row>")}, WIDE),
    "wide rows": ({SHEET: sheet_xml(("<row>" + "<c><v>1</v></c>" * 3_000 + "</row>") * 400)}, WIDE),
    "the same row again and again": (
        {SHEET: sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000)},
        WIDE,
    ),
    "columns": ({SHEET: sheet_xml("<row/>", "<cols>" + "<col/>" * 2_000_000 + "</cols>")}, WIDE),
    "cells in cells": ({SHEET: sheet_xml("<row>" + "<c>" * 1_000_000 + "</c>" * 1_000_000 + "</row>")}, WIDE),
    "styles": ({STYLES: f"<styleSheet {MAIN}>" + "<xf/>" * 2_000_000 + "</styleSheet>"}, MARKUP),
    "attributes": (
        {SHEET: sheet_xml("<row " + " ".join(f'a{number}=""' for number in range(300_000)) + "/>")},
        WIDE,
    ),
}


@pytest.mark.parametrize("case", HEAVY)
def test_a_part_that_never_ends_is_refused_before_it_is_parsed(case, parsed):
    parts, sentence = HEAVY[case]

    assert refusal(with_parts({**parts, **FILLER})) == [sentence]
    assert sum(parsed.values()) < 400_000


@pytest.mark.parametrize(
    "after",
    [
        "<row><c><v>1</v></c></row>" * 400_000,
        f"</sheetData><mergeCells>{'<mergeCell/>' * 1_000_000}</mergeCells><sheetData>",
    ],
)
def test_of_what_follows_the_rows_nothing_is_parsed(after, parsed):
    book = with_parts({SHEET: sheet_xml("<row><c><v>1</v></c></row>" + after), **FILLER})

    with suppress(ValidationError):
        read_file("a.xlsx", book)

    assert sum(parsed.values()) < 2_500


def test_a_full_sheet_with_formulas_is_read(parsed):
    cell = '<c r="{}{}" s="0" t="n"><f>A1+B1</f><v>1</v></c>'
    letters = [get_column_letter(column) for column in range(1, 41)]
    rows = "".join(
        "<row>" + "".join(cell.format(letter, row) for letter in letters) + "</row>" for row in range(1, 501)
    )

    assert rows_in(with_parts({SHEET: sheet_xml(rows)}), "a.xlsx") == [["1"] * 40] * 500
    # Row, cell, formula, value; and once.
    assert sum(parsed.values()) < 70_000


def test_a_long_text_file_is_read_up_to_its_first_row_that_is_too_many(monkeypatch):
    given = Counter()

    def counting(lines, **options):
        for row in reader(lines, **options):
            given["rows"] += 1
            yield row

    reader = csv.reader
    monkeypatch.setattr(csv, "reader", counting)

    assert refusal(b"a\n" * 900_000, "a.csv") == [
        "Taulukossa ”CSV” on yli 500 riviä. Jätä siihen vain tuotavat rivit."
    ]
    assert given["rows"] == 501
    given.clear()
    assert refusal((b";" * 40 + b"a\n") * 20_000, "a.csv") == [WIDE.replace("Budjetti", "CSV")]
    assert given["rows"] == 1


def test_empty_rows_and_columns_around_the_budget_do_not_count():
    assert rows_in(b"a;1" + b";" * 60 + b"\n" * 700) == [["a", "1"]]
    assert refusal(b"a;1\n" + b"\n" * 600 + b"b;1\n", "a.csv") == [
        "Taulukossa ”CSV” on yli 500 riviä. Jätä siihen vain tuotavat rivit."
    ]


def test_cells_of_every_kind_are_read_from_the_file_of_another_program():
    runs = "<r><t>Kun</t></r><r><t>nat</t></r><rPh><t>x</t></rPh>"
    strings = f"<sst {MAIN}><si><t>EAKR</t></si><si>{runs}</si></sst>"
    kinds = (
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c>'
        '<c r="E2" t="inlineStr"><is><r><t>Yri</t></r><r><t>tykset</t></r></is></c>'
        '<c r="F2" t="str"><f>B2</f><v>EAKR</v></c><c r="G2" t="e"><v>#REF!</v></c>'
        '<c r="H2" t="b"><v>0</v></c>'
        '<c r="I2"><f>1+1</f></c><c r="J2" t="d"><v>2017-04-01</v></c></row>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts = {
        SHEET: sheet_xml(kinds),
        "xl/sharedStrings.xml": strings,
        "xl/_rels/workbook.xml.rels": relations,
    }

    assert rows_in(with_parts(parts), "a.xlsx") == [
        [],
        ["", "EAKR", "", "Kunnat", "Yritykset", "EAKR", "#REF!", "epätosi", NO_VALUE, "1.4.2017"],
    ]


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
