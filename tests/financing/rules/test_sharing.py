from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.rules.sharing import Weight, share_parts, sharing_problem

CENT = Decimal("0.01")

cents = st.integers(0, 10**9).map(lambda number: Decimal(number) * CENT)
populations = st.lists(st.integers(0, 700_000), min_size=1, max_size=12).filter(any)


@st.composite
def percentages(draw):
    """Shares with two decimals that sum to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=9)))
    edges = [0, *cuts, 10_000]
    return [Decimal(after - before) * CENT for before, after in pairwise(edges)]


def by_population(*numbers):
    return [Weight(f"Kunta {index}", population=number) for index, number in enumerate(numbers)]


def by_percent(*shares):
    return [Weight(f"Kunta {index}", share=Decimal(share)) for index, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("total", "key", "weights", "parts"),
    [
        ("100", "equal", [Weight("A"), Weight("B"), Weight("C")], ["33.34", "33.33", "33.33"]),
        ("100", "equal", [Weight("A")], ["100"]),
        ("0.01", "equal", [Weight("A"), Weight("B")], ["0.01", "0.00"]),
        ("9217", "population", by_population(21_472, 2_346, 3_011), ["7376.62", "805.96", "1034.42"]),
        ("100", "population", by_population(0, 5), ["0", "100"]),
        ("1000", "percent", by_percent("33.3", "33.3", "33.4"), ["333", "333", "334"]),
        ("0", "percent", by_percent("50", "50"), ["0", "0"]),
    ],
)
def test_a_total_is_divided_by_its_key(total, key, weights, parts):
    assert share_parts(Decimal(total), key, weights) == [Decimal(part) for part in parts]


@given(cents, populations)
def test_parts_by_population_sum_exactly_and_are_off_by_less_than_a_cent(total, numbers):
    parts = share_parts(total, "population", by_population(*numbers))

    assert sum(parts) == total
    assert all(
        abs(part - total * number / sum(numbers)) < CENT for part, number in zip(parts, numbers, strict=True)
    )


@given(cents, percentages())
def test_parts_by_percent_sum_exactly_and_are_off_by_less_than_a_cent(total, shares):
    parts = share_parts(total, "percent", by_percent(*shares))

    assert sum(parts) == total
    assert all(abs(part - total * share / 100) < CENT for part, share in zip(parts, shares, strict=True))


@given(cents, st.integers(1, 40))
def test_equal_parts_sum_exactly_and_differ_by_at_most_a_cent(total, payers):
    parts = share_parts(total, "equal", [Weight(f"Kunta {number}") for number in range(payers)])

    assert sum(parts) == total
    assert max(parts) - min(parts) <= CENT


@pytest.mark.parametrize(
    ("key", "weights", "sentence"),
    [
        ("equal", [], "Kirjaa, kenen kesken summa jaetaan."),
        (
            "population",
            [Weight("Iisalmi", population=21_472), Weight("Kiuruvesi"), Weight("Vieremä")],
            "Asukasluku puuttuu: Kiuruvesi, Vieremä.",
        ),
        (
            "population",
            by_population(0, 0),
            "Asukasluvut ovat kaikki nollia, joten summaa ei voi jakaa niiden mukaan.",
        ),
        (
            "percent",
            [Weight("Iisalmi", share=Decimal(100)), Weight("Kiuruvesi")],
            "Osuus puuttuu: Kiuruvesi.",
        ),
        (
            "percent",
            by_percent("33.3", "33.3", "33.3"),
            "Osuudet ovat yhteensä 99,9\u00a0%. Niiden on oltava yhteensä 100 %.",
        ),
        (
            "percent",
            by_percent("60", "60"),
            "Osuudet ovat yhteensä 120\u00a0%. Niiden on oltava yhteensä 100 %.",
        ),
        ("percent", by_percent("60", "40"), ""),
    ],
)
def test_what_cannot_be_divided_is_said(key, weights, sentence):
    assert sharing_problem(key, weights) == sentence


def test_dividing_what_cannot_be_divided_is_an_error():
    with pytest.raises(ValueError, match=r"^Osuus puuttuu: Kunta\.$"):
        share_parts(Decimal(1), "percent", [Weight("Kunta")])
