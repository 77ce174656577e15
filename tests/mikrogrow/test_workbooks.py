"""Cells that are safe, formulas that know what is unknown, and the same bytes for the same content."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.workbooks import (
    Book,
    Formula,
    Kind,
    has_cents,
    known_difference,
    known_sum,
    safe_text,
    spanned,
)
from tests.support.sheets import read_workbook

DAY = date(2018, 10, 15)


def content_of(*values, kind=Kind.TEXT):
    book = Book()
    sheet = book.sheet("Taulukko", [20] * 5)
    for value in values:
        sheet.put(1, value, kind)
        sheet.row += 1
    return book.content(title="Nimi", creator="Kaupunki", subject="Aihe", on=DAY)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Ha\x00n\x0bke\x1f", "Hanke"),
        ("a\ud800b\uffffc\ufffed", "abcd"),
        ("😀 å", "😀 å"),
        ("1\r\n2\r3\n4\t5", "1\n2\n3\n4\t5"),
        ("_x003D_1+1", "_x005F_x003D_1+1"),
        ("_x003", "_x003"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_what_a_workbook_cannot_hold_is_left_out_of_a_text(text, safe):
    assert safe_text(text) == safe


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_makes_a_workbook_that_opens_with_the_text_in_it(text):
    content = content_of("=1+1", text)

    for name in ZipFile(BytesIO(content)).namelist():
        ElementTree.fromstring(ZipFile(BytesIO(content)).read(name))  # noqa: S314 - it is our own
    sheet = read_workbook(content)["Taulukko"]
    assert sheet["A1"].data_type == "s"
    assert sheet["A2"].value == (safe_text(text) or None)
    assert sheet["A2"].data_type in {"s", "n"}


@pytest.mark.parametrize(
    ("cells", "arguments"),
    [
        ([], ""),
        (["B5"], "B5"),
        (["B5", "B6", "B7"], "B5:B7"),
        (["B5", "B7"], "B5,B7"),
        (["Y5", "Z5", "AA5"], "Y5:AA5"),
        (["B5", "D5"], "B5,D5"),
        (["B5", "C6"], "B5,C6"),
        (["Kulut!B5", "Kulut!B6"], "Kulut!B5,Kulut!B6"),
    ],
)
def test_cells_side_by_side_are_a_range(cells, arguments):
    assert spanned(cells) == arguments


def test_a_sum_with_an_unknown_part_is_unknown():
    assert known_sum(["B5", "B6"]) == 'IF(COUNT(B5:B6)=2,SUM(B5:B6),"ei tiedossa")'
    assert known_difference("B5", "C9") == 'IF(COUNT(B5,C9)=2,ROUND(B5-C9,2),"ei tiedossa")'


@pytest.mark.parametrize(
    ("amounts", "answer"), [(["1", "2.00"], False), (["1", "2.10"], True), ([], False), ([None], False)]
)
def test_cents_are_shown_where_there_are_any(amounts, answer):
    assert has_cents([None if amount is None else Decimal(amount) for amount in amounts]) is answer


def test_unknown_is_a_text_in_italics_and_no_number():
    cell = read_workbook(content_of(None, kind=Kind.EUROS))["Taulukko"]["A1"]

    assert (cell.value, cell.data_type, cell.font.italic) == ("ei tiedossa", "s", True)


def test_numbers_have_finnish_formats():
    assert read_workbook(content_of(Decimal(59953), kind=Kind.EUROS))["Taulukko"]["A1"].number_format == (
        '[$-40B]#,##0"\u00a0€";[$-40B]"−"#,##0"\u00a0€";[$-40B]#,##0"\u00a0€"'
    )


def test_a_formula_is_saved_with_what_it_gives():
    content = content_of(
        Formula("1+1", Decimal(2)),
        Formula('"a"&"<"', "a<"),
        Formula("B1", None),
        Formula("0", 0),
        kind=Kind.EUROS,
    )

    sheet = read_workbook(content, values=True)["Taulukko"]
    assert [sheet[f"A{row}"].value for row in range(1, 5)] == [2, "a<", "ei tiedossa", 0]
    assert read_workbook(content)["Taulukko"]["A1"].value == "=1+1"


def test_an_ampersand_in_a_title_is_no_code_of_the_footer():
    book = Book()
    book.sheet("Taulukko", [20])
    content = book.content(title="A&P 1 &R", creator="", subject="", on=DAY)

    assert b"&amp;LA&amp;&amp;P 1 &amp;&amp;R&amp;R&amp;P (&amp;N)" in ZipFile(BytesIO(content)).read(
        "xl/worksheets/sheet1.xml"
    ).replace(b"_x000a_", b"")
