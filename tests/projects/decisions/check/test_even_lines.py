"""What a text says does not depend on how its lines end."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.demonstration import decision as mikrogrow
from projects.decisions.check.checked import check_text
from projects.decisions.check.marks import place_of
from projects.decisions.figures.even_lines import even_text
from projects.decisions.importing.reader import read_decision

DATA = Path(__file__).resolve().parents[3] / "data"
PAPERS = sorted(DATA.glob("*/*.txt"))

WAYS = {
    "as browsers end them": lambda text: text.replace("\n", "\r\n"),
    "as old machines ended them": lambda text: text.replace("\n", "\r"),
    "with a space": lambda text: text.replace("\n", " \n"),
    "with several spaces": lambda text: text.replace("\n", "   \n"),
    "with a no-break space": lambda text: text.replace("\n", "\u00a0\n"),
    "with a tab": lambda text: text.replace("\n", "\t\n"),
    "with more empty lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "with spaces in empty lines": lambda text: text.replace("\n\n", "\n   \n \n"),
    "dashes as bullets": lambda text: re.sub(r"(?m)^(\s*)[-–] ", r"\1• ", text),
}


def said(text):
    check = check_text(text)
    readings = [(found.kind, found.value, found.qualifier) for found in check.readings]
    contradictions = [(found.rule, found.left, found.right) for found in check.contradictions]
    assert all(text[found.start : found.end] == found.raw for found in (*check.readings, *check.matches))
    return readings, contradictions


said_as_it_is = cache(said)


@pytest.mark.parametrize("way", WAYS)
def test_every_paper_says_the_same_however_its_lines_end(way):
    texts = {path.name: path.read_text("utf-8") for path in PAPERS}
    texts["demonstration"] = f"{mikrogrow.BACKGROUND}\n\n{mikrogrow.FINANCING}\n\n{mikrogrow.MOTION}"

    other = [name for name, text in texts.items() if said(WAYS[way](text)) != said_as_it_is(text)]

    assert other == []


@pytest.mark.parametrize("way", [way for way in WAYS if way != "dashes as bullets"])
def test_every_paper_is_read_in_alike_however_its_lines_end(way):
    texts = [path.read_text("utf-8") for path in PAPERS]

    assert [text for text in texts if read_decision(WAYS[way](text)) != read_decision(text)] == []


@given(st.text(alphabet=" \t\r\n\u00a0a1", max_size=60))
def test_places_in_an_even_text_are_those_of_the_text_as_it_was(text):
    even = even_text(text)

    assert not re.search(r"[ \t\r\u00a0]\n|\n\n\n|\r", even.text)
    assert even_text(even.text).text == even.text
    assert even.text.split() == text.split()
    for place, sign in enumerate(even.text):
        start, end = even.were(place, place + 1)
        assert end == start + 1
        assert text[start] == sign or (sign == "\n" and text[start] == "\r")


@pytest.mark.parametrize(
    "mark", ["[[salainen JulkL 24 § 1 mom. 20 k: {}]]", "[[henkilötieto kuntalaki 140 §: {}]]"]
)
@pytest.mark.parametrize("paper", PAPERS[::7], ids=[path.stem for path in PAPERS[::7]])
def test_a_passage_that_is_not_public_is_checked_like_the_rest(paper, mark):
    text = paper.read_text("utf-8").replace("[", "(").replace("]", ")")
    marked = "\n\n".join(
        each if "|" in each or ":" in each else mark.format(each) for each in re.split(r"\n\n+", text)
    )

    assert said(marked) == said(text)


def test_a_mark_is_found_again_where_lines_end_otherwise():
    text = "Kaupunki maksaa.\n\nAlueella on 120 yritystä.\n\nSe on paljon."
    typed = text.replace("\n", "\r\n")

    places = [place_of(each, each.index("120"), each.index(" yritystä")) for each in (text, typed)]

    assert places[0] == places[1]
