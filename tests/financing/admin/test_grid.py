"""The grids of a plan's form: sums and gaps, what is unknown, and two people in one grid."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from financing.choices import CostCategory
from financing.models import CostAllocation, FinancingLineYear, FinancingPlan
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import (
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_whole_plan,
)
from tests.support.pages import posted_by, send, text_of

pytestmark = pytest.mark.django_db

STAFF, SERVICES, TRAVEL, REVENUE = (
    CostCategory.STAFF,
    CostCategory.SERVICES,
    CostCategory.TRAVEL,
    CostCategory.REVENUE,
)


@pytest.fixture
def client() -> Client:
    return logged_in(BUDGET_ADMINISTRATOR)


def change_page(plan: FinancingPlan) -> str:
    return reverse("admin:financing_financingplan_change", args=[plan.pk])


def costs_of(plan: FinancingPlan) -> list[tuple[str, int, Decimal | None]]:
    return list(plan.costs.order_by("category", "year").values_list("category", "year", "amount"))


def keys_of(plan: FinancingPlan) -> list[tuple[int, str, int, Decimal | None]]:
    return list(plan.costs.order_by("pk").values_list("pk", "category", "year", "amount"))


@pytest.fixture
def plan() -> FinancingPlan:
    """Staff in all three years, services whose amount of 2018 is not known and whose 2019 has no row."""
    plan = make_plan(make_part(make_project()), 600)
    for year, amount in [(2017, 100), (2018, 200), (2019, 300)]:
        make_cost(plan, year, amount, category=STAFF)
    make_cost(plan, 2017, 5, category=SERVICES)
    make_cost(plan, 2018, None, category=SERVICES)
    return plan


def foot(answer, grid: str, name: str) -> list[str]:
    """The cells of a row of sums, without the empty ones."""
    table = answer.content.decode().partition(f'data-grid="{grid}"')[2].partition("</table>")[0]
    row = table.partition(f'data-foot="{name}"')[2].partition("</tr>")[0]
    cells = [cell.partition("</span>")[0].rpartition(">")[2] for cell in row.split("<td")[1:]]
    return [cell.replace("\u00a0", " ").strip() for cell in cells if cell.strip()]


# What is stored


def test_saving_a_grid_that_nobody_touched_changes_nothing(client, plan):
    before = keys_of(plan)

    answer = send(client, change_page(plan), {})

    assert (answer.status_code, keys_of(plan)) == (302, before)


def test_a_typed_cell_is_written_where_its_row_was_there_and_where_it_was_not(client, plan):
    staff = [row[0] for row in keys_of(plan)[:3]]

    answer = send(
        client,
        change_page(plan),
        {"costs-1-year_2018": "59 953,50", "costs-1-year_2019": "0", "costs-0-year_2019": "301"},
    )

    assert answer.status_code == 302
    assert costs_of(plan) == [
        (STAFF, 2017, 100),
        (STAFF, 2018, 200),
        (STAFF, 2019, 301),
        (SERVICES, 2017, 5),
        (SERVICES, 2018, Decimal("59953.50")),
        (SERVICES, 2019, 0),
    ]
    assert [row[0] for row in keys_of(plan)[:3]] == staff


def test_an_emptied_cell_stays_as_an_amount_that_is_not_known(client, plan):
    send(client, change_page(plan), {"costs-0-year_2018": ""})

    assert (STAFF, 2018, None) in costs_of(plan)


def test_a_new_category_is_unknown_in_the_years_that_were_left_empty(client, plan):
    send(client, change_page(plan), {"costs-2-category": TRAVEL, "costs-2-year_2018": "7"})

    assert costs_of(plan)[-3:] == [(TRAVEL, 2017, None), (TRAVEL, 2018, 7), (TRAVEL, 2019, None)]


def test_another_category_is_chosen_for_all_its_years(client, plan):
    keys = [row[0] for row in keys_of(plan)]

    answer = send(client, change_page(plan), {"costs-0-category": TRAVEL, "costs-0-year_2017": "101"})

    assert (answer.status_code, [row[0] for row in keys_of(plan)]) == (302, keys)
    assert costs_of(plan)[-3:] == [(TRAVEL, 2017, 101), (TRAVEL, 2018, 200), (TRAVEL, 2019, 300)]


def test_a_category_is_taken_over_from_one_that_gives_it_up(client, plan):
    answer = send(client, change_page(plan), {"costs-0-category": SERVICES, "costs-1-category": TRAVEL})

    assert answer.status_code == 302
    assert [row[:2] for row in costs_of(plan)][:3] == [(SERVICES, 2017), (SERVICES, 2018), (SERVICES, 2019)]
    assert costs_of(plan)[-2:] == [(TRAVEL, 2017, 5), (TRAVEL, 2018, None)]


def test_a_removed_category_goes_with_all_its_years_and_may_come_anew(client, plan):
    answer = send(
        client,
        change_page(plan),
        {"costs-0-DELETE": "on", "costs-2-category": STAFF, "costs-2-year_2017": "1"},
    )

    assert answer.status_code == 302
    assert costs_of(plan)[:3] == [(STAFF, 2017, 1), (STAFF, 2018, None), (STAFF, 2019, None)]


@pytest.mark.parametrize("row", ["costs-1", "costs-2"])
def test_one_category_twice_is_refused_with_a_sentence(client, plan, row):
    before = keys_of(plan)

    answer = send(client, change_page(plan), {f"{row}-category": STAFF, f"{row}-year_2017": "9"})

    assert text_of(answer).count("Sama kustannuslaji on taulukossa kahdesti. Yhdistä rivit.") == 1
    assert (answer.status_code, keys_of(plan)) == (200, before)
    assert posted_by(answer)[f"{row}-year_2017"] == ["9"]


def test_a_category_without_a_year_to_stand_in_is_unknown_without_a_year(client):
    plan = make_plan(make_part(make_project(starts_on=None, ends_on=None)))

    send(client, change_page(plan), {"costs-0-category": STAFF})

    assert costs_of(plan) == [(STAFF, None, None)]


# Years


def test_a_new_year_has_costs_that_are_not_known_yet(client, plan):
    answer = send(client, change_page(plan), {"new_year": "2021"})

    added = [row for row in costs_of(plan) if row[1] == 2021]
    assert (answer.status_code, added) == (302, [(STAFF, 2021, None), (SERVICES, 2021, None)])
    assert "lines-0-year_2021" in posted_by(client.get(change_page(plan)))


def test_the_first_year_of_a_plan_is_not_broken_down(client):
    plan = make_plan(make_part(make_project(starts_on=None, ends_on=None)))

    send(client, change_page(plan), {"new_year": "2021"})

    assert costs_of(plan) == [(CostCategory.NOT_BROKEN_DOWN, 2021, None)]


def test_a_year_outside_the_project_is_removed_with_its_amounts(client, plan):
    make_cost(plan, 2107 - 10, 5, category=STAFF)
    FinancingLineYear.objects.create(line=make_line(plan, 1), year=2097, amount=5)
    page = client.get(change_page(plan))

    answer = send(client, change_page(plan), {"removed_years": ["2097"]})

    assert "Toteutusajan ulkopuolinen vuosi: kaikki sen summat poistetaan." in text_of(page)
    assert (answer.status_code, 2097 in {row[1] for row in costs_of(plan)}) == (302, False)
    assert FinancingLineYear.objects.count() == 0


def test_a_year_of_the_project_is_not_offered_for_removal(client, plan):
    answer = send(client, change_page(plan), {"removed_years": ["2018"]})

    assert "removed_years" not in client.get(change_page(plan)).content.decode()
    assert (answer.status_code, len(costs_of(plan))) == (200, 5)


# Sums and gaps


def test_sums_and_gaps_of_costs_stand_beneath_them(client, plan):
    page = client.get(change_page(plan))

    assert foot(page, "costs", "total") == [
        "105",
        "ei tiedossa (tiedossa 200 €)",
        "ei tiedossa (tiedossa 300 €)",
        "ei tiedossa (tiedossa 605 €)",
    ]
    assert foot(page, "costs", "stated") == ["600"]
    assert foot(page, "costs", "gap") == ["5 € liikaa"]


def test_revenue_is_deducted_from_costs(client):
    plan = make_plan(make_part(make_project(ends_on=date(2018, 12, 31))), 250)
    for year, amount, revenue in [(2017, 100, 20), (2018, 200, "30.50")]:
        make_cost(plan, year, amount, category=STAFF)
        make_cost(plan, year, Decimal(revenue), category=REVENUE)

    page = client.get(change_page(plan))

    assert foot(page, "costs", "total") == ["100", "200", "300"]
    assert foot(page, "costs", "net") == ["80", "169,50", "249,50"]
    assert foot(page, "costs", "gap") == ["Jakamatta 0,50 €"]
    assert foot(page, "lines", "cost") == ["250", "80", "169,50", "249,50"]


def test_sums_and_gaps_of_sources_stand_beneath_them(client, plan):
    own, grant = make_line(plan, 150, "25"), make_line(plan, 448, "75")
    for line, year, amount in [(own, 2017, 50), (own, 2018, 100), (grant, 2017, 55), (grant, 2018, 400)]:
        FinancingLineYear.objects.create(line=line, year=year, amount=amount)

    page = client.get(change_page(plan))

    assert foot(page, "lines", "total") == [
        "598",
        "100",
        "99,67 %",
        "105",
        "500",
        "ei tiedossa",
        "ei tiedossa (tiedossa 605 €)",
        "7 € liikaa",
    ]
    assert foot(page, "lines", "gap") == [
        "Jakamatta 2 €",
        "Kaikki jaettu",
        "ei tiedossa",
        "ei tiedossa",
        "ei tiedossa",
    ]
    words = text_of(page)
    assert "25,00 % ei tiedossa (tiedossa 150 €) Kaikki jaettu" in words
    assert "74,67 % ei tiedossa (tiedossa 455 €) 7 € liikaa" in words


def test_a_row_marked_for_removal_is_not_summed(client, plan):
    make_line(plan, 150)

    answer = send(client, change_page(plan), {"costs-1-DELETE": "on", "lines-0-DELETE": "on", "version": "0"})

    assert foot(answer, "costs", "gap") == ["Kaikki jaettu"]
    assert foot(answer, "lines", "total")[0] == "ei tiedossa"


def test_a_whole_project_is_held_against_the_projects_cost(client):
    plan = make_whole_plan(make_project(total_cost=651200, total_cost_is_approximate=True))
    make_line(plan, 651000)

    page = client.get(change_page(plan))

    assert foot(page, "lines", "cost")[0] == "noin 651 200"
    assert foot(page, "lines", "gap")[0] == "Jakamatta 200 €"
    assert 'data-cost="651200"' in page.content.decode().replace("651200,00", "651200")


@pytest.mark.parametrize("status", ["approved", "superseded"])
def test_an_approved_plan_shows_the_same_sums_and_no_field(client, plan, status):
    line = make_line(plan, 150, "25")
    FinancingLineYear.objects.create(line=line, year=2017, amount=150)
    names = ["total", "cost", "gap"]
    draft = client.get(change_page(plan))
    FinancingPlan.objects.filter(pk=plan.pk).update(status=status)

    page = client.get(change_page(plan))

    assert [foot(page, "lines", name) for name in names] == [foot(draft, "lines", name) for name in names]
    assert foot(page, "costs", "gap") == foot(draft, "costs", "gap") == ["5 € liikaa"]
    html = page.content.decode()
    assert (html.count("<select"), "plan-grid.js" in html, "new_year" in html) == (0, False, False)
    assert "ostopalvelut 5 ei tiedossa ei tiedossa ei tiedossa (tiedossa 5 €)" in text_of(page)


# Two people in one grid


def test_two_people_type_into_two_cells_of_one_category(client, plan):
    opened = posted_by(client.get(change_page(plan)))
    send(client, change_page(plan), {"costs-0-year_2017": "111"})

    first = client.post(change_page(plan), {**opened, "costs-0-year_2018": "222"})
    second = client.post(change_page(plan), posted_by(first))

    sentence = (
        "palkkakustannukset, 2017, €: arvo ”100” on muutettu arvoksi ”111” (muuttaja: sinä itse, toisessa "
        "ikkunassa tai aiemmin). Se on nyt lomakkeella."
    )
    assert sentence in text_of(first)
    assert second.status_code == 302
    assert costs_of(plan)[:3] == [(STAFF, 2017, 111), (STAFF, 2018, 222), (STAFF, 2019, 300)]


@pytest.mark.parametrize(("cell", "old"), [("costs-0-year_2017", "100"), ("costs-1-year_2019", None)])
def test_two_people_type_into_one_cell_and_the_second_sees_both(client, plan, cell, old):
    opened = posted_by(client.get(change_page(plan)))
    send(client, change_page(plan), {cell: "111"})

    first = client.post(change_page(plan), {**opened, cell: "222"})
    between = costs_of(plan)
    second = client.post(change_page(plan), posted_by(first))

    assert (
        "tallennettu arvo on nyt ”111” (muuttaja: sinä itse, toisessa ikkunassa tai aiemmin). Lomakkeella on "
        "kirjoittamasi arvo ”222”"
    ) in text_of(first)
    assert 111 in [row[2] for row in between]
    assert (second.status_code, 222 in [row[2] for row in costs_of(plan)]) == (302, True)


def test_what_one_person_removed_and_the_other_changed_comes_back_as_a_new_category(client, plan):
    opened = posted_by(client.get(change_page(plan)))
    send(client, change_page(plan), {"costs-0-DELETE": "on"})

    first = client.post(change_page(plan), {**opened, "costs-0-year_2018": "222"})
    second = client.post(change_page(plan), posted_by(first))

    assert (
        "”palkkakustannukset”: rivi, jota muutit, on poistettu (poistaja: sinä itse, toisessa ikkunassa tai "
        "aiemmin). Rivisi on lomakkeella uutena." in text_of(first)
    )
    assert second.status_code == 302
    assert costs_of(plan)[:3] == [(STAFF, 2017, 100), (STAFF, 2018, 222), (STAFF, 2019, 300)]


def test_a_category_that_one_person_changed_is_not_removed_unseen_by_the_other(client, plan):
    opened = posted_by(client.get(change_page(plan)))
    send(client, change_page(plan), {"costs-0-year_2018": "222"})

    answer = client.post(change_page(plan), {**opened, "costs-0-DELETE": "on"})

    assert "arvo ”200” on muutettu arvoksi ”222”" in text_of(answer)
    assert (STAFF, 2018, 222) in costs_of(plan)


def test_a_category_that_the_other_person_added_is_taken_over(client, plan):
    opened = posted_by(client.get(change_page(plan)))
    send(client, change_page(plan), {"costs-2-category": TRAVEL, "costs-2-year_2017": "7"})

    first = client.post(change_page(plan), {**opened, "costs-0-year_2018": "222"})
    second = client.post(change_page(plan), posted_by(first))

    assert "matkakustannukset: rivi on lisätty (lisääjä: sinä itse" in text_of(first)
    assert second.status_code == 302
    assert (STAFF, 2018, 222) in costs_of(plan) and (TRAVEL, 2017, 7) in costs_of(plan)


def test_a_year_that_the_other_person_added_keeps_its_amounts(client, plan):
    line = make_line(plan, 10)
    opened = posted_by(client.get(change_page(plan)))
    send(client, change_page(plan), {"new_year": "2021"})
    send(client, change_page(plan), {"costs-0-year_2021": "21", "lines-0-year_2021": "9"})

    first = client.post(change_page(plan), {**opened, "costs-0-year_2018": "222"})
    second = client.post(change_page(plan), posted_by(first))

    assert "palkkakustannukset, 2021, €: arvo (tyhjä) on muutettu arvoksi ”21” (muuttaja: sinä" in text_of(
        first
    )
    assert second.status_code == 302
    assert {(STAFF, 2018, 222), (STAFF, 2021, 21)} < set(costs_of(plan))
    assert list(line.years.values_list("year", "amount")) == [(2021, 9)]


def test_what_was_typed_into_a_year_that_went_meanwhile_is_kept(client, plan):
    line = make_line(plan, 10)
    opened = posted_by(client.get(change_page(plan)))
    project = plan.project
    project.ends_on = date(2018, 12, 31)
    project.save()
    CostAllocation.objects.filter(plan=plan, year=2019).delete()

    first = client.post(change_page(plan), {**opened, "lines-0-year_2019": "9"})
    second = client.post(change_page(plan), posted_by(first))

    assert (first.status_code, second.status_code) == (200, 302)
    assert list(line.years.values_list("year", "amount")) == [(2019, 9)]
    assert (STAFF, 2019) not in [row[:2] for row in costs_of(plan)]


# Speed


@pytest.mark.parametrize("rows", [1, 3])
def test_a_whole_grid_asks_as_little_as_a_small_one(client, rows, django_assert_num_queries):
    plan = make_plan(make_part(make_project(ends_on=date(2016 + rows * 2, 12, 31))), 1000)
    for category in [STAFF, SERVICES, REVENUE][:rows]:
        for year in range(2017, 2017 + rows * 2):
            make_cost(plan, year, 5, category=category)
    for _number in range(rows):
        line = make_line(plan, 100, source=make_source())
        for year in range(2017, 2017 + rows * 2):
            FinancingLineYear.objects.create(line=line, year=year, amount=1)
    # The type of a row is kept for as long as a process lives, the figures until something changes.
    client.get(change_page(plan))

    with django_assert_num_queries(19):
        assert client.get(change_page(plan)).status_code == 200


# Costs whose year is not known


def test_a_category_without_years_is_typed_under_not_known_and_has_no_other_rows(client, plan):
    answer = send(client, change_page(plan), {"costs-2-category": TRAVEL, "costs-2-year_undated": "1 500,50"})

    assert answer.status_code == 302
    assert costs_of(plan)[-1:] == [(TRAVEL, None, Decimal("1500.50"))]
    assert plan.costs.filter(category=TRAVEL).count() == 1


def test_a_category_may_have_some_years_and_a_rest_without_one(client, plan):
    send(client, change_page(plan), {"costs-1-year_undated": "7"})

    # The amount of 2018 that was not known is among those without a year now.
    services = plan.costs.filter(category=SERVICES)
    assert {row.year: row.amount for row in services} == {2017: 5, None: 7}


def test_an_emptied_amount_without_a_year_stays_unknown_until_years_are_typed(client, plan):
    make_cost(plan, None, 7, category=TRAVEL)

    send(client, change_page(plan), {"costs-2-year_undated": ""})

    assert costs_of(plan)[-1:] == [(TRAVEL, None, None)]
    send(client, change_page(plan), {"costs-2-year_2017": "3"})
    assert costs_of(plan)[-1:] == [(TRAVEL, 2017, 3)]
    assert plan.costs.filter(category=TRAVEL).count() == 1


def test_a_plan_of_a_project_without_days_takes_categories_without_years(client):
    plan = make_plan(make_part(make_project(starts_on=None, ends_on=None)), 60)

    answer = send(client, change_page(plan), {"costs-0-category": STAFF, "costs-0-year_undated": "60"})

    assert (answer.status_code, costs_of(plan)) == (302, [(STAFF, None, 60)])


def test_years_and_categories_are_summed_apart_below_the_grid(client):
    plan = make_plan(make_part(make_project()), 60)
    for year, amount in [(2017, 30), (2018, 20), (2019, 10)]:
        make_cost(plan, year, amount)
    make_cost(plan, None, 35, category=STAFF)
    make_cost(plan, None, 24, category=TRAVEL)

    answer = client.get(change_page(plan))

    assert foot(answer, "costs", "total") == ["30", "20", "10", "60"]
    assert foot(answer, "costs", "categories") == ["59"]
    assert foot(answer, "costs", "between") == ["1"]
    assert foot(answer, "costs", "gap") == ["Kaikki jaettu"]
    assert foot(answer, "lines", "cost") == ["60", "30", "20", "10", "60"]


def test_below_the_grid_no_year_is_known_if_some_costs_have_none(client):
    plan = make_plan(make_part(make_project()), 60)
    for year in (2017, 2018, 2019):
        make_cost(plan, year, 10, category=STAFF)
    make_cost(plan, None, 30, category=TRAVEL)

    answer = client.get(change_page(plan))

    assert foot(answer, "costs", "total") == ["10", "10", "10", "30", "60"]
    assert foot(answer, "costs", "gap") == ["Jakamatta 30 €"]
    assert foot(answer, "lines", "cost") == ["60", *["ei tiedossa (tiedossa 10 €)"] * 3, "60"]
