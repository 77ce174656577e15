"""Reading the figures, contradictions and parts of long texts: ten times the text in ten times the time."""

from collections.abc import Callable, Iterator

from financing.importing.papers import read_money
from projects.decisions.check.known import KnownFigures
from projects.decisions.check.matching import matched
from projects.decisions.consistency.contradictions import contradictions_of
from projects.decisions.figures.reader import read_figures
from projects.decisions.importing.facts import read_facts
from projects.decisions.importing.reader import read_decision
from projects.decisions.importing.sentences import sentences_of
from tests.benchmarks.measure import Result, compare

SHORT, LONG = 30_000, 300_000
LINEAR = 1.2
# Of a decision, and what makes a pattern look ahead for long.
TEXTS = {
    "a decision": "Kaupungin osuus on 59.953 euroa, josta 18,9 % vuonna 2017 (1.4.2017-31.12.2019). ",
    "ones": "1 ",
    "dots": "1.",
    "days": "12.12.",
    "words": "yhden kahden ",
    "telephones": "044 ",
    "slashes": "a/1/",
    "line ends": "a-\n",
    "one sentence of figures": "12 € ",
    "a table": "Kustannukset     1 000     2 000     3 000\n",
    "a wide row": "euroa     1 000   ",
    "heads": "Kustannukset     Rahoitus\n",
}
PAPERS = TEXTS | {
    "pages": "Oulun kaupunki   Pöytäkirja   1/2\nKaupunginhallitus  1.2.2025\n\nHanke alkaa elo-\n\n",
    "labels": "Selostus\n\nHanke alkaa.\n\nPäätös Hyväksyttiin.\n\n",
    "annexes": "Liitteet\n" + "1 Hankesuunnitelma\n\n" * 20,
    "people": "Valmistelija\n\nkehityspäällikkö Aamu Kivi, puh. 044 000 0000\n\n",
    "one line": "Hanke alkaa elokuussa ",
    "hyphens": "hanke-hanke-",
    "capitals": "Aa ",
    "empty lines": "\n",
}
LISTS = TEXTS | {
    "sums": "Tuki on 10 euroa, josta 4 euroa vuodelle 2017 ja loput 5 euroa vuodelle 2018. ",
    "one sentence": "1 234 euroa, josta ",
    "points": "- palkat 1 234 euroa\n",
    "shares": "rahoitus 10 %, ",
    "appropriations": "Määrärahasta 10 000 euroa on sidottu 1 000 euroa ja jäljellä 700 euroa. ",
    "own shares": "Omarahoitus on 59 953 euroa. Osallistutaan enintään 12 345 eurolla. ",
    "brackets": "(12 euroa ",
    "cells": "Yhteensä     59 953     59 935     20 %\n",
}
Reader = Callable[[str], object]


def read_project(text: str) -> object:
    paper = read_decision(text)
    sentences = list(sentences_of(paper))
    return read_money(paper, sentences, read_facts(paper, sentences).parties, "Kuopion kaupunki")


def match_figures(text: str) -> object:
    return matched(text, read_figures(text), KnownFigures(()))


READERS: tuple[tuple[str, Reader, dict[str, str]], ...] = (
    ("figures", read_figures, TEXTS),
    ("figures beside data", match_figures, TEXTS),
    ("contradictions", contradictions_of, LISTS),
    ("parts", read_decision, PAPERS),
    ("project and money", read_project, PAPERS),
)


def text_results(rounds: int) -> Iterator[Result]:
    for what, read, texts in READERS:
        for name, text in texts.items():
            short, long = ((text * (size // len(text) + 1))[:size] for size in (SHORT, LONG))

            def ten_times(short: str = short, read: Reader = read) -> None:
                for _time in range(LONG // SHORT):
                    read(short)

            yield compare(
                f"{what} of {LONG} characters: {name}",
                "ten times a tenth",
                lambda long=long, read=read: read(long),
                ten_times,
                LINEAR,
                rounds=min(rounds, 5),
            )
