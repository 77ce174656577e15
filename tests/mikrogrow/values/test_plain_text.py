import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.plain_text import Block, NumberedItem, blocks, tied


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
        Block("numbers", (NumberedItem("3", "kolme"), NumberedItem("5", "viisi"))),
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
        ("MikroGrow -hankkeen", "MikroGrow\u00a0\u2011hankkeen"),
        ("kasvu - ja vienti", "kasvu - ja vienti"),
        ("2 -3", "2 -3"),
    ],
)
def test_what_belongs_together_is_not_broken(typed, shown):
    assert tied(typed) == shown


@given(st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\n-1. a"), max_size=200))
def test_no_word_of_a_text_is_lost(text):
    def letters(words):
        return [sign for sign in words if sign.isalpha()]

    found = []
    for block in blocks(text):
        for item in block.items:
            found += [item.number, item.text] if isinstance(item, NumberedItem) else [item]
    assert letters("".join(found)) == letters(unicodedata.normalize("NFC", text))
    assert all(found)
