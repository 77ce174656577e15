"""Text as people paste it: each file of tests/data/pastes says whence it comes and what becomes of it."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.pasted import pasted
from mikrogrow.values.plain_text import blocks
from projects.decisions.check.checked import contradictions_in
from projects.decisions.figures.reader import read_figures
from tests.support.places import ROOT

DATA = ROOT / "tests/data"
PASTES = sorted((DATA / "pastes").glob("*.json"))
PAPERS = sorted(path for folder in ("decisions", "other_layouts") for path in (DATA / folder).glob("*.txt"))
SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")

# What pastes are made of, and what would break what is made of them.
PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\t", "  ", "    ", " ", "\u00a0", "\u202f", "\u00ad", "\u200b", "\u202e"),
        *("•", "\uf0b7\t", "· ", "– ", "- ", "* ", "o\t", "o ", "1)\t", "1. ", "a) ", "> ", "-\n", "\u2029"),
        *(
            "|",
            "\\|",
            "| --- |",
            "---",
            "===",
            ":",
            ".",
            "*",
            "“",
            "e\u0308",
            "\u0301",
            "§ 13",
            "MikroGrow -",
        ),
        *("sana", "kehittämis", "hanke", "Savo", "ja", "24 095", "2017", "5 %", "−3,5", "1.4.2017"),
    ]
)
TEXTS = st.lists(PIECES | st.text(st.characters(exclude_categories=("Cs",)), max_size=5), max_size=40).map(
    "".join
)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def letters(text):
    """In their order, as they are composed once what nobody sees is gone."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf" and not "︀" <= sign <= "️")
    return [sign for sign in unicodedata.normalize("NFC", seen) if sign.isalnum()]


def printed(text):
    """Everything that a page shows of it."""
    return [text for block in blocks(text) for text in block.texts]


def test_there_are_pastes_from_where_people_copy():
    sources = [read(path)["from"] for path in PASTES]

    assert len(sources) >= 40
    assert {"Word", "Word online", "Chrome", "Firefox", "Acrobat", "Outlook", "Excel", "Teams"} <= set(
        sources
    )


@pytest.mark.parametrize("path", PASTES, ids=lambda path: path.stem)
def test_a_paste_becomes_plain_text(path):
    case = read(path)

    assert pasted("".join(case["paste"])).split("\n") == case["clean"]


@pytest.mark.parametrize("path", PASTES, ids=lambda path: path.stem)
def test_a_paste_with_no_break_spaces_is_printed_as_one_with_plain_ones(path):
    paste = "".join(read(path)["paste"])
    # Between words as Word has them, at all places.
    tied = re.sub(r"(?<=\S) (?=\S)", "\u00a0", paste)

    assert printed(pasted(tied)) == printed(pasted(paste)) == printed(pasted(paste.translate(SPACES)))


@pytest.mark.parametrize("path", PASTES, ids=lambda path: path.stem)
def test_a_paste_is_printed_without_what_no_font_has(path):
    shown = "".join(printed(pasted("".join(read(path)["paste"]))))

    assert [sign for sign in shown if unicodedata.category(sign) in {"Cf", "Co", "Cc"}] == []


@given(TEXTS)
def test_no_word_and_no_digit_is_lost(text):
    # "o" is a bullet too.
    without_o = text.replace("o", "ö")

    assert letters(pasted(without_o)) == letters(without_o)


@given(TEXTS)
def test_only_bullets_are_lost_of_the_letter_o(text):
    assert [sign for sign in letters(pasted(text)) if sign != "o"] == [
        sign for sign in letters(text) if sign != "o"
    ]


@given(TEXTS)
def test_a_clean_text_stays_as_it_is(text):
    clean = pasted(text)

    assert pasted(clean) == clean


def figures(text):
    return {(each.kind, each.value) for each in read_figures(text)}


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_figures_of_a_paper_are_read_as_before(path):
    paper = path.read_text(encoding="utf-8")
    clean = pasted(paper)

    # Bars tell columns apart where gaps may not, so that more is read.
    assert figures(clean) >= figures(paper)
    assert [found.sentence for found in contradictions_in(clean)] == [
        found.sentence for found in contradictions_in(paper)
    ]
    assert letters(clean) == letters(paper)


@pytest.mark.parametrize(
    "piece",
    [
        "a\t",
        "• ",
        "-\n",
        "a  5\n",
        "| --- |\n",
        "> ",
        "o ",
        "*\n",
        "\n \n",
        "\u00ad\n",
        "-",
        "a\t1\nb\t2\n\n",
    ],
)
def test_a_long_paste_takes_no_longer_than_its_length(piece):
    # A quadratic rule would take minutes.
    pasted(f"Laji\tSumma\nMuut\t5\n\n{piece * 40_000}a")
