"""Words of a text are replaced one correction after another, and one sees what stood there."""

import pytest

from mikrogrow.values.corrected_text import (
    Piece,
    changed_places,
    changed_words,
    corrected_text,
    found_words,
    narrowed,
    pieces_of,
)

TEXT = "Kaupunki maksaa enintään 2 991 euroa vuonna 2017. Osuus on 2\u00a0991 euroa 12 991 eurosta."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2 991 euroa vuonna", ["2 991 euroa vuonna"]),
        ("enintään  2\u00a0991 euroa", ["enintään 2 991 euroa"]),
        ("2 991", ["2 991", "2\u00a0991"]),
        ("Osuus on 2 991", ["Osuus on 2\u00a0991"]),
        ("12 991", ["12 991"]),
        ("uro", []),
        ("euroa vuonna 2018", []),
        ("2017.", ["2017."]),
        ("", []),
        ("\u00a0 ", []),
        (".*", []),
    ],
)
def test_words_are_found_whole_with_any_spaces_between(typed, found):
    assert found_words(TEXT, typed) == found


CORRECTED = [
    ([("2 991 euroa vuonna", "2 992 euroa vuonna")], "2 992 euroa vuonna", [("2 991", "2 992")]),
    (
        [("2 991 euroa vuonna", "2 992 euroa vuonna"), ("2 992 euroa", "2 993 euroa")],
        "2 993 euroa vuonna",
        [("2 991", "2 993")],
    ),
    (
        [("maksaa", "maksoi"), ("Kaupunki maksoi enintään", "Kaupunki maksoi noin")],
        "Kaupunki maksoi noin 2 991",
        [("maksaa enintään", "maksoi noin")],
    ),
    ([("maksaa enintään", "maksaa")], "Kaupunki maksaa 2 991", [(" enintään", "")]),
    ([("maksaa enintään", "ei maksa enintään")], "Kaupunki ei maksa enintään", [("maksaa", "ei maksa")]),
    (
        [("vuonna 2017", "vuonna 2018"), ("maksaa", "maksoi")],
        "vuonna 2018",
        [("maksaa", "maksoi"), ("2017", "2018")],
    ),
    ([("jota ei ole", "x")], TEXT, []),
]


@pytest.mark.parametrize(("replacements", "part", "changes"), CORRECTED)
def test_corrections_follow_each_other_and_show_what_stood_there_first(replacements, part, changes):
    pieces = pieces_of(TEXT, replacements)
    shown = narrowed(pieces)

    assert part in corrected_text(TEXT, replacements)
    assert [(piece.was, piece.now) for piece in shown if piece.is_changed] == changes
    assert "".join(piece.was for piece in shown) == "".join(piece.was for piece in pieces) == TEXT
    now = "".join(piece.now for piece in shown)
    assert now == corrected_text(TEXT, replacements)
    assert [now[place.start : place.end] for place in changed_places(shown)] == [new for _old, new in changes]


def test_a_text_that_is_corrected_back_has_no_changes():
    back = [("maksaa", "maksoi"), ("maksoi", "maksaa")]

    assert changed_places(pieces_of(TEXT, back)) == ()
    assert pieces_of("", back) == ()
    assert narrowed([Piece("a", "a")]) == (Piece("a", "a"),)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("on 2 991 euroa", "on 2 992 euroa", (["991"], ["992"])),
        ("ja ja", "ja", (["ja"], [])),
        ("sama", "sama", ([], [])),
        (
            "kaikki muuttuu",
            "aivan toiseksi tekstiksi",
            (["kaikki", "muuttuu"], ["aivan", "toiseksi", "tekstiksi"]),
        ),
    ],
)
def test_only_the_words_that_differ_are_counted(old, new, changed):
    assert changed_words(old, new) == changed
