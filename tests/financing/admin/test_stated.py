"""What a paper states of its sums is entered in the plan's form and shown beside what the rows give."""

import pytest
from django.urls import reverse

from financing.actions.plans import open_new_version
from financing.choices import CostBasis, CostCategory, StatedSum
from financing.models import StatedTotal
from financing.queries.figures import figures_of
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_user,
)
from tests.support.pages import send, text_of, words_on

pytestmark = pytest.mark.django_db


def change_page(plan):
    return reverse("admin:financing_financingplan_change", args=[plan.pk])


def stated_plan():
    """Costs of 100 and 50 €, financing of 140 €; the paper states 55 € for 2018 and 145 € in all."""
    plan = make_plan(make_part(make_project()), 150)
    make_line(plan, 140, None)
    make_cost(plan, 2017, 100, category=CostCategory.STAFF)
    make_cost(plan, 2018, 50, category=CostCategory.STAFF)
    for kind, fields in [
        (StatedSum.SOURCES, {"amount": 145}),
        (StatedSum.COSTS_OF_YEAR, {"amount": 55, "year": 2018}),
        (StatedSum.CATEGORY, {"amount": 160, "category": CostCategory.STAFF}),
    ]:
        StatedTotal.objects.create(plan=plan, kind=kind, **fields)
    return plan


def test_stated_totals_are_entered_in_the_plans_form():
    plan = make_plan(make_part(make_project()), 150)

    answer = send(
        logged_in(BUDGET_ADMINISTRATOR),
        change_page(plan),
        {
            "stated_cost_is_approximate": "on",
            "cost_basis": CostBasis.GROSS,
            "stated_totals-0-kind": StatedSum.COSTS_OF_YEAR,
            "stated_totals-0-year": "2018",
            "stated_totals-0-amount": "59 953,50",
        },
    )

    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.stated_cost_is_approximate, plan.cost_basis) == (True, CostBasis.GROSS)
    assert [(each.kind, each.year, str(each.amount)) for each in plan.stated_totals.all()] == [
        (StatedSum.COSTS_OF_YEAR, 2018, "59953.50")
    ]


def test_a_stated_total_of_a_year_without_a_year_is_refused_with_a_sentence():
    plan = make_plan(make_part(make_project()), 150)

    answer = send(
        logged_in(BUDGET_ADMINISTRATOR),
        change_page(plan),
        {"stated_totals-0-kind": StatedSum.COSTS_OF_YEAR, "stated_totals-0-amount": "5"},
    )

    assert "Vuosi kirjoitetaan vuoden summalle, ei muille." in text_of(answer)
    assert not StatedTotal.objects.exists()


def test_the_financing_page_shows_what_is_stated_and_the_difference(client):
    client.force_login(make_user())
    plan = stated_plan()

    shown = words_on(client.get(f"{plan.project.get_absolute_url()}financing/")).replace("\u00a0", " ")

    assert "Rahoitus yhteensä, ilmoitettu 145 Rivit – ilmoitettu −5" in shown
    assert "Kustannukset vuosittain, ilmoitettu 55 Rivit – ilmoitettu −5" in shown
    assert "Palkkakustannukset 100 50 150 ilmoitettu 160, ero −10" in shown
    assert "Kustannukset vuonna 2018: rivit 50 € – ilmoitettu 55 € = 5 € liian vähän." in shown


def test_figures_have_the_stated_totals_without_another_query():
    figures = figures_of(stated_plan().project).city_plan

    assert [(each.kind, each.amount, each.year, each.category) for each in figures.stated] == [
        (StatedSum.COSTS_OF_YEAR, 55, 2018, ""),
        (StatedSum.SOURCES, 145, None, ""),
        (StatedSum.CATEGORY, 160, None, CostCategory.STAFF),
    ]
    assert [(cost.year, cost.amount) for cost in figures.costs] == [(2017, 100), (2018, 50)]


def test_a_new_version_has_the_stated_totals_of_the_approved_one():
    plan = stated_plan()
    plan.cost_basis, plan.stated_cost_is_approximate = CostBasis.NET, True
    plan.save()
    approve(plan)

    new = open_new_version(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), reason="Tarkistus")

    assert (new.cost_basis, new.stated_cost_is_approximate) == (CostBasis.NET, True)
    assert new.stated_totals.count() == 3
