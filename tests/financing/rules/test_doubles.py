"""Which invoices may be the same one."""

from datetime import date
from decimal import Decimal

import pytest

from financing.rules.doubles import Billed, bare_number, twins

DAY = date(2018, 2, 1)


def billed(key=1, supplier="Palvelu Oy", number="A-7", day=DAY, total="124.00", business_id=""):
    return Billed(key, supplier, business_id, number, day, Decimal(total), "MikroGrow")


def sentences(first, second):
    return [each.sentence.replace("\u00a0", " ") for each in twins(first, [second])]


NUMBERS = {
    "A-7": "A7",
    "a 7": "A7",
    "0012": "12",
    "12/2018": "122018",
    "12_2018": "122018",
    "LA-0 012": "LA0012",
}


@pytest.mark.parametrize(("number", "bare"), NUMBERS.items())
def test_a_number_is_known_without_marks_and_leading_zeros(number, bare):
    assert bare_number(number) == bare


SAME_NUMBER = "Sama numero on laskulla Palvelu Oy A-7, 1.2.2018, 124 €, hanke MikroGrow."
ALL_SAME = "Sama numero ja summa on laskulla Palvelu Oy A-7, 1.2.2018, 124 €, hanke MikroGrow."
MISTYPED = (
    "Sama summa ja päivä ja lähes sama numero on laskulla Palvelu Oy 2018123, 1.2.2018, 124 €, "
    "hanke MikroGrow."
)
FIRST, NUMBERED = billed(), billed(number="2018123")
CASES = {
    "all the same": (FIRST, billed(2), [ALL_SAME]),
    "the same number in another year": (FIRST, billed(2, day=date(2019, 2, 1), total="80"), [SAME_NUMBER]),
    "written otherwise": (FIRST, billed(2, supplier="PALVELU", number="a 7"), [ALL_SAME]),
    "another supplier": (FIRST, billed(2, supplier="Palvelin Oy"), []),
    "one business ID is unknown": (FIRST, billed(2, business_id="1234567-1"), [ALL_SAME]),
    "the same business ID": (
        billed(business_id="1234567-1"),
        billed(2, business_id="1234567-1", supplier="Toinen nimi"),
        [ALL_SAME],
    ),
    "another business ID": (billed(business_id="1234567-1"), billed(2, business_id="7654321-2"), []),
    "two digits changed places": (NUMBERED, billed(2, number="2018132"), [MISTYPED]),
    "a part of the number": (NUMBERED, billed(2, number="123"), [MISTYPED]),
    "the next number": (NUMBERED, billed(2, number="2018124"), []),
    "mistyped, but another sum": (NUMBERED, billed(2, number="2018132", total="125"), []),
    "mistyped, but another day": (NUMBERED, billed(2, number="2018132", day=date(2018, 2, 2)), []),
    "itself": (FIRST, billed(1), []),
    "two credit notes": (
        billed(total="-50"),
        billed(2, total="-50"),
        [ALL_SAME.replace("124 €", "−50 €")],
    ),
    "an invoice and its credit note of another number": (FIRST, billed(2, number="H-1", total="-124"), []),
}


@pytest.mark.parametrize(("first", "second", "expected"), CASES.values(), ids=CASES)
def test_a_likely_double_says_what_is_the_same(first, second, expected):
    # The sentence names the other one.
    assert sentences(second, first) == expected
