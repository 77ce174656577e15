"""What papers say of money, as figures of plans: by the words that stand with each figure."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import SourceClass
from financing.importing.papers import Cap, Cost, PaperMoney, SharedAmount, read_money
from projects.decisions.importing.facts import read_facts
from projects.decisions.importing.reader import read_decision
from projects.decisions.importing.sentences import sentences_of
from tests.support.papers import demonstration_paper

DATA = Path(__file__).resolve().parents[2] / "data" / "decisions"
CITY = "Kuopion kaupunki"
GRANT, OWN = "EAKR- ja valtion rahoitus", "Kuopion kaupungin omarahoitus"
FUND = "Pohjois-Savon kehittämisrahasto"


def money(text, city=CITY):
    paper = read_decision(text)
    sentences = list(sentences_of(paper))
    return read_money(paper, sentences, read_facts(paper, sentences).parties, city)


def shown(lines):
    return [(line.name, line.amount, line.share) for line in lines]


def test_the_demonstration_decision_gives_its_plans():
    found = money(demonstration_paper())

    assert found.total == Cost(Decimal(651200), is_approximate=True)
    assert shown(found.whole_lines) == [
        (f"{GRANT} sekä kehittämisrahasto", None, Decimal(80)),
        ("Kuntien rahoitus", None, Decimal("18.9")),
        ("Oulun yliopiston rahoitus", None, Decimal("0.6")),
        ("Yritysten rahoitus", None, Decimal("5.5")),
    ]
    assert [line.includes_fund for line in found.whole_lines] == [FUND, "", "", ""]
    assert found.part == Cost(Decimal(59953))
    assert shown(found.part_lines) == [
        (GRANT, Decimal(44966), Decimal(75)),
        (FUND, Decimal(2998), Decimal(5)),
        (OWN, Decimal(2991), Decimal(5)),
        ("Yritysten rahoitus", Decimal(9000), None),
    ]
    assert found.years == {2017: Decimal(24095), 2018: Decimal(22252), 2019: Decimal(13606)}
    assert found.shared == [
        SharedAmount("Kehittämisyhtiö Savogrow Oy", Decimal(11954)),
        SharedAmount("Oulun yliopisto", Decimal(9217)),
    ]
    assert found.cap == Cap(Decimal(2991), 2017, 2019)


@pytest.mark.parametrize(
    ("number", "part", "years", "cap"),
    [
        ("01", 184353, {2025: 48120, 2026: 81633, 2027: 54600}, 49271),
        ("15", 128000, {2025: 41000, 2026: 62000, 2027: 25000}, 128000),
        ("17", 167300, {2024: 38500, 2025: 79200, 2026: 55600}, 50190),
        ("21", 87100, {2024: 29000, 2025: 36100, 2026: 22000}, 25000),
        ("22", 324100, {2026: 98100, 2027: 131000, 2028: 95000}, 64820),
        ("24", 191000, {2025: 30500, 2026: 92000, 2027: 68500}, 38200),
    ],
)
def test_invented_papers_give_costs_years_and_caps_as_they_state_them(number, part, years, cap):
    (path,) = DATA.glob(f"{number}-*.txt")
    text = path.read_text("utf-8")
    found = money(text, city=read_decision(text).header.city)

    assert (found.part.amount, found.years) == (part, years)
    assert found.cap is not None
    assert found.cap.amount == cap


@pytest.mark.parametrize("number", ["02", "05", "06", "08", "10", "14", "19", "23"])
def test_papers_about_other_things_than_a_project_of_the_city_give_no_part_costs(number):
    (path,) = DATA.glob(f"{number}-*.txt")

    assert money(path.read_text("utf-8")).part == Cost()


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        ("Rahoituksesta EAKR-tuki on 70 000 euroa (70 %) ja kaupungin omarahoitus 30 000 euroa (30 %).",
         [(GRANT, 70000, 70), (OWN, 30000, 30)]),
        ("Tukea saadaan 70 %, 70 000 euroa. Kaupungin omarahoitus on 30 000 euroa.",
         [(GRANT, 70000, 70), (OWN, 30000, None)]),
        ("70 000 euroa (70 %) tulee EAKR- ja valtion rahoituksena, 5 000 euroa Pohjois-Savon "
         "kehittämisrahastosta ja 25 000 euroa on yksityistä rahoitusta.",
         [(GRANT, 70000, 70), (FUND, 5000, None), ("Yritysten rahoitus", 25000, None)]),
        ("Hankkeet ovat yrityksille de minimis -tukea, enintään 300 000 euroa.", []),
        ("Tuki on enintään 70 % hankkeen nettokustannuksista.", []),
        ("Alueen yrityksistä n 90 % on mikroyrityksiä.", []),
        ("Omarahoituksesta 25 000 euroa käytetään vuonna 2025 ja 5 000 euroa vuonna 2026.", []),
    ],
)  # fmt: skip
def test_a_figure_belongs_to_the_source_that_its_words_name(sentence, lines):
    found = money(f"Selostus\nKaupungin osahankkeen kustannukset ovat 100 000 euroa. {sentence}\n")

    assert shown(found.part_lines) == [
        (name, amount and Decimal(amount), share and Decimal(share)) for name, amount, share in lines
    ]


def test_rows_of_a_table_are_sources():
    found = money(
        "Selostus\nKaupungin osahankkeen kustannukset ovat 100 000 euroa, ja se rahoitetaan näin:\n\n"
        "Rahoittaja                     euroa       %\n"
        "EAKR ja valtio                70 000    70,0\n"
        "Kuopion kaupunki              20 000    20,0\n"
        "Yritykset                     10 000    10,0\n"
    )

    assert [(line.source_class, line.amount, line.share) for line in found.part_lines] == [
        (SourceClass.EU_STATE, Decimal(70000), Decimal(70)),
        (SourceClass.MUNICIPAL, Decimal(20000), Decimal(20)),
        (SourceClass.PRIVATE, Decimal(10000), Decimal(10)),
    ]


def test_what_says_nothing_of_money_gives_nothing():
    assert money("Selostus\nHanke alkaa syksyllä.\n") == PaperMoney()


WORDS = st.sampled_from(
    [
        *(
            "Hankkeen kokonaiskustannukset ovat",
            "osahankkeen kustannukset",
            "100 000 euroa",
            "70 %",
            "(5 %)",
            ",",
        ),
        *(
            "EAKR",
            "omarahoitus",
            "kehittämisrahasto",
            "yhteisiin kustannuksiin",
            "josta",
            "ja",
            ".",
            ":",
            "\n",
        ),
        *(
            "vuonna 2025",
            "vuodelle 2026",
            "enintään",
            "Esitys\n",
            "1 000     2 000",
            "Oulun yliopisto",
            "Oy",
            "- ",
        ),
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_no_words_in_any_order_raise(text):
    money(text)


def test_what_is_left_empty_says_why():
    loan = money(
        "Kuopion kaupunki\nKaupunginhallitus   3.6.2025\n\n§ 13\n\nPääomalaina yhtiölle\n\nSelostus\nA.\n"
    )
    unclear = money(
        "Selostus\nKaupungin osahankkeen kustannukset ovat 100 000 euroa. "
        "Kaupungin osahankkeen kustannukset ovat 200 000 euroa.\n"
    )

    assert loan.notes == [
        "Otsikon mukaan asiakirja ei koske yhden hankkeen suunnitelmaa, joten rahasummia ei ehdoteta."
    ]
    assert unclear.part == Cost()
    assert unclear.notes == [
        "Kustannuksiksi luettiin 100\xa0000\xa0€, 200\xa0000\xa0€. "
        "Mikään ei osoita, mikä niistä on oikea: kirjoita se."
    ]
