"""Pages, the PDF and the workbook of an earlier day."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from financing.choices import InvoiceStatus
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.factories import make_decision, make_part, make_project, make_user
from tests.support.pages import Page, forms_on
from tests.support.pdfs import layout_text, written
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice():
    """Received on 2.2.2018, checked, approved and paid on the three days after."""
    return make_invoice(make_part(make_project(slug="uusi")), 100, status=InvoiceStatus.PAID, number="L-1")


STATES = [
    ("2018-02-01", None),
    ("2018-02-02", "saapunut"),
    ("2018-02-03", "tarkastettu"),
    ("2018-02-04", "hyväksytty"),
    ("2018-02-05", "maksettu"),
]


@pytest.mark.parametrize(("day", "state"), STATES)
def test_the_list_of_invoices_is_of_the_day(viewer, invoice, day, state):
    page = Page(viewer.get(f"/projects/uusi/invoices/?on={day}"))

    assert page.texts("state") == ([state] if state else [])


@pytest.mark.parametrize(("day", "state"), STATES)
def test_invoices_are_filtered_by_the_state_that_they_had(viewer, invoice, day, state):
    page = Page(viewer.get(f"/projects/uusi/invoices/?on={day}&status=2_checked"))

    assert page.texts("state") == (["tarkastettu"] if state == "tarkastettu" else [])


@pytest.mark.parametrize(("day", "state"), STATES)
def test_an_invoice_has_the_state_and_the_events_of_the_day(client, invoice, day, state):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))

    response = client.get(f"/invoices/{invoice.pk}/?on={day}")

    if state is None:
        assert Page(response).texts("notice") == [
            "Lasku ei ollut vielä saapunut 1.2.2018. Näytetään tämän päivän tilanne."
        ]
        return
    assert response.context["row"].state.label == state
    names = ["Kirjattu", "Tarkastettu", "Hyväksytty", "Maksettu"]
    place = [label for _day, label in STATES if label].index(state)
    assert [event.what for event in response.context["events"]] == names[: place + 1]
    # Steps are taken today.
    assert [form for form in forms_on(response) if "step" in form] == []


def test_the_decisions_are_those_made_by_the_day(viewer):
    project = make_project(slug="uusi")
    make_decision(project, title="Aiempi", meeting_date=date(2018, 1, 1))
    make_decision(project, title="Myöhempi", meeting_date=date(2018, 6, 1))
    make_decision(project, title="Päivä ei tiedossa")

    def titles(day):
        return {
            row[0] for row in Page(viewer.get(f"/projects/uusi/decisions/{day}")).table("Päätösluettelo").rows
        }

    assert titles("?on=2018-05-31") == {"Aiempi", "Päivä ei tiedossa"}
    assert titles("?on=2018-06-01") == titles("") == {"Aiempi", "Myöhempi", "Päivä ei tiedossa"}


def test_the_workbook_is_of_the_day(viewer, invoice):
    content = viewer.get("/projects/uusi/financing/budget.xlsx?on=2018-02-03").content
    sheet = load_workbook(BytesIO(content))["Laskut"]

    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "tarkastettu" in cells
    assert date(2018, 2, 5) not in [getattr(cell, "date", lambda: None)() for cell in cells]


def test_the_pdf_is_of_the_day(viewer, invoice, tmp_path):
    def printed(day):
        content = viewer.get(f"/projects/uusi/financing/budget.pdf?on={day}").content
        return layout_text(written(content, tmp_path, f"{day}.pdf"))

    assert "Tilanne 4.2.2018" in printed("2018-02-04").replace("\u00a0", " ")
    usage = [
        re.findall(r"Ostopalvelut +ei tiedossa +(\S+)", printed(day)) for day in ("2018-02-03", "2018-02-04")
    ]
    assert usage == [[], ["100"]]
