from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.number_words import LARGEST, euros_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nolla"),
        (1, "yksi"),
        (10, "kymmenen"),
        (11, "yksitoista"),
        (19, "yhdeksäntoista"),
        (20, "kaksikymmentä"),
        (47, "neljäkymmentäseitsemän"),
        (100, "sata"),
        (101, "satayksi"),
        (212, "kaksisataakaksitoista"),
        (1000, "tuhat"),
        (1001, "tuhat yksi"),
        (2991, "kaksituhatta yhdeksänsataayhdeksänkymmentäyksi"),
        (24162, "kaksikymmentäneljätuhatta satakuusikymmentäkaksi"),
        (59953, "viisikymmentäyhdeksäntuhatta yhdeksänsataaviisikymmentäkolme"),
        (100_000, "satatuhatta"),
        (1_000_000, "miljoona"),
        (2_000_001, "kaksi miljoonaa yksi"),
        (1_001_000, "miljoona tuhat"),
        (3_000_000_000, "kolme miljardia"),
        (-5, "miinus viisi"),
    ],
)
def test_a_number_is_written_in_words(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "nolla euroa"),
        ("1", "yksi euro"),
        ("0.01", "nolla euroa yksi sentti"),
        ("2991.50", "kaksituhatta yhdeksänsataayhdeksänkymmentäyksi euroa viisikymmentä senttiä"),
        ("-2", "miinus kaksi euroa"),
        ("-0.001", "nolla euroa"),
        ("0.995", "yksi euro"),
    ],
)
def test_an_amount_is_written_in_words(amount, words):
    assert euros_in_words(Decimal(amount)) == words


def test_an_unknown_amount_is_said_to_be_unknown():
    assert euros_in_words(None) == "ei tiedossa"


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1])
def test_a_number_beyond_every_budget_is_refused(number):
    with pytest.raises(ValueError, match="too large"):
        number_in_words(number)


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_different_numbers_have_different_words(first, second):
    assert (number_in_words(first) == number_in_words(second)) == (first == second)
