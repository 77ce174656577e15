"""Everybody changes the own password on a page of the site."""

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from mikrogrow.roles import ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from mikrogrow.web.login_throttle import MAX_BY_BOTH
from tests.mikrogrow.web.clock import Clock
from tests.support.cast import logged_in
from tests.support.factories import PASSWORD, make_user
from tests.support.pages import Page, posted_by, words_on

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/password/"
NEW = "aivan-toinen-sana-7"
RULES = [
    "Salasana ei saa muistuttaa nimeäsi, käyttäjätunnustasi eikä sähköpostiosoitettasi.",
    "Salasanassa on oltava vähintään 12 merkkiä.",
    "Salasana ei saa olla yleisesti käytetty.",
    "Salasanassa ei saa olla pelkkiä numeroita.",
]


def change(client, old=PASSWORD, new=NEW, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return client.post(ADDRESS, data)


def errors(response):
    return Page(response).texts("error-text")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_the_page_and_changes_the_password(role):
    user = make_user(role)
    client = logged_in(user)
    assert ADDRESS in Page(client.get("/")).links(ADDRESS)
    form = posted_by(client.get(ADDRESS))
    assert set(form) == {"csrfmiddlewaretoken", "old_password", "new_password1", "new_password2"}

    answer = change(client)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Salasanasi on vaihdettu. Muut istuntosi ovat päättyneet." in words_on(client.get("/"))
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_person_without_a_role_changes_it_too():
    user = make_user()
    user.groups.clear()

    assert change(logged_in(user)).status_code == 302


def test_this_session_goes_on_and_the_others_end():
    user = make_user()
    here, elsewhere, somebody_else = logged_in(user), logged_in(user), logged_in(VIEWER)

    change(here)

    assert [client.get("/").status_code for client in (here, elsewhere, somebody_else)] == [200, 302, 200]


def test_the_page_says_the_rules():
    page = Page(logged_in(VIEWER).get(ADDRESS))

    assert page.headings == ["Vaihda salasana", "Uuden salasanan säännöt"]
    assert page.items_under("Uuden salasanan säännöt") == RULES
    assert "Nykyinen salasana" in page.words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": "väärä"}, ["Nykyinen salasana on väärä. Kirjoita se uudelleen."]),
        ({"old": ""}, ["Täytä tämä kenttä."]),
        ({"new": ""}, ["Täytä tämä kenttä.", "Täytä tämä kenttä."]),
        ({"again": "jokin-muu-sana-8"}, ["Tässä on eri salasana kuin edellä. Kirjoita sama uusi salasana."]),
        ({"new": PASSWORD}, ["Uusi salasana on sama kuin nykyinen. Valitse toinen."]),
        ({"new": "lyhyt-1"}, ["Salasana on liian lyhyt. Siinä on oltava vähintään 12 merkkiä."]),
        ({"new": "830274619357"}, ["Salasanassa on pelkkiä numeroita. Lisää kirjaimia."]),
        ({"new": "qwerty123456"}, ["Salasana on liian yleinen. Valitse toinen salasana."]),
        (
            {"new": "matti.meikalainen"},
            ["Salasana muistuttaa liikaa toista tietoasi: käyttäjätunnus. Valitse toinen salasana."],
        ),
        (
            {"old": "väärä", "new": "lyhyt-1", "again": "lyhyt-2"},
            [
                "Nykyinen salasana on väärä. Kirjoita se uudelleen.",
                "Salasana on liian lyhyt. Siinä on oltava vähintään 12 merkkiä.",
                "Tässä on eri salasana kuin edellä. Kirjoita sama uusi salasana.",
            ],
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(fields, said):
    user = make_user(username="matti.meikalainen")

    answer = change(logged_in(user), **fields)

    assert (answer.status_code, errors(answer)) == (200, said)
    assert "Salasanaa ei vaihdettu. Korjaa alla merkityt kohdat." in words_on(answer)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_own_password_cannot_be_guessed_from_an_open_session(monkeypatch):
    clock = Clock(monkeypatch)
    client = logged_in(VIEWER)
    for _try in range(MAX_BY_BOTH):
        assert errors(change(client, old="arvaus")) == ["Nykyinen salasana on väärä. Kirjoita se uudelleen."]

    assert errors(change(client)) == [
        "Nykyinen salasana oli väärä liian monta kertaa. Odota 15 minuuttia ja yritä uudelleen."
    ]
    clock.move(minutes=15)
    assert change(client).status_code == 302


def test_an_account_that_is_closed_meanwhile_stays_closed(monkeypatch):
    user = make_user()
    client = logged_in(user)
    check = type(user).check_password

    def close_meanwhile(person, password):
        type(user).objects.filter(pk=user.pk).update(is_active=False)
        return check(person, password)

    monkeypatch.setattr(type(user), "check_password", close_meanwhile)
    change(client)

    user.refresh_from_db()
    assert not user.is_active


def test_nobody_changes_it_without_logging_in():
    answers = [Client().get(ADDRESS), change(Client())]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/accounts/login/?next={ADDRESS}")
    ] * 2


@pytest.mark.parametrize("role", [VIEWER, SYSTEM_ADMINISTRATOR])
def test_the_admin_leads_to_the_same_page(role):
    client = logged_in(role)
    expected = (403, None) if role == VIEWER else (302, ADDRESS)

    for name in ("password_change", "password_change_done"):
        answer = client.get(reverse(f"admin:{name}"))
        assert (answer.status_code, answer.headers.get("Location")) == expected
    if role == SYSTEM_ADMINISTRATOR:
        assert ADDRESS in Page(client.get("/admin/")).links(ADDRESS)


def test_who_has_no_password_sees_no_link():
    user = make_user()
    user.set_unusable_password()
    user.save()

    assert Page(logged_in(user).get("/")).links(ADDRESS) == []


def test_no_password_is_stored_or_logged_as_text(caplog):
    caplog.set_level(logging.DEBUG)
    client = logged_in(SYSTEM_ADMINISTRATOR)
    shown = [change(client, old="vanha-arvaus-99", new="lyhyt-77"), change(client)]

    stored = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            stored.append(str(cursor.fetchall()))
    pages = [answer.content.decode() for answer in shown]
    for password in (PASSWORD, NEW, "vanha-arvaus-99", "lyhyt-77"):
        assert password not in " ".join([*stored, *pages, caplog.text])
    assert not LogEntry.objects.exists()
