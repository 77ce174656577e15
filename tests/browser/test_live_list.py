"""A preparer chooses a figure of the project for a decision's text from the list beside it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import DecisionPart
from tests.browser.pages import Troubles, faults
from tests.support.factories import (
    approve,
    make_cost,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.pdfs import flowing_text, written

HIGHER = "place => document.querySelector('.part-text').getBoundingClientRect().y < place"
BEFORE = "Kaupunki osallistuu\n\nLoppu."


@pytest.fixture
def decision(site):
    part = make_part(make_project(short_name="Luvut", slug="luvut"))
    plan = make_plan(part, 59_953)
    make_line(plan, 2991, source=make_source(name="Omaraha", funder=part.organisation))
    make_cost(plan, 2017, 59_953)
    approve(plan)
    decision = make_draft_decision(part.project)
    make_decision_part(decision, text=BEFORE)
    return decision


def text_of(decision) -> str:
    return DecisionPart.objects.get(decision=decision).text.replace("\r\n", "\n")


def open_page(logged_in, decision, **options):
    page = logged_in("valmistelija", **options)
    troubles = Troubles(page)
    page.goto(reverse("write_decision", args=[decision.pk]))
    return page, troubles


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def part_of(page):
    return page.locator("section.part").filter(has=page.get_by_role("heading", name="Hanke", exact=True))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_figure_is_chosen_with_the_keyboard_alone_saved_and_printed(logged_in, decision, tmp_path, width):
    page, troubles = open_page(logged_in, decision, viewport={"width": width, "height": 900})
    area = page.get_by_role("textbox", name="Hanke")
    area.focus()
    press(page, "Control+Home", "End")

    # To the part's buttons and its link to the list, which opens at its search.
    press(page, "Tab", "Tab", "Tab", "Enter")
    search = page.get_by_role("searchbox", name="Hae lukua")
    expect(search).to_be_focused()
    expect(search).to_be_in_viewport(ratio=1)
    place = page.evaluate("scrollY")
    page.keyboard.type("OMARA 2991")
    found = page.locator("#live-figures")
    expect(found.get_by_role("status")).to_have_text("2 lukua")
    # The rows, the button of the token without a form, and the other forms.
    press(page, "Tab", "Tab", "Tab", "Enter", "Tab", "Tab", "Tab", "Tab")
    button = page.get_by_role("button", name="Lisää tekstiin: {omarahoitus: eurolla}")
    expect(button).to_be_focused()
    expect(button).to_be_in_viewport(ratio=1)
    # The text stays in sight while one chooses.
    assert page.evaluate("scrollY") == place
    press(page, "Enter")

    expect(area).to_be_focused()
    page.keyboard.type(".")
    inserted = "Kaupunki osallistuu {omarahoitus: eurolla}.\n\nLoppu."
    expect(area).to_have_value(inserted)
    expect(found.get_by_role("status")).to_have_text("Lisätty osaan Hanke: {omarahoitus: eurolla}")
    expect(part_of(page).locator(".part-state")).to_contain_text("Tallennettu")
    expect(part_of(page).get_by_text("omarahoitus, elävä luku")).to_be_visible()
    assert text_of(decision) == inserted
    printed = page.request.get(reverse("decision_pdf", args=[decision.pk])).body()
    assert "Kaupunki osallistuu 2 991 eurolla." in flowing_text(written(printed, tmp_path))
    assert faults(page, troubles) == []


def test_what_was_inserted_can_be_taken_back(logged_in, decision):
    page, troubles = open_page(logged_in, decision)
    area = page.get_by_role("textbox", name="Hanke")
    area.focus()
    press(page, "Control+Home", "End")
    page.get_by_text("Hankkeen luvut", exact=True).click()
    page.get_by_role("button", name="Lisää tekstiin: {omarahoitus}").click()
    expect(area).to_have_value("Kaupunki osallistuu {omarahoitus}\n\nLoppu.")
    expect(part_of(page).locator(".part-state")).to_contain_text("Tallennettu")

    press(page, "Control+z")

    expect(area).to_have_value(BEFORE)
    expect(part_of(page).locator(".part-state")).to_have_text("Tallentamatta")
    expect(part_of(page).locator(".part-state")).to_contain_text("Tallennettu")
    assert text_of(decision) == BEFORE
    assert troubles == []


def test_the_list_says_where_a_figure_would_go_and_what_it_does_not_find(logged_in, decision):
    page, troubles = open_page(logged_in, decision)
    found = page.locator("#live-figures")
    page.get_by_text("Hankkeen luvut", exact=True).click()
    page.get_by_role("button", name="Lisää tekstiin: {omarahoitus}").click()
    expect(found.get_by_role("status")).to_have_text("Valitse ensin tekstistä kohta, johon luku lisätään.")

    page.get_by_role("searchbox", name="Hae lukua").fill("avaruus")
    expect(found.get_by_role("status")).to_have_text("Lukua ei löydy. Kokeile lyhyempää sanaa.")
    expect(found.get_by_role("listitem")).to_have_count(0)

    # By its part's link, nobody has chosen a place in the text: it goes after it.
    part_of(page).get_by_role("link", name="Lisää hankkeen luku…").click()
    page.get_by_role("searchbox", name="Hae lukua").fill("omarahoitusosuus")
    page.get_by_role("button", name="Lisää tekstiin: {omarahoitusosuus}").click()
    expect(page.get_by_role("textbox", name="Hanke")).to_have_value(f"{BEFORE} {{omarahoitusosuus}}")

    # It stays open for the next one, and Escape closes it.
    expect(page.get_by_role("searchbox", name="Hae lukua")).to_be_visible()
    page.get_by_role("searchbox", name="Hae lukua").press("Escape")
    expect(page.get_by_role("searchbox", name="Hae lukua")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Hanke")).to_be_focused()
    expect(part_of(page).locator(".part-state")).to_contain_text("Tallennettu")
    assert troubles == []


COVERED = """list => [...document.querySelectorAll("main :is(input, textarea, button, a, summary)")]
    .filter(goal => !list.contains(goal) && goal.checkVisibility())
    .filter(goal => {
        scrollBy(0, goal.getBoundingClientRect().bottom - innerHeight);
        const {left, top, width, height} = goal.getBoundingClientRect();
        return list.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    })
    .map(goal => goal.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [1280, 360])
