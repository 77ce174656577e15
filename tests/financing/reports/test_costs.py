"""Costs by category and year, and the flat rates beneath them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from financing.choices import CostCategory
from financing.reports.costs import cost_table, cost_tables
from financing.rules.figures.costs import CostFigures
from projects.choices import CostModel
from tests.financing.reconciliation.checks.cases import spaced
from tests.support.factories import (
    make_cost,
    make_part,
    make_plan,
    make_project,
    make_twice_stated_costs,
    make_user,
)
from tests.support.pages import words_on
from tests.support.seed_figures import LEAD, SEED, SEED_PLAN, euros

LABELS = {
    CostCategory.STAFF: "palkkakustannukset",
    CostCategory.SERVICES: "ostopalvelut",
    CostCategory.FLAT_RATE: "prosenttimääräiset kustannukset",
    CostCategory.REVENUE: "tulot",
}


def plan_of(*rows, **fields):
    """The city's plan with costs as (year, category, euros)."""
    costs = tuple(CostFigures(year, euros(amount), LABELS[code], code) for year, code, amount in rows)
    return replace(SEED_PLAN, costs=costs, **fields)


PLAN = plan_of(
    (2017, CostCategory.STAFF, "1000.03"),
    (2017, CostCategory.FLAT_RATE, 240),
    (2018, CostCategory.STAFF, 500),
    (2018, CostCategory.FLAT_RATE, 130),
    (2018, CostCategory.SERVICES, None),
    (2017, CostCategory.REVENUE, 100),
)


def test_costs_stand_by_category_and_year_with_net_costs_beneath():
    table = cost_table(PLAN, CostModel.FLAT_24)

    assert (table.title, table.years) == ("Osahanke, Kuopio", (2017, 2018))
    assert [
        (row.label, row.is_revenue, [(cell.amount, cell.is_entered) for cell in row.cells], row.total)
        for row in table.rows
    ] == [
        ("palkkakustannukset", False, [(Decimal("1000.03"), True), (500, True)], Decimal("1500.03")),
        ("ostopalvelut", False, [(None, False), (None, True)], None),
        ("prosenttimääräiset kustannukset", False, [(240, True), (130, True)], 370),
        ("tulot", True, [(100, True), (None, False)], 100),
    ]
    assert (table.gross, table.gross_total) == ((Decimal("1240.03"), None), None)
    assert (table.net, table.net_total) == ((Decimal("1140.03"), None), None)
    assert table.has_revenue


def test_flat_rates_show_base_percent_result_and_where_the_rounding_went():
    flat = cost_table(PLAN, CostModel.FLAT_24).flat_rates

    assert flat.percent == 24
    assert [(row.year, row.base, row.result, row.stated, row.difference) for row in flat.rows] == [
        (2017, Decimal("1000.03"), 240, 240, 0),
        (2018, 500, 120, 130, 10),
    ]
    total = flat.total
    assert (total.base, total.result, total.stated, total.difference) == (Decimal("1500.03"), 360, 370, 10)
    assert spaced(flat.rounding) == (
        "Vuoden tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on 2017: 0,72 "
        "senttiä."
    )


def test_an_unknown_base_leaves_the_result_unknown():
    flat = cost_table(
        plan_of((2017, CostCategory.STAFF, None), (2017, CostCategory.FLAT_RATE, 5)), CostModel.FLAT_15
    ).flat_rates

    assert [(row.base, row.result, row.stated, row.difference) for row in flat.rows] == [
        (None, None, 5, None)
    ]
    assert (flat.total.result, flat.rounding) == (None, "")


def test_costs_without_a_year_are_not_said_to_be_of_the_same_year():
    undated = plan_of((None, CostCategory.STAFF, Decimal("1000.03")), (None, CostCategory.FLAT_RATE, 240))

    flat = cost_table(undated, CostModel.FLAT_24).flat_rates

    assert spaced(flat.caption) == "Prosenttimääräiset kustannukset: 24 % palkkakustannuksista"
    assert spaced(flat.rounding) == (
        "Tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on 0,72 senttiä."
    )


