"""What people type is refused if our fonts cannot print it, and only then."""

import pytest
from django.core.exceptions import ValidationError

from mikrogrow.pdf.glyphs import as_printed, refuse_unprintable, refuse_unprintable_part


@pytest.mark.parametrize(
    "text",
    [
        "Törkylempijävongahdus, Åbo, Örebro",
        "áâčđŋšŧž ÁÂČĐŊŠŦŽ",
        "õäöüšž ÕÄÖÜŠŽ",
        # Skolt Sámi.
        "Âʹvv, ǩeʹrjj, Ǩiõll, vuõʹddǥubbj, ʒ Ʒ ǯ Ǯ ǧ Ǧ ǥ Ǥ ǩ Ǩ õ Õ",
        "5\u202f000 €, 3\u00a0% – — ’“”„«» ✓ ½ ± ² … § №",
        "Ελλάδα, Київ",
        "a\u0301 e\u0308",
        "rivi\n\ttoinen\r\n",
        "kopi\u200doitu\u200e ✓\ufe0f",
        "",
    ],
)
def test_what_our_fonts_have_is_not_refused(text):
    refuse_unprintable(text)


@pytest.mark.parametrize(
    ("text", "read", "sign"),
    [
        ("Teema 🚀", "Teema 🚀", "🚀"),
        ("漢字", "漢字", "漢"),
        ("a\u202eb", "a b", "U+202E"),
        ("a\0b", "a b", "U+0000"),
    ],
)
def test_a_sign_that_no_font_of_ours_has_is_named(text, read, sign):
    with pytest.raises(ValidationError) as refused:
        refuse_unprintable(text)

    assert refused.value.messages == [f"Luettiin ”{read}”. Merkkiä ”{sign}” ei voi tulostaa. Poista se."]


def test_marks_that_nobody_sees_are_not_printed():
    assert as_printed("kopi\u200doitu\u200e ✓\ufe0f") == "kopioitu ✓"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Eka.\n\n- toka\n- kolmas ꙰\n\nNeljäs.", ["2. kappale: merkkiä ”꙰” (U+A670) ei voi tulostaa."]),
        ("| a | b |\n| --- | --- |\n| 漢 | c |", ["1. kappale: merkkiä ”漢” (U+6F22) ei voi tulostaa."]),
        (
            "a\u202eb\n\n🚀 ja 🚀\n\n🚀",
            [
                "1. kappale: merkkiä U+202E ei voi tulostaa.",
                "2. kappale: merkkiä ”🚀” (U+1F680) ei voi tulostaa.",
            ],
        ),
    ],
)
def test_each_sign_of_a_long_text_that_no_font_has_is_named_with_its_place(text, sentences):
    with pytest.raises(ValidationError) as refused:
        refuse_unprintable_part("Rahoitus", text)

    assert refused.value.messages == [f"Osa Rahoitus, {each} Poista se tai korvaa se." for each in sentences]


def test_a_text_in_another_script_gets_few_sentences():
    with pytest.raises(ValidationError) as refused:
        refuse_unprintable_part("Tausta", "一丁七万丈三上下")

    assert len(refused.value.messages) == 5


def test_a_long_text_of_what_our_fonts_have_is_not_refused():
    refuse_unprintable_part(
        "Rahoitus", "59\u00a0953\u00a0€ – ”Äänekoski”\n\n| ✓ | \u00bd |\n| --- | --- |\n| a |  |"
    )
