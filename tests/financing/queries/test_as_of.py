"""Figures as of a day, read from rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from financing.choices import ClaimStatus, InvoiceStatus, PlanStatus
from financing.queries import figures as reading
from financing.queries.figures import figures_of, project_figures
from financing.queries.spending import invoice_facts
from financing.rules.city_money import city_money
from projects.choices import ProjectStatus
from projects.models import Project
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    approve,
    change,
    decide,
    make_commitment,
    make_decision,
    make_draft_decision,
    make_funding_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
)
from tests.support.full_project import make_full_project
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_explanation,
    make_forecast,
    make_invoice,
    make_set_aside,
    pay,
)

pytestmark = pytest.mark.django_db

DAY = date(2018, 3, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
# Today's, and of the day: versions of plans, plans with lines, years, included sources, costs and stated
# totals, sums of invoices and those of the periods of claims.
QUERIES = 46 + 9


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("projects", [1, 3])
def test_an_earlier_day_takes_a_fixed_number_of_queries(django_assert_num_queries, projects, rows):
    found = [make_full_project(rows) for _ in range(projects)]

    with django_assert_num_queries(QUERIES):
        project_figures(found, DAY)


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def part(project):
    return make_part(project)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2018, 2, 1), None),
        (date(2018, 2, 2), InvoiceStatus.RECEIVED),
        (date(2018, 2, 3), InvoiceStatus.CHECKED),
        (date(2018, 2, 4), InvoiceStatus.APPROVED),
        (date(2018, 2, 5), InvoiceStatus.PAID),
        (date(2019, 1, 1), InvoiceStatus.PAID),
    ],
)
def test_an_invoice_has_the_state_that_it_had(project, part, on, status):
    make_invoice(part, 100, status=InvoiceStatus.PAID)

    found = figures_of(project, on).invoices

    assert [(row.status, row.cost) for row in found] == ([(status, 100)] if status else [])


@pytest.mark.parametrize("last", InvoiceStatus)
def test_no_invoice_is_further_on_a_day_than_it_is_now(project, part, last):
    make_invoice(part, status=last)

    found = figures_of(project, timezone.localdate() - timedelta(days=1))

    assert [row.status for row in found.invoices] == [last]


def test_a_rejected_invoice_waited_until_it_was_rejected(project, part):
    make_invoice(part, status=InvoiceStatus.REJECTED)

    assert [figures_of(project, on).invoices[0].status for on in (date(2018, 2, 2), date(2018, 2, 3))] == [
        InvoiceStatus.RECEIVED,
        InvoiceStatus.REJECTED,
    ]


def test_an_invoice_without_a_day_of_arrival_came_on_its_own_day(project, part):
    make_invoice(part, received_on=None, invoice_date=DAY)

    assert [len(figures_of(project, on).invoices) for on in (BEFORE, DAY)] == [0, 1]


def test_before_the_first_invoice_nothing_is_known_to_be_used(project, part):
    assert not figures_of(project, DAY).keeps_invoices

    make_invoice(part, received_on=AFTER)

    assert figures_of(project, DAY).keeps_invoices
    assert city_money(figures_of(project, DAY)).used.total.actual == 0


def test_the_next_due_day_is_of_what_was_approved_and_not_paid(part):
    make_invoice(part, status=InvoiceStatus.PAID, due_on=DAY)

    found = [invoice_facts(part.project_id, None, on).next_due for on in (date(2018, 2, 4), date(2018, 2, 5))]

    assert found == [DAY, None]


def test_each_plan_is_the_version_that_was_in_force(project, part):
    source = make_source()
    first = make_plan(part, 1000)
    make_line(first, 900, source=source)
    approve(change(first, approved_on=date(2017, 4, 1)), PlanStatus.APPROVED)
    approve(first, PlanStatus.SUPERSEDED)
    second = make_plan(part, 2000, version=2)
    make_line(second, 1900, source=source)
    approve(change(second, approved_on=DAY), PlanStatus.APPROVED)

    def plan(on):
        found = figures_of(project, on).city_plan
        return found.version, found.status, found.cost, found.sources_total

    assert plan(date(2017, 3, 31)) == (1, PlanStatus.DRAFT, 1000, 900)
    assert plan(BEFORE) == (1, PlanStatus.APPROVED, 1000, 900)
    assert plan(DAY) == (2, PlanStatus.APPROVED, 2000, 1900)


def test_a_decision_authorises_from_its_meeting_day(project, part):
    decision = make_draft_decision(project, meeting_date=DAY)
    make_commitment(decision, 500)
    decide(decision)

    assert [len(figures_of(project, on).commitments) for on in (BEFORE, DAY)] == [0, 1]
    assert [len(figures_of(project, on).decisions) for on in (BEFORE, DAY)] == [0, 1]


def test_what_a_later_decision_replaced_was_in_force_until_then(project, part):
    first = make_draft_decision(project, meeting_date=date(2017, 4, 1))
    make_commitment(first, 500)
    decide(first)
    second = make_draft_decision(project, meeting_date=DAY, amends=first)
    make_commitment(second, 800)
    decide(second)

    def caps(on):
        found = figures_of(project, on)
        return (
            [row.max_amount for row in found.commitments],
            [row.max_amount for row in found.replaced_commitments],
        )

    assert caps(BEFORE) == ([500], [])
    assert caps(DAY) == ([800], [500])


def test_a_claim_is_there_once_it_was_sent_and_eligible_once_it_was_decided(project, part):
    claim = make_claim(
        part,
        status=ClaimStatus.DECIDED,
        submitted_on=date(2018, 2, 15),
        decided_on=DAY,
    )
    make_claim_cost(claim, 100, eligible=90, deduction_reason="Kirjaus puuttui.")
    make_claim_source(claim, 75, paid=68, paid_on=AFTER)
    pay(claim)

    def shown(on):
        return [
            (row.status, row.costs[0].eligible, row.sources[0].paid) for row in figures_of(project, on).claims
        ]

    assert shown(date(2018, 2, 14)) == []
    assert shown(BEFORE) == [(ClaimStatus.SUBMITTED, None, None)]
    assert shown(DAY) == [(ClaimStatus.DECIDED, 90, None)]
    assert shown(AFTER) == [(ClaimStatus.PAID, 90, 68)]


def test_a_draft_of_a_claim_has_no_day(project, part):
    make_claim(part)

    assert figures_of(project, BEFORE).claims == ()
    assert len(figures_of(project).claims) == 1


def test_what_was_set_aside_waits_until_the_claim_that_takes_it_in_is_sent(project, part):
    first = make_claim(part, status=ClaimStatus.SUBMITTED, submitted_on=date(2018, 2, 1))
    later = make_claim(
        part,
        2,
        first_day=date(2018, 1, 1),
        last_day=date(2018, 2, 1),
        status=ClaimStatus.SUBMITTED,
        submitted_on=DAY,
    )
    make_set_aside(first, 10, taken_into=later)

    found = [figures_of(project, on).claims[0].set_aside[0].taken_into for on in (BEFORE, DAY)]

    assert found == [None, 2]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda part: make_funding_decision(part.project, DAY), "funding_decisions"),
        (lambda part: make_forecast(part, made_on=DAY), "forecasts"),
        (
            lambda part: make_explanation(
                part.project, explained_at=timezone.make_aware(timezone.datetime(2018, 3, 1, 0, 30))
            ),
            "explanations",
        ),
    ],
)
def test_rows_with_a_day_are_there_from_it(project, part, make, name):
    make(part)

    assert [len(getattr(figures_of(project, on), name)) for on in (BEFORE, DAY)] == [0, 1]


def test_what_has_no_day_is_said_to_have_none(project, part):
    make_decision(project, section=13)
    lead = make_part(project, make_organisation())
    make_shared_cost(part, lead, 100)
    approve(make_plan(part))

    assert figures_of(project).without_day == ()
    assert figures_of(project, DAY).without_day == (
        f"suunnitelma Osahanke, {part.organisation.shown_name}",
        "päätös Kaupunginhallitus §\xa013",
        "yhteiset kustannukset",
    )


def test_before_its_start_a_project_does_not_go_on(project):
    assert figures_of(project, date(2017, 3, 31)).status == ProjectStatus.PREPARATION


@pytest.fixture
def demonstration():
    put_demonstration()
    return list(Project.objects.order_by("slug"))


def test_as_of_today_is_now(demonstration):
    found = [*demonstration, make_full_project(2)]
    now = project_figures(found)

    then = reading._figures_on(found, now, timezone.localdate())

    for key, figures in now.items():
        # A draft of a claim has no day, and the status of a day follows the project's dates.
        sent = tuple(claim for claim in figures.claims if claim.submitted_on)
        marks = {"without_day": (), "invoices_follow": False, "status": figures.status}
        assert replace(then[key], **marks) == replace(figures, claims=sent)


def test_liability_never_falls_from_a_day_to_a_later_one(demonstration):
    """Nothing of the demonstration's liability is taken away."""
    days = [date(2017, 1, 1) + timedelta(days=91 * step) for step in range(40)]

    for project in demonstration:
        found = [city_money(figures_of(project, day)).liability.total for day in days]
        known = [total for total in found if total is not None]
        assert known == sorted(known)
