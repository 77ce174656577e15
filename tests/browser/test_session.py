"""A page that stands open says that the session is about to end, and puts its end off."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.pages import PASSWORD, Troubles, faults

ALMOST = "07:56:00"


def let_end_in(minutes):
    """As if nobody had used any session for the rest of its time."""
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=minutes))


def open_page(logged_in, address="/accounts/password/", name="katselija"):
    """The page with a clock that does not move by itself."""
    page = logged_in(name)
    page.clock.install()
    troubles = Troubles(page)
    page.goto(address)
    return page, troubles


def test_the_notice_comes_before_the_end_and_goes_with_the_button(logged_in):
    page, troubles = open_page(logged_in)
    notice = page.get_by_role("alert")
    field = page.get_by_label("Nykyinen salasana")
    field.fill("kesken")
    expect(notice).to_be_empty()

    let_end_in(4)
    page.clock.fast_forward(ALMOST)
    expect(notice).to_contain_text("Istuntosi päättyy kello")
    # It takes nothing away from who types.
    expect(field).to_be_focused()
    assert faults(page, troubles) == []

    button = page.get_by_role("button", name="Jatka istuntoa")
    button.focus()
    page.keyboard.press("Enter")
    expect(notice).to_be_empty()
    expect(field).to_be_focused()
    expect(field).to_have_value("kesken")
    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=7)
    assert troubles == []

    # And the same again before the new end.
    let_end_in(4)
    page.clock.fast_forward(ALMOST)
    expect(button).to_be_visible()


def test_another_window_that_used_the_session_keeps_the_notice_away(logged_in):
    page, _troubles = open_page(logged_in)
    with page.expect_response("**/accounts/session/") as asked:
        page.clock.fast_forward(ALMOST)
    assert asked.value.json()["notice"] == ""
    expect(page.get_by_role("alert")).to_be_empty()

    # It asks again, before the end that it has heard of.
    let_end_in(4)
    page.clock.fast_forward(ALMOST)
    expect(page.get_by_role("alert")).to_contain_text("Istuntosi päättyy kello")


def test_a_session_that_has_ended_leads_to_the_login_and_back(logged_in):
    page, troubles = open_page(logged_in, "/?q=grow")
    let_end_in(4)
    page.clock.fast_forward(ALMOST)
    expect(page.get_by_role("button", name="Jatka istuntoa")).to_be_visible()

    let_end_in(-1)
    page.clock.fast_forward("04:05")
    expect(page.get_by_role("alert")).to_contain_text("Istuntosi on päättynyt.")
    assert faults(page, troubles) == []
    page.get_by_role("alert").get_by_role("link", name="Kirjaudu sisään").click()
    page.get_by_label("Käyttäjätunnus").fill("katselija")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()

    expect(page.get_by_role("searchbox")).to_have_value("grow")


def test_the_admin_says_it_too(logged_in):
    page, troubles = open_page(logged_in, "/admin/", "budjetti")
    let_end_in(4)

    page.clock.fast_forward(ALMOST)

    expect(page.get_by_role("button", name="Jatka istuntoa")).to_be_visible()
    assert faults(page, troubles) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Jatka istuntoa")).to_be_hidden()


def test_while_the_server_cannot_be_reached_it_asks_again(logged_in):
    page, _troubles = open_page(logged_in)
    let_end_in(4)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(ALMOST)
    page.context.set_offline(False)

    page.clock.fast_forward("00:31")

    expect(page.get_by_role("button", name="Jatka istuntoa")).to_be_visible()


def test_a_new_password_by_keyboard_with_faults_told(logged_in):
    page, troubles = open_page(logged_in)
    page.get_by_label("Nykyinen salasana").fill("väärä")
    page.get_by_label("Uusi salasana", exact=True).fill("lyhyt")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nykyinen salasana on väärä.")).to_be_visible()
    expect(page.get_by_text("Salasana on liian lyhyt.")).to_be_visible()
    assert faults(page, troubles) == []
