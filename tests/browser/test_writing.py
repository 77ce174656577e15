"""A preparer writes a decision: it is saved as they write, and nothing is lost whatever comes between."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mikrogrow.roles import DECISION_PREPARER
from projects.choices import DecisionPartKind
from projects.decisions.first_draft import first_draft
from projects.models import DecisionPart
from tests.browser.pages import PASSWORD, Troubles, faults, follow
from tests.support.ended_login import end_logins
from tests.support.factories import (
    approve,
    change,
    decide,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_user,
)

BACKGROUND, FINANCING = DecisionPartKind.BACKGROUND, DecisionPartKind.FINANCING
THREE = "Alku.\n\nKeski.\n\nLoppu."


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


def test_a_text_that_is_too_long_to_send_is_said_and_stays(logged_in, decision, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    page, troubles = open_page(logged_in, decision)
    troubles.expected_status = 413
    area, state = page.get_by_role("textbox", name="Hanke"), part(page, "Hanke").get_by_role("status")

    area.fill("Sana " * 4_000)
    expect(state).to_have_text("Ei tallennettu: teksti on liian pitkä. Lyhennä sitä ja tallenna osa.")
    expect(area).to_have_value("Sana " * 4_000)

    area.fill("Hanke alkaa.")
    part(page, "Hanke").get_by_role("button", name="Tallenna osa").click()
    expect(state).to_contain_text("Tallennettu")
    assert text_of(decision, BACKGROUND) == "Hanke alkaa."
    assert troubles == []


def test_a_text_that_the_browser_cannot_keep_is_saved_all_the_same(logged_in, decision):
    page = logged_in("valmistelija")
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    troubles = Troubles(page)
    page.goto(reverse("write_decision", args=[decision.pk]))

    page.get_by_role("textbox", name="Hanke").fill("Hanke alkaa.")

    expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Tallennettu")
    assert text_of(decision, BACKGROUND) == "Hanke alkaa."
    assert troubles == []


# Of each page with several forms: into which field somebody types, and what would leave the page.
LEAVING = {
    "write_decision": (
        "#id_official-presenter_name",
        "form:has(#id_official-preparer_name) button[type=submit]",
    ),
    "decision_stage": ("textarea[name^=explanation-R01]", "a:text('Takaisin kirjoittamaan')"),
    "decide_decision": ("#id_meeting_conditions", "a:text('Kirjoita päätöstä')"),
    "correct_decision": ("textarea[name=reason], input[name=reason]", "a:text('Valitse toinen kohta')"),
    "decision_notice": ("#id_notice_recipient", "form:has(#id_publication_published_on) button[type=submit]"),
}


@pytest.mark.parametrize("name", LEAVING)
def test_who_leaves_what_was_typed_into_a_form_is_asked(logged_in, project, name):
    decision = make_draft_decision(project, title="Osallistuminen Luvut-hankkeeseen")
    plan = make_plan(project.co_implementers.get(), 1000)
    make_line(plan, 10)
    approve(plan)
    if name in ("correct_decision", "decision_notice"):
        decide(decision)
    field, goal = LEAVING[name]
    page = logged_in("valmistelija")
    address = reverse(name, args=[decision.pk])
    if name == "correct_decision":
        address += "?part=title"
    page.goto(address)
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    asked = []

    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(field).fill("Kesken")
    page.locator(goal).first.click()
    page.wait_for_function("document.readyState === 'complete'")
    assert asked == ["beforeunload"]
    assert page.url.endswith(address)
    expect(page.locator(field)).to_have_value("Kesken")

    # Whoever sends it is not asked.
    find_button = "each => [...each.form.elements].find((other) => other.type === 'submit')"
    button = page.locator(field).evaluate_handle(find_button).as_element()
    with page.expect_navigation():
        button.click()
    assert asked == ["beforeunload"]


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


def reach(page, goal):
    for _press in range(200):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {goal}")


def leave(page):
    page.goto(reverse("glossary"))


def come_back(page, decision):
    page.goto(reverse("write_decision", args=[decision.pk]))


@pytest.mark.parametrize(
    ("theirs", "told", "shown"),
    [
        ("Alku.\n\nHeidän.\n\nLoppu.", "Samaa kohtaa on muutettu", "Alku.\n\nOma.\n\nLoppu."),
        ("Alussa.\n\nKeski.\n\nLoppu.", "Molempien muutokset", "Alussa.\n\nOma.\n\nLoppu."),
    ],
)
@pytest.mark.parametrize("is_told_before", [True, False])
def test_text_that_comes_back_is_not_saved_over_anothers(
    logged_in, decision, theirs, told, shown, is_told_before
):
    make_decision_part(decision, text=THREE)
    page, troubles = open_page(logged_in, decision)
    troubles.expected_status = 409
    area = page.get_by_role("textbox", name="Hanke")
    notice = part(page, "Hanke").get_by_role("alert")
    page.on("dialog", lambda dialog: dialog.accept())
    if is_told_before:
        change(decision.parts.get(), text=theirs)
    else:
        page.route("**/write/", cut_off)
    area.fill("Alku.\n\nOma.\n\nLoppu.")
    if is_told_before:
        expect(notice).to_contain_text(told)
        leave(page)
    else:
        expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Palvelimeen ei saada yhteyttä.")
        leave(page)
        page.unroute("**/write/")
        change(decision.parts.get(), text=theirs)

    # As often as it is opened again.
    for _time in range(2):
        come_back(page, decision)
        expect(notice).to_contain_text(told)
        expect(area).to_have_value(shown)
        assert text_of(decision, BACKGROUND) == theirs
        leave(page)
    come_back(page, decision)
    expect(notice).to_be_visible()
    reach(page, part(page, "Hanke").get_by_role("button", name="Tallenna osa"))
    page.keyboard.press("Enter")

    expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Tallennettu")
    assert text_of(decision, BACKGROUND) == shown
    leave(page)
    come_back(page, decision)
    expect(area).to_have_value(shown)
    expect(notice).to_have_count(0)


def test_text_that_one_person_left_is_not_saved_as_anothers(logged_in, decision):
    other = make_user(DECISION_PREPARER)
    other.set_password(PASSWORD)
    other.save()
    page, _troubles = open_page(logged_in, decision)
    page.route("**/write/", cut_off)
    page.get_by_role("textbox", name="Hanke").fill("Valmistelijan teksti.")
    expect(part(page, "Hanke").get_by_role("status")).to_contain_text("Palvelimeen ei saada yhteyttä.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("glossary"))
    page.unroute("**/write/")
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.get_by_label("Käyttäjätunnus").fill(other.username)
    page.get_by_label("Salasana").fill(PASSWORD)
    follow(page.get_by_role("button", name="Kirjaudu sisään"))

    page.goto(reverse("write_decision", args=[decision.pk]))

    expect(page.get_by_role("textbox", name="Hanke")).to_have_value("")


@pytest.mark.parametrize("typed", ["", "Kesken."])
def test_a_draft_is_saved_by_the_button_that_saves_a_part(logged_in, decision, typed):
    make_decision_part(decision, FINANCING, "Vanha.")
    page, troubles = open_page(logged_in, decision)
    area = page.get_by_role("textbox", name="Rahoitus")
    if typed:
        area.fill(typed)
        expect(part(page, "Rahoitus").get_by_role("status")).to_contain_text("Tallennettu")
    reach(page, part(page, "Rahoitus").get_by_role("button", name="Laadi luonnos hankkeen tiedoista"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    notice = part(page, "Rahoitus").locator(".notice")
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("Sitä ei ole vielä tallennettu")
    # It is no error.
    expect(part(page, "Rahoitus").get_by_role("alert")).to_have_count(0)
    assert faults(page, troubles) == []

    reach(page, part(page, "Rahoitus").get_by_role("button", name="Tallenna osa"))
    page.keyboard.press("Enter")

    expect(part(page, "Rahoitus").get_by_role("status")).to_contain_text("Tallennettu")
    drafted = first_draft(decision)[FINANCING]
    assert text_of(decision, FINANCING) == drafted
    expect(area).to_have_value(drafted)
    # Nothing is left to ask about.
    page.reload()
    expect(area).to_have_value(drafted)


def test_a_draft_rests_on_what_its_page_showed(logged_in, decision):
    page, troubles = open_page(logged_in, decision)
    troubles.expected_status = 409
    make_decision_part(decision, FINANCING, "Toisen teksti.")
    follow(part(page, "Rahoitus").get_by_role("button", name="Laadi luonnos hankkeen tiedoista"))
    part(page, "Rahoitus").get_by_role("button", name="Tallenna osa").click()

    expect(part(page, "Rahoitus").get_by_role("alert")).to_contain_text("Samaa kohtaa on muutettu")
    assert text_of(decision, FINANCING) == "Toisen teksti."


@pytest.mark.parametrize("height", [800, 500])
@pytest.mark.parametrize("width", [1280, 360])
def test_what_comes_in_above_leaves_the_field_where_it_was(logged_in, decision, width, height):
    make_decision_part(decision, text=THREE)
    make_decision_part(decision, FINANCING, "Rahoitus.")
    page, _troubles = open_page(logged_in, decision, viewport={"width": width, "height": height})
    area = page.get_by_role("textbox", name="Hanke")
    change(decision.parts.get(kind=BACKGROUND), text="Alussa oli.\n\nKeski.\n\nLoppu.")
    reach(page, area)
    place = THREE.index("Keski") + len("Keski")
    area.evaluate("(area, place) => area.setSelectionRange(place, place)", place)
    page.keyboard.type("llä")
    before = area.bounding_box()["y"]

    expect(part(page, "Hanke").get_by_role("alert")).to_contain_text("Molempien muutokset")
    assert abs(area.bounding_box()["y"] - before) < 2
    page.keyboard.type("!")
    expect(area).to_have_value("Alussa oli.\n\nKeskillä!.\n\nLoppu.")


FIGURES = """Kustannukset ovat 66 667 euroa.

