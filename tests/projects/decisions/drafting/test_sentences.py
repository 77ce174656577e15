from datetime import date
from decimal import Decimal

import pytest

from financing.choices import CapBase, CityMoney, CostCategory, SourceClass
from financing.rules.figures.commitments import SharedCostFigures
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.pass_through import PassThroughFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import FundingDecisionFigures, GroupFigures
from projects.choices import CostModel, ImplementerRole
from projects.decisions.drafting.background import background
from projects.decisions.drafting.caps import caps_in_words
from projects.decisions.drafting.changed_plan import changed_plan
from projects.decisions.drafting.city_part import city_part
from projects.decisions.drafting.facts import Amended, Cap, CityFunding, DraftFacts, Reserved
from projects.decisions.drafting.impact import impact
from projects.decisions.drafting.on_top import on_top
from projects.decisions.drafting.payment import payment
from projects.decisions.drafting.project_money import project_money
from projects.decisions.drafting.proposal import motion, proposal

CITY, PARTNER = 1, 2
ROLES = ImplementerRole
DECIDED_ON = date(2026, 11, 2)


def facts(**values):
    return DraftFacts(**{"body": "Kaupunginhallitus", "project": "Verkko", "short_name": "Verkko", **values})


def paragraphs(text):
    return text.replace("\u00a0", " ").split("\n\n")


def line(name, amount=None, share=None, **values):
    is_own = name == "Oma"
    source = SourceFigures(1, name, SourceClass.MUNICIPAL, CITY if is_own else PARTNER, is_own)
    exact = None if share is None else Decimal(share)
    return LineFigures(source, None if amount is None else Decimal(amount), exact, **values)


def plan(cost=1000, lines=(), costs=(), **values):
    """Costs are years with their euros, or years, euros and categories."""
    rows = [CostFigures(year, amount and Decimal(amount), "", *category) for year, amount, *category in costs]
    stated = None if cost is None else Decimal(cost)
    return PlanFigures(1, 1, "draft", "Kaupunki", CITY, stated, False, tuple(lines), tuple(rows), **values)


