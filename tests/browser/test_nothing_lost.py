"""What somebody types is there after the session has ended, and after the disk was full."""

import sqlite3

from django.db import OperationalError, connection
from playwright.sync_api import expect
from psycopg import errors

from projects.models import DecisionPart
from tests.browser.pages import PASSWORD, Troubles, faults, follow
from tests.support.ended_login import end_logins
from tests.support.factories import make_decision_part, make_draft_decision
from tests.support.full_project import make_full_project

TEXT = 'Hanke alkaa "heti".\n\n- <b>ensin</b> koulutus\n- sitten neuvonta & tuki'


def open_part(logged_in, name="valmistelija"):
    decision = make_draft_decision(make_full_project())
    part = make_decision_part(decision, text="Vanha teksti.")
    page = logged_in(name)
    troubles = Troubles(page)
    page.goto(f"/admin/projects/decision/{decision.pk}/change/")
    page.locator("textarea[name=parts-0-text]").fill(TEXT)
    return part, page, troubles


def save(page):
    page.locator("input[name=_save]").click()


def stored(part):
    return DecisionPart.objects.get(pk=part.pk).text.replace("\r\n", "\n")


def test_the_session_ends_while_a_decision_is_written(logged_in):
    part, page, troubles = open_part(logged_in)
    end_logins()

    save(page)
    expect(page.locator("#viestit")).to_contain_text("Istunto oli päättynyt.")
    page.get_by_label("Käyttäjätunnus").fill("valmistelija")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()

    expect(page.get_by_role("alert").first).to_contain_text("Istunto päättyi, kun kirjoitit.")
    expect(page.locator("textarea[name=parts-0-text]")).to_have_value(TEXT)
    assert stored(part) == "Vanha teksti."
    assert faults(page, troubles) == []

    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert stored(part) == TEXT
    assert troubles == []


def disk_full():
    if connection.vendor == "postgresql":
        return errors.DiskFull()
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    return cause


def test_the_disk_is_full_when_a_decision_is_saved(logged_in, monkeypatch):
    part, page, troubles = open_part(logged_in)
    troubles.expected_status = 503

    def full(*args, **options):
        raise OperationalError from disk_full()

    with monkeypatch.context() as patch:
        patch.setattr(DecisionPart, "save", full)
        save(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Palvelimen levy on täynnä")
        assert faults(page, troubles) == []
    follow(page.get_by_role("button", name="Lähetä uudelleen"))

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert stored(part) == TEXT
    assert troubles == []
