"""A preparer sees a wrong figure of a draft before the meeting, mends it, and marks one of something else."""

import pytest
from playwright.sync_api import expect

from projects.models import FigureMark
from tests.browser.pages import Troubles, faults, follow
from tests.support.factories import (
    approve,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
)

WRONG = "Kaupungin omarahoitus on 14 942 €."
RIGHT = "Kaupungin omarahoitus on 14 924 €."
OF_OTHERS = "Muualla kustannukset ovat 88 888 €."


@pytest.fixture
def decision(site):
    part = make_part(make_project(short_name="Luvut", slug="luvut"))
    plan = make_plan(part, 59_953)
    make_line(plan, 14_924, source=make_source(name="Omarahoitus", funder=part.organisation))
    approve(plan)
    decision = make_draft_decision(part.project)
    make_decision_part(decision, text=f"{WRONG}\n\n{OF_OTHERS}")
    return decision


def tab_to(page, goal):
    expect(goal).to_be_visible()
    for _press in range(120):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_preparer_mends_a_figure_and_marks_another_with_the_keyboard_alone(logged_in, decision, width):
    page = logged_in("valmistelija", viewport={"width": width, "height": 900})
    troubles = Troubles(page)
    page.goto(decision.get_absolute_url())

    expect(page.get_by_text("2 tekstin lukua ei täsmää")).to_be_visible()
    tab_to(page, page.locator("#teksti-1"))
    page.keyboard.press("Enter")
    line = page.get_by_role("listitem").filter(has=page.locator("#luku-1"))
    expect(line).to_contain_text("Lähin on Omarahoitus 14 924 €")
    expect(line).to_be_in_viewport()

    edit = page.get_by_role("link", name="Muokkaa ylläpidossa")
    edit.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tallennetun tekstin luvut, jotka eivät täsmää")).to_be_visible()
    text = page.locator("textarea[name=parts-0-text]")
    text.fill(text.input_value().replace(WRONG, RIGHT))
    follow(page.get_by_role("button", name="Tallenna välillä"))
    page.get_by_role("link", name="Katso luvut tekstin vieressä").click()
    expect(page.get_by_text("1 tekstin luku ei täsmää")).to_be_visible()

    summary = page.locator("summary").filter(has_text="Ei hankkeen luku")
    tab_to(page, summary)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Miksi se ei ole hankkeen luku"))
    page.keyboard.type("Muiden alueiden hankkeita.")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_text("ei hankkeen luku: Muiden alueiden hankkeita.")).to_be_visible()
    expect(page.get_by_text("2 lukua, kaikki täsmäävät")).to_be_visible()
    expect(page.get_by_text("ei täsmää", exact=False).filter(has_text="tekstin luku")).to_have_count(0)
    assert FigureMark.objects.get().reason == "Muiden alueiden hankkeita."
    assert faults(page, troubles) == []


def test_a_page_with_wrong_figures_is_accessible_and_keeps_to_the_window(logged_in, decision):
    page = logged_in("valmistelija")
    troubles = Troubles(page)
    page.goto(decision.get_absolute_url())
    for summary in page.locator(".margin summary").all():
        summary.click()

    assert faults(page, troubles) == []
