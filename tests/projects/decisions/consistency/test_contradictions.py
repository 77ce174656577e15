"""A text against itself: planted contradictions, clean papers without an alarm, random changes."""

import json
import random
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.demonstration import decision as mikrogrow
from projects.decisions.consistency.contradictions import contradictions_of
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind

DATA = Path(__file__).resolve().parents[3] / "data"
FOLDERS = ("decisions", "contradictions", "clean_decisions")
PAPERS = sorted(path for folder in FOLDERS for path in (DATA / folder).glob("*.json"))
CLEAN = [path for path in PAPERS if "clean" in path.stem]
PLANTED = [path for path in PAPERS if "clean" not in path.stem]


def text_of(paper):
    return paper.with_suffix(".txt").read_text("utf-8")


def found_in(text):
    """Each contradiction's rule, left and right."""
    return [(str(found.rule), found.left, found.right) for found in contradictions_of(text)]


def test_there_are_papers_of_every_kind_and_as_many_clean_ones():
    kinds = Counter(json.loads(path.read_text("utf-8"))["contradictions"][0]["kind"] for path in PLANTED)

    assert len(kinds) == 12
    assert set(kinds.values()) == {4}
    assert len(CLEAN) == 86


@pytest.mark.parametrize("paper", CLEAN, ids=[path.stem for path in CLEAN])
def test_a_clean_paper_raises_no_alarm(paper):
    assert found_in(text_of(paper)) == []


@pytest.mark.parametrize("paper", PLANTED, ids=[path.stem for path in PLANTED])
def test_a_planted_contradiction_is_found_and_nothing_else(paper):
    (planted,) = json.loads(paper.read_text("utf-8"))["contradictions"]

    (found,) = found_in(text_of(paper))

    assert found == (planted["kind"], Decimal(planted["left"]), Decimal(planted["right"]))


FURTHER = sorted((DATA / "further_layouts").glob("*.json"))


@pytest.mark.parametrize("paper", FURTHER, ids=[path.stem for path in FURTHER])
def test_in_a_paper_of_another_form_what_is_planted_is_found_and_nothing_else(paper):
    planted = json.loads(paper.read_text("utf-8"))["contradictions"]

    assert found_in(text_of(paper)) == [
        (each["kind"], Decimal(each["left"]), Decimal(each["right"])) for each in planted
    ]


UNSEEN = sorted((DATA / "unseen_papers").glob("*.json"))
# Said in Swedish.
NOT_FOUND = ("03-",)


@pytest.mark.parametrize("paper", UNSEEN, ids=[path.stem for path in UNSEEN])
def test_in_a_paper_by_others_nothing_is_found_that_is_not_planted(paper):
    planted = json.loads(paper.read_text("utf-8"))["contradictions"]

    assert found_in(text_of(paper)) == [
        (each["kind"], Decimal(each["left"]), Decimal(each["right"]))
        for each in planted
        if not paper.stem.startswith(NOT_FOUND)
    ]


@pytest.mark.parametrize("paper", PAPERS, ids=[path.stem for path in PAPERS])
def test_lines_that_end_as_browsers_send_them_are_read_alike(paper):
    text = text_of(paper)
    sent = text.replace("\n", "\r\n")

    assert found_in(sent) == found_in(text)
    assert [reading.value for reading in read_figures(sent)] == [
        reading.value for reading in read_figures(text)
    ]


