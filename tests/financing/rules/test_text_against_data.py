"""What the words of a decision's text say that a figure is: the nearest figure of the data, or none."""

import pytest

from financing.rules.known import known_figures
from projects.decisions.check.checked import check_text
from projects.decisions.check.words import shown_difference, shown_known
from tests.support.written_project import WRITTEN

KNOWN = known_figures(WRITTEN, WRITTEN.decisions[0])


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def alarms(text: str) -> list[str]:
    """What each wrong figure is compared with, and how far it is off."""
    found = [match for match in check_text(text, KNOWN).alarms if match.known]
    return [
        spaced(f"{shown_known(match.known)} {shown_difference(match)}".strip())
        for match in found
        if match.known
    ]


TOTAL = "kustannukset, koko hanke 651 200 €"
COST = "osahankkeen kustannukset 59 953 €"
COST_2017, COST_2018, COST_2019 = (
    f"kustannukset vuonna {year} {euros} €"
    for year, euros in ((2017, "24 095"), (2018, "22 252"), (2019, "13 606"))
)
OWN, OWN_PERCENT = "Kaupungin omarahoitus 2 991 €", "Kaupungin omarahoitus 5 %"
EU, EU_PERCENT = "EAKR- ja valtion rahoitus 44 966 €", "EAKR- ja valtion rahoitus 75 %"
FUND, COMPANIES = "Kehittämisrahasto 2 998 €", "Yritykset 9 000 €"
SHARED = "yhteiset kustannukset yhteensä 21 171 €"
SAVOGROW, UNIVERSITY = (
    f"yhteiset kustannukset, {name} €" for name in ("Savogrow 11 954", "Oulun yliopisto 9 217")
)
CAP, LIABILITY = "valtuutus Kaupunginhallitus § 13 20 500 €", "kaupungin kokonaisvastuu 24 162 €"
STAFF, SERVICES, TRAVEL, FLAT_RATE = (
    f"{name} €"
    for name in (
        "palkkakustannukset 38 200",
        "ostopalvelut 9 433",
        "matkakustannukset 1 240",
        "prosenttimääräiset kustannukset 11 080",
    )
)
START, END = "toteutusajan alku 1.4.2017", "toteutusajan loppu 31.12.2019"
TIME = "toteutusaika 1.4.2017–31.12.2019"
GRANT_LIITTO, GRANT_FUND = (
    "rahoituspäätös Pohjois-Savon liitto 5.5.2017",
    "rahoituspäätös Kehittämisrahasto 29.5.2017",
)
APPROPRIATION = "määräraha Elinkeinopoliittiset hankkeet 2017 310 000 €"
ALL_COMPANIES, GROUPS = "hankkeen yritykset 120 yritystä", "ryhmät 4 ryhmää"
MEETINGS, ALL_MEETINGS = "ryhmän kokoontumiset 33 kokoontumista", "ryhmien kokoontumiset 132 kokoontumista"

