"""Money that the city only hands on: from its form to page, PDF and workbook, and in no sum of the city's."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from financing.budget_pdf.document import budget_pdf
from financing.models import PassThrough
from financing.queries.figures import figures_of
from financing.rules.city_money import city_money
from financing.rules.figures.pass_through import (
    PassThroughFigures,
    PassThroughTotals,
    pass_through_totals,
)
from mikrogrow.roles import BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, VIEWER
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
)
from tests.support.pages import Page, posted_by, send, text_of, words_on
from tests.support.pdfs import flowing_text, written
from tests.support.sheets import read_workbook, rows_of, workbook_of
from tests.support.spending_factories import make_pass_through

pytestmark = pytest.mark.django_db

ADD = "/admin/financing/passthrough/add/"
DAY = date(2018, 6, 1)


@pytest.fixture
def partner():
    """A partner in a project that the city leads: the city's part costs 1 000 €, of which it pays 200 €."""
    city = make_part(make_project(slug="uusi"), role=ImplementerRole.LEAD)
    plan = make_plan(city, 1000)
    make_line(plan, 800, "80", make_source(name="Avustus", funder=make_organisation()))
    make_line(plan, 200, "20", make_source(name="Omarahoitus", funder=city.organisation))
    make_cost(plan, 2018, 1000)
    approve(plan)
    return make_part(city.project, make_organisation(short_name="Savonia"))


def money_of(project):
    money = city_money(figures_of(project))
    return money.liability.total, money.liability.own_funding


def shown(client, **query):
    return Page(client.get(reverse("financing", args=["uusi"]), query), plain_spaces=True)


def euros(*amounts):
    return tuple(None if amount is None else Decimal(amount) for amount in amounts)


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        ([], ("0", "0", "0")),
        ([("260", "0")], ("260", "0", "260")),
        ([("260", "100"), ("40", "40")], ("300", "140", "160")),
        # One planned amount is unknown, so that what is left is too.
        ([("260", "100"), (None, "40")], (None, "140", None)),
        # More was handed on than planned.
        ([("100", "120")], ("100", "120", "-20")),
    ],
)
def test_planned_handed_on_and_left_sum_up(rows, totals):
    found = pass_through_totals([PassThroughFigures("Savonia", 2018, *euros(*row)) for row in rows])

    assert found == PassThroughTotals(*euros(*totals))


def test_it_is_entered_with_its_day_and_has_a_history(partner):
    client = logged_in(BUDGET_ADMINISTRATOR)
    address = f"{ADD}?project={partner.project_id}"
    typed = {"year": "2018", "planned": "260 000 €", "handed_on": "120 000", "handed_on_day": "1.6.2018"}

    assert posted_by(client.get(address))["receiver"] == [str(partner.pk)]
    assert send(client, address, typed).status_code == 302

    row = PassThrough.objects.get()
    assert (row.receiver, row.year, row.planned, row.handed_on, row.handed_on_day) == (
        partner,
        2018,
        260_000,
        120_000,
        DAY,
    )
    assert row.history.get().history_user.groups.get().name == BUDGET_ADMINISTRATOR
    words = words_on(client.get(reverse("history", args=["uusi"])))
    assert "Läpikulkuerä" in words and "Savonia" in words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"handed_on": "5"}, "Kirjaa sekä siirretty summa että siirtopäivä."),
        ({"handed_on_day": "1.6.2018"}, "Kirjaa sekä siirretty summa että siirtopäivä."),
        ({"planned": "-5"}, "Suunniteltu summa ei voi olla negatiivinen."),
        ({"planned": "59.95"}, "Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."),
        ({"year": "1994"}, "Vuoden on oltava väliltä 1995–2100."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_as_it_was_typed(partner, typed, sentence):
    client = logged_in(BUDGET_ADMINISTRATOR)

    answer = send(client, f"{ADD}?project={partner.project_id}", {"explanation": "Tuen osa.", **typed})

    assert sentence in text_of(answer)
    assert posted_by(answer)["explanation"] == ["Tuen osa."]
    assert not PassThrough.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(BUDGET_ADMINISTRATOR, 200), (SYSTEM_ADMINISTRATOR, 200), (VIEWER, 403)]
)
def test_who_enters_shared_costs_enters_it(partner, role, status):
    assert logged_in(role).get(ADD).status_code == status


def test_it_is_in_no_sum_of_the_citys_money(partner):
    before = money_of(partner.project)
    make_pass_through(partner, 260_000, year=2018, handed_on=120_000, handed_on_day=DAY)

    assert before == money_of(partner.project) == (200, 200)


def test_page_pdf_and_workbook_show_the_same_rows(viewer, partner, tmp_path):
    make_pass_through(partner, 260, year=2018, handed_on=120, handed_on_day=DAY, explanation="EAKR.")
    make_pass_through(partner, Decimal("40.50"))

    assert shown(viewer).table("Läpikulkuerät").rows == [
        ["Savonia", "2018", "EAKR.", "260", "120", "1.6.2018", "140"],
        ["Savonia", "ei tiedossa", "", "40,50", "0", "–", "40,50"],
        ["Yhteensä", "300,50", "120", "", "180,50"],
    ]
    document = flowing_text(written(budget_pdf(partner.project, DAY), tmp_path))
    assert "Läpikulkuerät (eivät ole kaupungin kustannuksia)" in document
    assert "300,50 € 120 € 180,50 €" in document
    sheet = rows_of(read_workbook(workbook_of(partner.project, DAY)), "Yhteiset kustannukset ja vastuu")
    assert [row for row in sheet if row and row[0] == "Savonia"] == [
        ["Savonia", "EAKR.", 2018, datetime(2018, 6, 1), 120, 260],
        ["Savonia", None, "ei tiedossa", None, 0, 40.5],
    ]


def test_what_was_handed_on_later_is_not_yet_handed_on_then(viewer, partner):
    make_pass_through(partner, 260, year=2018, handed_on=120, handed_on_day=DAY)

    days = ("2018-05-31", "2018-06-01")

    assert tuple(shown(viewer, on=day).table("Läpikulkuerät").rows[-1] for day in days) == (
        ["Yhteensä", "260", "0", "", "260"],
        ["Yhteensä", "260", "120", "", "140"],
    )
    assert "suunnitellut läpikulkuerät" in shown(viewer, on="2018-05-31").words


def test_a_project_that_somebody_else_leads_offers_none(partner):
    partner.project.co_implementers.filter(role=ImplementerRole.LEAD).update(
        role=ImplementerRole.CO_IMPLEMENTER
    )

    assert "Läpikulkuer" not in shown(logged_in(BUDGET_ADMINISTRATOR)).words
