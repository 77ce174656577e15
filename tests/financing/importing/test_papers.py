"""What papers say of money, as figures of plans: by the words that stand with each figure."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory, SourceClass
from financing.importing.paper_gaps import Gap
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
         [("EU- ja valtion rahoitus", 70000, 70), (OWN, 30000, None)]),
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
    found = money("Selostus\nHanke alkaa syksyllä.\n")

    assert replace(found, gaps={}) == PaperMoney()


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


CLOSED = (
    "Otsikon mukaan asiakirja ei koske yhden hankkeen suunnitelmaa, joten rahasummia ei ehdoteta. "
    "Kirjoita ne itse, jos ne kuuluvat hankkeeseen."
)
COST = "Kaupungin osahankkeen kustannukset ovat 100 000 euroa."
# What a paper says, and what is said of what is left empty for it.
GAPS = {
    "a loan": (
        "Kuopion kaupunki\nKaupunginhallitus   3.6.2025\n\n§ 13\n\nPääomalaina yhtiölle\n\nSelostus\nA.\n",
        Gap.TOTAL,
        CLOSED,
    ),
    "two costs of the part": (
        f"Selostus\n{COST} Kaupungin osahankkeen kustannukset ovat 200 000 euroa.\n",
        Gap.PART,
        "Tekstissä on kahdet eri kaupungin osahankkeen kustannukset, 100 000 € ja 200 000 €. Valitse oikeat.",
    ),
    "three costs of the project": (
        "Selostus\nHankkeen kokonaiskustannukset ovat 100 000 euroa. Hankkeen kokonaiskustannukset ovat "
        "150 000 euroa. Hankkeen kokonaiskustannukset ovat 200 000 euroa.\n",
        Gap.TOTAL,
        "Tekstissä on useita eri koko hankkeen kustannuksia, 100 000 €, 150 000 € ja 200 000 €. "
        "Valitse oikeat.",
    ),
    "no costs": (
        "Selostus\nHanke alkaa.\n",
        Gap.PART,
        "Asiakirjasta ei löytynyt kaupungin osahankkeen kustannuksia. Kirjoita ne, jos ne ovat tiedossa.",
    ),
    "two own shares": (
        f"Selostus\n{COST} Kaupungin omarahoitus on 14 942 euroa. Kaupungin omarahoitus on 14 924 euroa.\n",
        Gap.OWN,
        "Tekstissä on kaksi eri omarahoitusta, 14 924 € ja 14 942 €. Valitse oikea.",
    ),
    "no own share": (
        f"Selostus\n{COST}\n",
        Gap.OWN,
        "Asiakirjasta ei löytynyt kaupungin omarahoitusta. Lisää se rahoituslähteisiin, jos se on tiedossa.",
    ),
    "sources that do not make the costs": (
        f"Selostus\n{COST} EAKR-tuki on 61 000 euroa ja yritysten rahoitus 2 000 euroa.\n",
        Gap.SOURCES,
        "Rahoituslähteiksi luettiin EAKR- ja valtion rahoitus 61 000 € ja Yritysten rahoitus 2 000 €, mutta "
        "ne eivät täsmää kustannuksiin. Lisää oikeat rivit.",
    ),
    "years that do not make the costs": (
        f"Selostus\n{COST} Kustannukset ovat 40 000 euroa vuonna 2025 ja 40 000 euroa vuonna 2026.\n",
        Gap.YEARS,
        "Vuosille luetut eurot ovat yhteensä 80 000 €, mutta kustannukset ovat 100 000 €. "
        "Lisää oikeat rivit.",
    ),
    "categories that do not make the costs": (
        f"Selostus\n{COST}\n\nKustannuslaji        euroa\n"
        "Palkat              60 000\nOstopalvelut        30 000\n",
        Gap.CATEGORIES,
        "Kustannuslajit ovat yhteensä 90 000 €, mutta kustannukset ovat 100 000 €. Lisää oikeat rivit.",
    ),
}


@pytest.mark.parametrize(("text", "gap", "sentence"), GAPS.values(), ids=GAPS)
def test_what_is_left_empty_says_why_with_the_figures_that_were_read(text, gap, sentence):
    assert money(text).gaps[gap].replace("\u00a0", " ") == sentence


def test_an_own_share_that_is_not_sure_is_a_line_without_its_sum():
    found = money(GAPS["two own shares"][0])

    assert shown(found.part_lines) == [(OWN, None, None)]


def grid(rows):
    return f"Selostus\n{COST}\n\nKustannukset (euroa)\n\n" + "\n".join(rows) + "\n"


GRID = [
    "Kustannuslaji      2025      2026    Yhteensä",
    "Palkat           20 000    30 000      50 000",
    "Ostopalvelut     10 000    15 000      25 000",
    "Matkat            5 000    20 000      25 000",
    "Yhteensä         35 000    65 000     100 000",
]
TURNED = [
    "Vuosi       Palkat    Ostopalvelut    Matkat    Yhteensä",
    "2025        20 000          10 000     5 000      35 000",
    "2026        30 000          15 000    20 000      65 000",
    "Yhteensä    50 000          25 000    25 000     100 000",
]
CELLS = {
    (CostCategory.STAFF, 2025): 20000,
    (CostCategory.STAFF, 2026): 30000,
    (CostCategory.SERVICES, 2025): 10000,
    (CostCategory.SERVICES, 2026): 15000,
    (CostCategory.TRAVEL, 2025): 5000,
    (CostCategory.TRAVEL, 2026): 20000,
}


@pytest.mark.parametrize("rows", [GRID, TURNED], ids=["years at the heads", "categories at the heads"])
def test_a_table_of_categories_and_years_is_proposed_if_its_sums_bear_it_out(rows):
    found = money(grid(rows))

    assert found.grid == CELLS
    assert Gap.GRID not in found.gaps


@pytest.mark.parametrize("rows", [GRID, TURNED], ids=["years at the heads", "categories at the heads"])
@pytest.mark.parametrize("wrong", ["20 000", "15 000", "35 000", "50 000", "100 000"])
def test_one_wrong_figure_of_a_table_of_categories_and_years_leaves_it_out_with_a_note(rows, wrong):
    changed = [row.replace(wrong, wrong.replace("00", "10", 1), 1) for row in rows]
    found = money(grid(changed))

    assert found.grid == {}
    assert found.gaps[Gap.GRID].endswith("Lisää oikeat rivit.")


def test_a_row_of_no_category_leaves_out_the_table():
    found = money(grid([row.replace("Matkat", "Jokin muu  ") for row in GRID]))

    assert found.grid == {}
    assert "jokin rivi ei ole tunnettu kustannuslaji" in found.gaps[Gap.GRID]


@pytest.mark.parametrize(
    ("sentence", "shared"),
    [
        ("Yhteisistä kustannuksista se laskuttaa Kuopiolta 8 900 euroa ja Puumalalta 4 900 euroa.",
         [SharedAmount("", Decimal(8900))]),
        ("Yhteisiin kustannuksiin kuuluvat markkinointi 6 300 euroa ja arviointi 3 500 euroa.",
         [SharedAmount("", Decimal(9800))]),
        ("Yhteisistä kustannuksista 5 000 euroa laskuttaa Oulun yliopisto ja 7 000 euroa Savon Puu Oy.",
         [SharedAmount("Oulun yliopisto", Decimal(5000)), SharedAmount("Savon Puu Oy", Decimal(7000))]),
    ],
)  # fmt: skip
def test_shared_costs_of_one_partner_are_one_sum_and_others_pay_their_own(sentence, shared):
    assert money(f"Selostus\n{sentence}\n").shared == shared


@pytest.mark.parametrize(
    ("title", "sentence", "name"),
    [
        ("Hanke", "EAKR-tuki on 70 000 euroa (70 %).", GRANT),
        ("Hanke (EAKR)", "Tuki on 70 000 euroa (70 %).", GRANT),
        ("Hanke", "Aluekehitysrahaston tuki on 70 000 euroa (70 %).", GRANT),
        ("Hanke", "JTF-rahoitus on 70 000 euroa (70 %).", "JTF- ja valtion rahoitus"),
        ("Oikeudenmukaisen siirtymän hanke", "Tuki on 70 000 euroa (70 %).", "JTF- ja valtion rahoitus"),
        ("Hanke", "ESR-tuki on 70 000 euroa (70 %).", "ESR- ja valtion rahoitus"),
        ("Hanke", "ESR+ -tuki on 70 000 euroa (70 %).", "ESR+:n ja valtion rahoitus"),
        ("Leader-hanke", "Tuki on 70 000 euroa (70 %).", "Leader-rahoitus"),
        ("AKKE-hanke", "Avustus on 70 000 euroa (70 %).", "AKKE-rahoitus"),
        ("Interreg-hanke", "Tuki on 70 000 euroa (70 %).", "Interreg-rahoitus"),
        ("Horisontti-hanke", "Tuki on 70 000 euroa (70 %).", "Horisontti Eurooppa -rahoitus"),
        ("LIFE-hanke", "Tuki on 70 000 euroa (70 %).", "LIFE-rahoitus"),
        # What none or several could be is none of them.
        ("Hanke", "Tuki on 70 000 euroa (70 %).", "EU- ja valtion rahoitus"),
        (
            "EAKR-hanke",
            "Tuki on 70 000 euroa (70 %). Sitä edelsi JTF-hanke.",
            "EU- ja valtion rahoitus",
        ),
    ],
)
def test_a_grant_has_the_name_of_the_programme_of_its_paper(title, sentence, name):
    found = money(
        f"Kaupunginhallitus § 1\n{title}\n\nSelostus\nKaupungin osahankkeen kustannukset ovat 100 000 euroa. "
        f"{sentence} Kaupungin omarahoitus on 30 000 euroa (30 %).\n"
    )

    assert shown(found.part_lines)[0] == (name, Decimal(70000), Decimal(70))


@pytest.mark.parametrize(
    "years",
    [
        "jakaantuvat seuraavasti: 24.095 euroa vuodelle 2017, 22.252 euroa vuodelle 2018",
        "ovat 24 095 euroa vuonna 2017 ja 22 252 euroa vuonna 2018",
        "vuonna 2017 ovat 24 095 euroa ja vuonna 2018 kustannukset ovat 22 252 euroa",
        "2017: 24 095 euroa",
        "v. 2017 24 095 euroa",
    ],
)
def test_the_costs_of_a_year_are_no_costs_of_the_project(years):
    text = (
        "Kaupunginhallitus § 1\nHanke\n\nSelostus\n"
        "Hankkeen kokonaiskustannukset ovat noin 651.200 euroa. Hankkeen kustannukset {}.\n"
    )

    assert money(text.format(years)).total == Cost(Decimal(651200), is_approximate=True)
