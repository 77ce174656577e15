"""A preparer writes a decision: it is saved as they write, and nothing is lost whatever comes between."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import DecisionPart
from tests.browser.pages import PASSWORD, Troubles, faults, follow
from tests.support.ended_login import end_logins
from tests.support.factories import change, make_decision_part, make_draft_decision, make_part, make_project

BACKGROUND = "1_background"


@pytest.fixture
def project(site):
    project = make_project(short_name="Luvut", slug="luvut", total_cost=66_666, case_number="1/2018")
    make_part(project)
    return project


@pytest.fixture
def decision(project):
    return make_draft_decision(project, title="Osallistuminen Luvut-hankkeeseen")


def part(page, label):
    return page.locator("section.part").filter(has=page.get_by_role("heading", name=label, exact=True))


def text_of(decision, kind):
    found = DecisionPart.objects.filter(decision=decision, kind=kind).values_list("text", flat=True).first()
    return (found or "").replace("\r\n", "\n")


def open_page(logged_in, decision, name="valmistelija", **options):
    page = logged_in(name, **options)
    troubles = Troubles(page)
    page.goto(reverse("write_decision", args=[decision.pk]))
    return page, troubles


def cut_off(route):
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_a_server_that_is_away_loses_nothing(logged_in, decision):
    page, _troubles = open_page(logged_in, decision)
    page.route(
        "**/write/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    state = part(page, "Hanke").get_by_role("status")

    page.get_by_role("textbox", name="Hanke").fill("Hanke alkaa.")
    expect(state).to_contain_text("Palvelimeen ei saada yhteyttä.")
    # Reloaded, and the server still away.
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_role("textbox", name="Hanke")).to_have_value("Hanke alkaa.")
    expect(state).to_contain_text("Palvelimeen ei saada yhteyttä.")
    assert text_of(decision, BACKGROUND) == ""

    page.unroute("**/write/")
    page.get_by_role("textbox", name="Hanke").press("Control+End")
    page.keyboard.type(" Pian.")
    expect(state).to_contain_text("Tallennettu")
    assert text_of(decision, BACKGROUND) == "Hanke alkaa. Pian."


def test_two_preparers_on_one_text_lose_nothing(logged_in, decision):
    make_decision_part(decision, text="Alku.\n\nKeski.\n\nLoppu.")
    page, troubles = open_page(logged_in, decision)
    change(decision.parts.get(), text="Alussa.\n\nKeski.\n\nLoppu.")
    troubles.expected_status = 409

    area = page.get_by_role("textbox", name="Hanke")
    area.fill("Alku.\n\nKeski.\n\nLopussa.")
    expect(part(page, "Hanke").get_by_role("alert")).to_contain_text("Molempien muutokset ovat nyt kentässä")
    expect(area).to_have_value("Alussa.\n\nKeski.\n\nLopussa.")
    assert text_of(decision, BACKGROUND) == "Alussa.\n\nKeski.\n\nLoppu."
    part(page, "Hanke").get_by_role("button", name="Tallenna osa").click()

    expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Tallennettu")
    assert text_of(decision, BACKGROUND) == "Alussa.\n\nKeski.\n\nLopussa."
    assert faults(page, troubles) == []


def test_a_login_that_ends_while_one_writes_loses_nothing(logged_in, decision, contexts):
    page, troubles = open_page(logged_in, decision)
    troubles.expected_status = 401
    end_logins()

    area = page.get_by_role("textbox", name="Hanke")
    area.fill("Hanke alkaa.")
    expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Istunto on päättynyt.")
    other = page.context.new_page()
    other.goto("/accounts/login/")
    other.get_by_label("Käyttäjätunnus").fill("valmistelija")
    other.get_by_label("Salasana").fill(PASSWORD)
    follow(other.get_by_role("button", name="Kirjaudu sisään"))
    area.fill("Hanke alkaa heti.")

    expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Tallennettu")
    assert text_of(decision, BACKGROUND) == "Hanke alkaa heti."
    assert troubles == []