# A wrong figure, what its words point to, and the difference.
NEAREST = [
    # The whole project.
    ("Hankkeen kokonaiskustannukset ovat 615 300 euroa.", f"{TOTAL} −35 900 €"),
    ("Hankkeen kokonaisbudjetti on 60 300 euroa.", f"{TOTAL} −590 900 €"),
    ("Koko hankkeen kustannuksiksi on arvioitu 450 000 euroa.", f"{TOTAL} −201 200 €"),
    ("Koko hankkeen budjetista, joka on 640 100 euroa, vastaa Savogrow.", f"{TOTAL} −11 100 €"),
    ("Hankkeen kokonaiskustannusarvio on 655 400 euroa.", f"{TOTAL} +4 200 €"),
    ("Hankkeen kokonaiskustannuksiin, 641 900 euroon, sisältyvät yhteiset kulut.", f"{TOTAL} −9 300 €"),
    # The city's part of it.
    ("Kuopion osahankkeen kokonaisbudjetti on 640 000 euroa.", f"{COST} +580 047 €"),
    ("Osahankkeen kustannukset ovat 52 000 euroa.", f"{COST} −7 953 €"),
    ("Kaupungin osahankkeen kustannusarvio on 64 953 euroa.", f"{COST} +5 000 €"),
    ("Kaupungin osahankkeen kustannuksiksi arvioidaan 24 100 euroa.", f"{COST} −35 853 €"),
    ("Kuopion osatoteutuksen kokonaiskustannukset ovat 641 000 euroa.", f"{COST} +581 047 €"),
    ("Osahankkeen budjetti on 44 000 euroa.", f"{COST} −15 953 €"),
    # By year.
    ("Vuonna 2018 kustannukset ovat 24 500 euroa.", f"{COST_2018} +2 248 €"),
    ("Kustannukset vuonna 2018 ovat 13 500 euroa.", f"{COST_2018} −8 752 €"),
    ("Vuoden 2019 kustannukset ovat 22 000 euroa.", f"{COST_2019} +8 394 €"),
    ("Kustannuksista 22 300 euroa kohdistuu vuodelle 2017.", f"{COST_2017} −1 795 €"),
    ("Vuodelle 2019 budjetoidut kustannukset ovat 23 900 euroa.", f"{COST_2019} +10 294 €"),
    ("Kustannusarvio on vuodelle 2017 13 700 euroa.", f"{COST_2017} −10 395 €"),
    ("Kaupungin omarahoitus vuonna 2018 on 1 210 euroa.", "Kaupungin omarahoitus 2018 1 110 € +100 €"),
    ("Omarahoituksesta 660 euroa maksetaan vuonna 2019.", "Kaupungin omarahoitus 2019 679 € −19 €"),
    (
        "EAKR- ja valtion rahoitus on vuonna 2017 16 700 euroa.",
        "EAKR- ja valtion rahoitus 2017 18 071 € −1 371 €",
    ),
    # The own share.
    ("Kaupungin omarahoitus on 9 100 euroa.", f"{OWN} +6 109 €"),
    ("Kaupungin omarahoitusosuus on 3 000,50 euroa.", f"{OWN} +9,50 €"),
    ("Omarahoituksen määrä on 24 000 euroa.", f"{OWN} +21 009 €"),
    ("Omarahoitusta tarvitaan 2 500 euroa.", f"{OWN} −491 €"),
    ("Kaupungin rahoitusosuus on 8 900 euroa.", f"{OWN} +5 909 €"),
    ("Kaupungin omavastuu on 3 300 euroa.", f"{OWN} +309 €"),
    ("Osahankkeen kokonaiskustannuksista kaupungin omarahoitus on 3 100 euroa.", f"{OWN} +109 €"),
    ("Kaupunki rahoittaa hanketta omalla rahoituksella 3 900 euroa.", f"{OWN} +909 €"),
    # Other funders.
    ("Kehittämisrahaston osuus on 2 900 euroa.", f"{FUND} −98 €"),
    ("Kehittämisrahastosta saadaan 3 100 euroa.", f"{FUND} +102 €"),
    ("Pohjois-Savon kehittämisrahasto: 4 100 euroa", f"{FUND} +1 102 €"),
    ("EAKR- ja valtion rahoitusta on 47 900 euroa.", f"{EU} +2 934 €"),
    ("EAKR-rahoituksen osuus on 43 100 euroa.", f"{EU} −1 866 €"),
    ("Yksityisen rahoituksen määrä on 8 300 euroa.", f"{COMPANIES} −700 €"),
    ("Yksityistä rahoitusta kerätään 11 800 euroa.", f"{COMPANIES} +2 800 €"),
    # Shared costs, the cap and all that the city is liable for.
    ("Yhteiset kustannukset ovat yhteensä 22 000 euroa.", f"{SHARED} +829 €"),
    ("Savogrow laskuttaa yhteisistä kustannuksista 9 300 euroa.", f"{SAVOGROW} −2 654 €"),
    ("Savogrow'n laskuttamat yhteiset kustannukset ovat 12 900 euroa.", f"{SAVOGROW} +946 €"),
    ("Oulun yliopiston laskuttamat yhteiset kustannukset ovat 11 900 euroa.", f"{UNIVERSITY} +2 683 €"),
    ("Oulun yliopistolle maksetaan yhteisiä kustannuksia 9 900 euroa.", f"{UNIVERSITY} +683 €"),
    ("Kaupunki osallistuu hankkeeseen enintään 23 900 eurolla.", f"{CAP} +3 400 €"),
    ("Kaupunki sitoutuu maksamaan enintään 20 100 euroa.", f"{CAP} −400 €"),
    ("Hankkeeseen varataan enintään 21 400 euroa.", f"{CAP} +900 €"),
    ("Valtuutuksen enimmäismäärä on 24 300 euroa.", f"{CAP} +3 800 €"),
    ("Kaupungin kokonaisvastuu on 20 600 euroa.", f"{LIABILITY} −3 562 €"),
    ("Kokonaisvastuuta kaupungille tulee 21 100 euroa.", f"{LIABILITY} −3 062 €"),
    # Categories of costs, grants and appropriations.
    ("Palkkakustannukset ovat 39 100 euroa.", f"{STAFF} +900 €"),
    ("Palkkoihin käytetään 32 800 euroa.", f"{STAFF} −5 400 €"),
    ("Ostopalveluja hankitaan 11 000 eurolla.", f"{SERVICES} +1 567 €"),
    ("Ostopalvelut ovat 8 433 euroa.", f"{SERVICES} −1 000 €"),
    ("Matkakustannuksia on 1 420 euroa.", f"{TRAVEL} +180 €"),
    ("Matkakustannukset ovat 1 100 euroa.", f"{TRAVEL} −140 €"),
    ("Prosenttimääräiset kustannukset ovat 9 400 euroa.", f"{FLAT_RATE} −1 680 €"),
    # Percentages.
    ("Omarahoitus on 6 % kustannuksista.", f"{OWN_PERCENT} +1 %-yks."),
    ("Kaupungin omarahoitusosuus on 55 prosenttia.", f"{OWN_PERCENT} +50 %-yks."),
    ("Omarahoituksen osuus on 7,5 %.", f"{OWN_PERCENT} +2,5 %-yks."),
    ("EAKR- ja valtion rahoituksen osuus on 57 %.", f"{EU_PERCENT} −18 %-yks."),
    ("EAKR-rahoitus kattaa 74 prosenttia kustannuksista.", f"{EU_PERCENT} −1 %-yks."),
    ("Kehittämisrahaston osuus on 7 prosenttia.", "Kehittämisrahasto 5 % +2 %-yks."),
    ("Koko hankkeessa kuntien rahoituksen osuus on 17,9 %.", "Kunnat, koko hanke 18,9 % −1 %-yks."),
    ("Tukiprosentti on 55.", "rahoituspäätös Pohjois-Savon liitto 5.5.2017 72 % −17 %-yks."),
    ("Hankkeen tukiprosentti on 78.", "rahoituspäätös Pohjois-Savon liitto 5.5.2017 72 % +6 %-yks."),
    # Days.
    ("Hanke alkaa 1.5.2017.", f"{START} +30 päivää"),
    ("Hankkeen alkamispäivä on 31.12.2018.", f"{START} +639 päivää"),
    ("Hanke käynnistyy 15.3.2017.", f"{START} −17 päivää"),
    ("Hanke päättyy 31.12.2020.", f"{END} +366 päivää"),
    ("Hankkeen päättymispäivä on 1.4.2019.", f"{END} −274 päivää"),
    ("Hanke toteutetaan 31.10.2019 mennessä.", f"{END} −61 päivää"),
    ("Hanke loppuu 30.12.2019.", f"{END} −1 päivä"),
    ("Toteutusaika on 1.4.2017–30.6.2020.", TIME),
    ("Hankkeen toteutusaika on 1.8.2017–31.12.2019.", TIME),
    ("Kaupunki osallistuu hankkeeseen vuosina 2017-2020.", TIME),
    ("Hanke toteutetaan vuosina 2016–2019.", TIME),
    ("Pohjois-Savon liiton rahoituspäätös on tehty 28.5.2017.", f"{GRANT_LIITTO} +23 päivää"),
    ("Kehittämisrahaston rahoituspäätös on tehty 6.5.2017.", f"{GRANT_FUND} −23 päivää"),
    # Years.
    ("Hanke alkaa vuonna 2018.", f"{START} +1 vuosi"),
    ("Hanke päättyy vuonna 2021.", f"{END} +2 vuotta"),
    ("Hankkeen toteutus päättyy vuoden 2018 lopussa.", f"{END} −1 vuosi"),
    # Counts.
    ("Hankkeeseen osallistuu 130 yritystä.", f"{ALL_COMPANIES} +10"),
    ("Hankkeessa on mukana yhteensä 100 yritystä.", f"{ALL_COMPANIES} −20"),
    ("Tavoitteena on saada hankkeeseen 150 yritystä.", f"{ALL_COMPANIES} +30"),
    ("Kuopion ryhmään osallistuu 30 yritystä.", "ryhmän yritykset, Kuopio 34 yritystä −4"),
    ("Varkauden ryhmässä on 28 yritystä.", "ryhmän yritykset, Varkaus 26 yritystä +2"),
    ("Hankkeessa on viisi ryhmää.", f"{GROUPS} +1"),
    ("Hankkeeseen perustetaan kolme ryhmää.", f"{GROUPS} −1"),
    ("Seutukuntiin muodostetaan 6 ryhmää.", f"{GROUPS} +2"),
    ("Viisi ryhmää kokoontuu kuukausittain.", f"{GROUPS} +1"),
    ("Ryhmä kokoontuu kerran kuukaudessa, hankkeen aikana 36 kertaa.", f"{MEETINGS} +3"),
    ("Kerran kuukaudessa kokoontuvilla ryhmillä on yhteensä 123 kokoontumista.", f"{ALL_MEETINGS} −9"),
]


