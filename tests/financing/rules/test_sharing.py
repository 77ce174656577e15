from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.rules.sharing import (
    Sharing,
    Weight,
    computed_parts,
    explained_by_rounding,
    left_over,
    moved_by_share,
    parts_to_pay,
    sharing_problem,
)

CENT = Decimal("0.01")

cents = st.integers(0, 10**9).map(lambda number: Decimal(number) * CENT)
populations = st.lists(st.integers(0, 700_000), min_size=1, max_size=12).filter(any)


@st.composite
def percentages(draw):
    """Shares with two decimals that sum to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=9)))
    edges = [0, *cuts, 10_000]
    return [Decimal(after - before) * CENT for before, after in pairwise(edges)]


def divided(total, key, weights, rate=None):
    amounts = (None if number is None else Decimal(number) for number in (total, rate))
    return Sharing("Viestintä", key, *amounts, tuple(weights))


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
        ("1000", "percent", by_percent("0", "0"), ["0", "0"]),
        # 99,9 % and 120 %: each pays its own share, whatever the shares sum to.
        ("1000", "percent", by_percent("33.3", "33.3", "33.3"), ["333", "333", "333"]),
        ("1000", "percent", by_percent("60", "60"), ["600", "600"]),
    ],
)
def test_a_total_is_divided_by_its_key(total, key, weights, parts):
    assert computed_parts(divided(total, key, weights)) == [Decimal(part) for part in parts]


@pytest.mark.parametrize(
    ("rate", "numbers", "parts"),
    [
        # 0,35 × 205 489 = 71 921,15 and 0,35 × 17 600 = 6 160.
        ("0.35", (205_489, 17_600), ["71921.15", "6160"]),
        # 0,2855 × 3 011 = 859,6405.
        ("0.2855", (3_011,), ["859.64"]),
        ("0", (3_011,), ["0"]),
    ],
)
def test_euros_for_each_inhabitant_need_no_total(rate, numbers, parts):
    sharing = divided(None, "per_inhabitant", by_population(*numbers), rate)

    assert computed_parts(sharing) == [Decimal(part) for part in parts]
    assert left_over(sharing) is None


@pytest.mark.parametrize(
    ("sharing", "gap", "explained"),
    [
        (divided("1000", "equal", [Weight("A"), Weight("B")]), "0", "0"),
        # Three shares of one decimal: 3 × 0,05 % of 1 000 €.
        (divided("1000", "percent", by_percent("33.3", "33.3", "33.3")), "-1", "1.5"),
        # 10 % has no payer, and 2 × 0,5 % explain 10 €.
        (divided("1000", "percent", by_percent("60", "30")), "-100", "10"),
        (divided("1000", "percent", by_percent("60", "60")), "200", "10"),
        # The paper says 78 081 € for 71 921,15 + 6 160,00.
        (divided("78081", "per_inhabitant", by_population(205_489, 17_600), "0.35"), "0.15", "0.51"),
        # A stated part stands: 334 + 333 + 333.
        (
            divided("999", "equal", [Weight("A", stated=Decimal(334)), Weight("B"), Weight("C")]),
            "1",
            "0.5",
        ),
    ],
)
def test_what_has_no_payer_is_left_over(sharing, gap, explained):
    assert (left_over(sharing), explained_by_rounding(sharing)) == (Decimal(gap), Decimal(explained))


@pytest.mark.parametrize(
    ("key", "moved"), [("percent", "5"), ("equal", "0"), ("population", "0"), ("per_inhabitant", "0")]
)
def test_a_rounded_percentage_moves_a_part_only_where_it_is_the_key(key, moved):
    payer = Weight("Oulu", population=100, share=Decimal(60))

    assert moved_by_share(divided("1000", key, [payer], "10"), payer) == Decimal(moved)


def test_a_stated_part_is_paid_in_place_of_the_computed_one():
    weights = [Weight("Oulu", 205_489, stated=Decimal(71_921)), Weight("Kempele", 17_600)]

    assert parts_to_pay(divided(None, "per_inhabitant", weights, "0.35")) == [Decimal(71_921), Decimal(6_160)]


@given(cents, populations)
def test_parts_by_population_sum_exactly_and_are_off_by_less_than_a_cent(total, numbers):
    parts = computed_parts(divided(total, "population", by_population(*numbers)))

    assert sum(parts) == total
    assert all(
        abs(part - total * number / sum(numbers)) < CENT for part, number in zip(parts, numbers, strict=True)
    )


@given(cents, percentages())
def test_parts_by_percent_sum_exactly_and_are_off_by_less_than_a_cent(total, shares):
    parts = computed_parts(divided(total, "percent", by_percent(*shares)))

    assert sum(parts) == total
    assert all(abs(part - total * share / 100) < CENT for part, share in zip(parts, shares, strict=True))


@given(cents, st.integers(1, 40))
def test_equal_parts_sum_exactly_and_differ_by_at_most_a_cent(total, payers):
    parts = computed_parts(divided(total, "equal", [Weight(f"Kunta {number}") for number in range(payers)]))

    assert sum(parts) == total
    assert max(parts) - min(parts) <= CENT


@pytest.mark.parametrize(
    ("key", "weights", "sentence"),
    [
        ("equal", [], "Kirjaa, keiden kesken summa jaetaan."),
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
        ("percent", by_percent("33.3", "33.3", "33.3"), ""),
        ("percent", by_percent("60", "60"), ""),
        ("per_inhabitant", [Weight("Iisalmi", 0), Weight("Vieremä")], "Asukasluku puuttuu: Vieremä."),
        ("per_inhabitant", by_population(0, 0), ""),
        ("percent", by_percent("60", "40"), ""),
    ],
)
def test_what_cannot_be_divided_is_said(key, weights, sentence):
    assert sharing_problem(key, weights) == sentence


def test_dividing_what_cannot_be_divided_is_an_error():
    with pytest.raises(ValueError, match=r"^Osuus puuttuu: Kunta\.$"):
        computed_parts(divided(1, "percent", [Weight("Kunta")]))
