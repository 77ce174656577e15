"""Guessing passwords is slowed down, closes nobody out, and its answer tells nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrogrow.models import KnownAddress, LoginAttempts
from mikrogrow.web.login_throttle import (
    KNOWN_FOR,
    LONGEST_PAUSE_S,
    MAX_BY_ADDRESS,
    MAX_BY_BOTH,
    MAX_BY_NAME,
    MOST_KNOWN,
    WINDOW,
    client_address,
    network,
)
from tests.mikrogrow.web.clock import Clock
from tests.support.concurrency import at_once
from tests.support.factories import PASSWORD, make_user
from tests.support.pages import words_on

pytestmark = pytest.mark.django_db

REFUSED = (
    "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan. Monen "
    "väärän yrityksen jälkeen oikeaakaan salasanaa ei hyväksytä hetkeen. Odota 15 minuuttia ja yritä "
    "uudelleen, tai kirjaudu verkosta, josta olet kirjautunut ennenkin. Uuden salasanan antaa "
    "järjestelmän ylläpitäjä."
)
OFFICE, HOME = "192.0.2.1", "198.51.100.1"


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that have been looked at."""
    passwords = []
    encode = MD5PasswordHasher.encode

    def note(hasher, password, salt):
        passwords.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", note)
    return passwords


def log_in(username, password=PASSWORD, address=OFFICE):
    """True if the login worked; the page says one and the same where it did not."""
    data = {"username": username, "password": password}
    answer = Client().post(reverse("login"), data, REMOTE_ADDR=address)
    if answer.status_code == 302:
        return True
    assert REFUSED in words_on(answer)
    return False


def fail(username, address=OFFICE, times=1):
    for _try in range(times):
        assert not log_in(username, "väärä salasana", address)


def fail_from_many(username, times):
    """Each from an address of its own."""
    for number in range(times):
        fail(username, f"203.0.113.{number}")


def counts():
    return dict(LoginAttempts.objects.values_list("key", "count"))


# Failures of one name at one address


def test_after_five_wrong_passwords_the_right_one_is_not_taken_either():
    user = make_user()
    fail(user.username, times=MAX_BY_BOTH)

    assert not log_in(user.username)
    assert log_in(user.username, address=HOME)


def test_a_quarter_of_an_hour_later_the_right_password_is_taken(clock):
    user = make_user()
    fail(user.username, times=MAX_BY_BOTH + 1)

    clock.move(minutes=14, seconds=59)
    assert not log_in(user.username)
    clock.move(seconds=1)
    assert log_in(user.username)


def test_the_right_password_makes_earlier_slips_forgotten():
    user = make_user()
    for _round in range(3):
        fail(user.username, times=MAX_BY_BOTH - 1)
        assert log_in(user.username)


def test_one_attacker_at_one_address_closes_neither_the_name_nor_the_address():
    user, other = make_user(), make_user()
    fail(user.username, times=MAX_BY_ADDRESS + 10)

    assert log_in(user.username, address=HOME)
    assert log_in(other.username)


def test_a_refused_try_costs_nothing(hashed):
    user = make_user()
    fail(user.username, times=MAX_BY_BOTH)
    before, looked_at = counts(), len(hashed)

    assert not log_in(user.username)

    assert counts() == before
    assert len(hashed) == looked_at


# Failures of a name from many addresses


def test_a_name_under_attack_is_open_where_the_person_has_logged_in_before():
    user = make_user()
    assert log_in(user.username, address=HOME)
    fail_from_many(user.username.upper(), MAX_BY_NAME + 20)

    assert not log_in(user.username)
    assert log_in(user.username, address=HOME)


def test_a_name_under_attack_slows_down_elsewhere_and_never_closes(clock, hashed):
    user = make_user()
    fail_from_many(user.username, MAX_BY_NAME)
    hashed.clear()

    let_through = []
    for second in range(240):
        fail(user.username, f"198.18.0.{second}")
        if hashed:
            let_through.append(second)
            hashed.clear()
        clock.move(seconds=1)

    assert let_through == [0, 2, 6, 14, 30, 62, 122, 182]
    clock.move(seconds=LONGEST_PAUSE_S)
    assert log_in(user.username)


