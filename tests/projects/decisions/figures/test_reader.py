"""Figures of a decision's text: a table of spellings by others, any amount in any spelling, and time."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind, Period

DATA = Path(__file__).resolve().parents[3] / "data"
ESCAPES = {
    r"\u00a0": "\u00a0",
    r"\u202f": "\u202f",
    r"\u2009": "\u2009",
    r"\u2011": "\u2011",
    r"\u2212": "\u2212",
    r"\n": "\n",
    r"\t": "\t",
}


def spellings():
    """Each text with its readings, as they are written in the table."""
    for line in (DATA / "spellings.tsv").read_text("utf-8").splitlines()[1:]:
        text, _tab, expected = line.partition("\t")
        for escape, sign in ESCAPES.items():
            text = text.replace(escape, sign)
        yield text, [_told(reading) for reading in expected.split("; ") if reading]


def _told(reading):
    kind, _equals, rest = reading.partition("=")
    value, _tilde, qualifier = rest.partition("~")
    is_figure = kind in {"money", "percent", "points"}
    return kind, Decimal(value) if is_figure else value, qualifier


def _read(reading):
    value = reading.value
    if reading.kind is Kind.PERIOD:
        value = f"{value.start}..{value.end}"
    elif reading.kind is Kind.COUNT:
        value = f"{value.number}:{value.of}"
    return str(reading.kind), value if isinstance(value, Decimal) else str(value), reading.qualifier


SPELLINGS = list(spellings())


def test_the_table_has_enough_of_figures_and_of_traps():
    assert len([text for text, expected in SPELLINGS if expected]) >= 200
    assert len([text for text, expected in SPELLINGS if not expected]) >= 70


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_a_spelling_is_read_as_a_finnish_reader_reads_it(text, expected):
    readings = read_figures(text)

    assert [_read(reading) for reading in readings] == expected
    assert [text[reading.start : reading.end] for reading in readings] == [
        reading.raw for reading in readings
    ]


PAPERS = sorted((DATA / "decisions").glob("*.json"))
# Counts of what no rule compares, and figures whose words only a reader understands.
NOT_READ = {
    "04": {"36 300 asukasta"},
    "05": {"14 työntekijää"},
    "06": {"2024"},
    "07": {"kaksikymmentäneljä opiskelijaa", "900", "45 opiskelijaa"},
    "08": {"2023"},
    "09": {"2026", "7", "8 osallistujaa", "yksi jäsen"},
    "10": {"kaksi edustajaa"},
    "11": {"2025", "12 000 kävijää"},
    "12": {"78 000 asukasta"},
    "14": {"4,6 yritystä"},
    "16": {"2027"},
    "19": {"220 000 matkustajaa"},
    "23": {"1,4 miljoonaa matkailijaa"},
}


@pytest.mark.parametrize("paper", PAPERS, ids=[path.stem for path in PAPERS])
def test_the_figures_of_a_paper_are_read_where_they_stand_and_no_others(paper):
    """Written by somebody who had not seen the code."""
    text = paper.with_suffix(".txt").read_text("utf-8")
    found = {reading.start: reading for reading in read_figures(text)}

    missed, places, place = [], set(), 0
    for amount in json.loads(paper.read_text("utf-8"))["amounts"]:
        place = text.index(amount["raw"], place)
        reading = found.get(place)
        if reading is None or not _is_same(reading, amount):
            missed.append(amount["raw"])
        places.add(place)
        place += len(amount["raw"])

    assert set(missed) == NOT_READ.get(paper.stem[:2], set())
    others = [reading for start, reading in found.items() if start not in places]
    assert [each.raw for each in others if each.raw != "seitsemän kuntaa"] == []


def _is_same(reading, amount):
    kind, value, _qualifier = _read(reading)
    expected = amount["value"]
    if amount["kind"] == "period":
        expected = f"{expected['start']}..{expected['end']}"
    # The papers count percentage points as percent.
    if kind == "count":
        value, _colon, _of = value.partition(":")
    return ("percent" if kind == "points" else kind) == amount["kind"] and (
        value == (Decimal(expected) if isinstance(value, Decimal) else str(expected))
    )


SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "."])
UNITS = ("euroa", "€", "eur", "EUROA", "e", "euron", "eurolla")


@st.composite
def spelled_amounts(draw):
    """Euros in one of the spellings, and the text."""
    cents = draw(st.integers(0, 10**11))
    amount = Decimal(cents) / 100
    between, unit = draw(SPACES), draw(st.sampled_from(UNITS))
    whole = f"{int(amount):,}".replace(",", between)
    shows_cents = amount != int(amount) or draw(st.booleans())
    number = f"{whole},{cents % 100:02}" if shows_cents else whole
    space = draw(st.sampled_from([" ", "\u00a0", "\n"]))
    return amount, f"Kustannukset ovat {number}{space}{unit}, ja niin edelleen."


@given(spelled_amounts())
def test_any_amount_in_any_spelling_is_read_back(spelled):
    amount, text = spelled

    (reading,) = read_figures(text)

    assert (reading.kind, reading.value) == (Kind.MONEY, amount)


IN_HEADS = {
    **dict.fromkeys(("€", "euroa", "eur"), 1),
    **dict.fromkeys(("te", "t€", "1 000 €", "1000 euroa", "tuhatta euroa", "tuh. €", "k€", "TEUR"), 1000),
    **dict.fromkeys(("Me", "M€", "milj. €", "milj. euroa", "MEUR"), 10**6),
}
IN_CELLS = IN_HEADS | {"t €": 1000, "e": 1, "milj. e": 10**6}


@given(st.integers(0, 999), st.sampled_from([*IN_HEADS]), st.sampled_from(["     ", "\t", " | "]))
def test_any_unit_at_the_head_of_a_column_is_that_of_its_cells(number, unit, gap):
    text = f"Laji{gap}{unit}\nPalkat{gap}{number}\nMatkat{gap}12\n"

    assert [each.value for each in read_figures(text)] == [number * IN_HEADS[unit], 12 * IN_HEADS[unit]]


@given(st.integers(0, 999), st.sampled_from([*IN_CELLS]), st.sampled_from(["     ", "\t", " | "]))
def test_any_unit_in_a_cell_is_its_own(number, unit, gap):
    number, unit = (1, unit) if unit.startswith("1") else (number, unit)
    text = f"Palkat{gap}{number} {unit}\nMatkat{gap}12\n"

    assert read_figures(text)[0].value == number * IN_CELLS[unit]


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 4000), st.sampled_from("-–—"))
def test_any_day_and_any_period_is_read_back(start, days, dash):
    end = start + timedelta(days)
    first, last = (f"{day.day}.{day.month}.{day.year}" for day in (start, end))

    (day,), (period,) = (read_figures(f"Aika on {text}.") for text in (first, f"{first}{dash}{last}"))

    assert (day.kind, day.value) == (Kind.DATE, start)
    assert (period.kind, period.value) == (Kind.PERIOD, Period(start, end))


SIGNS = st.text(st.sampled_from("0123456789 .,-–€%e\n§/()kymenviisatuorhpdl:"), max_size=80)


@given(st.text(max_size=200) | SIGNS)
def test_no_text_makes_it_fall_and_every_reading_stands_where_it_says(text):
    readings = read_figures(text)

    ends = 0
    for reading in readings:
        assert ends <= reading.start < reading.end <= len(text)
        assert text[reading.start : reading.end] == reading.raw
        ends = reading.end


@given(SIGNS, SIGNS)
def test_what_stands_on_other_lines_changes_no_reading(before, after):
    text = "Kaupungin osuus on 59.953 euroa."
    parts = f"{before}\n\n\n{text}\n\n\n{after}"

    found = [reading.value for reading in read_figures(parts) if reading.raw == "59.953 euroa"]

    assert Decimal(59953) in found


def test_the_figures_of_a_paper_are_read_and_its_numbers_of_other_things_are_not():
    text = (
        "Kaupunginhallitus 14.8.2017 § 13\nDno KUO/1234/2017\nLisätietoja: puh. 044 000 0000\n"
        "Ohjelmakausi 2014–2020, toimintalinja 2.1. Kustannukset ovat noin 651.200 euroa, josta kau-\n"
        "pungin osuus on enintään 2.991 eu-\nroa (5 %)."
    )

    found = [(str(reading.kind), reading.qualifier, reading.raw) for reading in read_figures(text)]

    assert found == [
        ("date", "", "14.8.2017"),
        ("period", "", "2014–2020"),
        ("money", "noin", "651.200 euroa"),
        ("money", "enintään", "2.991 eu-\nroa"),
        ("percent", "", "5 %"),
    ]
    assert re.sub(r"-\n", "", found[3][2]) == "2.991 euroa"
