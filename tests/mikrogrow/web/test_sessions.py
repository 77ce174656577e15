"""A session ends when nobody has used it for a while, and a page that is open says so before."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mikrogrow.web import sessions
from mikrogrow.web.sessions import BEGAN
from tests.mikrogrow.web.clock import Clock
from tests.support.cast import logged_in
from tests.support.concurrency import at_once
from tests.support.factories import PASSWORD, make_user
from tests.support.pages import Page, words_on

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
STATE = "/accounts/session/"
# It reads nothing but who is asking.
PAGE = "/accounts/password/"
HOUR = 60 * 60


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def client(clock, user):
    return logged_in(user)


def is_logged_in(client):
    return client.get(PAGE).status_code == 200


def writes(client, address=PAGE):
    """How often the page writes to the table of sessions."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries if "django_session" in query["sql"] and "UPDATE" in query["sql"]])


def test_who_uses_the_site_stays_logged_in_for_longer_than_eight_hours(client, clock):
    for hours in (7, 7, 7):
        clock.move(hours=hours)
        assert is_logged_in(client)


@pytest.mark.parametrize(("idle", "expected"), [(8 * HOUR - 1, True), (8 * HOUR, False)])
def test_who_does_not_use_it_for_eight_hours_is_logged_out(client, clock, idle, expected):
    clock.move(hours=1)
    assert is_logged_in(client)

    clock.move(seconds=idle)

    assert is_logged_in(client) == expected


def test_a_day_after_the_login_everybody_logs_in_again(client, clock):
    for _time in range(3):
        clock.move(hours=7, minutes=50)
        assert is_logged_in(client)

    clock.move(minutes=29)
    assert is_logged_in(client)
    clock.move(minutes=1)
    assert not is_logged_in(client)


def test_a_page_writes_only_if_none_has_for_five_minutes(client, clock):
    minutes = (0, 1, 4, 1, 1, 10, 0)

    counted = []
    for passed in minutes:
        clock.move(minutes=passed)
        counted.append(writes(client))

    assert counted == [0, 0, 0, 1, 0, 1, 0]


def test_the_cookie_lasts_as_long_as_the_session_can_be_put_off(clock, settings):
    make_user(username="katselija")
    client = type(logged_in())()
    data = {"username": "katselija", "password": PASSWORD}
    answer = client.post("/accounts/login/", data)

    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] in {24 * HOUR, 24 * HOUR - 1}


def test_what_another_request_stores_in_the_session_meanwhile_stays(client, clock):
    clock.move(minutes=10)
    ours, theirs = client.session, client.session
    ours.get(BEGAN)
    theirs["muuta"] = 1
    theirs.save()

    sessions.put_off(ours)

    assert client.session["muuta"] == 1


def test_a_session_that_has_ended_meanwhile_is_not_made_again(client, clock):
    clock.move(minutes=10)
    ours = client.session
    ours.get(BEGAN)
    Session.objects.all().delete()

    sessions.put_off(ours)

    assert not Session.objects.exists()


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(days=400)])
def test_a_session_from_before_the_clock_was_set_back_has_ended(client, clock, back):
    clock.now -= back

    assert not is_logged_in(client)
    assert not Session.objects.exists()


def test_clocks_of_two_servers_may_differ_a_little(client, clock):
    clock.move(seconds=-30)

    assert is_logged_in(client)


def test_a_shorter_time_holds_at_once(client, clock, settings):
    settings.SESSION_COOKIE_AGE = 30 * 60

    assert not is_logged_in(client)


def test_a_shorter_longest_time_holds_at_once(client, clock, settings):
    clock.move(hours=7)
    assert is_logged_in(client)
    settings.SESSION_LONGEST_AGE = 6 * HOUR

    assert not is_logged_in(client)


def test_a_session_of_an_earlier_release_ends_when_that_said(client, clock):
    session = client.session
    del session[BEGAN]
    session.save()
    clock.move(hours=7)
    assert is_logged_in(client)

    clock.move(hours=1)
    assert not is_logged_in(client)


def test_a_login_deletes_sessions_that_have_ended(client, clock, user):
    clock.move(hours=9)
    logged_in(user)
    type(client)().post("/accounts/login/", {"username": user.username, "password": PASSWORD})

    assert Session.objects.count() == 2