def test_a_name_that_nobody_has_is_answered_and_slowed_down_alike(clock, hashed):
    user = make_user()

    def looked_at(name):
        seen = []
        for number in range(MAX_BY_NAME + 30):
            hashed.clear()
            fail(name, f"203.0.113.{number // 2}")
            seen.append(len(hashed))
            clock.move(seconds=1)
        return seen

    of_a_person = looked_at(user.username)
    assert {0, 1} == set(of_a_person)
    assert looked_at("eikukaan") == of_a_person


# Failures of an office


def test_hundreds_of_right_logins_from_one_office_are_no_failures():
    users = [make_user() for _person in range(MAX_BY_ADDRESS + 5)]

    assert [user.username for user in users if not log_in(user.username)] == []
    assert [user.username for user in users[:40] for _time in range(3) if not log_in(user.username)] == []
    assert set(counts().values()) == {0}


def test_an_office_over_its_limit_is_open_to_those_who_have_logged_in_there():
    known, unknown = make_user(), make_user()
    assert log_in(known.username)
    for number in range(MAX_BY_ADDRESS):
        fail(f"nimi{number}")

    assert not log_in(unknown.username)
    assert log_in(unknown.username, address=HOME)
    assert log_in(known.username)


def test_somebody_known_who_errs_does_not_use_up_the_tries_of_others():
    known = make_user()
    assert log_in(known.username)
    fail(known.username, times=3)

    assert sorted(counts().values()) == [0, 0, 3]


def test_a_name_is_known_at_any_address_of_its_own_network():
    user = make_user()
    assert log_in(user.username, address="2001:db8:1:2::7")
    fail_from_many(user.username, MAX_BY_NAME + 1)

    assert log_in(user.username, address="2001:db8:1:2:ffff::9")
    assert not log_in(user.username, address="2001:db8:1:3::7")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_counts_with_those_that_its_owner_has_too(address, own):
    assert network(address) == own


# Whatever others do

NAMES = st.sampled_from(["kohde", "KOHDE", "toinen", "eikukaan"])
# Of a name, from so many addresses after this one, and the seconds until the next.
TRIES = st.lists(st.tuples(NAMES, st.integers(0, 60), st.integers(1, 40), st.integers(0, 100)), max_size=6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=TRIES)
def test_whatever_others_try_elsewhere_a_known_person_gets_in(monkeypatch, tries):
    with monkeypatch.context() as patch:
        clock = Clock(patch)
        LoginAttempts.objects.all().delete()
        KnownAddress.objects.all().delete()
        if not User.objects.filter(username="kohde").exists():
            make_user(username="kohde")
        assert log_in("kohde")
        for name, address, times, seconds in tries:
            for number in range(times):
                elsewhere = RequestFactory().post("/", REMOTE_ADDR=f"203.0.113.{address + number}")
                authenticate(elsewhere, username=name, password="väärä salasana")
            clock.move(seconds=seconds)

        assert log_in("kohde")


# Clocks, and what is kept


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(days=3)])
def test_what_was_counted_before_the_clock_was_set_back_has_expired(clock, ahead):
    user = make_user()
    fail(user.username, times=MAX_BY_BOTH)
    fail_from_many(user.username, MAX_BY_NAME + 3)
    assert not log_in(user.username)

    clock.now -= ahead

    assert log_in(user.username)


def test_a_pause_from_before_the_clock_was_set_back_is_over(clock):
    user = make_user()
    fail_from_many(user.username, MAX_BY_NAME)
    clock.move(minutes=10)
    for number in range(40):
        fail(user.username, f"198.18.0.{number}")
        clock.move(seconds=2)
    assert not log_in(user.username)

    clock.move(minutes=-5)

    assert log_in(user.username)


def test_a_person_known_in_the_future_is_not_known(clock):
    user = make_user()
    assert log_in(user.username)
    clock.move(days=-1)
    fail_from_many(user.username, MAX_BY_NAME + 1)

    assert not log_in(user.username)