ALIKE = {
    "rounded shares": "Rahoituksesta EAKR on 33,3 %, kunnat 33,3 % ja yritykset 33,3 %.",
    "shares that are no whole": "Vastanneista 56 % oli kiinnostunut, 47 % epäröi ja 33 % ei vastannut.",
    "a remainder": "Tuki on 87 500 euroa, josta 50 000 euroa on ennakkoa. Loput 37 500 euroa maksetaan.",
    "a remainder of two parts in the next sentence": (
        "Rahoitus on 100 000 euroa, josta EAKR-tuki on 70 000 euroa ja kuntien osuus 20 000 euroa. "
        "Loput 10 000 euroa maksavat yritykset."
    ),
    "costs that are not financed to the whole": (
        "Hankkeen kokonaiskustannukset ovat 155 000 euroa. Hankkeen kokonaisrahoitus on 150 000 euroa. "
        "Puuttuvat 5 000 euroa haetaan säätiöltä."
    ),
    "a remainder that nobody has counted": (
        "Rahoitus on 100 000 euroa, josta EAKR-tuki on 70 000 euroa ja kuntien osuus 20 000 euroa. "
        "Loppuosa katetaan osallistumismaksuilla."
    ),
    "a remainder in the same sentence without its amount": (
        "Rahoitus on 100 000 euroa, josta EAKR-tuki on 70 000 euroa ja kuntien osuus 20 000 euroa "
        "ja loput yksityistä rahoitusta."
    ),
    "a remainder of what goes on": (
        "Kustannukset ovat 100 000 euroa. Niistä palkkoja on 60 000 euroa ja ostoja 30 000 euroa. "
        "Muut kustannukset ovat matkoja."
    ),
    "years that are left for later": (
        "Omarahoitus on 30 000 euroa, josta 12 000 euroa vuodelle 2024 ja 15 000 euroa vuodelle 2025. "
        "Loput maksetaan vuonna 2026."
    ),
    "a cap above the own share and the shared costs of one sentence": (
        "Kaupungin omarahoitus on 15 000 euroa ja osuus yhteisistä kustannuksista 6 000 euroa. Kaupunki "
        "osallistuu enintään 25 000 eurolla, joka kattaa omarahoituksen ja yhteiset kustannukset."
    ),
    "of which": "Kustannukset ovat 131 681 euroa, josta matkoja 8 400 euroa ja tiloja 3 000 euroa.",
    "some of the sources, and one more in percent": (
        "Kulut ovat 80 000 euroa, josta avustus on 56 000 euroa ja seurojen osuus 18 000 euroa. "
        "Lahjoittajien osuus on 7,5 %."
    ),
    "some of the sources, and one more that is not yet known": (
        "Hankkeen budjetti on 80 000 euroa, josta avustus on 56 000 euroa ja seurojen osuus 18 000 euroa. "
        "Lahjoittajien osuus tarkentuu syksyllä."
    ),
    "some of the years, and one more that is not yet known": (
        "Omarahoitus on 30 000 euroa, josta 12 000 euroa vuodelle 2024 ja 15 000 euroa vuodelle 2025. "
        "Vuoden 2026 osuus tarkentuu."
    ),
    "own shares of two payers": (
        "Kaupungin omarahoitus on 27 316 euroa ja ammattikorkeakoulun omarahoitus 27 361 euroa."
    ),
    "own shares of two payers in two sentences": (
        "Kaupungin omarahoitus on 27 316 euroa. Yliopisto osallistuu 27 361 euron omarahoituksella."
    ),
    "own shares of two cities": (
        "Saaren kaupungin omarahoitus on 27 316 euroa. Niemen kaupungin omarahoitus on 27 361 euroa."
    ),
    "own shares of two that are only named": (
        "Saaren omarahoitus on 27 316 euroa ja Niemen omarahoitus 27 361 euroa."
    ),
    "an own share of whom the sentence before was about": (
        "Kaupungin omarahoitus on 27 316 euroa. Päätoteuttaja on säätiö. Sen omarahoitus on 27 361 euroa."
    ),
    "an own share to which another one commits itself": (
        "Kaupungin omarahoitusosuus on 27 316 euroa. Yliopisto sitoutuu 27 361 euron omarahoitusosuuteen."
    ),
    "a part of a part": (
        "Kulut ovat 80 000 euroa, joista palkkoja 50 000 euroa, joista sivukuluja 12 000 euroa, "
        "ja ostoja 34 000 euroa. Ostoista 4 000 euroa on matkoja."
    ),
    "a part, and what is applied for": (
        "Kulut ovat 80 000 euroa, joista palkkoja 50 000 euroa ja joihin haetaan tukea 56 000 euroa."
    ),
    "a share of all costs after its amount": (
        "Kokonaiskustannukset ovat 160 000 euroa. Omarahoitus on 40 000 euroa eli 25 prosenttia "
        "kokonaiskustannuksista."
    ),
    "a share of something else after its amount": (
        "Kokonaiskustannukset ovat 160 000 euroa. Omarahoitus on 40 000 euroa eli 20 prosenttia "
        "yksikön määrärahasta."
    ),
    "how much costs have grown": (
        "Kokonaiskustannukset ovat 160 000 euroa. Kasvua on 40 000 euroa eli 33 prosenttia kustannuksista."
    ),
    "what remains of an appropriation": (
        "Määräraha on 80 000 euroa, sidottu 30 000 euroa, nyt 10 000 euroa, jäljellä 40 000 euroa."
    ),
    "half of an appropriation, of which the rest is committed": (
        "Määräraha on 80 000 euroa. Siitä on sidottu 40 000 euroa. Jäljellä on 40 000 euroa."
    ),
    "two groupings": (
        "Kustannukset ovat 360 000 euroa. Niistä palkkoja on 300 000 euroa ja matkoja 60 000 euroa. "
        "Kustannuksista 120 000 euroa on vuodelle 2025, 150 000 euroa vuodelle 2026 "
        "ja 90 000 euroa vuodelle 2027."
    ),
    "a limit of who decides": (
        "Kaupungin omarahoitus on 36 390 euroa. "
        "Johtaja päättää hankkeista, joissa omarahoitus on enintään 50 000 euroa."
    ),
    "a cap rounded up": "Kaupungin omarahoitus on 36 390 euroa. Omarahoitusta on enintään 37 000 euroa.",
    "shared costs by the year": (
        "Rahoitus jakautuu näin:\n\n- kaupungin omarahoitus: 20 000 €\n\nPäätoteuttaja laskuttaa yhteisiä "
        "kustannuksia 1 500 € vuodessa, kolmessa vuodessa 4 500 €. Kaupunki maksaa enintään 24 500 €. "
        "Summa kattaa omarahoituksen ja yhteiset kustannukset."
    ),
    "an earlier plan": "Kustannusarvio oli aiemmin 252 000 euroa. Hankkeen kustannusarvio on 275 100 euroa.",
    "some of the years": (
        "Hankkeen omarahoitus on 100 000 euroa. Omarahoituksesta 10 000 euroa on vuodelle 2025 "
        "ja 20 000 euroa vuodelle 2026."
    ),
    "prices": "Tunti maksaa 95 euroa, päivä 890 euroa ja työpaja yhteensä 1 450 euroa.",
    "a table of tabs with empty cells": (
        "Laji\t2021, €\t2022, €\tYhteensä, €\nPalkat\t10 000\t20 000\t30 000\nMatkat\t\t5 000\t5 000\n"
        "Vuokrat\t4 000\t\t4 000\nYhteensä\t14 000\t25 000\t39 000\n"
    ),
    "rows that tell what is in the row above": (
        "Avustukset, €\nTeatteri\t100 000\t110 000\n- toiminta\t80 000\t85 000\n- vuokra\t20 000\t25 000\n"
        "Museo\t50 000\t60 000\n- toiminta\t50 000\t60 000\nKuoro\t30 000\t30 000\n"
        "Yhteensä\t180 000\t200 000\n"
    ),
    "parts of a row without points": (
        "Kulut (euroa):\nTalo         90 000\n  katto      50 000\n  ikkunat    40 000\nPiha         20 000\n"
        "Yhteensä    110 000\n"
    ),
    "a total on the next page": (
        "Kulut (euroa):\n\nPalkat       70 000\nMatkat       12 000\n\n"
        "Saaren kunta     Pöytäkirja     Sivu 3\n\n"
        "Vuokrat      40 000\nLaitteet     58 000\nKoneet       60 000\nYhteensä    240 000\n"
    ),
    "subtotals under other names": (
        "Kulut, €\n1. Väki\t\n1.1 Johtaja\t60 000\n1.2 Ohjaaja\t48 000\nVälisumma\t108 000\n2. Ostot\t\n"
        "2.1 Selvitys\t30 000\n2.2 Viestintä\t12 000\nOstot kaikkiaan\t42 000\nKaikki yhteensä\t150 000\n"
    ),
    "a row that sums those above it without saying so": (
        "Kulut (euroa):\nJohtaja         60 000\nOhjaaja         48 000\nVäki           108 000\n"
        "Matkat          20 000\nYhteensä       128 000\n"
    ),
    "totals of two projects": (
        "Sillan kustannukset yhteensä\t140 000 €\nSillan rahoitus yhteensä\t140 000 €\n"
        "Laiturin kustannukset yhteensä\t90 000 €\nLaiturin rahoitus yhteensä\t90 000 €\n"
    ),
    "cells that are equal because the third is nothing": (
        "Hakija\tHaettu €\tMuu tuki €\tMyönnetty €\nVeneseura\t5 000\t0\t5 000\nKuoro\t2 500\t0\t2 500\n"
        "Kerho\t3 000\t1 000\t2 500\n"
    ),
    "changes with their signs": (
        "Kohde\tMuutos €\nKoulu\t+20 000\nHalli\t-30 000\nTie\t-5 000\nYhteensä\t-15 000\n"
    ),
    "rounded millions": (
        "Kohde, milj. €\t2025\t2026\tYhteensä\nKoulu\t1,2\t3,4\t4,7\nHalli\t0,6\t0,7\t1,3\n"
        "Tie\t2,3\t2,2\t4,4\nYhteensä\t4,1\t6,3\t10,4\n"
    ),
    "projects with letters": (
        "Hankkeen A kokonaiskustannukset ovat 220 000 euroa. Hankkeen B kokonaiskustannukset ovat "
        '240 000 euroa. Hankkeen "Venepaja" kokonaiskustannukset ovat 250 000 euroa.'
    ),
    "what was applied for and what was granted": (
        "Hakemuksen kokonaiskustannukset ovat 212 500 euroa. Rahoituspäätöksessä kokonaiskustannukset ovat "
        "198 400 euroa, koska matkat jätettiin pois."
    ),
    "a share of what is no base": (
        "Kunnan kokonaismenot olivat 1 300 milj. euroa. Avustusten osuus toimintakuluista on 11 %, "
        "132,4 milj. euroa. Tarvikkeiden osuus on 5 % kuluryhmästä (58,2 milj. euroa)."
    ),
    "said as rounded": (
        "Kulut (senttejä ei ole otettu mukaan):\nPalkat     10 001\nMatkat     20 001\nYhteensä   30 003\n"
    ),
}
CONTRADICTORY = {
    "a list by year": (
        "Hankkeen kustannukset ovat 59 953 euroa. Kustannukset jakaantuvat seuraavasti: "
        "24 095 euroa vuodelle 2017, 22 252 euroa vuodelle 2018 ja 13 660 euroa vuodelle 2019. "
        "Hanke toteutetaan 1.4.2017–31.12.2019.",
        [("years", 59953, 60007)],
    ),
    "sources of financing": (
        "Osahankkeen kustannukset ovat 59.953 euroa. Siitä 44.966 euroa tulee EAKR- ja valtion rahoituksena, "
        "2.998 euroa kehittämisrahastosta, 2.991 euroa on kaupungin omarahoitusta "
        "ja 9.000 euroa yksityistä rahoitusta.",
        [("costs_financing", 59953, 59955)],
    ),
    "parts that are said to be all": (
        "Kulut ovat 80 000 euroa. Ne koostuvat palkoista 56 000 euroa ja ostoista 18 000 euroa.",
        [("list", 80000, 74000)],
    ),
    "parts of which the last is the rest": (
        "Kulut ovat 80 000 euroa, joista palkkoja on 56 000 euroa ja muita kuluja 18 000 euroa.",
        [("list", 80000, 74000)],
    ),
    "some parts that are more than the whole": (
        "Kulut ovat 80 000 euroa, joista palkkoja on 56 000 euroa ja ostoja 28 000 euroa.",
        [("list", 80000, 84000)],
    ),
    "years that are far more than the whole": (
        "Omarahoitus on 40 000 euroa, josta 15 000 euroa vuonna 2024 ja 35 000 euroa vuonna 2025.",
        [("years", 40000, 50000)],
    ),
    "some parts that are far more than the whole": (
        "Kulut ovat 80 000 euroa, joista palkkoja 56 000 euroa ja ostoja 40 000 euroa.",
        [("list", 80000, 96000)],
    ),
    "all years of the project": (
        "Hanke toteutetaan 1.1.2024–31.12.2025. "
        "Omarahoitus on 30 000 euroa, josta 12 000 euroa vuodelle 2024 ja 15 000 euroa vuodelle 2025.",
        [("years", 30000, 27000)],
    ),
    "shares": (
        "Rahoitussuunnitelman mukaan 80 % tulee EAKR-rahoituksena, kuntien rahoitus on 18,9 %, "
        "muu julkinen rahoitus 0,6 % ja yksityinen rahoitus 5,5 %.",
        [("shares", 100, 105)],
    ),
    "shares as points": (
        "Rahoituksen osuudet ovat:\n\n- EAKR: 80 %\n- kunnat: 18,9 %\n- yksityinen: 6,1 %\n\nHanke alkaa.",
        [("shares", 100, 105)],
    ),
    "shared costs outside the cap": (
        "Kaupungin omarahoitus on 2 991 euroa. Lisäksi kaupunki maksaa yhteisiä kustannuksia: "
        "päätoteuttajalle 11 954 euroa ja yliopistolle 9 217 euroa. "
        "Kaupunki osallistuu hankkeeseen enintään 2 991 eurolla.",
        [("cap", 2991, 24162)],
    ),
    "an own share and shared costs in one sentence": (
        "Kaupungin omarahoitus on 15 000 euroa ja osuus yhteisistä kustannuksista 6 000 euroa. Kaupunki "
        "osallistuu enintään 20 000 eurolla, joka kattaa omarahoituksen ja yhteiset kustannukset.",
        [("cap", 20000, 21000)],
    ),
    "all costs and all financing": (
        "Hankkeen kokonaiskustannukset ovat 150 000 euroa ja kokonaisrahoitus 155 000 euroa.",
        [("costs_financing", 150000, 155000)],
    ),
    "a remainder that is wrong": (
        "Rahoitus on 100 000 euroa, josta EAKR-tuki on 70 000 euroa ja kuntien osuus 20 000 euroa. "
        "Loput 12 000 euroa maksavat yritykset.",
        [("list", 12000, 10000)],
    ),
    "digits the other way round": (
        "Kaupungin omarahoitus on 14 924 euroa. Kaupunki varaa omarahoitusta enintään 14 942 euroa.",
        [("two_values", 14924, 14942)],
    ),
    "digits the other way round of a payer that is once named": (
        "Saaren kaupungin omarahoitus on 27 316 euroa. Kaupunki maksaa omarahoitusta 27 361 euroa.",
        [("two_values", 27316, 27361)],
    ),
    "digits the other way round of a payer that is not named": (
        "Kaupungin omarahoitus on 27 316 euroa. Hankkeen omarahoitus 27 361 euroa maksetaan erissä.",
        [("two_values", 27316, 27361)],
    ),
    "digits the other way round of an own share to which the city commits itself": (
        "Kunnan omarahoitusosuus on 27 316 euroa. Kunta sitoutuu 27 361 euron omarahoitusosuuteen.",
        [("two_values", 27316, 27361)],
    ),
    "VAT within a price": (
        "Hinta on 451 800 euroa (sis. alv 25,5 %), josta veron osuus on 81 800 euroa.",
        [("vat", 81800, Decimal("91800"))],
    ),
    "a cell between tabs": (
        "Laji\t2021, €\t2022, €\nPalkat\t10 000\t20 000\nMatkat\t\t5 000\nYhteensä\t10 000\t26 000\n",
        [("column", 26000, 25000)],
    ),
    "a total in short": (
        "Kulut, €\nPalkat\t10 000\nMatkat\t5 000\nVuokrat\t2 000\nYht.\t18 000\n",
        [("column", 18000, 17000)],
    ),
    "a share of what is named": (
        "Kokonaiskustannukset ovat 200 000 euroa. Kunnan osuus kustannuksista on 20 %, 30 000 euroa.",
        [("share_of_amount", 20, 15)],
    ),
    "a share of all costs that is another one": (
        "Kokonaiskustannukset ovat 160 000 euroa. Omarahoitus on 40 000 euroa eli 20 prosenttia "
        "kokonaiskustannuksista.",
        [("share_of_amount", 20, 25)],
    ),
    "half of an appropriation is said to remain": (
        "Määräraha on 90 000 euroa, sidottu 30 000 euroa, nyt 10 000 euroa, jäljellä 45 000 euroa.",
        [("appropriation", 45000, 50000)],
    ),
    "what remains of an appropriation in sentences": (
        "Määräraha on 80 000 euroa. Siitä on sidottu 30 000 euroa ja nyt sidotaan 20 000 euroa. "
        "Jäljellä on 33 000 euroa.",
        [("appropriation", 33000, 30000)],
    ),
    "what is left": (
        "Avustus on 87 500 euroa, josta 50 000 euroa on ennakkoa. Loput 35 700 euroa maksetaan myöhemmin.",
        [("list", 35700, 37500)],
    ),
    "groups and companies": (
        "Hankkeessa on neljä ryhmää, joissa jokaisessa on 12 yritystä, yhteensä 50 yritystä.",
        [("counts", 50, 48)],
    ),
    "a row that breaks the rule of the others": (
        "Tuki hankkeittain (euroa)\n\n"
        "Hanke     Tuki     EAKR     Valtio\nYksi     227 600   170 700   56 900\n"
        "Kaksi    288 400   216 300   72 010\nKolme    125 000    93 750   31 250\n",
        [("row", 288400, 288310)],
    ),
    "a wrong cell in its row and its column": (
        "Kustannukset (euroa)\n\nOsa     2025     2026    Yhteensä\nA     1 100    2 240    3 350\n"
        "B     4 000    5 000    9 000\nYhteensä   5 100   7 250   12 350\n",
        [("cell", 2240, 2250)],
    ),
    "a wrong cell of thousands": (
        "Kustannukset (1 000 €)\n\nOsa     2025     2026    Yhteensä\nA     110    250    360\n"
        "B     410    500    900\nYhteensä   510   750   1 260\n",
        [("cell", 410000, 400000)],
    ),
    "a wrong total of a column and of its row": (
        "Kustannukset (euroa)\n\nOsa     2025     2026    Yhteensä\nA     1 100    2 250    3 350\n"
        "B     4 000    5 000    9 000\nYhteensä   5 100   7 260   12 350\n",
        [("column", 7260, 7250)],
    ),
    "a wrong total of a row": (
        "Kustannukset (euroa)\n\nOsa     2025     2026    Yhteensä\nA     1 100    2 250    3 360\n"
        "B     4 000    5 000    9 000\nYhteensä   5 100   7 250   12 350\n",
        [("row", 3360, 3350)],
    ),
}


