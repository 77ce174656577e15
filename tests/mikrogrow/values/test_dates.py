from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.dates import (
    elapsed_days,
    format_date,
    format_period,
    format_years,
    parse_date,
    years_between,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def refusal(text):
    with pytest.raises(ValidationError) as refused:
        parse_date(text)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    [
        "1.4.2017",
        "01.04.2017",
        "1. 4. 2017",
        "1.\u00a04.\u202f2017",
        " 1.4.2017\t",
        "\u200e1.4.2017",
        "2017-04-01",
    ],
)
def test_a_day_is_read_in_the_finnish_way_and_the_browsers(typed):
    assert parse_date(typed) == date(2017, 4, 1)


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\r\n"])
def test_an_empty_day_is_unknown(typed):
    assert parse_date(typed) is None


HOW = "Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31.4.2017", f"Luettiin ”31.4.2017”. {HOW}"),
        ("29.2.2019", f"Luettiin ”29.2.2019”. {HOW}"),
        ("0.0.2017", f"Luettiin ”0.0.2017”. {HOW}"),
        ("1.4.17", f"Luettiin ”1.4.17”. {HOW}"),
        ("1/4/2017", f"Luettiin ”1/4/2017”. {HOW}"),
        ("huhtikuu", f"Luettiin ”huhtikuu”. {HOW}"),
        ("2017-4-1", f"Luettiin ”2017-4-1”. {HOW}"),
        ("١.٤.٢٠١٧", f"Luettiin ”١.٤.٢٠١٧”. {HOW}"),
        ("1.4.2017–31.12.2019", f"Luettiin ”1.4.2017–31.12.2019”. {HOW}"),
        ("\u200b", f"Luettiin ””. {HOW}"),
        ("1" * 50, f"Luettiin ”{'1' * 40}…”. {HOW}"),
        ("1.1.0217", "Luettiin ”1.1.0217”. Vuoden on oltava väliltä 1900–2199."),
        ("0001-01-01", "Luettiin ”0001-01-01”. Vuoden on oltava väliltä 1900–2199."),
        ("31.12.9999", "Luettiin ”31.12.9999”. Vuoden on oltava väliltä 1900–2199."),
    ],
)
def test_what_is_no_day_is_refused_with_what_was_read(typed, message):
    assert refusal(typed) == message


@given(days)
def test_a_shown_day_reads_back_as_the_same(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text(st.characters(exclude_categories=())) | st.text("0123456789.- \0\ud800"))
def test_no_text_raises_anything_but_a_validation_error(text):
    try:
        read = parse_date(text)
    except ValidationError as refused:
        assert refused.messages[0].startswith("Luettiin ”")
    else:
        assert read is None or isinstance(read, date)


def test_days_periods_and_years_are_shown_in_the_finnish_way():
    start, end = date(2017, 4, 1), date(2019, 12, 31)

    assert format_date(start) == "1.4.2017"
    assert format_date(None) == "ei tiedossa"
    assert format_period(start, end) == "1.4.2017–31.12.2019"
    assert format_period(start, None) == "1.4.2017 – ei tiedossa"
    assert format_period(None, None) == "ei tiedossa"
    assert format_years(2017, 2019) == "2017–2019"
    assert format_years(2017, 2017) == "2017"


@pytest.mark.parametrize(
    ("on", "gone"),
    [
        (date(2017, 3, 31), 0),
        (date(2017, 4, 1), 1),
        (date(2017, 4, 30), 30),
        (date(2017, 5, 1), 30),
    ],
)
def test_days_gone_stay_within_the_period(on, gone):
    assert elapsed_days(date(2017, 4, 1), date(2017, 4, 30), on) == (gone, 30)


def test_days_gone_are_unknown_without_a_start_or_an_end():
    assert elapsed_days(None, date(2017, 4, 30), date(2017, 4, 1)) is None
    assert elapsed_days(date(2017, 4, 1), None, date(2017, 4, 1)) is None


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2017, 4, 1), date(2019, 12, 31), [2017, 2018, 2019]),
        (date(2017, 12, 31), date(2018, 1, 1), [2017, 2018]),
        (date(2017, 4, 1), date(2017, 4, 1), [2017]),
        (date(2018, 1, 1), date(2017, 12, 31), []),
        (date(2017, 4, 1), None, []),
        (None, date(2019, 12, 31), []),
    ],
)
def test_a_period_has_its_calendar_years_and_none_if_a_day_is_unknown(start, end, years):
    assert list(years_between(start, end)) == years