def test_an_address_is_known_for_ninety_days_after_the_last_login(clock):
    user = make_user()
    assert log_in(user.username)
    for days in (89, 89):
        clock.move(days=days)
        fail_from_many(user.username, MAX_BY_NAME + 1)
        assert log_in(user.username)

    clock.now += KNOWN_FOR
    fail_from_many(user.username, MAX_BY_NAME + 1)
    assert not log_in(user.username)


def test_counts_that_are_over_are_deleted_by_the_next_try(clock):
    for number in range(20):
        fail(f"nimi{number}", f"203.0.113.{number}")
    assert LoginAttempts.objects.count() == 60

    clock.now += WINDOW
    fail("eikukaan")

    assert LoginAttempts.objects.count() == 3


def test_a_person_is_known_at_the_newest_addresses_only(clock):
    user, other = make_user(), make_user()
    assert log_in(other.username)
    for number in range(MOST_KNOWN + 5):
        clock.move(seconds=1)
        assert log_in(user.username, address=f"203.0.113.{number}")

    assert KnownAddress.objects.filter(user=user).count() == MOST_KNOWN
    assert KnownAddress.objects.filter(user=other).count() == 1
    clock.move(days=91)
    assert log_in(other.username)
    assert KnownAddress.objects.count() == 1


def test_neither_name_nor_address_can_be_read_from_what_is_kept():
    user = make_user(username="salasana-kirjoitettu-tunnukseksi")
    fail(user.username)
    assert log_in(user.username)

    kept = " ".join([*counts(), *KnownAddress.objects.values_list("key", flat=True)])
    assert "salasana" not in kept
    assert OFFICE not in kept


def test_only_our_own_proxy_may_name_an_address(settings):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="10.0.0.1, 198.51.100.7"
    )

    settings.BEHIND_PROXY = False
    assert client_address(request) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "198.51.100.7"


def test_who_is_logged_in_by_a_program_is_not_remembered(client):
    client.force_login(make_user())

    assert not KnownAddress.objects.exists()


# At the same moment


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("name", ["kohde", "eikukaan"])
def test_of_simultaneous_tries_of_a_name_no_more_than_five_are_looked_at(hashed, name):
    make_user(username="kohde")
    hashed.clear()

    at_once(lambda number: fail(name))

    assert len(hashed) == MAX_BY_BOTH
    assert list(counts().values()) == [MAX_BY_BOTH] * 3


@pytest.mark.usefixtures("threads")
def test_of_simultaneous_tries_of_a_name_under_attack_one_is_let_through(hashed):
    fail_from_many("kohde", MAX_BY_NAME)
    hashed.clear()

    at_once(lambda number: fail("kohde", f"198.18.0.{number}"))

    assert len(hashed) == 1


@pytest.mark.usefixtures("threads")
def test_of_simultaneous_tries_from_an_office_no_more_than_its_limit_are_looked_at(hashed):
    for number in range(MAX_BY_ADDRESS - 3):
        fail(f"nimi{number}")
    hashed.clear()

    at_once(lambda number: fail(f"muu{number}"))

    assert len(hashed) == 3


@pytest.mark.usefixtures("threads")
def test_simultaneous_right_logins_leave_nothing_counted():
    users = [make_user() for _person in range(8)]

    assert at_once(lambda number: log_in(users[number].username)) == [True] * 8

    assert set(counts().values()) == {0}
    assert KnownAddress.objects.count() == 8


@pytest.mark.usefixtures("threads")
def test_right_and_wrong_tries_at_once_never_wait_for_each_other_in_a_circle(clock):
    users = [make_user() for _person in range(4)]
    for number in range(30):
        fail(f"nimi{number}", f"203.0.113.{number % 3}")
    clock.now += WINDOW

    def act(number):
        name, address = users[number % 4].username, f"203.0.113.{number % 3}"
        return [log_in(name, PASSWORD if turn % 2 else "väärä", address) for turn in range(4)]

    assert at_once(act) == [[False, True, False, True]] * 8
