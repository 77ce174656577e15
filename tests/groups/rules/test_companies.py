from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.companies import Figures, NamedCompany, micro_size, micro_status, near_same

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
    size = micro_size(Figures(persons, euros(turnover), euros(balance_sheet)), "autonomous")

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
    assert micro_size(Figures(persons, turnover, balance_sheet), "autonomous").is_micro is expected


# What a company's own figures and those of others give: article 6 adds a partner's by its share and a linked
# enterprise's wholly.
WITH_OTHERS = [
    (
        (7, "601000", "264000"),
        (2, "350000", "210000"),
        True,
        "9 henkilöä, liikevaihto 951 000 €: mikroyritys (omistusyhteys- ja sidosyritykset mukana)",
    ),
    (
        (7, "601000", "264000"),
        (3, "350000", "210000"),
        False,
        "10 henkilöä: ei mikroyritys (omistusyhteys- ja sidosyritykset mukana)",
    ),
    (
        (7, "1500000", None),
        (1, "500000.01", "2000000"),
        None,
        "ei tiedossa, puuttuu taseen loppusumma (omistusyhteys- ja sidosyritykset mukana)",
    ),
    (
        (7, "601000", None),
        (None, None, None),
        None,
        "ei tiedossa, puuttuvat henkilöstö ja liikevaihto tai taseen loppusumma "
        "(omistusyhteys- ja sidosyritykset mukana)",
    ),
    # Too large alone: what others add changes nothing.
    ((10, None, None), (None, None, None), False, "10 henkilöä: ei mikroyritys"),
]


@pytest.mark.parametrize(("own", "others", "is_micro", "ground"), WITH_OTHERS)
def test_partners_and_linked_enterprises_count_in_the_size(own, others, is_micro, ground):
    own, others = (Figures(row[0], euros(row[1]), euros(row[2])) for row in (own, others))

    size = micro_size(own, "with_others", others)

    assert (size.is_micro, size.ground.replace("\u00a0", " ")) == (is_micro, ground)


def test_a_small_company_is_a_micro_enterprise_only_if_it_is_known_to_be_autonomous():
    size = micro_size(Figures(8, Decimal(1_400_000)), "")

    assert size.is_micro is None
    assert size.ground.replace("\u00a0", " ") == (
        "8 henkilöä, liikevaihto 1 400 000 €: mikroyritys, jos yritys on riippumaton (ei tiedossa)"
    )
    assert micro_size(Figures(10), "").is_micro is False


figures_of = st.builds(Figures, persons_of, sums_of, sums_of)


@given(figures_of, figures_of)
def test_whoever_owns_a_company_it_is_what_every_ownership_makes_of_it(own, others):
    alone = micro_size(own, "autonomous").is_micro
    together = micro_size(own, "with_others", others).is_micro

    # Others only add: nobody becomes a micro-enterprise by them.
    assert not (alone is False and together)
    assert micro_size(own, "").is_micro is (False if alone is False else None)


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


MICRO, LARGER, UNKNOWN = True, False, None
# Annex, article 4(2): years in succession from 2015, and what the company is after the last of them.
STATUSES = [
    ([], UNKNOWN),
    ([UNKNOWN, UNKNOWN], UNKNOWN),
    ([MICRO], MICRO),
    ([LARGER], LARGER),
    ([MICRO, LARGER], MICRO),
    ([MICRO, LARGER, LARGER], LARGER),
    ([MICRO, LARGER, MICRO, LARGER], MICRO),
    ([LARGER, MICRO], LARGER),
    ([LARGER, MICRO, MICRO], MICRO),
    ([LARGER, MICRO, MICRO, LARGER], MICRO),
    ([MICRO, UNKNOWN, LARGER], UNKNOWN),
    ([MICRO, UNKNOWN, MICRO], MICRO),
    ([MICRO, UNKNOWN, LARGER, LARGER], LARGER),
    # Two unknown years can have been two of the other kind.
    ([MICRO, UNKNOWN, UNKNOWN, MICRO], UNKNOWN),
    ([UNKNOWN, LARGER, UNKNOWN], LARGER),
    ([MICRO, LARGER, UNKNOWN], MICRO),
]


@pytest.mark.parametrize(("years", "expected"), STATUSES)
def test_a_status_changes_after_two_years_in_succession(years, expected):
    assert micro_status({2015 + place: is_micro for place, is_micro in enumerate(years)}) is expected


@given(st.lists(st.sampled_from([MICRO, LARGER, UNKNOWN]), max_size=8))
def test_a_status_is_known_exactly_if_every_filling_of_the_unknown_years_gives_it(years):
    first, last = (
        next((place for place in order if years[place] is not None), 0)
        for order in (range(len(years)), reversed(range(len(years))))
    )
    known = years[first : last + 1]

    def after(filled):
        status = before = filled[0]
        for now in filled[1:]:
            status, before = (now if now == before else status), now
        return status

    fillings = product(*([year] if year is not None else [True, False] for year in known))
    answers = {after(filled) for filled in fillings} if any(year is not None for year in years) else set()
    expected = answers.pop() if len(answers) == 1 else None
    assert micro_status(dict(enumerate(years, 2015))) is expected