def test_without_scripts_the_list_lies_in_the_flow_and_its_tokens_can_be_copied(logged_in, decision, width):
    page, troubles = open_page(
        logged_in, decision, java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    found = page.locator("#live-figures")
    token = found.get_by_text("{omarahoitus}", exact=True)
    expect(token).to_be_hidden()

    part_of(page).get_by_role("link", name="Lisää hankkeen luku…").click()

    expect(token).to_be_visible()
    expect(page.get_by_text("Kopioi aaltosulkeet sisältöineen tekstiin.")).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("searchbox", name="Hae lukua")).to_be_hidden()
    expect(found.get_by_role("button")).to_have_count(0)
    assert found.evaluate(COVERED) == []
    # All figures are on the page, not in a window of their own.
    rows = found.locator(".live-scroll")
    assert rows.evaluate("rows => rows.scrollHeight <= rows.clientHeight + 1")
    page.get_by_role("textbox", name="Hanke").fill("Omaraha on {omarahoitus}.")
    part_of(page).get_by_role("button", name="Tallenna osa").click()
    expect(part_of(page).get_by_text("omarahoitus, elävä luku")).to_be_visible()
    assert text_of(decision) == "Omaraha on {omarahoitus}."
    assert troubles == []


def test_the_open_list_stays_open_over_a_reload_and_pushes_the_text_up(logged_in, decision):
    page, troubles = open_page(logged_in, decision)
    search = page.get_by_role("searchbox", name="Hae lukua")
    area = page.get_by_role("textbox", name="Hanke")
    area.evaluate("element => element.scrollIntoView({block: 'end'})")
    place = area.bounding_box()["y"]

    page.get_by_text("Hankkeen luvut", exact=True).click()
    expect(search).to_be_visible()
    page.wait_for_function(HIGHER, arg=place)
    box, found = area.bounding_box(), page.locator("#live-figures").bounding_box()
    assert box["y"] + box["height"] <= found["y"] + 1

    page.reload()
    expect(search).to_be_visible()
    page.get_by_text("Hankkeen luvut", exact=True).click()
    page.reload()
    expect(search).to_be_hidden()
    assert troubles == []