@pytest.mark.usefixtures("threads")
def test_a_page_is_shown_though_the_end_cannot_be_put_off_just_now(monkeypatch):
    monkeypatch.setattr(sessions, "PATIENCE_MS", 50)
    client = logged_in()
    ends = Session.objects.get().expire_date - timedelta(hours=1)
    Session.objects.update(expire_date=ends)

    with transaction.atomic():
        list(Session.objects.select_for_update())
        assert at_once(lambda number: is_logged_in(client), people=1) == [True]

    assert Session.objects.get().expire_date == ends
    assert is_logged_in(client)
    assert Session.objects.get().expire_date > ends


# What an open page asks


def state(client, method="get"):
    answer = getattr(client, method)(STATE)
    assert answer.status_code == 200
    return answer.json()


def test_a_page_knows_when_to_ask(client, clock):
    def ask_in():
        return client.get("/").content.decode().partition('data-ask-in="')[2].partition('"')[0]

    assert ask_in() == str(8 * HOUR - 300)
    clock.move(minutes=4)
    assert ask_in() == str(8 * HOUR - 300 - 240)
    clock.move(minutes=2)
    assert ask_in() == str(8 * HOUR - 300)


def test_asking_is_no_use_of_the_session(client, clock):
    assert state(client) == {"notice": "", "ask_in": 8 * HOUR - 300}
    clock.move(hours=7, minutes=54)
    assert state(client) == {"notice": "", "ask_in": 60}
    clock.move(minutes=2)

    soon = state(client)
    assert soon["ask_in"] == 241
    clock.move(minutes=4)
    ended = state(client)
    assert ended["ask_in"] == 0
    assert not is_logged_in(client)


def test_the_button_puts_the_end_off(client, clock):
    clock.move(hours=7, minutes=57)

    assert state(client, "post") == {"notice": "", "ask_in": 8 * HOUR - 300}
    clock.move(hours=7)
    assert is_logged_in(client)


def notice(client):
    class Answer:
        content = state(client)["notice"].encode()

    return Page(Answer)


def test_the_notice_says_when_and_offers_to_go_on(client, clock):
    clock.now = clock.now.replace(hour=6, minute=0, second=0, microsecond=0)
    client = logged_in()
    clock.move(hours=7, minutes=57)

    page = notice(client)

    assert page.words in {
        f"Istuntosi päättyy kello {hour}.00, koska et ole käyttänyt sivuja vähään aikaan. Jatka istuntoa"
        for hour in (16, 17)
    }


def test_at_the_end_of_the_day_it_cannot_go_on(client, clock):
    for _time in range(3):
        clock.move(hours=7, minutes=55)
        assert is_logged_in(client)
    clock.move(minutes=11)

    page = notice(client)

    assert "eikä sitä voi enää jatkaa. Tallenna keskeneräinen työsi" in page.words
    assert "Jatka istuntoa" not in page.words
    assert state(client, "post")["ask_in"] == 241


def test_after_the_end_it_leads_to_the_login(client, clock):
    clock.move(hours=8)

    page = notice(client)

    assert page.words == (
        "Istuntosi on päättynyt. Jos kirjoitit lomakkeeseen, tallenna se: kirjoittamasi säilyy, ja näet sen "
        "kirjautumisen jälkeen. Muuten kirjaudu uudelleen sisään. Kirjaudu sisään"
    )
    assert page.links("") == [""]
    assert state(client, "post")["ask_in"] == 0


def test_a_stranger_learns_nothing(client):
    assert state(type(client)())["ask_in"] == 0
    assert client.put(STATE).status_code == 405


def test_the_login_page_asks_nothing(client):
    page = type(client)().get("/accounts/login/")

    assert "session.js" not in page.content.decode()
    assert "Istunto" not in words_on(page)


@pytest.mark.parametrize(
    ("minutes", "hours", "said"),
    [
        ("10", "2", "600 7200"),
        ("", "", "28800 86400"),
        ("4", "2", "SESSION_IDLE_MINUTES must be at least 5, and SESSION_LONGEST_HOURS at least 1"),
        ("10", "0", "SESSION_IDLE_MINUTES must be at least 5, and SESSION_LONGEST_HOURS at least 1"),
    ],
)
def test_a_city_sets_both_times(tmp_path, minutes, hours, said):
    code = "from mikrogrow import settings as s; print(s.SESSION_COOKIE_AGE, s.SESSION_LONGEST_AGE)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "MIKROGROW_VAR": str(tmp_path),
            "SESSION_IDLE_MINUTES": minutes,
            "SESSION_LONGEST_HOURS": hours,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert said in result.stdout + result.stderr
