"""Passages that are not public: how they are typed, what stands in their place, and which marks are wrong."""

import pytest
from django.core.exceptions import ValidationError

from mikrogrow.values.pasted import pasted
from mikrogrow.values.secret_text import (
    drawn_set_off,
    has_secret,
    internal_text,
    public_text,
    refuse_wrong_marks,
)

SECRET = "[[salainen JulkL 24 § 1 mom. 20 k: Tarjous on 59 953 euroa.]]"
PERSONAL = "[[henkilötieto kuntalaki 140 §: Maija Mallikas]]"

VERSIONS = {
    "Ei mitään.": ("Ei mitään.", "Ei mitään."),
    f"Ensin. {SECRET} Sitten.": (
        "Ensin. [salattu, JulkL 24 § 1 mom. 20 k] Sitten.",
        "Ensin. [Salassa pidettävä, JulkL 24 § 1 mom. 20 k: Tarjous on 59 953 euroa.] Sitten.",
    ),
    f"Saaja: {PERSONAL}.": (
        "Saaja: [henkilötieto poistettu, kuntalaki 140 §].",
        "Saaja: [Henkilötieto, kuntalaki 140 §: Maija Mallikas].",
    ),
    f"| a | {SECRET} |": (
        "| a | [salattu, JulkL 24 § 1 mom. 20 k] |",
        "| a | [Salassa pidettävä, JulkL 24 § 1 mom. 20 k: Tarjous on 59 953 euroa.] |",
    ),
    "[[SALAINEN JulkL 24 §: {omarahoitus}]]": (
        "[salattu, JulkL 24 §]",
        "[Salassa pidettävä, JulkL 24 §: {omarahoitus}]",
    ),
    "[[oma]] [x] [Puuttuu: y.]": ("[[oma]] [x] [Puuttuu: y.]", "[[oma]] [x] [Puuttuu: y.]"),
}


@pytest.mark.parametrize("text", VERSIONS)
def test_a_passage_is_left_out_of_the_public_version_and_set_off_in_the_other(text):
    assert (public_text(text), internal_text(text)) == VERSIONS[text]
    assert pasted(text) == text
    assert has_secret(text) == (public_text(text) != text)


WRONG = {
    "Alku.\n\nTässä [[salainen JulkL 24 §: kesken": (
        "Osa Rahoitus, 2. kappale: Merkintää ”[[salainen JulkL 24 §: kesken” ei ole suljettu. Kirjoita "
        "salaisen tekstin loppuun ]]."
    ),
    "[[salainen: Tarjous]]": "puuttuu peruste.",
    "[[salainen Tarjous 5 euroa]]": "puuttuu peruste.",
    "[[salainen Tarjous: 5 euroa]]": "puuttuu peruste.",
    "[[henkilötieto Maija]]": "puuttuu peruste.",
    "[[salainen JulkL 24 §: ]]": "ei ole tekstiä.",
    "[[salainen JulkL 24 §: eka\n\ntoka]]": "jatkuu toiseen kappaleeseen",
    "[[salainen JulkL 24 §: eka | toka]]": "taulukon soluun",
    "[[salainen JulkL 24 §: eka [[salainen JulkL 24 §: toka]]": "ei ole suljettu",
    "[[salaine JulkL 24 §: teksti]]": "Merkinnän alussa on oltava salainen tai henkilötieto",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_mark_is_named_with_its_part_and_place(text):
    with pytest.raises(ValidationError) as refused:
        refuse_wrong_marks("Rahoitus", text)

    (sentence,) = refused.value.messages
    assert sentence.startswith("Osa Rahoitus, ")
    assert WRONG[text] in sentence


@pytest.mark.parametrize("text", [text for text in WRONG if "[[salaine " not in text])
def test_whatever_is_wrong_with_a_mark_the_public_version_hides_what_it_holds(text):
    shown = public_text(text)

    for word in ("kesken", "Tarjous", "euroa", "Maija", "eka"):
        assert word not in shown


def test_right_marks_are_let_pass():
    refuse_wrong_marks("Rahoitus", f"{SECRET}\n\n- {PERSONAL}\n\n| a |\n| --- |\n| {SECRET} |")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("[[salainen JulkL 24 §: a [b] c]] d", "[Salassa pidettävä, JulkL 24 §: a [b] c]"),
        ("[[henkilötieto kuntalaki 140 §: Maija]]", "[Henkilötieto, kuntalaki 140 §: Maija]"),
        ("[puuttuu] ja [Salassa", None),
        ("[[salainen JulkL 24 §: a</p><p>b]]", None),
    ],
)
def test_a_passage_is_drawn_set_off_where_it_stays_within_an_element(text, drawn):
    shown = internal_text(text)

    assert drawn_set_off(shown) == (
        shown.replace(drawn, f'<span class="set-off">{drawn}</span>') if drawn else shown
    )
