from datetime import date
from decimal import Decimal

import pytest

from financing.choices import PlanStatus, SourceClass
from financing.queries.decided import replacing_decisions
from financing.queries.figures import figures_of, project_figures
from projects.choices import DecisionOutcome, DecisionStage
from tests.support.factories import (
    decide,
    make_city,
    make_commitment,
    make_cost,
    make_decision,
    make_draft_decision,
    make_group,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_whole_plan,
)
from tests.support.full_project import make_full_project
from tests.support.spending_factories import make_claim, make_forecast

pytestmark = pytest.mark.django_db

APPROVED, DRAFT, SUPERSEDED = (
    PlanStatus.APPROVED,
    PlanStatus.DRAFT,
    PlanStatus.SUPERSEDED,
)
# Plans, lines, their sources, the sources' funders, what lines include, their years, costs; parties,
# shared costs, decisions, commitments, appropriations, groups, funding decisions; sums of invoices;
# claims with costs, sources and what was set aside; forecasts with amounts; explanations.
# The last 20 keep what the projects need of appropriations, and read what the others do.
QUERIES = 26 + 20


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("projects", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    django_assert_num_queries, projects, rows
):
    found = [make_full_project(rows) for _ in range(projects)]

    with django_assert_num_queries(QUERIES):
        figures = project_figures(found)

    assert [len(figures[project.pk].commitments) for project in found] == [rows] * projects


def test_no_project_needs_no_figures():
    assert project_figures([]) == {}


def plan_with(part, cost, version, status):
    return make_plan(part, cost, version=version, status=status)


def test_the_approved_version_wins_over_the_draft():
    part = make_part(make_project())
    plan_with(part, 1, 1, SUPERSEDED)
    plan_with(part, 2, 2, APPROVED)
    plan_with(part, 3, 3, DRAFT)

    assert [(plan.version, plan.cost) for plan in figures_of(part.project).plans] == [(2, 2)]


def test_a_draft_counts_where_nothing_is_approved():
    part = make_part(make_project())
    plan_with(part, 1, 1, SUPERSEDED)
    plan_with(part, 3, 2, DRAFT)

    assert [(plan.version, plan.cost) for plan in figures_of(part.project).plans] == [(2, 3)]


def test_a_superseded_version_never_counts():
    part = make_part(make_project())
    plan_with(part, 1, 1, SUPERSEDED)
    make_whole_plan(part.project, status=SUPERSEDED)

    figures = figures_of(part.project)

    assert (figures.plans, figures.whole_plan, figures.city_plan) == ((), None, None)


def test_the_whole_project_and_each_implementer_have_one_version_each():
    project = make_project(total_cost=500, total_cost_is_approximate=True)
    city, other = make_part(project), make_part(project, make_organisation())
    for part in (city, other):
        plan_with(part, 1, 1, APPROVED)
        plan_with(part, 2, 2, DRAFT)
    make_whole_plan(project, status=APPROVED)
    make_whole_plan(project, version=2)

    figures = figures_of(project)

    assert [(plan.organisation_id, plan.version) for plan in figures.plans] == [
        (city.organisation_id, 1),
        (other.organisation_id, 1),
    ]
    assert (figures.whole_plan.version, figures.whole_plan.cost) == (1, 500)
    assert figures.whole_plan.cost_is_approximate
    assert figures.city_plan == figures.plans[0]


def test_figures_of_one_project_do_not_reach_another():
    first, second = make_full_project(2), make_project()

    figures = project_figures([first, second])[second.pk]

    assert (figures.plans, figures.parties, figures.shared_costs, figures.commitments) == ((), (), (), ())
    assert (figures.groups, figures.funding_decisions, figures.decisions) == ((), (), ())
    assert figures.whole_plan is None


def test_unknown_amounts_stay_unknown():
    project = make_project()
    city = make_part(project)
    lead = make_part(project, make_organisation())
    plan = make_plan(city, None)
    make_line(plan)
    make_cost(plan, 2017, None)
    make_shared_cost(city, lead, None)
    make_group(project, None)

    figures = figures_of(project)

    (line,) = figures.city_plan.lines
    assert (figures.city_plan.cost, line.amount, line.share, line.years) == (None, None, None, {})
    assert figures.city_plan.costs[0].amount is None
    assert (figures.shared_costs[0].amount, figures.shared_costs[0].year) == (None, None)
    assert (figures.groups[0].target, figures.target_companies, figures.total_cost) == (None, None, None)


def test_the_own_funding_is_the_line_that_the_city_funds():
    city = make_part(make_project())
    plan = make_plan(city)
    make_line(plan, 700, "70")
    make_line(plan, 300, "30", make_source(funder=make_city(), source_class=SourceClass.MUNICIPAL))

    assert figures_of(city.project).city_plan.own_funding == 300


