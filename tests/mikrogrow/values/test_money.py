from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from mikrogrow.values.money import (
    LARGEST,
    allocate,
    cents_of,
    cut,
    euros_of_cents,
    format_amount,
    format_count,
    format_euros,
    format_percent,
    format_points,
    format_progress,
    parse_euros,
    parse_percent,
    percent_of,
    round_half_up,
    shown_decimals,
    sum_if_all_known,
)

NBSP = "\u00a0"

amounts = st.decimals(-LARGEST, LARGEST, places=2, allow_nan=False, allow_infinity=False)
shares = st.decimals(0, 100, places=3, allow_nan=False, allow_infinity=False)
any_text = st.text(st.characters(exclude_categories=())) | st.text("0123456789 .,-+€%\u00a0\u2212٣\ud800\0")


def refusal(parse, text):
    with pytest.raises(ValidationError) as refused:
        parse(text)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("59953", "59953"),
        ("59 953", "59953"),
        ("59\u00a0953", "59953"),
        ("59\u202f953", "59953"),
        ("59\u2009953", "59953"),
        ("59\u2007953", "59953"),
        ("59\u3000953", "59953"),
        ("59  953", "59953"),
        ("59.953", "59953"),
        ("651.200", "651200"),
        ("1.234.567", "1234567"),
        ("1 234 567,89", "1234567.89"),
        ("59 953,00", "59953"),
        ("59.953,00", "59953"),
        ("59 953,5", "59953.5"),
        ("59 953 €", "59953"),
        ("59953€", "59953"),
        ("59\u00a0953\u00a0€", "59953"),
        ("  59 953 €\t\r\n", "59953"),
        ("\ufeff59\u200b953", "59953"),
        ("−2 991,50", "-2991.5"),
        ("-2 991,50", "-2991.5"),
        ("–2 991,50 €", "-2991.5"),
        ("− 2 991", "-2991"),
        ("+2", "2"),
        ("0", "0"),
        ("−0", "0"),
        ("0,01", "0.01"),
        ("007", "7"),
        ("000000000000000000001", "1"),
        ("999 999 999 999,99", "999999999999.99"),
        ("-999999999999,99", "-999999999999.99"),
    ],
)
def test_an_amount_is_read_as_finns_write_it(typed, read):
    assert parse_euros(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\u202f", "\t\r\n"])
def test_an_empty_text_is_unknown_and_not_zero(typed):
    assert parse_euros(typed) is None
    assert parse_percent(typed) is None


def test_minus_zero_is_zero():
    assert str(parse_euros("−0,00")) == "0.00"


WRITE = "Kirjoita rahamäärä numeroin, esimerkiksi 59 953 tai 2 991,50."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("59.95", f"Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5{NBSP}995."),
        ("-59.95", f"Luettiin ”-59.95”. Pilkku erottaa sentit: kirjoita −59,95 tai −5{NBSP}995."),
        ("59.9 €", "Luettiin ”59.9 €”. Pilkku erottaa sentit: kirjoita 59,9 tai 599."),
        ("0.50", "Luettiin ”0.50”. Pilkku erottaa sentit: kirjoita 0,50."),
        (
            "12,345",
            f"Luettiin ”12,345”. Senttejä on enintään kaksi numeroa: kirjoita 12,34 tai 12{NBSP}345.",
        ),
        (
            "−12,345",
            f"Luettiin ”−12,345”. Senttejä on enintään kaksi numeroa: kirjoita −12,34 tai −12{NBSP}345.",
        ),
        (
            "44964,005",
            f"Luettiin ”44964,005”. Senttejä on enintään kaksi numeroa: kirjoita 44{NBSP}964,00 tai "
            f"44{NBSP}964{NBSP}005.",
        ),
        (
            "44964.5",
            f"Luettiin ”44964.5”. Pilkku erottaa sentit: kirjoita 44{NBSP}964,5 tai 449{NBSP}645.",
        ),
        ("0,125", "Luettiin ”0,125”. Senttejä on enintään kaksi numeroa: kirjoita 0,12."),
        ("1.23.4", f"Luettiin ”1.23.4”. {WRITE}"),
        ("1e5", f"Luettiin ”1e5”. {WRITE}"),
        ("NaN", f"Luettiin ”NaN”. {WRITE}"),
        ("Infinity", f"Luettiin ”Infinity”. {WRITE}"),
        ("1_000", f"Luettiin ”1_000”. {WRITE}"),
        ("٣", f"Luettiin ”٣”. {WRITE}"),
        ("½", f"Luettiin ”½”. {WRITE}"),
        ("59 95", f"Luettiin ”59 95”. {WRITE}"),
        ("0 500", f"Luettiin ”0 500”. {WRITE}"),
        ("1 234.567", f"Luettiin ”1 234.567”. {WRITE}"),
        ("59 953.00", f"Luettiin ”59 953.00”. {WRITE}"),
        ("59\t953", f"Luettiin ”59 953”. {WRITE}"),
        ("59\n953", f"Luettiin ”59 953”. {WRITE}"),
        ("--5", f"Luettiin ”--5”. {WRITE}"),
        ("5-", f"Luettiin ”5-”. {WRITE}"),
        (",50", f"Luettiin ”,50”. {WRITE}"),
        ("5,", f"Luettiin ”5,”. {WRITE}"),
        ("€", f"Luettiin ”€”. {WRITE}"),
        ("-", f"Luettiin ”-”. {WRITE}"),
        ("\u200b", f"Luettiin ””. {WRITE}"),
        ("10 %", f"Luettiin ”10 %”. {WRITE}"),
        ("5\0", f"Luettiin ”5”. {WRITE}"),
        ("\ud800", f"Luettiin ””. {WRITE}"),
        ("%(read)s", f"Luettiin ”%(read)s”. {WRITE}"),
        ("n" * 41, f"Luettiin ”{'n' * 40}…”. {WRITE}"),
        (
            "1000000000000",
            f"Luettiin ”1000000000000”. Luku on liian suuri: enintään "
            f"999{NBSP}999{NBSP}999{NBSP}999,99{NBSP}€.",
        ),
    ],
)
def test_what_is_no_amount_is_refused_with_what_was_read(typed, message):
    assert refusal(parse_euros, typed) == message