@pytest.mark.parametrize("name", ALIKE)
def test_what_only_looks_like_a_contradiction_is_none(name):
    assert found_in(ALIKE[name]) == []


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_a_contradiction_is_told_with_what_is_stated_and_what_the_others_give(name):
    text, expected = CONTRADICTORY[name]

    assert found_in(text) == expected


def test_the_demonstration_decision_tells_what_disagrees_in_the_real_one():
    text = "\n\n".join([mikrogrow.BACKGROUND, mikrogrow.FINANCING, mikrogrow.MOTION, mikrogrow.PROPOSAL])

    assert found_in(text) == [
        ("shares", 100, 105),
        ("costs_financing", 59953, 59955),
        ("cap", 2991, 24162),
    ]


def test_a_contradiction_says_its_sentence_and_where_its_figures_stand():
    text, _expected = CONTRADICTORY["sources of financing"]

    (found,) = contradictions_of(text)

    assert found.sentence == "Kustannukset ovat 59\u00a0953\u00a0€, mutta rahoitus on 59\u00a0955\u00a0€."
    assert found.difference == -2
    assert [text[start:end] for start, end in found.places] == [
        "59.953 euroa",
        "44.966 euroa",
        "2.998 euroa",
        "2.991 euroa",
        "9.000 euroa",
    ]


