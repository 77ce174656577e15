"""Guessing passwords is slowed down, and the answer tells nothing."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from mikrogrow.models import LoginAttempts
from mikrogrow.web.login_throttle import (
    MAX_BY_ADDRESS,
    MAX_BY_BOTH,
    MAX_BY_NAME,
    WINDOW,
    ThrottleBackend,
    client_address,
)
from tests.support.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

WRONG = "Käyttäjätunnus tai salasana on väärä."


def log_in(client, username, password=PASSWORD, address="192.0.2.1"):
    """True where the login worked; the page says the one sentence where it did not."""
    answer = client.post(reverse("login"), {"username": username, "password": password}, REMOTE_ADDR=address)
    if answer.status_code == 302:
        client.logout()
        return True
    assert WRONG in answer.content.decode()
    return False


def test_after_five_wrong_passwords_the_right_one_is_not_taken_either(client):
    user = make_user()
    for _try in range(MAX_BY_BOTH):
        assert not log_in(client, user.username, "väärä salasana")

    assert not log_in(client, user.username)


def test_another_address_may_still_log_in(client):
    user = make_user()
    for _try in range(MAX_BY_BOTH + 1):
        log_in(client, user.username, "väärä salasana")

    assert log_in(client, user.username, address="192.0.2.2")


def test_a_quarter_of_an_hour_later_the_right_password_is_taken(client):
    user = make_user()
    for _try in range(MAX_BY_BOTH + 1):
        log_in(client, user.username, "väärä salasana")
    for attempts in LoginAttempts.objects.all():
        attempts.since -= WINDOW + timedelta(seconds=1)
        attempts.save()

    assert log_in(client, user.username)


def test_the_right_password_makes_earlier_slips_forgotten(client):
    user = make_user()
    for _round in range(3):
        for _try in range(MAX_BY_BOTH - 1):
            assert not log_in(client, user.username, "väärä salasana")
        assert log_in(client, user.username)


def test_a_name_is_guarded_against_many_addresses(client):
    user = make_user()
    for number in range(MAX_BY_NAME):
        log_in(client, user.username.upper(), "väärä salasana", address=f"192.0.2.{number}")

    assert not log_in(client, user.username, address="198.51.100.1")


def test_an_address_is_guarded_against_trying_many_names(client):
    user = make_user()
    for number in range(MAX_BY_ADDRESS):
        log_in(client, f"nimi{number}", "väärä salasana")

    assert not log_in(client, user.username)


def test_a_name_that_nobody_has_gets_the_same_answer(client):
    for _try in range(MAX_BY_BOTH + 2):
        assert not log_in(client, "eikukaan", "väärä salasana")


def test_neither_name_nor_address_can_be_read_from_what_is_kept(client):
    log_in(client, "salasana-kirjoitettu-tunnukseksi", "x")

    kept = " ".join(LoginAttempts.objects.values_list("key", flat=True))
    assert "salasana" not in kept
    assert "192.0.2.1" not in kept


def test_only_our_own_proxy_may_name_an_address(settings):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="10.0.0.1, 198.51.100.7"
    )

    settings.BEHIND_PROXY = False
    assert client_address(request) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "198.51.100.7"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads do not share a database in memory")
@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted():
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")

    def guess():
        try:
            ThrottleBackend().authenticate(request, username="kohde", password="x")
        finally:
            connection.close()

    threads = [Thread(target=guess) for _number in range(MAX_BY_BOTH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(LoginAttempts.objects.values_list("count", flat=True)) == [MAX_BY_BOTH] * 3
