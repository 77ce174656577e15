"""When two names that people typed are one."""

import pytest

from mikrogrow.values.typed_text import name_key


@pytest.mark.parametrize(
    "typed",
    [
        "kaukola\u2011työ oy",
        "KAUKOLA\u2013TYÖ OY",
        "  Kaukola-Työ\u00a0 Oy ",
        "Kaukola-Työ\nOy",
        "Kaukola\u2212\u200bTyö\tOy",
        "Kaukola\u2014Työ Oy",
    ],
)
def test_a_name_is_the_same_in_any_case_with_any_dashes_and_spaces(typed):
    assert name_key(typed) == name_key("Kaukola-Työ Oy")


@pytest.mark.parametrize("typed", ["Kaukolatyö Oy", "Kaukola Työ Oy", "Kaukola-Tyo Oy", ""])
def test_another_name_is_another(typed):
    assert name_key(typed) != name_key("Kaukola-Työ Oy")
