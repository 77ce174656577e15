"""What is read of a text as JSON: one form for each kind of reading and of finding."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from projects.decisions.check.known import KnownFigure, KnownFigures, Topic
from projects.decisions.check.matching import ALARMS
from projects.decisions.consistency.contradiction import Rule
from projects.decisions.figures.readings import Count, Kind, Period
from projects.decisions.plain_paper import plain_paper

DATA = Path(__file__).resolve().parents[2] / "data"
PAPERS = sorted(DATA.glob("*/*.txt"))
DAY = r"\d{4}-\d\d-\d\d"
# What a value of each kind looks like.
FORMS = {
    "money": r"-?\d+\.\d\d",
    "percent": r"-?\d+(\.\d+)?",
    "count": r"-?\d+",
    "year": r"-?\d+",
    "date": DAY,
}
AMOUNT = ("kind", "value", "of", "points", "qualifier", "raw", "start", "end")
FINDING = (
    *("kind", "level", "figure", "points", "left", "right", "difference"),
    *("raw", "start", "end", "sentence"),
)
# A figure of each kind, and the form in which it stands.
READINGS = [
    ("Tuki on enintään 59.953 euroa.", "money", "59953.00", None, False, "enintään"),
    ("Tuki on 1,2 milj. euroa.", "money", "1200000.00", None, False, ""),
    ("Tuki on 59 953,5 €.", "money", "59953.50", None, False, ""),
    ("Hinta on 0,126 euroa.", "money", "0.13", None, False, ""),
    ("Muutos on -20 €.", "money", "-20.00", None, False, ""),
    ("Osuus on noin 18,90 %.", "percent", "18.90", None, False, "noin"),
    ("Osuus on 100 %.", "percent", "100", None, False, ""),
    ("Osuus nousee 5,0 prosenttiyksikköä.", "percent", "5.0", None, True, ""),
    ("Kokous on 5.5.2017.", "date", "2017-05-05", None, False, ""),
    ("Aika on 1.4.2017–31.12.2019.", "period", {"start": "2017-04-01", "end": "2019-12-31"}, None, False, ""),
    ("Mukana on vähintään 30 yritystä.", "count", "30", "yritys", False, "vähintään"),
    ("Ryhmiä on neljä ryhmää.", "count", "4", "ryhmä", False, ""),
    ("Vuonna 2017 alkaa.", "year", "2017", None, False, ""),
]
KNOWN = KnownFigures(
    [
        KnownFigure("omarahoitus", Kind.MONEY, Decimal("14924.00"), Topic.OWN),
        KnownFigure("koko hankkeen kustannukset", Kind.MONEY, Decimal(651300), Topic.TOTAL),
        KnownFigure("osahankkeen kustannukset", Kind.MONEY, Decimal(59953), Topic.COST),
        KnownFigure("omarahoituksen osuus", Kind.PERCENT, Decimal("25.00"), Topic.OWN),
        KnownFigure("toteutusaika", Kind.PERIOD, Period(date(2017, 4, 1), date(2019, 12, 31)), Topic.TIME),
        KnownFigure("päättymispäivä", Kind.DATE, date(2019, 12, 31), Topic.TIME, words=("pää",)),
        KnownFigure("yritysten tavoite", Kind.COUNT, Count(30, "yritys"), Topic.COMPANIES),
    ]
)
# A text, and its only finding beside the figures above: the kind and level, and the figures with their kind.
FINDINGS = [
    ("Kaupungin omarahoitus on 14 942 €.",
     "differs", "warning", "money", "14942.00", "14924.00", "18.00"),
    ("Kaupungin omarahoitus on 59 953 €.",
     "other_name", "warning", "money", "59953.00", "14924.00", "45029.00"),
    ("Kaupungin omarahoitus on 26,5 %.",
     "differs", "warning", "percent", "26.5", "25", "1.5"),
    ("Hankkeeseen otetaan 31 yritystä.",
     "differs", "warning", "count", "31", "30", "1"),
    ("Hankkeen toteutusaika on 1.4.2017–31.12.2020.",
     "differs", "warning", "period", {"start": "2017-04-01", "end": "2020-12-31"},
     {"start": "2017-04-01", "end": "2019-12-31"}, None),
    ("Hanke päättyy 30.12.2019.",
     "differs", "warning", "date", "2019-12-30", "2019-12-31", "-1"),
    ("Hanke päättyy vuonna 2021.",
     "differs", "warning", "year", "2021", "2019-12-31", "2"),
    ("Hanke päättyy 31.2.2031.",
     "impossible", "error", "date", None, None, None),
    ("Rahoituslähteet:\n- EAKR 70 %\n- kaupunki 25 %\n- yritykset 10 %\n",
     "shares", "warning", "percent", "100", "105", "-5"),
    ("Hankkeessa on neljä ryhmää, kussakin 8 yritystä, yhteensä 30 yritystä.",
     "counts", "warning", "count", "30", "32", "-2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value", "of", "points", "qualifier"), READINGS)
def test_a_reading_of_each_kind_has_one_form(text, kind, value, of, points, qualifier):
    (found,) = plain_paper(text)["amounts"]

    assert tuple(found) == AMOUNT
    assert [found[name] for name in AMOUNT[:5]] == [kind, value, of, points, qualifier]
    assert text[found["start"] : found["end"]] == found["raw"]


@pytest.mark.parametrize(("text", "kind", "level", "figure", "left", "right", "difference"), FINDINGS)
def test_a_finding_of_each_kind_has_one_form(text, kind, level, figure, left, right, difference):
    (found,) = plain_paper(text, KNOWN)["findings"]

    assert tuple(found) == FINDING
    assert [found[name] for name in ("kind", "level", "figure")] == [kind, level, figure]
    assert [found[name] for name in ("left", "right", "difference")] == [left, right, difference]
    assert text[found["start"] : found["end"]] == found["raw"]


def test_the_tables_have_every_kind():
    assert {kind for _text, kind, *_rest in READINGS} == {str(kind) for kind in Kind} - {"points"}
    assert {figure for _text, _kind, _level, figure, *_rest in FINDINGS} == {
        str(kind) for kind in Kind if kind is not Kind.POINTS
    }
    assert {kind for _text, kind, *_rest in FINDINGS} >= {str(outcome) for outcome in ALARMS}


def is_formed(kind, value):
    if kind == "period":
        return set(value) == {"start", "end"} and all(re.fullmatch(DAY, day) for day in value.values())
    return isinstance(value, str) and re.fullmatch(FORMS[kind], value) is not None


def misformed(text, paper):
    """What is not as the schema says."""
    for found in paper["amounts"]:
        if (
            tuple(found) != AMOUNT
            or not is_formed(found["kind"], found["value"])
            or (found["of"] is not None) != (found["kind"] == "count")
            or (found["points"] and found["kind"] != "percent")
            or text[found["start"] : found["end"]] != found["raw"]
        ):
            yield found
    for found in paper["findings"]:
        figures = [found[name] for name in ("left", "right") if found[name] is not None]
        if (
            tuple(found) != FINDING
            or any(not is_formed(found["figure"], figure) for figure in figures)
            or Decimal(found["difference"]) != Decimal(found["left"]) - Decimal(found["right"])
            or text[found["start"] : found["end"]] != found["raw"]
        ):
            yield found


# Of rules that no paper breaks.
OTHERS = {
    "periods": (
        "Hankkeen toteutusaika on 1.4.2017–31.12.2019. Rahoitus on haettu. "
        "Hankkeen toteutusaika on 1.4.2017–31.12.2020."
    ),
    "list": "Kulut ovat 80 000 euroa. Ne koostuvat palkoista 56 000 euroa ja ostoista 18 000 euroa.",
    "cell": (
        "Kustannukset (euroa)\n\nOsa     2025     2026    Yhteensä\nA     1 100    2 240    3 350\n"
        "B     4 000    5 000    9 000\nYhteensä   5 100   7 250   12 350\n"
    ),
    "counts": "Hankkeessa on neljä ryhmää, joissa jokaisessa on 12 yritystä, yhteensä 50 yritystä.",
}


def test_all_papers_are_told_in_these_forms_with_every_rule_among_them():
    kinds = set()
    texts = {path.name: path.read_text("utf-8") for path in PAPERS} | OTHERS
    for name, text in texts.items():
        paper = json.loads(json.dumps(plain_paper(text)))
        kinds |= {found["kind"] for found in paper["findings"]}

        assert list(misformed(text, paper)) == [], name
    assert kinds >= {str(rule) for rule in Rule}
