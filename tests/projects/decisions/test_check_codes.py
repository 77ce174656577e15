"""Check codes: made of all that is printed, read off paper as people type them, found in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.decisions.check_codes import code_of, codes_in, typed_code

CODE = code_of("Hyväksytään 2 991 euroa.")


@given(st.text())
def test_a_code_is_read_as_it_is_printed(content):
    code = code_of(content)

    assert typed_code(code) == code
    assert codes_in(f"Tarkistustunnus {code}.") == [code]


@given(st.text(), st.text())
def test_other_contents_have_other_codes(one, other):
    assert (code_of(one) == code_of(other)) == (one == other)


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE} ",
        CODE.replace("-", "\u2013"),
        CODE.replace("-", " - "),
        CODE.replace("1", "l").replace("0", "o"),
        CODE.replace("1", "I").replace("0", "O"),
    ],
)
def test_a_code_is_read_however_a_person_types_it(typed):
    assert typed_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    ["", "-", CODE[:-1], CODE + "A", CODE[:-1] + "U", CODE[:-1] + "Ä", CODE[:-1] + "\0", "§ 13", "4834/2017"],
)
def test_what_is_no_code_is_not_read(typed):
    assert typed_code(typed) is None


@pytest.mark.parametrize(
    "text", [f"X{CODE}", f"{CODE}-1234", f"1-{CODE}", CODE.lower(), CODE.replace("-", "")]
)
def test_a_text_has_a_code_only_as_it_is_printed(text):
    assert codes_in(text) == []