def test_only_what_the_city_pays_is_its_shared_cost():
    project = make_project()
    city = make_part(project)
    lead, other = make_part(project, make_organisation()), make_part(project, make_organisation())
    make_shared_cost(city, lead, 5)
    make_shared_cost(other, lead, 7)

    assert [cost.amount for cost in figures_of(project).shared_costs] == [5]


def test_only_the_citys_claims_and_forecasts_are_the_projects():
    project = make_project()
    city, other = make_part(project), make_part(project, make_organisation())
    for part, day in ((city, date(2018, 1, 1)), (other, date(2018, 1, 2))):
        make_claim(part, 1, submitted_on=day)
        make_forecast(part, made_on=day)

    found = figures_of(project)

    assert [claim.submitted_on for claim in found.claims] == [date(2018, 1, 1)]
    assert [forecast.made_on for forecast in found.forecasts] == [date(2018, 1, 1)]


# Authority


def caps(project):
    return [commitment.max_amount for commitment in figures_of(project).commitments]


@pytest.mark.parametrize("stage", [DecisionStage.DRAFT, DecisionStage.MOTION, DecisionStage.PROPOSAL])
def test_what_is_not_decided_gives_no_authority(stage):
    project = make_project()
    make_commitment(make_decision(project, stage=stage, outcome=""))

    assert caps(project) == []


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (DecisionOutcome.UNANIMOUS, [1000]),
        (DecisionOutcome.VOTE, [1000]),
        (DecisionOutcome.AMENDED, [1000]),
        (DecisionOutcome.RETURNED, []),
        (DecisionOutcome.TABLED, []),
        (DecisionOutcome.REJECTED, []),
    ],
)
def test_only_a_decision_that_was_made_gives_authority(outcome, expected):
    project = make_project()
    decide(make_commitment(make_draft_decision(project)).decision, outcome)

    assert caps(project) == expected


def test_an_amending_decision_replaces_the_cap():
    project = make_project()
    old = make_draft_decision(project)
    make_commitment(old, 1000)
    decide(old)
    decide(make_commitment(make_draft_decision(project, amends=old), 2500).decision)

    assert caps(project) == [2500]


def test_an_amendment_that_was_rejected_or_is_a_draft_replaces_nothing():
    project = make_project()
    old = make_draft_decision(project)
    make_commitment(old, 1000)
    decide(old)
    rejected = make_commitment(make_draft_decision(project, amends=old), 2500).decision
    decide(rejected, DecisionOutcome.REJECTED)
    make_commitment(make_draft_decision(project, amends=old), 3000)

    assert caps(project) == [1000]


def test_an_amendment_without_a_cap_leaves_the_old_one():
    project = make_project()
    old = make_draft_decision(project)
    make_commitment(old, 1000)
    decide(old)
    make_decision(project, amends=old)

    assert caps(project) == [1000]


def test_an_amendment_of_nothing_at_all_takes_the_authority_back():
    project = make_project()
    old = make_draft_decision(project)
    make_commitment(old, 1000)
    decide(old)
    decide(make_commitment(make_draft_decision(project, amends=old), 0).decision)

    assert caps(project) == [0]


def test_a_chain_of_amendments_leaves_the_last_cap():
    project = make_project()
    first = make_draft_decision(project)
    second = make_decision(project, amends=first)
    third = make_draft_decision(project, amends=second)
    make_commitment(first, 1000)
    make_commitment(third, 3000)
    decide(first)
    decide(third)

    assert caps(project) == [3000]


def test_independent_decisions_authorise_together():
    project = make_project()
    decide(make_commitment(make_draft_decision(project), 1000).decision)
    by_share = make_draft_decision(project)
    make_commitment(by_share, None, max_share=Decimal(5), covers_shared_costs=True)
    decide(by_share)

    assert caps(project) == [1000, None]


def test_decisions_that_amend_each_other_do_not_end_in_a_loop():
    assert replacing_decisions({1}, {1: 2, 2: 1}) == {1: {1}, 2: {1}}
    assert replacing_decisions({1, 2}, {1: 2, 2: 1}) == {1: {1, 2}, 2: {1, 2}}


def test_every_decision_of_a_chain_is_replaced_by_those_after_it_that_authorise_something():
    # 4 amends 3, which amends 2 without authorising anything; 5 stands alone and 6 amends 2 too.
    amended = {2: 1, 3: 2, 4: 3, 6: 2}

    assert replacing_decisions({1, 2, 4, 5, 6}, amended) == {1: {2, 4, 6}, 2: {4, 6}, 3: {4}}