def test_models_without_a_percentage_and_plans_without_staff_have_no_flat_rates():
    assert cost_table(PLAN, "real").flat_rates is None
    assert cost_table(plan_of((2017, CostCategory.SERVICES, 5)), CostModel.FLAT_24).flat_rates is None


def test_only_plans_in_categories_have_a_table_the_citys_first():
    lead = replace(PLAN, plan_id=12, organisation_id=LEAD, owner="Savogrow")
    whole = replace(PLAN, plan_id=13, organisation_id=None)

    figures = replace(SEED, plans=(lead, PLAN), whole_plan=whole)

    assert [table.plan_id for table in cost_tables(figures)] == [11, 12, 13]
    assert cost_tables(SEED) == ()


@pytest.mark.django_db
def test_the_financing_page_shows_the_table_the_percentage_and_the_rounding(client):
    client.force_login(make_user())
    project = make_project(cost_model=CostModel.FLAT_24)
    plan = make_plan(make_part(project), 1240)
    make_cost(plan, 2017, "1000.03", category=CostCategory.STAFF)
    make_cost(plan, 2017, 240, category=CostCategory.FLAT_RATE)
    bare = make_project()
    make_cost(make_plan(make_part(bare), 5), 2017, 5)

    shown = spaced(words_on(client.get(f"{project.get_absolute_url()}financing/")))

    assert (
        "Kustannuslaji 2017 Yhteensä Palkkakustannukset 1 000,03 1 000,03 "
        "Prosenttimääräiset kustannukset 240 240 Nettokustannukset 1 240,03 1 240,03 "
        "Kustannukset, ilmoitettu 1 240 Rivit – ilmoitettu +0,03 "
        "Prosenttimääräiset kustannukset: 24 % saman vuoden palkkakustannuksista "
        "Vuosi Palkkakustannukset Prosentti Laskettu Kirjattu Ero 2017 1 000,03 24 % 240 240 0 "
        "Yhteensä 1 000,03 24 % 240 240 0 "
        "Vuoden tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on 2017: 0,72 "
        "senttiä."
    ) in shown
    assert "kustannuslajeittain" not in words_on(client.get(f"{bare.get_absolute_url()}financing/"))


@pytest.mark.django_db
def test_the_financing_page_shows_years_and_categories_that_are_stated_apart(client):
    client.force_login(make_user())
    project = make_project()
    make_twice_stated_costs(make_plan(make_part(project), 55))

    shown = spaced(words_on(client.get(f"{project.get_absolute_url()}financing/")))

    assert (
        "Kustannuslaji 2017 2018 2019 Vuosi ei tiedossa Yhteensä Ei eritelty 30 20 10 60 "
        "Palkkakustannukset ei kirjattu ei kirjattu ei kirjattu 35 35 "
        "Matkakustannukset ei kirjattu ei kirjattu ei kirjattu 24 24 "
        "Tulot vähennetään ei kirjattu ei kirjattu ei kirjattu 5 5 "
        "Vuosittain yhteensä 30 20 10 60 Kustannuslajeittain yhteensä 59 "
        "Vuosittain – kustannuslajeittain +1 Nettokustannukset 30 20 10 55"
    ) in shown
    assert "R23" in shown


def test_a_category_without_a_year_leaves_the_sums_of_the_columns_and_adds_one_of_its_own():
    table = cost_table(plan_of((2017, CostCategory.STAFF, 10), (None, CostCategory.SERVICES, 20)), "real")

    assert [(row.total, row.undated.amount, row.undated.is_entered) for row in table.rows] == [
        (10, None, False),
        (20, 20, True),
    ]
    assert (table.net, table.undated.net, table.net_total, table.twice) == ((10,), 20, 30, None)
