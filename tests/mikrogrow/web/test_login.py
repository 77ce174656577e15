"""Logging in and out."""

import pytest
from django.urls import reverse

from mikrogrow.roles import ROLES
from tests.support.factories import PASSWORD, make_user
from tests.support.pages import posted_by, words_on

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
WRONG = "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan."


def log_in(client, username="katselija", password=PASSWORD, **fields):
    return client.post(LOGIN, {"username": username, "password": password, **fields})


def is_logged_in(client):
    return client.get("/").status_code == 200


def test_the_page_asks_for_a_name_and_a_password(client):
    response = client.get(LOGIN)

    assert response.status_code == 200
    assert "Kirjaudu sisään Käyttäjätunnus: Salasana: Kirjaudu sisään" in words_on(response)
    assert "Kirjaudu ulos" not in words_on(response)
    assert set(posted_by(response)) == {"csrfmiddlewaretoken", "username", "password", "next"}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_logs_in_and_comes_to_the_list(client, role):
    make_user(role, username="katselija")

    response = log_in(client)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_logged_in(client)


@pytest.mark.parametrize(
    "address",
    ["/projects/mikrogrow/", "/projects/mikrogrow/financing/?on=2018-10-15", "/?q=a%26b&sort=-name"],
)
def test_who_was_sent_to_log_in_comes_back(client, address):
    make_user(username="katselija")
    login = client.get(address)["Location"]

    form = posted_by(client.get(login))
    response = client.post(login, {**form, "username": "katselija", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "http:///example.org",
    ],
)
def test_nobody_is_sent_to_another_site(client, elsewhere):
    make_user(username="katselija")

    assert log_in(client, next=elsewhere)["Location"] == "/"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("katselija", "arvaus"),
        ("katselija", PASSWORD.upper()),
        ("Katselija", PASSWORD),
        ("olematon", PASSWORD),
        ("suljettu", PASSWORD),
        ("katselija\0", PASSWORD),
    ],
)
def test_what_is_wrong_is_never_said(client, username, password):
    make_user(username="katselija")
    make_user(username="suljettu", is_active=False)

    response = log_in(client, username, password, next="/projects/mikrogrow/")

    assert response.status_code == 200
    assert posted_by(response)["next"] == ["/projects/mikrogrow/"]
    assert not is_logged_in(client)
    if "\0" not in username:
        assert WRONG in words_on(response)


@pytest.mark.parametrize(("username", "password"), [("", PASSWORD), ("katselija", "")])
def test_an_empty_field_is_asked_for(client, username, password):
    make_user(username="katselija")

    assert "Täytä tämä kenttä." in words_on(log_in(client, username, password))


def test_what_was_typed_and_the_way_back_show_up_as_text(client):
    hostile = '"><script>alert(1)</script>'

    page = client.get(LOGIN, {"next": f"/?q={hostile}"}).content.decode()
    answer = log_in(client, hostile, next=f"/?q={hostile}")

    assert "<script" not in page + answer.content.decode()
    assert posted_by(answer)["next"] == [f"/?q={hostile}"]


def test_a_password_is_never_sent_back(client):
    assert "arvaus-123" not in log_in(client, password="arvaus-123").content.decode()


def test_who_is_logged_in_is_led_on(client):
    client.force_login(make_user())

    response = client.get(LOGIN)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_login_begins_a_new_session(client):
    make_user(username="katselija")
    client.get(LOGIN)
    session = client.session
    session["tieto"] = "vanha"
    session.save()
    before = session.session_key

    log_in(client)

    assert client.session.session_key != before


def test_logging_out_is_a_post_and_ends_the_session(client):
    client.force_login(make_user())
    session = client.session

    refused = client.get(reverse("logout"))
    still = is_logged_in(client)
    response = client.post(reverse("logout"))

    assert (refused.status_code, still) == (405, True)
    assert (response.status_code, response["Location"]) == (302, LOGIN)
    assert not is_logged_in(client)
    assert not session.exists(session.session_key)


def test_an_account_that_is_closed_is_out_at_once(client):
    user = make_user()
    client.force_login(user)
    user.is_active = False
    user.save()

    assert not is_logged_in(client)


@pytest.mark.parametrize("is_known", [True, False])
def test_an_address_that_goes_on_to_the_login_page_ends_on_the_list(client, is_known):
    user = make_user(username="katselija")
    if is_known:
        client.force_login(user)

    response = client.get(LOGIN, {"next": LOGIN}) if is_known else log_in(client, next=LOGIN)

    assert (response.status_code, response["Location"]) == (302, "/")
