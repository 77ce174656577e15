"""R19: the plan has changed since the decision that rests on it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from financing.choices import PlanStatus
from financing.reconciliation.checks.decisions import plan_is_as_decided
from financing.rules.figures.plans import CostFigures
from tests.financing.reconciliation.checks.cases import PASSED, UNKNOWN, WARNING, numbers, said, spaced
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, PRIVATE, SEED, SEED_PLAN, line

LINES = SEED_PLAN.lines
(DECISION,) = SEED.decisions


def decided_and_now(now, *decisions):
    return replace(SEED, plans=(now,), decisions=decisions or (DECISION,))


def second(**fields):
    return replace(SEED_PLAN, plan_id=12, version=2, **fields)


CHANGES = {
    "costs": (second(cost=Decimal(60500)), "kustannukset 59 953 € → 60 500 €"),
    "the own share": (second(lines=(*LINES[:2], line(3100, 5, OWN), LINES[3])), "{own} 2 991 € → 3 100 €"),
    "a share": (second(lines=(*LINES[:2], line(2991, 6, OWN), LINES[3])), "{own} 5 % → 6 %"),
    "a source is gone": (second(lines=LINES[:3]), "Yritykset 9 000 € → 0 €"),
    "a source came": (
        replace(second(lines=(*LINES, line(500, None, replace(PRIVATE, source_id=70, name="Yhdistys"))))),
        "Yhdistys 0 € → 500 €",
    ),
    "a source's years became known": (
        second(lines=(*LINES[:3], line(9000, None, PRIVATE, years={2018: 9000}))),
        "Yritykset 2018 ei tiedossa → 9 000 €",
    ),
    "what a line includes": (
        second(lines=(line(44966, 75, EU_STATE, includes=(DEVELOPMENT_FUND,)), *LINES[1:])),
        "EAKR- ja valtion rahoitus sisältää nyt: Kehittämisrahasto",
    ),
    "a year": (
        second(costs=(*SEED_PLAN.costs[:2], CostFigures(2019, Decimal(13000), "ei eritelty"))),
        "2019 ei eritelty 13 606 € → 13 000 €",
    ),
    "several at once": (
        second(cost=Decimal(60000), lines=(*LINES[:2], line(3038, 5, OWN), LINES[3])),
        "kustannukset 59 953 € → 60 000 €; {own} 2 991 € → 3 038 €",
    ),
}


@pytest.mark.parametrize(("now", "changes"), CHANGES.values(), ids=CHANGES)
def test_what_has_changed_since_the_decision_is_named(now, changes):
    (found,) = plan_is_as_decided(decided_and_now(now))

    named = changes.format(own="Kaupungin omarahoitus")
    assert said(found) == (
        WARNING,
        f"Suunnitelma on muuttunut päätöksen jälkeen (Kaupunginhallitus § 13): {named}.",
    )


def test_both_versions_are_shown_with_the_difference_of_their_costs():
    (found,) = plan_is_as_decided(decided_and_now(second(cost=Decimal(60500))))

    assert numbers(found) == ["versio 1: 59 953 €", "versio 2: 60 500 €", "+547 €"]


def test_a_new_version_with_the_same_figures_is_the_same_plan():
    (found,) = plan_is_as_decided(decided_and_now(second()))

    assert said(found) == (
        PASSED,
        "Suunnitelma on sama kuin päätettäessä (Kaupunginhallitus § 13): versio 2.",
    )


def test_a_later_decision_stands_for_the_one_that_it_amends():
    now = second(cost=Decimal(60500))
    later = replace(DECISION, decision_id=2, name="Kaupunginhallitus § 20", plans=(now,), amends=1)

    found = plan_is_as_decided(decided_and_now(now, DECISION, later))

    assert [said(each) for each in found] == [
        (PASSED, "Suunnitelma on sama kuin päätettäessä (Kaupunginhallitus § 20): versio 2.")
    ]


def test_a_refused_amendment_leaves_the_decision_standing():
    now = second(cost=Decimal(60500))
    refused = replace(DECISION, decision_id=2, outcome="rejected", plans=(now,), amends=1)

    (found,) = plan_is_as_decided(decided_and_now(now, DECISION, refused))

    assert found.detail == "Kaupunginhallitus § 13"


UNKNOWNS = {
    "no decision": (replace(SEED, decisions=()), "Yhtään päätöstä ei ole voimassa."),
    "a draft": (
        replace(SEED, decisions=(replace(DECISION, stage="draft"),)),
        "Yhtään päätöstä ei ole voimassa.",
    ),
    "a decision before any plan": (
        replace(SEED, decisions=(replace(DECISION, plans=()),)),
        "Päätöksen perustana ei ole hyväksyttyä suunnitelmaa.",
    ),
    "no approved plan": (
        replace(SEED, plans=(replace(SEED_PLAN, status=PlanStatus.DRAFT),)),
        "Päätöksen perustana ei ole hyväksyttyä suunnitelmaa.",
    ),
}


@pytest.mark.parametrize(("project", "sentence"), UNKNOWNS.values(), ids=UNKNOWNS)
def test_what_cannot_be_compared_says_why(project, sentence):
    assert [(each.level.value, spaced(each.sentence)) for each in plan_is_as_decided(project)] == [
        (UNKNOWN, sentence)
    ]
