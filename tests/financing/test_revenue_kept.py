"""Revenue from its form to pages, PDF and workbook."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from financing.budget_pdf.document import budget_pdf
from financing.choices import CostCategory, InvoiceStatus, RevenueKind
from financing.models import Commitment, Revenue
from financing.queries.invoices import used_of_appropriation
from mikrogrow.roles import BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, VIEWER
from projects.models import Project
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    decide,
    make_appropriation,
    make_commitment,
    make_cost,
    make_draft_decision,
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
from tests.support.spending_factories import make_invoice, make_revenue

pytestmark = pytest.mark.django_db

ADD = "/admin/financing/revenue/add/"
DAY = date(2018, 10, 15)


@pytest.fixture
def city():
    """1 000 € of costs and 100 € of revenue in 2018; the city's are at most 180 € of the 900 € net."""
    part = make_part(make_project(slug="uusi"))
    plan = make_plan(part, 900)
    make_line(plan, 720, "80", make_source(name="Avustus", funder=make_organisation()))
    make_line(plan, 180, "20", make_source(name="Omarahoitus", funder=part.organisation))
    make_cost(plan, 2018, 1000, category=CostCategory.SERVICES)
    make_cost(plan, 2018, 100, category=CostCategory.REVENUE)
    approve(plan)
    decision = make_draft_decision(part.project)
    make_commitment(decision, 180, appropriation=make_appropriation(name="Hankkeet", amount=180, year=2018))
    decide(decision)
    make_invoice(part, 1000, status=InvoiceStatus.PAID, commitment=Commitment.objects.get())
    return part


def shown(client, page, **query):
    return Page(client.get(reverse(page, args=["uusi"]), query), plain_spaces=True)


def test_revenue_is_entered_with_its_day_and_kind_and_has_a_history(city):
    client = logged_in(BUDGET_ADMINISTRATOR)
    address = f"{ADD}?project={city.project_id}"
    typed = {
        "received_on": "2.5.2018",
        "kind": RevenueKind.FEES,
        "payer": "Osallistujat",
        "amount": "99,50 €",
        "explanation": "Koulutus.",
    }

    assert posted_by(client.get(address))["co_implementer"] == [str(city.pk)]
    assert send(client, address, typed).status_code == 302

    revenue = Revenue.objects.get()
    assert (revenue.co_implementer, revenue.received_on, revenue.amount) == (
        city,
        date(2018, 5, 2),
        Decimal("99.50"),
    )
    assert revenue.history.get().history_user.groups.get().name == BUDGET_ADMINISTRATOR
    words = words_on(client.get(reverse("history", args=["uusi"])))
    assert "Toteutunut tulo" in words and "Osallistujat" in words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "0"}, "Tulon summa ei voi olla nolla."),
        ({"amount": "59.95"}, "Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."),
        ({"received_on": "32.1.2018"}, "32.1.2018"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_as_it_was_typed(city, typed, sentence):
    client = logged_in(BUDGET_ADMINISTRATOR)
    right = {"received_on": "2.5.2018", "kind": RevenueKind.FEES, "payer": "Osallistujat", "amount": "50"}

    answer = send(client, f"{ADD}?project={city.project_id}", right | typed)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert posted_by(answer)["payer"] == ["Osallistujat"]
    assert not Revenue.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(BUDGET_ADMINISTRATOR, 200), (SYSTEM_ADMINISTRATOR, 200), (VIEWER, 403)]
)
def test_who_enters_invoices_enters_revenue(city, role, status):
    assert logged_in(role).get(ADD).status_code == status


def test_a_page_shows_costs_before_and_after_revenue(viewer, city):
    make_revenue(city, 60, explanation="Kurssimaksut.")
    make_revenue(city, 40, kind=RevenueKind.RENT, payer="Vuokraaja", received_on=date(2018, 4, 1))

    page = shown(viewer, "spending")

    assert page.table("Kustannukset vuosittain").rows[-3:] == [
        ["Yhteensä", "1 000", "1 000", "100,0 %", "0"],
        ["Tulot (vähennetään)", "100", "100", "100,0 %", "0"],
        ["Nettokustannukset", "900", "900", "100,0 %", "0"],
    ]
    assert page.table("Kustannukset lajeittain").rows[-1][0] == "Tulot (vähennetään)"
    assert page.table("Toteutuneet tulot").rows == [
        ["1.3.2018", "Osallistumismaksut", "Osallistujat", "Kurssimaksut.", "60"],
        ["1.4.2018", "Vuokratulot", "Vuokraaja", "", "40"],
        ["Yhteensä", "", "", "", "100"],
    ]
    assert "tulot 100 €, tulojen jälkeen 900 €" in page.words
    assert "– tulot 100 – omarahoituksen osuus 180" in page.words
    # The cap is used to the last euro, and no more.
    assert page.table("Valtuutukset ja määrärahat").rows[1][1:] == ["180", "180", "180", "180", "0"]
    status = words_on(viewer.get(city.project.get_absolute_url()))
    assert "Tuloja on saatu 100 €. Kustannukset ovat tulojen jälkeen 900 €." in status.replace("\u00a0", " ")


def test_planned_revenue_that_was_not_received_is_said(viewer, city):
    page = shown(viewer, "spending")

    assert "Tuloja ei ole kirjattu" in page.words
    assert page.table("Kustannukset vuosittain").rows[-2] == [
        "Tulot (vähennetään)",
        "100",
        "0",
        "0,0 %",
        "100",
    ]


def test_the_list_of_projects_measures_costs_with_planned_costs(viewer, city):
    make_revenue(city, 100)

    assert "toteuma 100,0 %" in words_on(viewer.get(reverse("portfolio"))).replace("\u00a0", " ")


def test_the_printed_budget_shows_the_revenue(city, tmp_path):
    make_revenue(city, 100, explanation="Kurssimaksut.")

    text = flowing_text(written(budget_pdf(Project.objects.select_related("programme").get(), DAY), tmp_path))

    assert (
        "1 000 1 000 100,0 % 0 Tulot (vähennetään) 100 100 100,0 % 0 Nettokustannukset 900 900 100,0 % 0"
        in text
    )
    assert "1.3.2018 Osallistumismaksut, Osallistujat Kurssimaksut. 100" in text
    assert "– tulot 100" in text


def test_the_workbook_has_a_sheet_of_revenue(city):
    make_revenue(city, 60, explanation="Kurssimaksut.")
    make_revenue(city, 40, received_on=date(2018, 4, 1))

    rows = rows_of(read_workbook(workbook_of(city.project)), "Tulot")

    assert [[row[2], *row[3:]] for row in rows[3:5]] == [
        ["Osallistujat", "Kurssimaksut.", 60],
        ["Osallistujat", None, 40],
    ]
    assert rows[5] == ["Yhteensä", None, None, None, "=ROUND(SUM(E4:E5),2)"]


def test_another_projects_revenue_is_off_the_appropriation_that_it_draws_on(city):
    make_revenue(city, 100)
    other = make_part(make_project())
    invoice = make_invoice(other, 10)

    (use,) = used_of_appropriation("Hankkeet", besides=invoice)

    assert (use.project_id, use.year, use.own) == (city.project_id, 2018, 900)
