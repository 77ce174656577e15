"""R18: the figures of a decision's text are figures of the project, or of something else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.reconciliation.checks.texts import figures_of_texts_are_known
from financing.reconciliation.findings import Level
from financing.rules.figures.projects import DecisionText
from financing.rules.known import known_figures
from projects.decisions.check.marks import Mark, place_of
from tests.support.seed_figures import SEED

(DECIDED,) = SEED.decisions
DRAFT = replace(DECIDED, stage="draft", plans=())


def text(words: str, *marks: Mark) -> DecisionText:
    return DecisionText("2_financing", "Rahoitus", words, marks)


def written(words: str, *marks: Mark, decision=DRAFT, **fields):
    """The project with one decision that says this."""
    return replace(SEED, decisions=(replace(decision, texts=(text(words, *marks),)),), **fields)


def results(figures) -> list[tuple[Level, str]]:
    return [
        (result.level, result.sentence.replace("\u00a0", " "))
        for result in figures_of_texts_are_known(figures)
    ]


def test_a_draft_that_says_other_figures_than_the_plan_gets_a_finding_of_each():
    draft = written("Kustannukset ovat 88 888 €, kaupungin osuus 55 % ja hanke päättyy 31.2.2031.")

    where = "Kaupunginhallitus § 13, Rahoitus"
    assert results(draft) == [
        (
            Level.WARNING,
            f"{where}, 88 888 €: 88 888 € ei ole hankkeen tiedoissa. "
            "Lähin on osahankkeen kustannukset 59 953 €, ero 28 935 €.",
        ),
        (
            Level.WARNING,
            f"{where}, 55 %: 55 % ei ole hankkeen tiedoissa. "
            "Lähin on Kaupungin omarahoitus 5 %, ero 50 prosenttiyksikköä.",
        ),
        (Level.ERROR, f"{where}, 31.2.2031: Päivää 31.2.2031 ei ole kalenterissa."),
    ]


def test_the_numbers_of_a_finding_are_those_of_the_text_and_of_the_data():
    (result,) = figures_of_texts_are_known(written("Kaupungin omarahoitus on 2 919 €."))

    numbers = [figure and figure.text for figure in (result.left, result.right, result.difference)]
    assert [number.replace("\u00a0", " ") for number in numbers] == ["2 919 €", "2 991 €", "−72 €"]
    assert result.difference.value == Decimal(-72)


def test_the_same_wrong_figure_twice_is_two_findings():
    found = figures_of_texts_are_known(written("Omarahoitus on 2 919 €. Omarahoitus on 2 919 €."))

    assert len({result.detail for result in found}) == 2


AGREEING = [
    "Osahankkeen kustannukset ovat 59.953 euroa, josta 44.966 euroa (75 %) on EAKR- ja valtion rahoitusta.",
    "Omarahoitus on 2 991 € (5 %), muu rahoitus 56 964 €.",
    "Kustannukset: 24 095 € vuonna 2017, 22 252 € vuonna 2018 ja 13 606 € vuonna 2019.",
    "Vuosina 2017 ja 2018 kustannukset ovat 46 347 €.",
    "Yhteiset kustannukset ovat 11 954 € ja 9 217 €, yhteensä 21 171 €.",
    "Kaupunki vastaa yhteensä 24 162 eurosta, ja valtuutus on 2 991 €.",
    "Osahankkeen ja yhteisten kustannusten summa on 81 124 €.",
    "Koko hankkeen kustannukset ovat noin 651 200 €.",
    "Toteutusaika on 1.4.2017–31.12.2019, rahoituspäätökset 5.5.2017 ja 29.5.2017.",
    "Neljässä ryhmässä on 120 yritystä, 30 yritystä kussakin. Ryhmällä on 33 kokoontumista, kaikilla 132.",
]


@pytest.mark.parametrize("words", AGREEING)
def test_the_figures_of_the_project_and_their_sums_agree(words):
    assert [level for level, _sentence in results(written(words))] == [Level.PASSED]


def test_figures_that_are_all_in_the_data_are_told_where_they_contradict_each_other():
    (found,) = figures_of_texts_are_known(written("Rahoitus: 80 %, 18,9 %, 0,6 % ja 5,5 %."))

    assert found.level is Level.WARNING
    assert found.sentence.replace("\u00a0", " ").endswith("Osuudet ovat yhteensä 105 %, ei 100 %.")
    assert found.difference is not None
    assert found.difference.text.replace("\u00a0", " ") == "−5 %-yks."


def test_a_made_decision_is_held_to_the_plan_of_then():
    (plan,) = SEED.plans
    own, later = (
        "Osahankkeen kustannukset ovat 59 953 €.",
        replace(plan, plan_id=12, version=2, cost=Decimal(65000)),
    )
    figures = written(own, decision=DECIDED, plans=(later,))

    assert [level for level, _sentence in results(figures)] == [Level.PASSED]
    assert {known.edition for known in known_figures(figures, figures.decisions[0]).all if known.edition} == {
        "versio 2"
    }


def test_a_plan_that_is_being_drafted_is_known_too():
    (plan,) = SEED.plans
    draft = replace(plan, plan_id=12, version=2, status="draft", cost=Decimal(65000))

    found = results(written("Osahankkeen kustannukset ovat 65 000 €.", draft_plans=(draft,)))

    assert found == [
        (Level.PASSED, "Tekstin luvut ovat hankkeen tiedoissa (Kaupunginhallitus § 13), lukuja 1.")
    ]


def test_a_decision_about_several_projects_may_say_the_figures_of_the_others():
    decision = replace(DRAFT, concerns_others=True)

    assert results(written("Kaupungin omarahoitus on 2 919 €.", decision=decision)) == [
        (Level.UNKNOWN, "Päätöksissä ei ole tekstiä, jossa olisi lukuja.")
    ]


def test_a_marked_figure_is_no_finding_while_its_words_are_the_same():
    words = "Kustannukset ovat 88 888 € muilla alueilla."
    start = words.index("88")
    mark = Mark(place_of(words, start, start + 8), "Muiden alueiden luku.", "Maija", date(2018, 9, 3))

    assert [level for level, _sentence in results(written(words, mark))] == [Level.PASSED]
    assert [level for level, _sentence in results(written(f"Muuta.\n\n{words} Ja.", mark))] == [Level.PASSED]
    assert [level for level, _s in results(written("Osahankkeen kustannukset ovat 88 888 €.", mark))] == [
        Level.WARNING
    ]


def test_without_texts_nothing_can_be_checked():
    assert [level for level, _sentence in results(SEED)] == [Level.UNKNOWN]
