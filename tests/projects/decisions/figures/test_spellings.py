"""Each spelling of a kind of figure in each place where it may stand, and what only looks like it."""

from datetime import date
from decimal import Decimal

import pytest

from mikrogrow.values.number_words import number_in_words
from projects.decisions.consistency.said import step_of
from projects.decisions.figures.number_words import number_in
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind, Period

PLACES = (
    "{}",
    "Kirjataan: {}.",
    "Kirjataan ({}), kuten haettiin",
    "Kirjataan\n{}\nja muuta",
    "- {}\n- muuta",
)

MONEY = {
    **dict.fromkeys(("1,5 Me", "1,5 M€", "1,5 M €", "1,5 milj. €", "1,5 milj. e", "1,5 M euroa"), 1_500_000),
    **dict.fromkeys(("1,5 MEUR", "1,5 M eur", "1,5 miljoonaa euroa"), 1_500_000),
    **dict.fromkeys(
        ("15 te", "15 t€", "15 t €", "15 k€", "15 tuhatta euroa", "15 tuhannella eurolla"), 15_000
    ),
    **dict.fromkeys(("miljoona euroa", "miljoonan euron", "miljoonalla eurolla"), 1_000_000),
    **dict.fromkeys(("puoli miljoonaa euroa", "puolen miljoonan euron"), 500_000),
    "puolella miljoonalla eurolla": 500_000,
    **dict.fromkeys(
        ("puolitoista miljoonaa euroa", "puolentoista miljoonan euron", "1 ½ milj. €"), 1_500_000
    ),
    **dict.fromkeys(("kaksi ja puoli miljoonaa euroa", "kahden ja puolen miljoonan euron"), 2_500_000),
    **dict.fromkeys(("tuhat euroa", "tuhannen euron", "tuhannella eurolla"), 1000),
    **dict.fromkeys(("kymmenentuhatta euroa", "kymmenen tuhatta euroa"), 10_000),
    **dict.fromkeys(("kahdellatuhannella eurolla", "kahdentuhannen euron", "kahteentuhanteen euroon"), 2000),
    "viidelläsadalla eurolla": 500,
    "kaksituhatta yhdeksänsataayhdeksänkymmentäyksi euroa": 2991,
    "kaksituhattayhdeksänsataayhdeksänkymmentäyksi euroa": 2991,
    "kaksi tuhatta yhdeksänsataa yhdeksänkymmentäyksi euroa": 2991,
    "kahdellatuhannella yhdeksälläsadalla eurolla": 2900,
    "tuhatviisisataa euroa": 1500,
    "kaksi miljoonaa kolmesataatuhatta euroa": 2_300_000,
}
NO_MONEY = (
    "1,5 metriä",
    "1,5 m",
    "15 tehtävää",
    "15 t soraa",
    "la 15 ke 16",
    "muutaman tuhannen euron",
    "muutaman sadan euron",
    "parin miljoonan euron",
    "muutaman ja puolen miljoonan euron",
    "puolitoista miljoonaa asukasta",
    "kaksi ja puoli vuotta",
    "15 Te",
    "15 TE-toimistoa",
    "TE-keskus 15",
    "tuhansia euroja",
    "useita satoja tuhansia euroja",
)
SHARES = {
    **dict.fromkeys(("kaksi kolmasosaa", "kahdella kolmasosalla", "kahden kolmasosan"), "66.67"),
    **dict.fromkeys(("kolmasosa", "kolmanneksen"), "33.33"),
    **dict.fromkeys(("kolme neljäsosaa", "kolmella neljäsosalla"), "75"),
    "kahden viidesosan": "40",
}
FRACTIONS = {
    "1/3 kustannuksista": "33.33",
    "2/3 osaa": "66.67",
    "2/3-osaa": "66.67",
    "1/3:n osuus": "33.33",
    "1/2 hankkeen menoista": "50",
    "3/4 rahoituksesta": "75",
}
NO_SHARE = (
    "1/3",
    "sivu 1/3",
    "pöytäkirja 2/3",
    "kokous 1/3 maaliskuussa",
    "4834/2017",
    "§ 1/2020",
    "1/2020 kustannuksista",
    "1.1/3 kustannuksista",
    "5/3 kustannuksista",
    "sivulla 2/3 mainitusta",
)
YEARS = ("2017–19", "2017-19", "2017–2019")
NO_YEARS = ("2017-12", "2017–12", "2017-45", "lasku 2017-19", "dno 2017-19", "2017-19-3", "2017-190")
DAYS = ("päättyy 30.6.19", "päättyy 30.06.19", "30.6.19 mennessä", "30.6.19 asti", "viimeistään 30.6.19")
PERIODS = ("1.4.17–30.6.19", "1.4.17-30.6.2019", "01.04.17 – 30.06.19")
NO_DAYS = (
    "3.2.19",
    "kohta 3.2.19 alkaen",
    "kohdat 1.2.10–1.2.12",
    "päättyy 31.2.19",
    "10.1.19.5",
    "klo 12.30.19",
)


def read(text, place):
    written = place.format(text)
    found = read_figures(written)
    assert all(written[each.start : each.end] == each.raw for each in found)
    return [(each.kind, each.value) for each in found]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", MONEY)
def test_an_amount_is_read_wherever_it_stands(text, place):
    assert read(text, place) == [(Kind.MONEY, Decimal(MONEY[text]))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", SHARES | FRACTIONS)
def test_a_share_is_read_wherever_it_stands(text, place):
    assert read(text, place) == [(Kind.PERCENT, Decimal((SHARES | FRACTIONS)[text]))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", YEARS)
def test_years_are_a_period_wherever_they_stand(text, place):
    assert read(text, place) == [(Kind.PERIOD, Period(date(2017, 1, 1), date(2019, 12, 31)))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", DAYS)
def test_a_day_of_two_digits_of_a_year_is_read_where_words_say_that_it_is_one(text, place):
    assert read(text, place) == [(Kind.DATE, date(2019, 6, 30))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", PERIODS)
def test_two_days_of_two_digits_of_a_year_are_a_period(text, place):
    assert read(text, place) == [(Kind.PERIOD, Period(date(2017, 4, 1), date(2019, 6, 30)))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", NO_MONEY + NO_SHARE + NO_YEARS + NO_DAYS)
def test_what_only_looks_like_a_figure_is_none(text, place):
    assert read(text, place) == []


@pytest.mark.parametrize("text", ["vuonna 2017 te maksatte", "vuonna 2017 Me haimme"])
def test_a_year_before_a_pronoun_is_no_amount(text):
    assert read(text, "{}") == [(Kind.YEAR, 2017)]


def test_every_number_that_we_write_in_words_is_read_back():
    for number in (*range(1, 2100), *range(2991, 1_000_000, 7919), 1_000_000, 2_300_015):
        assert number_in(number_in_words(number).replace(" ", "")) == number


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("kaksituhatta yhdeksänsataayhdeksänkymmentäyksi euroa", 1),
        ("kymmenentuhatta euroa", 1000),
        ("1,5 Me", 100_000),
        ("15 te", 1000),
        ("puolitoista miljoonaa euroa", 100_000),
        ("puoli miljoonaa euroa", 100_000),
    ],
)
def test_a_figure_is_as_exact_as_it_is_said(text, step):
    (reading,) = read_figures(text)

    assert step_of(reading) == step
