"""The list of projects as of an earlier day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from financing.choices import InvoiceStatus
from financing.queries.summaries import update_summaries
from projects.pages import past
from projects.pages.past import past_portfolio
from projects.pages.portfolio import (
    SORTS,
    Chosen,
    chosen_summaries,
    portfolio_rows,
    portfolio_totals,
    sorted_summaries,
)
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    decide,
    make_commitment,
    make_draft_decision,
    make_part,
    make_plan,
    make_project,
)
from tests.support.full_project import make_full_project
from tests.support.pages import Page
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

DAY = date(2018, 3, 1)


def now(chosen, sort):
    today = timezone.localdate()
    keys = sorted_summaries(chosen_summaries(chosen, today), sort, today).values_list("pk", flat=True)
    return portfolio_rows(list(keys), today), portfolio_totals(chosen, today)


@pytest.fixture
def many():
    put_demonstration()
    for number in range(2):
        make_full_project(number + 1)
    # Nothing is known of it.
    make_project(starts_on=None, ends_on=None)
    update_summaries()


def test_as_of_today_it_is_the_list_of_today(many):
    today = timezone.localdate()
    for chosen in (Chosen(), Chosen(words="mikro"), Chosen(status="ended"), Chosen(needs_attention=True)):
        for sort in SORTS:
            found = past_portfolio(chosen, sort, today)
            assert ([replace(row) for row in found.rows], found.totals) == now(chosen, sort), (chosen, sort)


def test_each_row_is_as_it_was(viewer):
    project = make_project(short_name="Kasvu")
    part = make_part(project)
    make_plan(part, 1000)
    make_invoice(part, 100, status=InvoiceStatus.PAID)
    decision = make_draft_decision(project, meeting_date=DAY)
    make_commitment(decision, 500)
    decide(decision)

    def row(day):
        page = Page(viewer.get(f"/?on={day.isoformat()}"))
        return [cell.replace("\u00a0", " ") for cell in page.table("Hankeluettelo").rows[0][3:5]]

    assert row(date(2018, 2, 3))[0] == "1 000 toteuma 0,0 %"
    assert row(date(2018, 2, 4))[0] == "1 000 toteuma 10,0 %"
    assert "ei valtuutusta" in row(DAY - timedelta(days=1))[1]
    assert "valtuutus 500" in row(DAY)[1]


def test_more_projects_than_are_computed_at_a_time_are_asked_to_be_limited(viewer, monkeypatch):
    monkeypatch.setattr(past, "MOST", 2)
    for name in ("Kasvu", "Kulku", "Kunto"):
        make_project(short_name=name)

    page = Page(viewer.get("/?on=2018-03-01"))

    assert page.texts("notice") == [
        "Aiemman päivän luvut lasketaan enintään 2 hankkeesta kerrallaan, ja näillä rajauksilla niitä on 3. "
        "Rajaa hankkeita haulla, tilalla tai ohjelmalla, niin näet tilanteen 1.3.2018."
    ]
    assert not page.texts("key-figures")
    rows = Page(viewer.get("/?on=2018-03-01&q=kasvu")).table("Hankeluettelo").rows
    assert [row[0].split()[0] for row in rows] == ["Kasvu"]


@pytest.mark.parametrize("projects", [1, 5])
def test_the_list_of_a_day_takes_a_fixed_number_of_queries(django_assert_num_queries, projects):
    for _each in range(projects):
        make_full_project(1)
    update_summaries()

    # Keys, projects, spellings; versions and needs of today; nine for the figures of the day.
    with django_assert_num_queries(15):
        past_portfolio(Chosen(), "-findings", DAY)
