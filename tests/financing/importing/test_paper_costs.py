"""What papers say of costs by category and of money by year: proposed only where it is sure."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory
from financing.importing.paper_costs import category_of
from financing.importing.proposal import propose
from projects.decisions.importing.reader import read_decision
from tests.support.papers import demonstration_paper

DATA = Path(__file__).resolve().parents[2] / "data"
CITY = "Kuopion kaupunki"
STAFF, SERVICES, TRAVEL = CostCategory.STAFF, CostCategory.SERVICES, CostCategory.TRAVEL
EQUIPMENT, OTHER, FLAT_RATE = CostCategory.EQUIPMENT, CostCategory.OTHER, CostCategory.FLAT_RATE
# Read by hand of each paper: what it says of the city's own part, costs by category and by year, and the
# own share by year. The rest says nothing of it, or of no part of the city's.
SAID = {
    "01": ({STAFF: 131681, FLAT_RATE: 52672}, {2025: 48120, 2026: 81633, 2027: 54600}, {}),
    "03": (
        {},
        {2025: 110000, 2026: 240000, 2027: 250000},
        {2025: 40000, 2026: 100000, 2027: 100000},
    ),
    "07": ({STAFF: 154300, FLAT_RATE: 61720}, {2025: 68000, 2026: 74220, 2027: 73800}, {}),
    # What the change makes of them.
    "09": (
        {STAFF: 196500, FLAT_RATE: 78600},
        {2023: 61000, 2024: 94800, 2025: 80200, 2026: 39100},
        {},
    ),
    # Its rows do not make the sum that it states: entered as stated, the reconciliation shows it.
    "13": (
        {STAFF: 112400, SERVICES: 51200, TRAVEL: 18700, EQUIPMENT: 9500, OTHER: 22000},
        {2025: 64000, 2026: 98000, 2027: 52800},
        {2025: 12800, 2026: 19600, 2027: 10560},
    ),
    "15": ({STAFF: 79000, SERVICES: 49000}, {2025: 41000, 2026: 62000, 2027: 25000}, {}),
    # As stated, though they do not make the costs.
    "17": ({STAFF: 119500, FLAT_RATE: 47800}, {2024: 38500, 2025: 79200, 2026: 55600}, {}),
    "20": (
        {STAFF: 84500, FLAT_RATE: 36800},
        {2025: 40300, 2026: 50600, 2027: 30400},
        {2025: 12090, 2026: 15180, 2027: 9120},
    ),
    "21": ({}, {2024: 29000, 2025: 36100, 2026: 22000}, {}),
    "22": (
        {STAFF: 188000, FLAT_RATE: 75200, EQUIPMENT: 60900},
        {2026: 98100, 2027: 131000, 2028: 95000},
        {},
    ),
    "24": (
        {},
        {2025: 30500, 2026: 92000, 2027: 68500},
        {2025: 6100, 2026: 18400, 2027: 13700},
    ),
}
PAPERS = sorted((DATA / "decisions").glob("*.txt"))


def proposed(text, city=CITY):
    """Costs by category, costs by year and the own share by year."""
    money = propose(text, city).money
    own = [line.years for line in money.part_lines if line.is_own]
    return money.categories, money.years, own[0] if own else {}


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_what_each_paper_says_is_proposed_and_nothing_else(path):
    text = path.read_text("utf-8")

    found = proposed(text, city=read_decision(text).header.city)

    assert found == SAID.get(path.stem[:2], ({}, {}, {}))


def test_costs_of_a_project_that_the_city_only_helps_to_pay_are_those_of_the_whole_project():
    text = next((DATA / "decisions").glob("16-*.txt")).read_text("utf-8")

    money = propose(text, "Kajaanin kaupunki").money

    assert (money.part.amount, money.years, money.categories) == (None, {}, {})
    assert money.whole_years == {2025: 90000, 2026: 82000, 2027: 36000}
    assert money.whole_categories == {STAFF: 145000, OTHER: 63000}
    assert [(line.amount, line.years) for line in money.whole_lines if line.is_own] == [
        (26000, {2025: 11250, 2026: 10250, 2027: 4500})
    ]


def test_the_demonstration_decision_says_years_but_no_categories():
    assert proposed(demonstration_paper()) == ({}, {2017: 24095, 2018: 22252, 2019: 13606}, {})


START = "Selostus\nKaupungin osahankkeen kustannukset ovat 100 000 euroa. "
OWN = f"{START}Kaupungin omarahoitus on 30 000 euroa. "


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("Palkkakustannukset ovat 60 000 euroa ja ostopalvelut 40 000 euroa.",
         {STAFF: 60000, SERVICES: 40000}),
        ("Siitä palkkoja on 50 000 euroa, matkoja 10 000 euroa ja laitteita 40 000 euroa.",
         {STAFF: 50000, TRAVEL: 10000, EQUIPMENT: 40000}),
        ("Niistä 60 000 euroa on palkkoja ja 40 000 euroa ostopalveluja.", {STAFF: 60000, SERVICES: 40000}),
        ("Palkkakustannukset ovat 80 000 euroa, joka sisältää päällikön palkat 50 000 euroa. "
         "Muut kustannukset korvataan prosenttimääräisinä (25 %), 20 000 euroa.",
         {STAFF: 80000, FLAT_RATE: 20000}),
        ("Palkat ovat 80 000 euroa ja muut kustannukset (25 % palkoista) 20 000 euroa.",
         {STAFF: 80000, FLAT_RATE: 20000}),
        ("Palkat ovat 80 000 euroa ja kertakorvaus 20 000 euroa.",
         {STAFF: 80000, CostCategory.LUMP_SUM: 20000}),
        ("\n\nPalkat              70 000\nOstopalvelut        20 000\nMatkat              10 000\n"
         "Yhteensä           100 000\n", {STAFF: 70000, SERVICES: 20000, TRAVEL: 10000}),
        ("\n\nVuosi      Palkat   Ostopalvelut    Matkat    Yhteensä\n"
         "2025       30 000         10 000     5 000      45 000\n"
         "2026       40 000         10 000     5 000      55 000\n"
         "Yhteensä   70 000         20 000    10 000     100 000\n",
         {STAFF: 70000, SERVICES: 20000, TRAVEL: 10000}),
        ("\n\nEuroa            2025     2026   Yhteensä\nPalkat         30 000   40 000     70 000\n"
         "Ostopalvelut   10 000   20 000     30 000\nYhteensä       40 000   60 000    100 000\n",
         {STAFF: 70000, SERVICES: 30000}),
        # What does not make the costs, and what is said twice in two ways.
        ("Palkkakustannukset ovat 60 000 euroa ja ostopalvelut 30 000 euroa.", {}),
        ("Palkat ovat 60 000 euroa ja ostopalvelut 40 000 euroa. Hankkeesta käytetään sivulla 2 toista "
         "jakoa. Silloin palkat ovat 70 000 euroa ja ostopalvelut 30 000 euroa.", {}),
        ("Aiemmin palkat olivat 60 000 euroa ja ostopalvelut 40 000 euroa.", {}),
        ("Palkat ja matkat ovat 60 000 euroa, muut 40 000 euroa.", {}),
    ],
)  # fmt: skip
def test_categories_are_those_that_divide_the_costs(text, categories):
    assert proposed(f"{START}{text}\n")[0] == categories


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Omarahoitus jakautuu vuosille: 10 000 euroa vuodelle 2025 ja 20 000 euroa vuodelle 2026.",
         {2025: 10000, 2026: 20000}),
        ("Omarahoitus on vuonna 2025 10 000 euroa ja vuonna 2026 20 000 euroa.",
         {2025: 10000, 2026: 20000}),
        ("Omarahoituksesta 10 000 euroa käytetään vuonna 2025 ja 20 000 euroa vuonna 2026.",
         {2025: 10000, 2026: 20000}),
        ("\n\nVuosi    Omarahoitus\n2025     10 000 €\n2026     20 000 €\nYhteensä 30 000 €\n",
         {2025: 10000, 2026: 20000}),
        ("\n\nRahoitus (euroa)       2025     2026   Yhteensä\n"
         "Omarahoitus          10 000   20 000     30 000\n"
         "EAKR                 30 000   40 000     70 000\n", {2025: 10000, 2026: 20000}),
        ("Omarahoituksesta 10 000 euroa käytetään vuonna 2025.", {}),
        ("Omarahoitus on 10 000 euroa vuonna 2025 ja 15 000 euroa vuonna 2026.", {}),
        ("Tuolloin omarahoitus oli 10 000 euroa vuonna 2025 ja 20 000 euroa vuonna 2026.", {}),
        ("EAKR-tuki on 10 000 euroa vuonna 2025 ja 20 000 euroa vuonna 2026.", {}),
        ("Omarahoitus on 10 000 euroa vuonna 2025 ja 20 000 euroa vuonna 2026. Hakemuksessa "
         "omarahoitus on 20 000 euroa vuonna 2025 ja 10 000 euroa vuonna 2026.", {}),
    ],
)  # fmt: skip
def test_years_of_the_own_share_are_those_that_make_it(text, years):
    assert proposed(f"{OWN}{text}\n")[2] == years


def test_other_sources_have_their_years_too():
    money = propose(
        f"{OWN}EAKR-tuki on 70 000 euroa.\n\n"
        "Rahoitus (euroa)       2025     2026   Yhteensä\n"
        "EAKR                 30 000   40 000     70 000\n"
        "Omarahoitus          10 000   20 000     30 000\n",
        CITY,
    ).money

    assert sorted(sorted(line.years.items()) for line in money.part_lines) == [
        [(2025, 10000), (2026, 20000)],
        [(2025, 30000), (2026, 40000)],
    ]


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Palkkakustannukset", STAFF),
        ("henkilöstökustannuksia", STAFF),
        ("Flat rate 40 % palkkakustannuksista", FLAT_RATE),
        ("muihin kustannuksiin 40 %", FLAT_RATE),
        ("Ostopalvelut", SERVICES),
        ("matkakulut", TRAVEL),
        ("matkailureittien", None),
        ("matkustajien", None),
        ("keittiölaitteita", EQUIPMENT),
        ("laitonta", None),
        ("muita kustannuksia", OTHER),
        ("palkat ja matkat", None),
        ("Yhteensä", None),
    ],
)
def test_words_name_one_category_or_none(words, category):
    assert category_of(words) == category


@given(
    st.lists(
        st.sampled_from(
            [
                *("palkat", "matkat", "40 %", "60 000 euroa", "40 000 €", "ja", ",", ".", "\n", "josta"),
                *("vuonna 2025", "2026", "omarahoitus", "vastaavasti", "yhteensä", "1 000     2 000"),
                *("Palkat      60 000\n", "Yhteensä   100 000\n", "Vuosi    2025     2026\n"),
            ]
        ),
        max_size=40,
    ).map(" ".join)
)
def test_what_is_proposed_always_makes_what_it_divides(words):
    money = propose(f"{OWN}{words}\n", CITY).money

    for line in money.part_lines:
        assert not line.years or sum(line.years.values()) == line.amount
    assert len(money.categories) != 1
    assert all(amount >= Decimal(0) for amount in money.categories.values())
