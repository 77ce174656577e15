from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.companies import NamedCompany, micro_size, near_same

# Commission Recommendation 2003/361/EC, annex, article 2(3): "employs fewer than 10 persons and whose
# annual turnover and/or annual balance sheet total does not exceed EUR 2 million".
SIZES = [
    (8, "1400000", None, True, "8 henkilöä, liikevaihto 1 400 000 €: mikroyritys"),
    (1, None, "0", True, "1 henkilö, taseen loppusumma 0 €: mikroyritys"),
    (0, "0", "0", True, "0 henkilöä, liikevaihto 0 €: mikroyritys"),
    (9, "2000000.00", None, True, "9 henkilöä, liikevaihto 2 000 000 €: mikroyritys"),
    (9, "2000000.01", "2000000.00", True, "9 henkilöä, taseen loppusumma 2 000 000 €: mikroyritys"),
    (9, None, "2000000.00", True, "9 henkilöä, taseen loppusumma 2 000 000 €: mikroyritys"),
    (
        9,
        "2000000.01",
        "2000000.01",
        False,
        "9 henkilöä, liikevaihto 2 000 000,01 €, taseen loppusumma 2 000 000,01 €: ei mikroyritys",
    ),
    (10, "1400000", "1000000", False, "10 henkilöä: ei mikroyritys"),
    (10, None, None, False, "10 henkilöä: ei mikroyritys"),
    (
        None,
        "2000000.01",
        "3000000",
        False,
        "liikevaihto 2 000 000,01 €, taseen loppusumma 3 000 000 €: ei mikroyritys",
    ),
    (None, "1400000", "3000000", None, "ei tiedossa, puuttuu henkilöstö"),
    (None, "1400000", None, None, "ei tiedossa, puuttuu henkilöstö"),
    (None, "2000000.01", None, None, "ei tiedossa, puuttuvat henkilöstö ja taseen loppusumma"),
    (None, None, None, None, "ei tiedossa, puuttuvat henkilöstö ja liikevaihto tai taseen loppusumma"),
    (9, None, None, None, "ei tiedossa, puuttuu liikevaihto tai taseen loppusumma"),
    (9, "2000000.01", None, None, "ei tiedossa, puuttuu taseen loppusumma"),
    (9, None, "2000000.01", None, "ei tiedossa, puuttuu liikevaihto"),
]


def euros(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(("persons", "turnover", "balance_sheet", "is_micro", "ground"), SIZES)
def test_a_company_is_a_micro_enterprise_or_not_or_nobody_knows(
    persons, turnover, balance_sheet, is_micro, ground
):
    size = micro_size(persons, euros(turnover), euros(balance_sheet))

    assert size.is_micro is is_micro
    assert size.ground.replace("\u00a0", " ") == ground


persons_of = st.none() | st.integers(0, 20)
sums_of = st.none() | st.integers(199_999_900, 200_000_100).map(lambda cents: Decimal(cents) / 100)


@given(persons_of, sums_of, sums_of)
def test_the_size_is_known_exactly_if_what_is_unknown_could_not_change_it(persons, turnover, balance_sheet):
    answers = {
        count < 10 and (first <= 2_000_000 or second <= 2_000_000)
        for count in ((0, 10) if persons is None else (persons,))
        for first in ((0, 2_000_001) if turnover is None else (turnover,))
        for second in ((0, 2_000_001) if balance_sheet is None else (balance_sheet,))
    }

    expected = answers.pop() if len(answers) == 1 else None
    assert micro_size(persons, turnover, balance_sheet).is_micro is expected


def test_companies_of_nearly_one_name_in_one_municipality_may_be_the_same():
    companies = [
        NamedCompany(5, "Palvelu Oy", 1),
        NamedCompany(2, "PALVELU", 1),
        NamedCompany(3, "Palvelu Oy", 2),
        NamedCompany(4, "Palvelin Oy", 1),
        NamedCompany(6, "Palvelu Oy", None),
        NamedCompany(7, "Palvelu Oy", None),
        NamedCompany(8, "", 1),
        NamedCompany(9, "–", 1),
        NamedCompany(1, "T:mi M. Virtanen", 2),
        NamedCompany(10, "M Virtanen", 2),
    ]

    assert near_same(companies) == ((1, 10), (2, 5))
    # The same row twice is one company.
    assert near_same([companies[0], companies[0]]) == ()
