"""An approver works off the waiting list with the keyboard alone."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from financing.choices import InvoiceStatus
from financing.models import Invoice
from tests.browser.pages import Troubles, faults, follow
from tests.support.factories import (
    approve,
    decide,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.spending_factories import make_approver, make_invoice

ENTER = "Enter"


@pytest.fixture
def invoices(site):
    """Three checked invoices: one within the cap of 1 000 euros, one that takes it over, and a wrong one."""
    # What the demonstration has waiting is another matter.
    Invoice.objects.filter(status=InvoiceStatus.CHECKED).delete()
    project = make_project(short_name="Näyttely", slug="nayttely")
    city = make_part(project)
    plan = make_plan(city, 10_000)
    make_line(plan, 10_000, source=make_source(funder=city.organisation))
    make_cost(plan, 2018, 10_000)
    approve(plan)
    decision = make_draft_decision(project, section=7)
    commitment = make_commitment(decision, 1000)
    decide(decision)
    make_approver(decision, User.objects.get(username="hyvaksyja"))
    return [
        make_invoice(
            city,
            net,
            status=InvoiceStatus.CHECKED,
            commitment=commitment,
            number=number,
            due_on=date(2018, 3, day),
        )
        for day, (number, net) in enumerate([("N-1", 600), ("N-2", 500), ("N-3", 100)], start=1)
    ]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, role, name):
    """Walks with the Tab key to what has this role and name."""
    goal = page.get_by_role(role, name=name, exact=True)
    expect(goal).to_be_visible()
    for _press in range(80):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {role} {name}")


def sees_done(page, heading, sentence):
    """The next page has the focus on its heading, which says what was done."""
    title = page.get_by_role("heading", level=1, name=heading, exact=True)
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description(sentence)
    expect(page.get_by_role("status")).to_have_text(sentence)


def test_an_approver_works_off_the_list_with_the_keyboard_alone(logged_in, invoices):
    page = logged_in("hyvaksyja")
    troubles = Troubles(page)
    page.goto("/")
    tab_to(page, "link", "Minua odottavat")
    press(page, ENTER)
    expect(page.get_by_role("heading", level=2)).to_contain_text("3 laskua")

    tab_to(page, "link", "Palvelu Oy N-1")
    press(page, ENTER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lasku N-1, Palvelu Oy")
    tab_to(page, "button", "Hyväksy lasku")
    press(page, ENTER)

    # The next one opens: it takes the cap over its limit and is not approved without a word.
    sees_done(page, "Lasku N-2, Palvelu Oy", "Lasku Palvelu Oy N-1 on hyväksytty.")
    expect(page.get_by_role("heading", name="1 asia vaatii selityksen")).to_be_visible()
    assert faults(page, troubles) == []
    tab_to(page, "button", "Hyväksy lasku")
    press(page, ENTER)
    expect(page.get_by_role("alert").first).to_contain_text(
        "Kirjoita selitys, miksi lasku hyväksytään silti."
    )
    assert faults(page, troubles) == []
    tab_to(page, "textbox", "Selitys")
    page.keyboard.type("Lisätyöstä sovittiin.")
    press(page, "Tab", ENTER)

    # The last one is rejected, and the list comes back, empty.
    sees_done(page, "Lasku N-3, Palvelu Oy", "Lasku Palvelu Oy N-2 on hyväksytty.")
    summary = page.get_by_text("Hylkää lasku…")
    while not summary.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    press(page, ENTER, "Tab")
    expect(page.get_by_role("textbox", name="Hylkäämisen syy")).to_be_focused()
    page.keyboard.type("Väärä maksaja.")
    press(page, "Tab", ENTER)
    sees_done(page, "Minua odottavat", "Lasku Palvelu Oy N-3 on hylätty.")
    expect(page.get_by_text("Yksikään lasku ei odota sinua.")).to_be_visible()
    assert faults(page, troubles) == []

    rows = Invoice.objects.filter(pk__in=[invoice.pk for invoice in invoices]).order_by("pk")
    assert [(row.status, row.approval_note, row.rejection_reason) for row in rows] == [
        (InvoiceStatus.APPROVED, "", ""),
        (InvoiceStatus.APPROVED, "Lisätyöstä sovittiin.", ""),
        (InvoiceStatus.REJECTED, "", "Väärä maksaja."),
    ]


def test_a_clerk_enters_an_invoice_and_finds_its_next_step(logged_in, invoices):
    page = logged_in("budjetti")
    page.goto("/projects/nayttely/invoices/")
    page.get_by_role("link", name="Kirjaa lasku").click()
    page.get_by_label("Hanke").select_option(label=str(invoices[0].payer))
    page.get_by_label("Toimittaja:").fill("Viestintä Oy")
    page.get_by_label("Laskun numero").fill("A-7")
    page.get_by_label("Laskun päivä").fill("2018-02-01")
    for label, amount in (("Veroton, €", "1 000"), ("Arvonlisävero, €", "240"), ("Yhteensä, €", "1 240")):
        page.get_by_label(label).fill(amount)
    page.get_by_label("Kustannuslaji").select_option(label="ostopalvelut")
    page.get_by_label("Kustannusvuosi").fill("2018")
    follow(page.get_by_role("button", name="Tallenna välillä"))

    page.get_by_role("link", name="Tarkasta tai hylkää…").click()
    page.get_by_role("button", name="Merkitse tarkastetuksi").click()

    expect(page.get_by_role("status")).to_have_text("Lasku Viestintä Oy A-7 on tarkastettu.")
    expect(page.get_by_role("listitem").filter(has_text="2 Tarkastettu")).to_have_attribute(
        "aria-current", "step"
    )