def grant(**values):
    return FundingDecisionFigures("Mallimaan liitto", DECIDED_ON, **values)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"role": ROLES.PARTICIPANT},
            "Asia koskee kaupungin osallistumista Verkko-hankkeeseen osallistujana.",
        ),
        (
            {"role": ROLES.CO_IMPLEMENTER, "city": "Helsinki"},
            "Asia koskee kaupungin osallistumista Verkko-hankkeeseen osatoteuttajana.",
        ),
        (
            {"lead": "Vetäjä Oy", "participants": ("Apu ry",), "unit": "Kuopion palvelut", "city": "Kuopio"},
            "Hankkeen päätoteuttaja on Vetäjä Oy. Apu ry osallistuu hankkeeseen ilman omaa osahanketta. "
            "Kaupungin vastuuyksikkö on Kuopion palvelut.",
        ),
        (
            {"role": ROLES.LEAD, "implementers": ("Apu ry",)},
            "Osatoteuttaja on Apu ry.",
        ),
        (
            {"ends_on": date(2028, 12, 31)},
            "Hanke päättyy 31.12.2028. [Puuttuu: hankkeen alkamispäivä.]",
        ),
        (
            {"groups": (GroupFigures("A", None), GroupFigures("B", None))},
            "Hankkeessa perustetaan kaksi ryhmää.",
        ),
        (
            {"groups": (GroupFigures("A", 12), GroupFigures("B", None))},
            "Hankkeessa perustetaan kaksi ryhmää: A (12 yritystä) ja B.",
        ),
        (
            {"groups": (GroupFigures("A", 8),), "companies": 20},
            "Hankkeeseen osallistuu 20 yritystä. Hankkeessa perustetaan yksi ryhmä, johon tulee kahdeksan "
            "yritystä.",
        ),
        (
            {"companies": 1},
            "Hankkeeseen osallistuu yksi yritys.",
        ),
        (
            {"priority_axis": "1. Työ", "specific_objective": "1.1. Taito", "programme": "Ohjelma"},
            "Hanke kuuluu ohjelmaan ”Ohjelma”, toimintalinjaan ”1. Työ” ja erityistavoitteeseen "
            "”1.1. Taito”. [Puuttuu: EURA-koodi.]",
        ),
        (
            {"amends": Amended("Kaupunginhallitus", None, None), "role": ROLES.CO_IMPLEMENTER},
            "Kaupunginhallitus päätti [puuttuu: päätöksen päivä ja pykälä] kaupungin osallistumisesta "
            "Verkko-hankkeeseen osatoteuttajana. Asia koskee tämän päätöksen muuttamista. "
            "[Puuttuu: muutoksen syy.]",
        ),
    ],
)
def test_the_background_says(values, sentence):
    assert sentence in paragraphs(background(facts(**values)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"cost_model": CostModel.LUMP_SUM, "total_cost": Decimal(1)},
            ["Hankkeen kokonaiskustannukset ovat 1 euro. Kustannukset korvataan kertakorvauksena."],
        ),
        (
            {"whole": plan(None, [line("EU", share="80"), line("Kunnat", share="15.5")])},
            [
                "Koko hankkeen rahoitus jakautuu rahoitussuunnitelman mukaan näin:",
                "- EU: 80 %\n- Kunnat: 15,5 %",
                "[Tarkista: osuuksien summa on 4,5 prosenttiyksikköä liian pieni.]",
            ],
        ),
        (
            {"whole": plan(None, [line("EU", share="80"), line("A", share="10"), line("B", share="5")])},
            [
                "Koko hankkeen rahoitus jakautuu rahoitussuunnitelman mukaan näin:",
                "- EU\n- A\n- B",
                "[Tarkista: osuuksien summa on 5 prosenttiyksikköä liian pieni, joten osuudet on "
                "jätetty pois.]",
            ],
        ),
        (
            {
                "whole": plan(
                    None,
                    [line("EU", 80, "80", of_which=(line("Valtio", 20),)), line("Työ", 20, is_in_kind=True)],
                )
            },
            [
                "Koko hankkeen rahoitus jakautuu rahoitussuunnitelman mukaan näin:",
                "- EU: 80 euroa (80 %), josta Valtio 20 euroa\n- Työ (luontoissuorituksena): 20 euroa",
            ],
        ),
        (
            {"grants": (grant(is_change=True, max_amount=Decimal(5000), committed=Decimal(2000)),)},
            [
                "Mallimaan liitto teki hankkeesta muutospäätöksen 2.11.2026. Hankkeelle myönnettiin enintään "
                "5 000 euroa. Myönnetystä on sidottu 2 000 euroa."
            ],
        ),
        (
            {"grants": tuple(grant(decision_id=key, max_share=Decimal(70)) for key in (1, 2))},
            [
                "Mallimaan liitto teki hankkeesta rahoituspäätöksen 2.11.2026. Hankkeelle myönnettiin "
                "enintään 70 prosenttia nettokustannuksista. Mallimaan liitto teki hankkeesta "
                "rahoituspäätöksen 2.11.2026. Hankkeelle myönnettiin enintään 70 prosenttia "
                "nettokustannuksista."
            ],
        ),
        (
            {"grants": (grant(decision_id=1, reference="1/2026"), grant(decision_id=2, reference="2/2026"))},
            [
                "Mallimaan liitto teki hankkeesta rahoituspäätöksen 2.11.2026. Päätöksen viite on 1/2026. "
                "Mallimaan liitto teki hankkeesta rahoituspäätöksen 2.11.2026. Päätöksen viite on 2/2026."
            ],
        ),
    ],
)
def test_the_money_of_the_project_is_said(values, expected):
    said = paragraphs(project_money(facts(**values)))

    assert [each for each in said if not each.startswith("[Puuttuu")] == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (None, ["[Puuttuu: kaupungin osahankkeen kustannukset ja rahoitus.]"]),
        (
            plan(None),
            [
                "[Puuttuu: kaupungin osahankkeen kustannukset.] [Puuttuu: kustannukset vuosittain.]",
                "[Puuttuu: kaupungin osahankkeen rahoitus lähteittäin.]",
            ],
        ),
        (
            plan(100, [line("EU", 75), line("Oma")], [(2027, 60), (2028, 30)], vat=Decimal(20)),
            [
                "Kaupungin osahankkeen kustannukset ovat 100 euroa. Kustannuksista arvonlisäveroa on "
                "20 euroa. Vuosittain kustannukset jakautuvat näin: 60 euroa vuonna 2027 ja 30 euroa vuonna "
                "2028. "
                "[Tarkista: vuosien summa on pienempi kuin kustannukset.]",
                "Osahanke rahoitetaan näin:",
                "- EU: 75 euroa\n- Kaupungin omarahoitus: [puuttuu]",
                "[Puuttuu: kaupungin omarahoitus euroina.]",
            ],
        ),
        (
            plan(
                100,
                [line("EU", 80), line("Oma", 30, years={2027: Decimal(10), 2028: Decimal(20)})],
                [(2027, None), (2028, None)],
            ),
            [
                "Kaupungin osahankkeen kustannukset ovat 100 euroa. [Puuttuu: kustannukset vuosittain.]",
                "Osahanke rahoitetaan näin:",
                "- EU: 80 euroa\n- Kaupungin omarahoitus: 30 euroa",
                "[Tarkista: rahoituslähteiden summa on suurempi kuin kustannukset.]",
                "Omarahoitus jakautuu näin: 10 euroa vuodelle 2027 ja 20 euroa vuodelle 2028.",
            ],
        ),
        (
            plan(100, [line("Oma", 100)], [(None, 70, CostCategory.STAFF), (None, 30, CostCategory.TRAVEL)]),
            [
                "Kaupungin osahankkeen kustannukset ovat 100 euroa. Kustannuslajeittain "
                "kustannukset jakautuvat näin: palkkakustannukset 70 euroa ja matkakustannukset 30 euroa. "
                "[Puuttuu: kustannukset vuosittain.]",
                "Osahanke rahoitetaan näin:",
                "- Kaupungin omarahoitus: 100 euroa",
            ],
        ),
    ],
)
def test_the_citys_part_is_said(part, expected):
    assert paragraphs(city_part(facts(role=ROLES.CO_IMPLEMENTER, part=part))) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"role": ROLES.FUNDER_ONLY}, "[Puuttuu: kaupungin rahoitus hankkeelle.]"),
        (
            {"funding": (CityFunding("Vetäjä Oy", Decimal(500)), CityFunding("", Decimal(300)))},
            "Kaupunki rahoittaa Vetäjä Oy:n osahanketta 500 eurolla. Kaupunki rahoittaa muiden toteuttajien "
            "osahankkeita 300 eurolla.",
        ),
        (
            {"funding": (CityFunding("Savogrow", Decimal(500)), CityFunding("Vetäjä Oy", None))},
            "Kaupunki rahoittaa toisen toteuttajan (Savogrow) osahanketta 500 eurolla. [Puuttuu: kaupungin "
            "rahoitus muiden toteuttajien osahankkeisiin euroina.]",
        ),
        (
            {"shared": (SharedCostFigures("Vetäjä", "Savogrow", Decimal(500), None),)},
            "Lisäksi kaupunki maksaa osuutensa hankkeen yhteisistä kustannuksista. Vetäjä laskuttaa "
            "kaupungilta toisen toteuttajan (Savogrow) työstä 500 euroa.",
        ),
        (
            {"shared": (SharedCostFigures("Vetäjä", "Vetäjä", None, 2027),)},
            "Lisäksi kaupunki maksaa osuutensa hankkeen yhteisistä kustannuksista. [Puuttuu: yhteisten "
            "kustannusten määrä.]",
        ),
        (
            {"pass_through": (PassThroughFigures("Apu ry", None, Decimal(700)),)},
            "Kaupunki välittää rahoitusta muille toteuttajille näin: Apu ry 700 euroa. Välitettävä rahoitus "
            "ei ole kaupungin kustannus.",
        ),
    ],
)
def test_money_outside_the_citys_part_is_said(values, expected):
    assert paragraphs(on_top(facts(**values))) == [expected]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "[Puuttuu: määräraha ja laskujen hyväksyjä.]"),
        (
            {"reserved": (Reserved("Hankkeet"), Reserved("Muut", "44")), "approvers": ("Johtaja",)},
            "Kaupungin rahoitus maksetaan määrärahoista ”Hankkeet” ja ”Muut” (tiliviite 44). Laskut "
            "hyväksyy johtaja. [Puuttuu: määrärahan tiliviite.]",
        ),
    ],
)
def test_what_the_money_is_paid_from_is_said(values, expected):
    assert payment(facts(**values)) == expected


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        ([Cap(Decimal(500))], ["kaupungin omarahoitus on enintään 500 euroa"]),
        (
            [Cap(None, Decimal(20), CapBase.PART_ACTUAL, (2027,))],
            [
                "kaupungin omarahoitus on vuonna 2027 enintään 20 prosenttia kaupungin osahankkeen "
                "toteutuneista kustannuksista"
            ],
        ),
        (
            [
                Cap(Decimal(500), years=(2027,)),
                Cap(Decimal(500), years=(2028,)),
                Cap(Decimal(900), years=(2029,)),
            ],
            [
                "kaupungin omarahoitus on vuosina 2027–2028 vuosittain enintään 500 euroa ja vuonna 2029 "
                "enintään 900 euroa"
            ],
        ),
        (
            [Cap(Decimal(500), Decimal(20), years=(2027,)), Cap(Decimal(600), years=(2028,))],
            [
                "kaupungin omarahoitus on vuonna 2027 enintään 500 euroa ja enintään 20 prosenttia kaupungin "
                "osahankkeen kustannuksista sekä vuonna 2028 enintään 600 euroa"
            ],
        ),
        # What was authorised twice is said twice.
        (
            [Cap(Decimal(500), years=(2027,)), Cap(Decimal(500), years=(2027,))],
            ["kaupungin omarahoitus on vuonna 2027 enintään 500 euroa ja vuonna 2027 enintään 500 euroa"],
        ),
        (
            [Cap(Decimal(500), covers=(CityMoney.CONTRIBUTION,)), Cap(Decimal(500), is_gross=True)],
            [
                "kaupungin rahoitus muiden toteuttajien osahankkeisiin on enintään 500 euroa",
                "kaupungin osahankkeen bruttokustannukset ovat enintään 500 euroa",
            ],
        ),
    ],
)
def test_caps_are_said(caps, expected):
    said = caps_in_words(facts(caps=tuple(caps)))

    assert [each.replace("\u00a0", " ") for each in said] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            plan(100, [line("Oma", 20)], [(2027, 40), (2028, 60)]),
            plan(90, [line("Oma", 20)], [(2027, 40), (2028, 50)]),
            [
                "Kaupungin osahankkeen kustannukset pienenevät 100 eurosta 90 euroon. Kaupungin omarahoitus "
                "on edelleen 20 euroa.",
                "Vuoden 2028 kustannukset pienenevät 60 eurosta 50 euroon.",
            ],
        ),
        (
            plan(100, [line("Oma", 30)]),
            plan(None, [line("Oma", 20)]),
            [
                "[Puuttuu: kaupungin osahankkeen kustannukset.] Kaupungin omarahoitus pienenee 30 eurosta "
                "20 euroon."
            ],
        ),
    ],
)
def test_what_changes_in_the_plan_is_said(before, after, expected):
    assert paragraphs(changed_plan(facts(part=after, earlier=before))) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"part": plan()}, ["Kaupungin kokonaisvastuu hankkeesta on sen omarahoituksen suuruinen."]),
        (
            {"shared": (SharedCostFigures("A", "A", Decimal(500), None),)},
            ["Kaupungin kokonaisvastuu hankkeesta on sen yhteisten kustannusten suuruinen."],
        ),
        ({}, ["Kaupungin kokonaisvastuu hankkeesta on 500 euroa."]),
        (
            {"part": plan(), "liability_is_gross": True},
            [
                "Kaupungin kokonaisvastuu hankkeesta on 500 euroa. "
                "Siihen sisältyvät osahankkeen bruttokustannukset."
            ],
        ),
    ],
)
def test_what_the_city_answers_for_is_said(values, expected):
    said = impact(facts(liability=Decimal(500), **values))

    assert paragraphs(said) == [*expected, "[Puuttuu: hankkeen vaikutusten arviointi.]"]