def changed(text, chance):
    """The text with another digit in one of its euros or percentages."""
    figures = [each for each in read_figures(text) if each.kind in {Kind.MONEY, Kind.PERCENT}]
    figure = chance.choice([each for each in figures if re.search(r"\d", each.raw)])
    places = [place for place, sign in enumerate(figure.raw) if sign.isdigit()]
    place = chance.choice(places)
    lowest = 1 if place == places[0] else 0
    digit = chance.choice([str(n) for n in range(lowest, 10) if str(n) != figure.raw[place]])
    at = figure.start + place
    return text[:at] + digit + text[at + 1 :]


def test_of_figures_changed_at_random_as_many_are_found_as_before():
    """Half of them are statistics, prices and limits on which nothing else in their paper depends."""
    chance = random.Random(2017)  # noqa: S311
    texts = [text_of(path) for path in CLEAN if path.parent.name == "decisions"]

    found = sum(bool(contradictions_of(changed(texts[count % len(texts)], chance))) for count in range(200))

    assert found >= FOUND_AT_RANDOM


# Of 200.
FOUND_AT_RANDOM = 75
SIGNS = st.text(st.sampled_from("0123456789 .,–€%e\n§/()josta yhteensä"), max_size=120)


@given(st.text(max_size=200) | SIGNS)
def test_no_text_makes_it_fall_and_every_figure_stands_where_it_says(text):
    for found in contradictions_of(text):
        assert all(0 <= start < end <= len(text) for start, end in found.places)


@given(st.randoms(use_true_random=False), st.sampled_from(CLEAN))
def test_no_changed_paper_makes_it_fall(chance, paper):
    contradictions_of(changed(text_of(paper), chance))
