"""R23: what a decision says is left of an appropriation, beside what all decisions left of it that day."""

from decimal import Decimal

import pytest

from financing.models import Commitment
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from projects.decisions.actions import decide, standing_errors
from tests.support.decision_rows import deciding, draft_with_table, plan_of_city
from tests.support.factories import (
    change,
    make_appropriation,
    make_commitment,
    make_project,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reserved():
    return make_appropriation(name="Hankkeet", year=2018, amount=300, committed_elsewhere=50)


def draft(reserved, *caps, stated=None, **fields):
    """A decision that authorises so much for each of so many projects; the first has the statement."""
    projects = [make_project() for _cap in caps]
    for project in projects:
        # Each amount has a source of its own.
        plan_of_city(project, 1000 + project.pk)
    decision = draft_with_table(projects[0])
    change(decision, **fields)
    for number, (project, cap) in enumerate(zip(projects, caps, strict=True)):
        make_commitment(
            decision,
            cap,
            project=project,
            appropriation=reserved,
            first_year=2018,
            last_year=2018,
            stated_left=None if number else stated,
        )
    return decision


def made(decision):
    """Made with every error that stands explained."""
    explained = dict.fromkeys([error.key for error in standing_errors(decision)], "Näin on paperissa.")
    decide(decision=decision, deciding=deciding(explanations=explained))
    return decision


def said(decision):
    found = [each for each in project_findings(figures_of(decision.project)) if "jäljellä" in each.detail]
    return [(each.code, each.level.value, each.sentence.replace("\N{NO-BREAK SPACE}", " ")) for each in found]


BOARD = "Kaupunginhallitus § 13"
AGREES = f"Määrärahaa Hankkeet jää 50 €, kuten ilmoitetaan ({BOARD})."
DIFFERS = f"Määrärahaa Hankkeet jää ilmoituksen mukaan 60 € – laskettuna 50 € = 10 € liikaa ({BOARD})."


def test_what_agrees_passes_and_counts_all_projects_of_the_decision(reserved):
    # 300 − 50 − 120 − 80
    decision = made(draft(reserved, 120, 80, stated=50, section=13))

    assert said(decision) == [("R23", "passed", AGREES)]
    assert Commitment.objects.order_by("pk").first().appropriation_left == 50


def test_what_differs_is_an_error_that_is_asked_before_the_decision_is_made(reserved):
    decision = draft(reserved, 120, 80, stated=60, section=13)
    asked = [error.sentence.replace("\N{NO-BREAK SPACE}", " ") for error in standing_errors(decision)]

    assert DIFFERS in asked
    assert said(made(decision)) == [("R23", "error", DIFFERS)]
    assert standing_errors(decision) == []


def test_an_earlier_decision_of_another_project_counts(reserved):
    made(draft(reserved, 20, section=12))

    assert said(made(draft(reserved, 180, stated=50, section=13))) == [("R23", "passed", AGREES)]


def test_a_later_decision_or_amount_leaves_the_statement_as_true_as_it_was(reserved):
    decision = made(draft(reserved, 200, stated=50, section=13))
    made(draft(reserved, 40, section=14))
    change(reserved, amount=Decimal(1000))

    assert said(decision) == [("R23", "passed", AGREES)]


@pytest.mark.parametrize("amount", ["amount", "committed_elsewhere"])
def test_what_the_appropriation_does_not_say_is_unknown(reserved, amount):
    change(reserved, **{amount: None})

    assert said(made(draft(reserved, 200, stated=50, section=13))) == [
        ("R23", "unknown", "Ei ole tiedossa, mitä määrärahasta Hankkeet oli jäljellä päätettäessä.")
    ]


def test_what_is_recorded_afterwards_is_unknown(reserved):
    decision = made(draft(reserved, 200, section=13))
    make_commitment(
        decision,
        10,
        appropriation=reserved,
        first_year=2018,
        last_year=2018,
        stated_left=40,
        later_reason="Jäi pois.",
    )

    assert [level for _code, level, _sentence in said(decision)] == ["unknown"]


def test_a_decision_that_states_nothing_has_no_such_finding(reserved):
    assert said(made(draft(reserved, 200, section=13))) == []
