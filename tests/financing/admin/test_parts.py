"""Parts of another line's amount, work in kind, and VAT: entered, shown, and never added twice."""

import pytest
from django.urls import reverse

from financing.actions.plans import open_new_version
from financing.choices import CostBasis, CostCategory, VatBasis
from financing.models import FinancingLine
from financing.queries.figures import figures_of, plan_figures
from financing.queries.versions import version_summaries
from financing.rules.contributions import contributions, in_all
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import ImplementerRole
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import send, text_of, words_on

pytestmark = pytest.mark.django_db


def change_page(plan):
    return reverse("admin:financing_financingplan_change", args=[plan.pk])


def plan_with_part():
    """100 € of a grant; 40 € of own money, of which 15 € as work."""
    city = make_part(make_project())
    plan = make_plan(city, 140)
    make_line(plan, 100, None, make_source(name="Avustus"))
    own = make_line(plan, 40, None, make_source(name="Omarahoitus", funder=city.organisation))
    work = make_source(name="Oma työ", funder=city.organisation)
    make_line(plan, 15, None, work, part_of=own, is_in_kind=True)
    return plan


def test_a_part_of_a_line_is_in_no_sum():
    figures = figures_of(plan_with_part().project).city_plan

    assert (figures.sources_total, figures.own_funding) == (140, 40)
    assert [(line.source.name, line.amount) for line in figures.lines] == [
        ("Avustus", 100),
        ("Omarahoitus", 40),
    ]
    (work,) = figures.lines[1].of_which
    assert (work.source.name, work.amount, work.is_in_kind) == ("Oma työ", 15, True)


def test_both_ways_of_reading_a_plan_find_the_same_parts():
    plan = plan_with_part()
    stored = type(plan).objects.with_lines().get(pk=plan.pk)

    assert plan_figures(stored).lines == figures_of(plan.project).city_plan.lines


def test_the_citys_money_counts_though_it_is_a_part_of_somebody_elses_line():
    project = make_project()
    city = make_part(project)
    lead = make_part(project, make_organisation(name="Vetäjä"), role=ImplementerRole.LEAD)
    plan = make_plan(lead, 100)
    towns = make_line(plan, 100, None, make_source(name="Kunnat"))
    make_line(plan, 30, None, make_source(name="Kaupunki", funder=city.organisation), part_of=towns)

    figures = figures_of(project)

    assert in_all(contributions(figures)) == 30
    assert figures.plans[0].sources_total == 100


def test_parts_and_vat_are_entered_in_the_plans_form():
    plan = plan_with_part()
    grant, _own, work = plan.lines.order_by("pk")
    work.part_of = None
    work.save()

    answer = send(
        logged_in(BUDGET_ADMINISTRATOR),
        change_page(plan),
        {"lines-2-part_of": str(grant.pk), "vat_basis": VatBasis.INCLUDED, "stated_vat": "24"},
    )

    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.vat_basis, plan.stated_vat) == (VatBasis.INCLUDED, 24)
    assert FinancingLine.objects.get(pk=work.pk).part_of == grant


def test_a_line_is_no_part_of_one_that_is_a_part_itself():
    plan = plan_with_part()
    grant, _own, work = plan.lines.order_by("pk")

    answer = send(logged_in(BUDGET_ADMINISTRATOR), change_page(plan), {"lines-0-part_of": str(work.pk)})

    assert "Rivi ei voi sisältyä itseensä eikä riviin, joka itse sisältyy toiseen." in text_of(answer)
    assert FinancingLine.objects.get(pk=grant.pk).part_of is None


def test_the_financing_page_says_what_is_a_part_and_what_is_vat(client):
    client.force_login(make_user())
    plan = plan_with_part()
    plan.vat_basis, plan.stated_vat = VatBasis.INCLUDED, 24
    plan.save()

    shown = words_on(client.get(f"{plan.project.get_absolute_url()}financing/")).replace("\u00a0", " ")

    assert "Omarahoitus josta Oma työ 15 €, luontoissuoritus 40" in shown
    assert "Kustannukset, ilmoitettu josta arvonlisäveroa 24 € 140" in shown
    assert "Rahoitus yhteensä 140" in shown


def test_a_new_version_has_the_parts_of_its_own_lines():
    plan = plan_with_part()
    approve(plan)

    new = open_new_version(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), reason="Tarkistus")

    work = new.lines.get(source__name="Oma työ")
    assert (work.part_of.plan, work.part_of.source.name, work.is_in_kind) == (new, "Omarahoitus", True)


def test_the_list_of_versions_adds_no_part_and_deducts_revenue_from_gross_costs():
    plan = plan_with_part()
    make_cost(plan, 2018, 30, category=CostCategory.REVENUE)
    make_cost(plan, None, 10, category=CostCategory.REVENUE)
    plan.cost_basis = CostBasis.GROSS
    plan.save()

    (version,) = version_summaries(plan.project)

    assert (version.total, version.cost, version.gap) == (140, 100, 40)