def test_a_million_digits_are_refused_like_any_large_number():
    assert refusal(parse_euros, "9" * 1_000_001).endswith(f"999,99{NBSP}€.")
    assert refusal(parse_percent, "9" * 1_000_001).endswith("Osuuden on oltava 0–100 %.")


@given(amounts)
@example(Decimal("-0.01"))
@example(LARGEST)
@example(-LARGEST)
def test_what_is_shown_reads_back_as_the_same_amount(amount):
    assert parse_euros(format_euros(amount)) == amount
    assert parse_euros(format_amount(amount)) == amount
    assert parse_euros(format_euros(amount, sign=True)) == amount


@given(any_text)
@example("1" * 5000)
def test_no_text_raises_anything_but_a_validation_error(text):
    for parse in (parse_euros, parse_percent):
        try:
            read = parse(text)
        except ValidationError as refused:
            assert refused.messages[0].startswith("Luettiin ”")
        else:
            assert read is None or isinstance(read, Decimal)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("18,9", "18.9"),
        ("18,9 %", "18.9"),
        ("18,9%", "18.9"),
        ("18,9\u00a0%", "18.9"),
        ("18,9\u202f%", "18.9"),
        ("0", "0"),
        ("-0", "0"),
        ("100", "100"),
        ("100,000", "100"),
        ("33,333", "33.333"),
        ("000075", "75"),
    ],
)
def test_a_percentage_is_read_as_finns_write_it(typed, read):
    assert parse_percent(typed) == Decimal(read)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("18.9", "Luettiin ”18.9”. Pilkku erottaa desimaalit: kirjoita 18,9."),
        ("100,001", "Luettiin ”100,001”. Osuuden on oltava 0–100 %."),
        ("-5", "Luettiin ”-5”. Osuuden on oltava 0–100 %."),
        ("1000000", "Luettiin ”1000000”. Osuuden on oltava 0–100 %."),
        ("5,1234", "Luettiin ”5,1234”. Kirjoita osuus prosentteina, esimerkiksi 18,9 tai 75."),
        ("5 €", "Luettiin ”5 €”. Kirjoita osuus prosentteina, esimerkiksi 18,9 tai 75."),
        ("%", "Luettiin ”%”. Kirjoita osuus prosentteina, esimerkiksi 18,9 tai 75."),
        ("1/3", "Luettiin ”1/3”. Kirjoita osuus prosentteina, esimerkiksi 18,9 tai 75."),
    ],
)
def test_what_is_no_percentage_is_refused_with_what_was_read(typed, message):
    assert refusal(parse_percent, typed) == message


@given(shares)
def test_a_shown_percentage_reads_back_as_the_same(share):
    assert parse_percent(format_percent(share)) == share


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal(59953), "59 953 €"),
        (Decimal("2991.50"), "2 991,50 €"),
        (Decimal("2991.00"), "2 991 €"),
        (Decimal(-2), "−2 €"),
        (Decimal("-0.004"), "0 €"),
        (Decimal("0.005"), "0,01 €"),
        (Decimal("999.995"), "1 000 €"),
        (Decimal(0), "0 €"),
        (None, "ei tiedossa"),
    ],
)
def test_an_amount_is_shown_with_spaces_that_do_not_break(amount, shown):
    expected = shown if amount is None else shown.replace(" ", NBSP)

    assert format_euros(amount) == expected


