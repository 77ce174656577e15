import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.company_names import COMPANY_FORMS, bare_name

NAMES = {
    "Palvelu Oy": "palvelu",
    "OY PALVELU AB": "palvelu",
    "Palvelu Oy Ltd.": "palvelu",
    "Osakeyhtiö Palvelu": "palvelu",
    "Palvelu-osakeyhtiö": "palvelu",
    "Palvelu,Oyj": "palvelu",
    "Tmi Matti Virtanen": "mattivirtanen",
    "Matti Virtanen tmi.": "mattivirtanen",
    "T:mi Matti Virtanen": "mattivirtanen",
    "K-Rauta Ky": "krauta",
    "Ay Veljekset_Salo": "veljeksetsalo",
    "Maito osk": "maito",
    "Osuuskunta Maito": "maito",
    "Hämeen   Työ Öb": "hämeentyö",
    "Ha\u0308meen tyo\u0308": "hämeentyö",
    # Nothing but a form, and a form within a word.
    "Oy Ab": "oyab",
    "Oylätalo": "oylätalo",
    "": "",
    "–": "",
}


@pytest.mark.parametrize(("name", "bare"), NAMES.items())
def test_a_company_is_known_without_case_spaces_punctuation_and_form(name, bare):
    assert bare_name(name) == bare


finnish = st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=8)
words = st.lists(finnish.filter(lambda word: word not in COMPANY_FORMS), min_size=1, max_size=3)


@given(words, st.sampled_from(sorted(COMPANY_FORMS)), st.sampled_from([" ", "  ", "-", ", ", "_", "."]))
def test_a_form_before_or_after_a_name_changes_nothing(parts, form, mark):
    bare = "".join(parts)

    assert bare_name(" ".join(parts)) == bare
    assert bare_name(mark.join([form.upper(), *parts])) == bare
    assert bare_name(mark.join([*parts, form.title()]).upper()) == bare