# What an unusual word says of a figure of the project.
MISSES = [
    "Hanke maksaa Kuopiolle 88 888 euroa.",
    "Hanke maksaa kaupungille 88 888 euroa.",
    "Hankkeen hinta kaupungille on 31 000 euroa.",
    "Kaupungin menot hankkeesta ovat 31 000 euroa.",
    "Kaupungin maksettavaksi jää 31 000 euroa.",
    "Hanke kustantaa kaikkiaan 700 000 euroa.",
    "Hanke maksaa yhteensä 700 000 euroa.",
    "Hankkeen budjetti on 700 000 euroa.",
    "Omarahoitusta kaupunki maksaa 8 500 euroa.",
    "Hankkeessa on viisi ryhmää.",
    "Ryhmiä on yhteensä viisi ryhmää.",
    "Hankkeella on kolme ryhmää ja 120 yritystä.",
    "Yrityksiä otetaan mukaan 140 yritystä.",
    "Tukiprosentti on 55.",
    "Tukiprosentti on 55 %.",
    "Hankkeen tukiprosentiksi on vahvistettu 55.",
    "Kaupunki osallistuu hankkeeseen vuosina 2017-2020.",
    "Hanke toteutetaan vuosina 2017–2020.",
    "Hanke jatkuu vuoden 2020 loppuun.",
    "Lähde  Euroa\nKaupungin omarahoitus  3 991\nKehittämisrahasto  2 998\n",
    "Rahoitus (€)\nEAKR- ja valtion rahoitus  44 966\nKehittämisrahasto  2 898\nYksityinen  9 000\n",
    "Kustannukset vuosittain (euroa):\n"
    "                2017    2018    2019\nKustannukset  24 095  22 752  13 606\n"
    "Omarahoitus    1 202   1 110     679\n",
    "Kustannuslaji   €\nPalkkakustannukset  39 100\nOstopalvelut  9 433\n",
]
# Of something else, whatever the data has: statistics, prices, limits, periods, other projects and cities.
BACKGROUND = [
    "Työttömyysaste oli 12,4 % ja asukkaita 118 700.",
    "Alueen yrityksistä 75 % on mikroyrityksiä.",
    "Kyselyyn vastasi 130 yritystä, joista 55 % oli kiinnostunut hankkeesta.",
    "Mikroyritysten liikevaihto kasvoi 6 % ja työllisten määrä 2 900 henkilöllä.",
    "Maakunnassa on 9 300 yritystä ja niistä 31 yritystä on konkurssissa.",
    "Seudulla toimii 150 yritystä.",
    "Asiantuntijan työ maksaa 95 euroa tunnilta ja työpaja 890 euroa.",
    "Osallistuminen maksaa yritykseltä 120 euroa kuukaudessa.",
    "Koulutuksen hinta on 2 990 euroa.",
    "Työpajan kustannukset ovat 1 500 euroa kerralta.",
    "Kansallinen kynnysarvo on 60 000 euroa.",
    "Etu on de minimis -tukea, jonka enimmäismäärä on 300 000 euroa kolmen vuoden aikana.",
    "Tukea voidaan myöntää enintään 70 % hankkeen kustannuksista.",
    "Tuki voi olla enintään 80 % ja hankkeen kustannusten on oltava vähintään 20 000 euroa.",
    "Elinvoimajohtaja päättää hankkeista, joissa kaupungin omarahoitus on enintään 30 000 euroa.",
    "Hallintosäännön mukaan jaosto päättää hankkeista, kun kustannukset ovat alle 50 000 euroa.",
    "Hanke kuuluu ohjelmakauteen 2014–2020.",
    "Ohjelma Kestävää kasvua ja työtä 2014–2020 rahoittaa hanketta.",
    "Vuosina 2001–2015 kasvusta 47 % oli mikroyritysten ansiota.",
    "Kaupungin strategia 2017–2030 ohjaa hanketta.",
    "Aiemman hankkeen (1.8.2013–31.7.2015) kustannukset olivat 84 500 euroa.",
    "Hanke jatkaa vuonna 2015 päättynyttä esiselvitystä, jonka kustannukset olivat 41 800 euroa.",
    "Kaupunki on mukana myös Veturi-hankkeessa, jonka omarahoitus on yhteensä 88 000 euroa.",
    "Vastaavaan Leipäpolku-hankkeeseen kaupunki osallistui yhteensä 27 300 eurolla.",
    "Kaupungilla on kolme muuta hanketta, joissa kaupungin osuus on yhteensä 48 500 euroa.",
    "Hankkeiden omarahoitukseen on vuonna 2017 varattu 120 000 euroa.",
    "Lahden omarahoitus on 3 100 euroa ja Imatran 4 200 euroa.",
    "Iisalmen kaupungin omarahoitus on 5 100 euroa.",
    "Varkauden kaupunki osallistuu hankkeeseen 4 500 eurolla.",
    "Oulun yliopiston osahankkeen kustannukset ovat 150 000 euroa.",
    "Joensuun osuus on noin 43 % kuntarahoituksesta.",
    "Kustannukset ovat 50 000–70 000 euroa.",
    "Omarahoituksesta on käytetty 1 200 euroa.",
    "Hakemuksen kustannusarvio oli 70 000 euroa ja haettu tuki 60 %.",
    "Talousarviossa hankkeisiin on 410 000 euroa.",
    "Avustus maksetaan kahdessa erässä, 22 400 euroa kumpikin.",
    "Hinnan paino vertailussa on 55 %.",
    "Muutos on alle 10 % hankkeen kustannuksista.",
    "Kaupunginhallitus käsitteli asiaa 13.3.2017.",
    "Hakuaika päättyy 28.2.2018.",
    "Rahoituspäätös saadaan viimeistään 30.9.2017.",
    "Sopimus on voimassa 31.12.2020 saakka.",
    "Raportti toimitetaan 31.1.2018 mennessä.",
    "Valtuustokausi on vuosina 2017–2021.",
    "Ensimmäinen vaihe toteutetaan 1.4.2017–31.8.2017.",
    "Kuopion seudulla toimii kaksi ryhmää.",
    "Aiemmassa hankkeessa oli kolme ryhmää ja 60 yritystä.",
    "Ohjausryhmään kuuluu viisi henkilöä.",
    "Ohjausryhmä kokoontuu neljä kertaa vuodessa.",
    "Johtoryhmä kokoontuu 20 kertaa.",
    "Ryhmä kokoontuu yhdeksän kertaa, joten kokoontumisia on yhteensä 54 kokoontumista.",
    "Kokoontumisista 48 kokoontumista pidetään yrityksissä.",
    "Hanke työllistää viisi henkilöä.",
    "Palkkakustannuksiin sisältyvät sivukulut, 24 % palkoista.",
    "Korvauksen määrä on 2 900 euroa kuukaudessa.",
    "Hankkeen ohjausryhmän kokouspalkkio on 150 euroa.",
    "Tilojen vuokra on 850 euroa kuukaudessa.",
    "Avustuksista päätetään 15.5.2018.",
    "Yritysten osallistumismaksu on 250 euroa.",
    "Hankkeen näyttelyssä kävi 31 000 kävijää, ja sen kustannukset olivat 14 300 euroa.",
    "Kunta  Asukkaita  Osuus, €\nIisalmi  21 300  4 100\nVarkaus  20 800  3 900\n",
    "Palvelu  Hinta, €\nTyöpaja  890\nSparraus  95\n",
    "Kustannukset (euroa):\n  Lahti  Imatra\nPalkkakustannukset  39 100  41 000\nMatkat  7 000  8 000\n",
]


@pytest.mark.parametrize(("text", "expected"), NEAREST)
def test_a_wrong_figure_is_held_to_what_its_words_point_to(text, expected):
    assert alarms(text) == [expected]


@pytest.mark.parametrize("text", MISSES)
def test_a_wrong_figure_is_found_in_unusual_words(text):
    assert len(alarms(text)) == 1


@pytest.mark.parametrize("text", BACKGROUND)
def test_a_figure_of_something_else_is_not_judged(text):
    assert alarms(text) == []


def test_there_are_wrong_figures_and_others_of_every_kind():
    assert (len(NEAREST) >= 60, len(BACKGROUND) >= 60) == (True, True)