def test_a_difference_has_its_sign():
    assert [format_amount(Decimal(number), sign=True) for number in (2, 0, -2)] == ["+2", "0", "−2"]
    assert format_points(Decimal("5.0"), decimals=1) == f"+5,0{NBSP}%-yks."
    assert format_points(Decimal("-0.53")) == f"−0,53{NBSP}%-yks."
    assert format_points(None) == "ei tiedossa"


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [
        (Decimal("18.900"), None, "18,9 %"),
        (Decimal("80.000"), None, "80 %"),
        (Decimal("105"), 1, "105,0 %"),
        (Decimal("5.5282"), 2, "5,53 %"),
        (Decimal("0.125"), 2, "0,13 %"),
        (Decimal("-0.001"), 1, "0,0 %"),
    ],
)
def test_a_share_is_shown_with_its_own_or_asked_decimals(share, decimals, shown):
    assert format_percent(share, decimals=decimals) == shown.replace(" ", NBSP)


def test_progress_is_cut_and_never_looks_complete_before_it_is():
    assert format_progress(percent_of(Decimal(2590), Decimal(2600))) == f"99,6{NBSP}%"
    assert format_progress(Decimal("99.9999")) == f"99,9{NBSP}%"
    assert format_progress(None) == "ei tiedossa"


def test_counts_are_grouped_like_amounts():
    assert [format_count(number) for number in (0, 120, 1200, -3)] == ["0", "120", f"1{NBSP}200", "−3"]


def test_unknown_is_never_zero_in_sums_and_shares():
    assert sum_if_all_known([Decimal(1), None]) is None
    assert sum_if_all_known([]) == 0
    assert percent_of(None, Decimal(1)) is None
    assert percent_of(Decimal(1), None) is None
    assert percent_of(Decimal(1), Decimal(0)) is None
    assert percent_of(Decimal(0), Decimal(5)) == 0


def test_rounding_and_cutting():
    assert [round_half_up(Decimal(text), 0) for text in ("0.5", "1.5", "-0.5")] == [1, 2, -1]
    assert [cut(Decimal(text), 1) for text in ("0.99", "-0.99")] == [Decimal("0.9"), Decimal("-0.9")]
    assert [shown_decimals(Decimal(text)) for text in ("80", "80.0", "18.90", "100", "0.125")] == [
        0,
        0,
        1,
        0,
        3,
    ]


@given(
    amounts,
    st.lists(st.decimals(0, LARGEST, places=2), min_size=1, max_size=12).filter(any),
    st.sampled_from([Decimal("0.01"), Decimal(1)]),
)
def test_allocated_parts_sum_exactly_and_are_less_than_one_unit_off(total, weights, unit):
    total = total if unit < 1 else cut(total, 0)
    parts = allocate(total, weights, unit)

    assert sum(parts) == total
    all_weights = sum(weights)
    # Multiplied out, so that no division rounds.
    assert all(
        abs(part * all_weights - total * weight) < unit * all_weights
        for part, weight in zip(parts, weights, strict=True)
    )


def test_the_first_of_equal_remainders_gets_the_unit():
    thirds = [Decimal(1)] * 3

    assert allocate(Decimal(100), thirds, Decimal(1)) == [34, 33, 33]
    assert allocate(Decimal(-100), thirds, Decimal(1)) == [-34, -33, -33]
    assert allocate(Decimal("0.01"), thirds) == [Decimal("0.01"), 0, 0]


@pytest.mark.parametrize(
    ("total", "weights", "unit"),
    [
        (Decimal(1), [], Decimal(1)),
        (Decimal(1), [Decimal(0)], Decimal(1)),
        (Decimal(1), [Decimal(2), Decimal(-1)], Decimal(1)),
        (Decimal("1.5"), [Decimal(1)], Decimal(1)),
    ],
)
def test_what_cannot_be_allocated_is_refused(total, weights, unit):
    with pytest.raises(ValueError, match=r"weights|multiple"):
        allocate(total, weights, unit)


@given(amounts)
def test_an_amount_is_the_same_after_it_was_kept_in_cents(euros):
    assert euros_of_cents(cents_of(euros)) == euros


def test_what_is_unknown_has_no_cents_and_a_part_of_a_cent_is_refused():
    assert (cents_of(None), euros_of_cents(None)) == (None, None)
    with pytest.raises(ValueError, match=r"0\.005"):
        cents_of(Decimal("0.005"))