Lisäksi 66 667 euroa, {hankkeen kokonaiskustannukset} ja {omarahoitusta}.

- toinen 66 667 euroa"""


def selected(area):
    return area.evaluate(
        "area => [document.activeElement === area, area.selectionStart,"
        " area.value.slice(area.selectionStart, area.selectionEnd)]"
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_the_margin_leads_to_its_figure_in_the_text(logged_in, decision, width):
    make_decision_part(decision, text="Hanke maksaa 66 667 euroa.")
    make_decision_part(decision, FINANCING, FIGURES)
    page, _troubles = open_page(logged_in, decision, viewport={"width": width, "height": 740})
    area = page.get_by_role("textbox", name="Rahoitus")
    links = part(page, "Rahoitus").locator(".margin a")

    def follow_all():
        found = []
        for place in range(links.count()):
            reach(page, links.nth(place))
            page.keyboard.press("Enter")
            is_focused, start, words = selected(area)
            assert is_focused
            found.append((start, words))
            page.locator("body").evaluate("() => document.activeElement.blur()")
        return found

    starts = [FIGURES.index("66 667"), FIGURES.index("66 667", 30), FIGURES.rindex("66 667")]
    token = FIGURES.index("{omarahoitusta}")
    money = [(start, FIGURES[start : start + len("66 667 euroa")]) for start in starts]
    assert follow_all() == sorted([*money, (token, "{omarahoitusta}")])
    # And as it is once more is written.
    area.evaluate("area => area.setSelectionRange(0, 0)")
    reach(page, area)
    page.keyboard.insert_text("Näin. ")
    expect(part(page, "Rahoitus").get_by_role("status")).to_contain_text("Tallennettu")
    assert follow_all() == sorted((start + 6, words) for start, words in [*money, (token, "{omarahoitusta}")])


def test_without_scripts_the_margin_leads_to_the_field(logged_in, decision):
    make_decision_part(decision, text="Hanke maksaa 66 667 euroa.")
    page, _troubles = open_page(logged_in, decision, java_script_enabled=False)

    link = part(page, "Hanke").locator(".margin a").first
    link.focus()
    page.keyboard.press("Enter")

    target = page.locator(page.url[page.url.index("#") :])
    expect(target).to_have_value("Hanke maksaa 66 667 euroa.")


@pytest.mark.parametrize("is_open", [True, False])
def test_no_field_with_the_focus_is_behind_the_list_of_figures(logged_in, decision, is_open):
    page, _troubles = open_page(logged_in, decision, viewport={"width": 360, "height": 740})
    if is_open:
        page.locator(".live-list").evaluate("list => { list.open = true; }")
    shown = page.locator(".part-text:visible").count()
    seen = 0
    while seen < shown:
        page.keyboard.press("Tab")
        visible = page.evaluate(
            """() => {
                const field = document.activeElement;
                if (!field.matches(".part-text")) return null;
                const bar = document.querySelector(".live-list").getBoundingClientRect();
                const { top, bottom } = field.getBoundingClientRect();
                return Math.min(bottom, bar.top) - Math.max(top, 0);
            }"""
        )
        if visible is not None:
            seen += 1
            # A few lines of it at least.
            assert visible >= 90, (seen, visible)


def test_signs_that_no_font_has_are_taken_away_by_the_button_that_offers_it(logged_in, decision):
    page, troubles = open_page(logged_in, decision)
    troubles.expected_status = 422
    part(page, "Hanke").get_by_role("textbox").fill("Hanke\u4e2d alkaa.")

    part(page, "Hanke").get_by_role("button", name="Tallenna osa").click()
    offer = part(page, "Hanke").get_by_role("button", name="Poista merkit, joita ei voi tulostaa")
    offer.press("Enter")

    expect(page.get_by_text("Osa on tallennettu.")).to_be_visible()
    expect(part(page, "Hanke").get_by_role("textbox")).to_have_value("Hanke alkaa.")
    assert text_of(decision, BACKGROUND) == "Hanke alkaa."
