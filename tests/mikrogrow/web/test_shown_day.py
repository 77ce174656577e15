"""The day that a page is about, read from its address."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils import timezone

from mikrogrow.web.shown_day import shown_day

DAY = date(2018, 10, 15)


def asked(**query):
    return shown_day(RequestFactory().get("/", query))


@pytest.mark.parametrize("query", [{}, {"on": ""}, {"on": "  "}, {"day": "2018-10-15"}])
def test_without_a_day_it_is_today(query):
    day = asked(**query)

    assert (day.on, day.is_asked, day.typed, day.error, day.query) == (
        timezone.localdate(),
        False,
        "",
        "",
        "",
    )


@pytest.mark.parametrize("typed", ["2018-10-15", "15.10.2018", " 15.10.2018 ", "15. 10. 2018"])
def test_a_day_is_read_in_either_way_of_writing_it(typed):
    day = asked(on=typed)

    assert (day.on, day.is_asked, day.typed, day.error) == (DAY, True, typed.strip(), "")
    assert day.query == "?on=2018-10-15"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("eilen", "Luettiin ”eilen”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."),
        (
            "31.2.2018",
            "Luettiin ”31.2.2018”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa.",
        ),
        (
            "2018-02-31",
            "Luettiin ”2018-02-31”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa.",
        ),
        ("1.4.0217", "Luettiin ”1.4.0217”. Vuoden on oltava väliltä 1900–2199."),
    ],
)
def test_a_day_that_is_none_gives_today_and_a_sentence(typed, sentence):
    day = asked(on=typed)

    assert (day.on, day.is_asked, day.error, day.query) == (timezone.localdate(), False, sentence, "")


def test_the_other_filters_stay_when_another_day_is_chosen():
    for on in ("", "2018-10-15", "eilen"):
        day = asked(on=on, q="a&b", status="", sort="-name", page="3")

        assert day.kept == (("q", "a&b"), ("sort", "-name"))
        assert day.today_query == "?q=a%26b&sort=-name"

    assert asked().today_query == "?"


def test_only_the_beginning_of_an_endless_day_is_kept():
    assert asked(on="9" * 5000).typed == "9" * 40


def test_today_is_the_day_in_finland(settings):
    settings.TIME_ZONE = "Pacific/Kiritimati"
    first = asked().on
    settings.TIME_ZONE = "Pacific/Niue"

    assert (first - asked().on).days in {1, 2}