def test_an_amendment_of_another_bodys_decision_names_the_body():
    found = facts(amends=Amended("Elinvoimalautakunta", date(2026, 5, 4), 31), caps=(Cap(Decimal(500)),))

    assert paragraphs(motion(found)) == [
        "Esitän, että kaupunginhallitus muuttaa elinvoimalautakunnan päätöstä 4.5.2026 § 31.",
        "Kaupungin omarahoitus on enintään 500 euroa.",
    ]
    assert paragraphs(proposal(found)) == [
        "Kaupunginhallitus päättää muuttaa elinvoimalautakunnan päätöstä 4.5.2026 § 31 siten, että kaupungin "
        "omarahoitus on enintään 500 euroa.",
        "Muilta osin päätös pysyy ennallaan.",
    ]


def test_an_amendment_that_changes_nothing_known_says_so():
    found = facts(amends=Amended("Johtaja Mäki", None, None))

    assert paragraphs(proposal(found)) == [
        "Kaupunginhallitus päättää muuttaa päätöstä [puuttuu: päivä ja pykälä] (Johtaja Mäki) siten, että "
        "[puuttuu: mitä muutetaan].",
        "Muilta osin päätös pysyy ennallaan.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (30, 20, "Kaupungin kokonaisvastuu hankkeesta pienenee yhtä paljon kuin omarahoitus."),
        (30, 30, "Kaupungin kokonaisvastuu hankkeesta ei muutu."),
        (30, None, "Kaupungin kokonaisvastuu hankkeesta on sen omarahoituksen suuruinen."),
    ],
)
def test_how_a_change_moves_what_the_city_answers_for_is_said(before, after, expected):
    amended = Amended("Kaupunginhallitus", date(2026, 5, 4), 31)
    plans = {"earlier": plan(lines=[line("Oma", before)]), "part": plan(lines=[line("Oma", after)])}

    assert paragraphs(impact(facts(amends=amended, liability=Decimal(30), **plans))) == [expected]


def test_a_city_that_takes_part_without_money_lacks_none():
    found = facts(role=ROLES.PARTICIPANT)

    assert (city_part(found), on_top(found), payment(found)) == ("", "", "")
    assert paragraphs(motion(found)) == [
        "Esitän, että kaupunginhallitus päättää kaupungin osallistumisesta Verkko-hankkeeseen osallistujana."
    ]


def test_a_part_that_others_pay_for_lacks_no_own_share():
    paid = plan(100, [line("EU", 100)], [(2027, 100)])

    assert paragraphs(city_part(facts(part=paid)))[-1] == "- EU: 100 euroa"
