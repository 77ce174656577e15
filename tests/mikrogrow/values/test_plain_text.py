import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.plain_text import Block, NumberedItem, blocks, tied
from mikrogrow.values.text_tables import TableCell, TextTable


def paragraph(text):
    return Block("paragraph", (text,))


def test_an_empty_line_separates_paragraphs():
    assert blocks("Yksi.\n\nKaksi.") == (paragraph("Yksi."), paragraph("Kaksi."))


def test_a_line_break_inside_a_paragraph_is_a_space():
    assert blocks("Yksi\nkaksi.\r\nkolme") == (paragraph("Yksi kaksi. kolme"),)


@pytest.mark.parametrize("empty", ["", "   ", "\n\n", "\r\n \n"])
def test_a_text_without_words_has_no_blocks(empty):
    assert blocks(empty) == ()


def test_lines_with_a_hyphen_are_a_list():
    assert blocks("Näin:\n- yksi\n- kaksi") == (paragraph("Näin:"), Block("bullets", ("yksi", "kaksi")))


def test_lines_with_a_number_are_a_list_that_keeps_the_typed_numbers():
    assert blocks("3. kolme\n5. viisi") == (
        Block("numbers", (NumberedItem("3.", "kolme"), NumberedItem("5.", "viisi"))),
    )


def test_an_empty_line_between_items_does_not_end_the_list():
    assert blocks("- yksi\n\n- kaksi") == (Block("bullets", ("yksi", "kaksi")),)


def test_a_line_after_an_item_belongs_to_the_item():
    assert blocks("- yksi\nyhä yksi\n- kaksi") == (Block("bullets", ("yksi yhä yksi", "kaksi")),)


def test_an_empty_line_after_a_list_begins_a_paragraph():
    assert blocks("- yksi\n\nLoppu.") == (Block("bullets", ("yksi",)), paragraph("Loppu."))


@pytest.mark.parametrize("line", ["1.4.2017 alkaa", "1. 4. 2017 alkaa", "-5 astetta", "2*3*4", "1.", "-"])
def test_a_day_or_a_negative_number_begins_no_list(line):
    assert blocks(line) == (paragraph(line),)


def test_markup_is_text():
    assert blocks("<script>alert(1)</script> {{ 1 }}") == (paragraph("<script>alert(1)</script> {{ 1 }}"),)


def test_letters_typed_in_two_pieces_are_put_together():
    assert blocks("Ylä-Savo") == (paragraph("Ylä-Savo"),)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("enintään 59 953 € vuonna 2017", "enintään 59\u00a0953\u00a0€ vuonna 2017"),
        ("651 200 euroa", "651\u00a0200\u00a0euroa"),
        ("18,9 % kustannuksista", "18,9\u00a0% kustannuksista"),
        ("katso § 13", "katso §\u00a013"),
        ("kuntalain 134 §:n", "kuntalain 134\u00a0§:n"),
        ("1,2 milj. euroa, 12 htv", "1,2\u00a0milj. euroa, 12\u00a0htv"),
        ("MikroGrow\u00a0-hankkeen", "MikroGrow\u00a0\u2011hankkeen"),
        ("MikroGrow -hankkeen", "MikroGrow\u00a0\u2011hankkeen"),
        ("kasvu - ja vienti", "kasvu - ja vienti"),
        ("2 -3", "2 -3"),
    ],
)
def test_what_belongs_together_is_not_broken(typed, shown):
    assert tied(typed) == shown


def table(head, *rows, numbers=()):
    def row(cells):
        return tuple(TableCell(cell, place in numbers) for place, cell in enumerate(cells))

    return Block("table", (TextTable(row(head), tuple(map(row, rows))),))


def test_lines_between_bars_below_a_line_of_dashes_are_a_table():
    text = "Kustannukset:\n| Vuosi | Euroa |\n| --- | ---: |\n| 2017 | 24 095 |\n| 2018 | 22 252 |\nLoppu."

    assert blocks(text) == (
        paragraph("Kustannukset:"),
        table(("Vuosi", "Euroa"), ("2017", "24\u00a0095"), ("2018", "22\u00a0252"), numbers={1}),
        paragraph("Loppu."),
    )


def test_a_table_without_names_of_columns_has_no_head():
    assert blocks("|  |  |\n|---|---|\n| a | b |") == (table((), ("a", "b")),)


def test_a_bar_inside_a_cell_has_a_backslash_before_it():
    assert blocks(r"| a\|b | c |" "\n| --- | --- |\n" r"| \\| | d\| |") == (
        table(("a|b", "c"), (r"\|", "d|")),
    )


def test_a_row_that_is_longer_than_the_head_keeps_its_cells_and_a_short_one_is_filled():
    assert blocks("| a |\n| --- |\n| b | c |\n| d |") == (table(("a", ""), ("b", "c"), ("d", "")),)


@pytest.mark.parametrize(
    "text",
    ["| a | b |", "| a | b |\n| --- | --- |", "| a | b |\n| c | d |", "a | b\n--- | ---\nc | d", "|\n|\n|"],
)
def test_bars_alone_are_text(text):
    assert blocks(text) == (paragraph(" ".join(text.split("\n"))),)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1) yksi\n2) kaksi", ["1)", "2)"]),
        ("a) yksi\nb) kaksi", ["a)", "b)"]),
        ("i) yksi\nii) kaksi\niv) neljä", ["i)", "ii)", "iv)"]),
        ("1) yksi\na) ensin\nb) sitten\n2) kaksi", ["1)", "a)", "b)", "2)"]),
    ],
)
def test_lines_with_a_number_and_a_bracket_are_a_list(text, numbers):
    (found,) = blocks(text)

    assert [item.number for item in found.items] == numbers


def test_a_list_goes_on_with_any_number_after_an_empty_line():
    assert [block.kind for block in blocks("1) yksi\n\nPerustelu.\n\n2) kaksi")] == [
        *("numbers", "paragraph", "numbers")
    ]


@pytest.mark.parametrize("line", ["b) kohdan mukaan", "2) kohdan mukaan", "14) kohta"])
def test_a_number_with_a_bracket_below_an_open_paragraph_is_text(line):
    assert blocks(f"Tuki myönnetään lain 5 §:n\n{line}") == (
        paragraph(f"Tuki myönnetään lain 5\u00a0§:n {line}"),
    )


@given(st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\n-1.) a|"), max_size=200))
def test_no_word_of_a_text_is_lost(text):
    def letters(words):
        return [sign for sign in words if sign.isalpha()]

    found = [part for block in blocks(text) for part in block.texts]
    assert letters("".join(found)) == letters(unicodedata.normalize("NFC", text))
    assert all(found) or "|" in text


@pytest.mark.parametrize(
    ("row", "is_small", "is_tight"),
    [
        (("Palkkakustannukset", *["24 095,00 €"] * 4, "18,9 %"), False, False),
        (("Palkat", *["1 224 095,00"] * 6), True, False),
        (("Palkat", *["1 224 095,00"] * 12), True, True),
        (("sana " * 40, "5"), False, False),
        (("x" * 100, "5"), True, True),
    ],
)
def test_a_table_is_small_or_tight_by_its_longest_words(row, is_small, is_tight):
    (found,) = blocks(f"| {' | '.join(row)} |\n| --- |\n| {' | '.join(row)} |")

    assert (found.items[0].is_small, found.items[0].is_tight) == (is_small, is_tight)
