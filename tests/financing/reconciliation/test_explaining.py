"""When an explanation is valid, and when it has fallen because numbers changed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from financing.reconciliation.explaining import (
    count_unexplained,
    explained,
    project_findings,
    unexplained_errors,
)
from financing.reconciliation.findings import Finding, Level, euro_difference, euros
from financing.rules.figures.projects import ExplanationFigures
from tests.financing.reconciliation.checks.cases import spaced
from tests.support.seed_figures import SEED


def finding(level=Level.ERROR, left=59955, right=59953, **fields):
    first, second = Decimal(left), Decimal(right)
    return Finding(
        **{
            "code": "R01",
            "level": level,
            "title": "Lähteet",
            "subject": "Koko hanke",
            "sentence": "Summat eroavat.",
            "left": euros("Lähteet", first),
            "right": euros("Kustannukset", second),
            "difference": euro_difference(first - second),
            **fields,
        }
    )


def explanation_of(of, text="Pyöristys.", day=1, **fields):
    code, subject, detail = of.key
    left, right, difference = of.numbers
    at = datetime(2018, 3, day, 12, tzinfo=UTC)
    values = (code, subject, detail, left, right, difference, of.sentence, text, "Matti Meikäläinen", at)
    return replace(ExplanationFigures(*values), **fields)


def test_a_finding_is_explained_while_it_shows_the_same_numbers():
    error = finding()
    explanation = explanation_of(error)

    assert explained([error], [explanation]) == [replace(error, explanation=explanation)]
    assert explained([error], []) == [error]


def test_an_explanation_falls_when_a_number_changes():
    old = explanation_of(finding())
    now = finding(left=59956)

    (found,) = explained([now], [old])

    assert (found.explanation, found.fallen, found.is_explained) == (None, old, False)
    assert spaced(old.words) == "Matti Meikäläinen selitti 1.3.2018 eron 2 € (59 955 € – 59 953 €)."


def test_an_explanation_falls_when_both_numbers_change_and_their_difference_stays():
    old = explanation_of(finding())
    now = finding(left=60955, right=60953)

    (found,) = explained([now], [old])

    assert (now.numbers[2], found.explanation, found.fallen) == (old.difference, None, old)


@pytest.mark.parametrize("changed", [{"sentence": "Muut summat eroavat."}, {"reason": "Puuttuu: Varkaus."}])
def test_an_explanation_falls_when_a_name_changes_and_the_numbers_stay(changed):
    before = finding(reason="Puuttuu: Kuopio.")
    old = explanation_of(before, facts=before.facts)

    (found,) = explained([replace(before, **changed)], [old])

    assert (found.explanation, found.fallen) == (None, old)
    assert explained([before], [old])[0].explanation == old


def test_an_explanation_of_which_only_the_numbers_were_kept_stands_while_they_are_the_same():
    old = explanation_of(finding())

    (found,) = explained([finding(sentence="Summat eroavat toisistaan.")], [old])

    assert found.explanation == old


def test_what_was_explained_without_two_numbers_is_called_a_finding():
    old = explanation_of(finding(right=59955), right="")

    assert old.words == "Matti Meikäläinen selitti havainnon 1.3.2018."


def test_the_latest_explanation_counts_and_the_earlier_ones_stay_readable():
    error = finding()
    first, second, third = (explanation_of(error, f"Selitys {day}.", day) for day in (1, 2, 3))

    (found,) = explained([error], [third, second, first])

    assert (found.explanation, found.earlier) == (third, (second, first))


def test_an_older_explanation_does_not_come_back_when_its_numbers_do():
    error, between = finding(), finding(left=59956)
    first, second = explanation_of(error, day=1), explanation_of(between, day=2)

    (found,) = explained([error], [second, first])

    assert (found.explanation, found.fallen, found.earlier) == (None, second, (first,))


def test_an_explanation_belongs_to_one_check_subject_and_detail():
    findings = [
        finding(),
        finding(code="R07"),
        finding(subject="Osahanke"),
        finding(detail="EAKR"),
    ]
    for each in findings:
        found = explained(findings, [explanation_of(each)])
        assert [other.key for other in found if other.is_explained] == [each.key]


def test_only_what_was_found_is_explained():
    findings = [finding(level) for level in Level]

    found = explained(findings, [explanation_of(findings[0])])

    assert [each.level for each in found if each.is_explained] == [Level.ERROR, Level.WARNING, Level.NOTE]


def test_names_and_numbers_longer_than_the_database_keeps_are_compared_as_far_as_it_does():
    long = replace(
        finding(subject="S" * 300, detail="D" * 300), left=replace(euros("", Decimal(1)), text="1" * 200)
    )

    assert [len(each) for each in (*long.key, *long.numbers)][1:4] == [200, 200, 120]
    assert explained([long], [explanation_of(long)])[0].is_explained


def test_explained_errors_are_no_longer_counted():
    error = project_findings(SEED)[0]
    figures = replace(SEED, explanations=(explanation_of(error),))

    found = project_findings(figures)

    assert [each.code for each in found if each.is_explained] == ["R01"]
    assert [each.code for each in unexplained_errors(found)] == ["R02", "R12"]
    assert [count_unexplained(found)[level] for level in (Level.ERROR, Level.WARNING, Level.NOTE)] == [
        2,
        1,
        2,
    ]


def test_every_finding_says_where_its_figures_come_from():
    assert [each.key for each in project_findings(SEED) if not each.origins] == []
