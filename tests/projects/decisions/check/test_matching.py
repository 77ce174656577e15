"""Which figure of the data each figure of a text is, and which are none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.decisions.check.checked import Check, check_text
from projects.decisions.check.known import KnownFigure, Topic
from projects.decisions.check.matching import Outcome
from projects.decisions.check.words import sentence_of
from projects.decisions.figures.readings import Kind
from tests.support.known_figures import SEED, money

AGREES, ROUNDED, EARLIER = Outcome.AGREES, Outcome.ROUNDED, Outcome.EARLIER
DIFFERS, OTHER_NAME, OUTSIDE = Outcome.DIFFERS, Outcome.OTHER_NAME, Outcome.OUTSIDE
IMPOSSIBLE = Outcome.IMPOSSIBLE


def outcomes(text: str) -> list[Outcome]:
    return [match.outcome for match in check_text(text, SEED).matches]


def alarms(check: Check) -> list[str]:
    return [sentence_of(match).replace("\u00a0", " ") for match in check.alarms]


AGREEING = [
    ("Osahankkeen kustannukset ovat 59.953 euroa.", [AGREES]),
    ("Kustannukset ovat 59 953,00 €, noin 60 000 €.", [AGREES, ROUNDED]),
    ("Kustannukset ovat 60 t€.", [ROUNDED]),
    ("Hankkeen kokonaiskustannukset ovat 0,65 milj. euroa.", [ROUNDED]),
    ("Hankkeen kokonaiskustannukset ovat 0,7 milj. euroa.", [ROUNDED]),
    ("Hankkeen kokonaiskustannukset ovat 650 t€.", [ROUNDED]),
    ("Kustannukset ovat noin 59 900 euroa.", [ROUNDED]),
    ("Kustannukset ovat runsaat 59 000 euroa.", [ROUNDED]),
    ("Kustannukset ovat vajaat 60 000 euroa.", [ROUNDED]),
    ("Kustannukset ovat yli 59 000 euroa.", [ROUNDED]),
    ("Kaupunki osallistuu enintään 2.991 eurolla.", [AGREES]),
    ("Kaupunki osallistuu enintään 3 000 eurolla.", [ROUNDED]),
    ("Kaupungin omarahoitus on 2 991 € ja yhteiset kustannukset 11 954 € ja 9 217 €.", [AGREES] * 3),
    ("Kustannukset ovat 24.095 euroa vuodelle 2017.", [AGREES, OUTSIDE]),
    ("Omarahoitus oli ensin 2 500 €.", [EARLIER]),
    ("Omarahoitus on 4,99 %.", [ROUNDED]),
    ("Omarahoitus on noin 5 %.", [AGREES]),
    ("Kuntien rahoitus on 19 %.", [ROUNDED]),
    ("Hanke toteutetaan 1.4.2017–31.12.2019.", [AGREES]),
    ("Hanke alkaa 1.4.2017 ja päättyy 31.12.2019.", [AGREES, AGREES]),
    ("Kaupunki osallistuu hankkeeseen vuosina 2017–2019.", [AGREES]),
    ("Rahoituspäätökset on tehty 5.5.2017 ja 29.5.2017.", [AGREES, AGREES]),
    ("Neljässä ryhmässä on yhteensä 120 yritystä, kussakin 30 yritystä.", [AGREES] * 3),
    ("Mukana on noin sata yritystä.", [OUTSIDE]),
    ("Mukana on sata kaksikymmentä yritystä.", [AGREES]),
    ("Osallistujille maksetaan 15 euroa lounaasta.", [OUTSIDE]),
]

WRONG = [
    (
        "Kustannukset ovat 88 888 €, kaupungin osuus 55 % ja hanke päättyy 31.2.2031.",
        [DIFFERS, DIFFERS, IMPOSSIBLE],
    ),
    ("Kaupungin omarahoitus on 2 919 €.", [DIFFERS]),
    ("Kaupungin omarahoitus on 2 998 €.", [OTHER_NAME]),
    ("Hankkeen kokonaiskustannukset ovat 59 953 €.", [OTHER_NAME]),
    ("Osahankkeen kustannukset ovat noin 651 200 €.", [OTHER_NAME]),
    ("Kustannukset ovat 24 095 euroa vuodelle 2018.", [OTHER_NAME, OUTSIDE]),
    ("Kaupunki osallistuu vuosina 2017–2019 enintään 3 991 eurolla.", [AGREES, DIFFERS]),
    ("Hankkeen toteutusaika on 1.4.2017–31.12.2020.", [DIFFERS]),
    ("Maakunnan liiton rahoituspäätös on tehty 6.5.2017.", [DIFFERS]),
    ("Hankkeen aikana ryhmiin osallistuu 130 yritystä.", [DIFFERS]),
    ("Oulun yliopisto laskuttaa 9 317 euroa.", [DIFFERS]),
    ("Kehittämisrahastosta tulee 2 898 euroa.", [DIFFERS]),
    ("Tuki on 57 %.", [DIFFERS]),
    ("- Kaupungin omarahoitus: 2 998 €", [OTHER_NAME]),
    ("- Kehittämisrahasto: 2 991 €", [OTHER_NAME]),
    ("- Kehittämisrahasto: 7 998 €", [DIFFERS]),
    ("Kaupungin kokonaisvastuu on 21 162 €.", [DIFFERS]),
    ("Kaupunki maksaa enintään 3 991 euroa.", [DIFFERS]),
    ("Toteutusaika on 1.8.2017–31.12.2019.", [DIFFERS]),
    (
        "Kustannukset jakautuvat: 24.095 euroa vuodelle 2017, 22.352 euroa vuodelle 2018.",
        [AGREES, OUTSIDE, DIFFERS, OUTSIDE],
    ),
    (
        "Kaupungin omarahoitus 7 777 € maksetaan määrärahasta ”Hankkeiden omarahoitus 2014–2020”.",
        [DIFFERS, OUTSIDE],
    ),
    ("Kaupungin omarahoitus kasvaa 2 500 eurosta 2 919 euroon.", [EARLIER, DIFFERS]),
    ("Osahankkeen kustannukset kasvavat 51 000 eurosta 59 593 euroon.", [OUTSIDE, DIFFERS]),
    ("Kaupunki maksaa omarahoituksen 7 777 € viimeistään 31.12.2019.", [DIFFERS, AGREES]),
    ("Kustannukset ovat:\n- vuosi 2017: 24 059 €\n- muut 35 858 €", [OUTSIDE, DIFFERS, DIFFERS]),
]

# Nothing of this is in the data, and none of it is an error.
OF_OTHERS = [
    "Alueen yrityksistä n. 90% on mikroyrityksiä.",
    "Vuosina 2001-2015 noin 47 % yritysten nettotyöpaikkalisäyksestä syntyi mikroyrityksiin.",
    "Kestävää kasvua ja työtä 2014-2020 Suomen rakennerahasto-ohjelma",
    "Palveluhankintojen kansallinen kynnysarvo on 60 500 euroa.",
    "Etu on de minimis -tukea, jonka katto on 300 000 € kolmen vuoden aikana.",
    "Asiantuntijan työ maksaa 95,00 €/h ja työpaja 890 € kappale.",
    "Aiempi hanke (1.8.2013–31.7.2015) maksoi 84 500 euroa ja kaupungin osuus oli 30 %.",
    "Alan liikevaihto oli 3,2 mrd. euroa ja se kasvoi 11,4 prosenttia.",
    "Kaupunginhallitus käsitteli asiaa 13.3.2017.",
    "Tuki on enintään 70 % tukikelpoisista kustannuksista.",
    "Joensuun osuus on noin 43 % kuntarahoituksesta.",
    "Palkkakustannukset ovat 31 681 euroa.",
    "Oulun yliopiston osuus hankkeesta on 150 000 euroa.",
    "Seudulla toimii 3 500 yritystä ja hanke tavoittaa niistä viisi yritystä.",
    "Kustannukset ovat 50 000–70 000 euroa.",
    "Työttömyysaste oli 12,4 % ja asukkaita 21 300.",
    "Omarahoituksesta on käytetty 1 200 euroa.",
    "Hinnan paino oli 55 %.",
    "Ensimmäinen vaihe on 1.4.2017–31.8.2017.",
    "Muiden hankkeiden omarahoitus on 7 777 €, ja se maksetaan määrärahasta ”Kehittämisraha”.",
    "Liikenteen kustannukset kasvavat 51 000 eurosta 59 593 euroon.",
    "Viime vuonna omarahoitus 7 777 € maksettiin muusta rahasta.",
    "Rahoitus: 2 991 € kaupungilta ja 2 998 € kehittämisrahastosta.",
]


@pytest.mark.parametrize(("text", "expected"), AGREEING + WRONG)
def test_each_figure_is_matched_as_its_words_say(text, expected):
    assert outcomes(text) == expected


@pytest.mark.parametrize("text", OF_OTHERS)
def test_what_is_of_something_else_is_no_alarm(text):
    assert alarms(check_text(text, SEED)) == []


@pytest.mark.parametrize("text", [text for text, _expected in AGREEING + WRONG])
def test_without_figures_only_impossible_days_are_found(text):
    assert {match.outcome for match in check_text(text).matches} <= {OUTSIDE, IMPOSSIBLE}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Yhteensä 14 942 €.",
            "14 942 € ei ole hankkeen tiedoissa. Lähin on omarahoitus 14 924 €, ero 18 €: "
            "kaksi numeroa eri järjestyksessä.",
        ),
        (
            "Omarahoitus on 14 000,50 €.",
            "14 000,50 € ei ole hankkeen tiedoissa. Lähin on omarahoitus 14 924 €, ero 923,50 €.",
        ),
        ("Päivä on 31.2.2031.", "Päivää 31.2.2031 ei ole kalenterissa."),
        (
            "Kaupungin omarahoitus on 2 998 €.",
            "2 998 € on hankkeen tiedoissa kehittämisrahasto. Omarahoitus on 14 924 €.",
        ),
    ],
)
def test_the_sentence_says_what_was_read_and_what_would_be_right(text, sentence):
    known = [
        money("omarahoitus", "14924", Topic.OWN),
        money("kehittämisrahasto", "2998", Topic.SOURCE),
    ]

    assert alarms(check_text(text, known)) == [sentence]


IMPOSSIBLE_DAYS = ["31.2.2031", "30.2.2020", "29.2.2019", "31.4.2017", "0.5.2017", "32.1.2017", "2031-02-31"]


@pytest.mark.parametrize("day", IMPOSSIBLE_DAYS)
@pytest.mark.parametrize("around", ["Päättyy %s.", "1.4.2017–%s", "(%s)", "%s"])
def test_a_day_that_no_calendar_has_is_found(day, around):
    assert [match.raw for match in check_text(around % day).alarms] == [day]


@pytest.mark.parametrize(
    "text", ["4834/02.05.02.01/2017", "§ 31.2", "kohta 31.2.2", "1 40 03", "10.20.2.2017"]
)
def test_what_is_no_day_is_no_impossible_day(text):
    assert check_text(text).alarms == []


@given(st.decimals(min_value=1000, max_value=10**7, places=2))
def test_an_amount_of_the_data_agrees_in_every_spelling(amount):
    known = [money("omarahoitus", str(amount), Topic.OWN)]
    whole, cents = f"{amount:.2f}".split(".")
    grouped = f"{int(whole):,}"
    spellings = [f"{grouped.replace(',', mark)},{cents} €" for mark in (" ", "\u00a0", ".")]

    for spelling in spellings:
        (match,) = check_text(f"Kaupungin omarahoitus on {spelling}.", known).matches
        assert match.outcome is AGREES


@given(st.integers(1_000, 9_999_999), st.integers(1, 9_999_999))
def test_another_own_share_is_always_found(known, said):
    figures = [money("omarahoitus", str(known), Topic.OWN)]

    (match,) = check_text(f"Kaupungin omarahoitus on {said} euroa.", figures).matches

    # What is said in thousands may be rounded.
    assert match.is_alarm == (known != said) or (match.outcome is ROUNDED and said % 1000 == 0)


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(0, 5000))
def test_any_real_day_is_no_impossible_day(first, days):
    last = first + timedelta(days)
    text = " ".join(f"{day.day}.{day.month}.{day.year}" for day in (first, last))

    assert check_text(text).alarms == []


@given(st.text(alphabet="0123456789., %€-–§()\nabcäeurostv ", max_size=300))
def test_no_text_makes_it_fall_and_every_match_stands_where_it_says(text):
    for match in check_text(text, SEED).matches:
        assert text[match.start : match.end] == match.raw


def test_a_sum_is_named_and_never_the_nearest():
    known = [
        money("omarahoitus", "2991", Topic.OWN),
        KnownFigure("2017 ja 2018 yhteensä", Kind.MONEY, Decimal(46347), Topic.COST, is_sum=True),
    ]

    agreeing = check_text("Yhteensä 46 347 €.", known)
    wrong = check_text("Kaupungin omarahoitus on 46 346,20 €.", known)

    assert [match.known and match.known.name for match in agreeing.matches] == ["2017 ja 2018 yhteensä"]
    assert [match.known and match.known.name for match in wrong.matches] == ["omarahoitus"]


OTHER_SIDE = {
    "the city's costs, called those of the whole project above the table": (
        "Koko hankkeen kustannukset, €:\n2017          24 095\n2018          22 252\nYhteensä      59 953\n",
        ["59 953"],
    ),
    "the city's costs in the column of the whole project": (
        "Kustannukset, €     Koko hanke\n2017            24 095\nYhteensä        59 953\n",
        ["59 953"],
    ),
    "both columns the other way round": (
        "                          Kaupunki     Koko hanke\n"
        "Kustannukset, €            651 200         59 953\n"
        "Omarahoitus, €               2 991         32 560\n",
        ["651 200", "59 953"],
    ),
    "both rows the other way round": (
        "Kustannukset\nOsahanke               651 200 €\nKoko hanke              59 953 €\n",
        ["651 200 €", "59 953 €"],
    ),
    "each in its column": (
        "                          Kaupunki     Koko hanke\n"
        "Kustannukset, €             59 953        651 200\n"
        "Omarahoitus, €               2 991         32 560\n",
        [],
    ),
    "each in its row": ("Kustannukset, €\nOsahanke          59 953\nKoko hanke       651 200\n", []),
    "a row that may be of anything": (
        "Vaihe, €       Koko hanke\nSuunnittelu        59 953\nMuut               10 000\n",
        [],
    ),
    "a column that may be of anything": (
        "Kustannukset, €     Budjetti     Ennuste\nPalkat                40 000      45 000\n"
        "Yhteensä              59 953     651 200\n",
        [],
    ),
}


@pytest.mark.parametrize("name", OTHER_SIDE)
def test_a_table_that_shows_the_city_as_the_whole_is_told_and_nothing_else(name):
    text, wrong = OTHER_SIDE[name]

    found = check_text(text, SEED)

    assert [(each.raw, each.outcome) for each in found.alarms] == [(raw, OTHER_NAME) for raw in wrong]


def test_a_whole_project_that_is_the_citys_part_is_no_other_side():
    one = [money("osahankkeen kustannukset", 59953, Topic.COST), money("koko hanke", 59953, Topic.TOTAL)]

    assert check_text("Kustannukset, €\nKoko hanke      59 953\nMuut                 0\n", one).alarms == []
