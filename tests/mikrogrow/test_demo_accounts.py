"""manage.py demo_accounts."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from mikrogrow.demonstration.accounts import (
    ROLE_OF_ACCOUNT,
    account,
    anybody_can_log_in,
    make_missing_accounts,
)
from mikrogrow.roles import INVOICE_APPROVER
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db

TABLE = """Käyttäjätunnukset:
  katselija     Katselija
  budjetti      Budjetin ylläpitäjä
  valmistelija  Päätöksen valmistelija
  hyvaksyja     Laskujen hyväksyjä
  vetaja        Ryhmän vetäjä
  yllapito      Järjestelmän ylläpitäjä
"""
SET_EARLIER = "Salasana: asetettu aiemmin. Uuden saa näin: DEMO_PASSWORD='…' script/server\n"


@pytest.fixture(autouse=True)
def no_chosen_password(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def demo_accounts(**options):
    output = StringIO()
    call_command("demo_accounts", stdout=output, **options)
    return output.getvalue()


def passwords():
    return dict(User.objects.values_list("username", "password"))


def test_there_is_one_account_for_each_role():
    demo_accounts()
    accounts = User.objects.values_list("username", "groups__name", "is_staff", "is_superuser")
    assert sorted(accounts) == [
        ("budjetti", "Budjetin ylläpitäjä", True, False),
        ("hyvaksyja", "Laskujen hyväksyjä", True, False),
        ("katselija", "Katselija", False, False),
        ("valmistelija", "Päätöksen valmistelija", True, False),
        ("vetaja", "Ryhmän vetäjä", False, False),
        ("yllapito", "Järjestelmän ylläpitäjä", True, False),
    ]


def test_a_random_password_is_shown_when_it_is_made():
    output = demo_accounts()
    password = output.removeprefix(TABLE + "Salasana: ").removesuffix(" (näytetään vain nyt)\n")
    assert len(password) == len("xxxx-xxxx-xxxx-xxxx")
    assert [user.username for user in User.objects.all() if not user.check_password(password)] == []


def test_a_random_password_is_another_each_time():
    first = demo_accounts()
    User.objects.all().delete()
    assert demo_accounts() != first


def test_a_second_time_changes_nothing_and_shows_no_password():
    demo_accounts()
    before = passwords()
    assert demo_accounts() == TABLE + SET_EARLIER
    assert passwords() == before


def test_a_chosen_password_is_set_and_not_shown(monkeypatch):
    demo_accounts()
    monkeypatch.setenv("DEMO_PASSWORD", "valittu-salasana")
    assert demo_accounts() == TABLE + "Salasana: se, joka on ympäristömuuttujassa DEMO_PASSWORD\n"
    assert [user.username for user in User.objects.all() if not user.check_password("valittu-salasana")] == []


def test_the_same_chosen_password_again_ends_nobodys_login(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "valittu-salasana")
    demo_accounts()
    before = passwords()
    demo_accounts()
    assert passwords() == before


def test_a_chosen_password_is_not_given_to_other_people(monkeypatch):
    other = make_user(username="matti")
    monkeypatch.setenv("DEMO_PASSWORD", "valittu-salasana")
    demo_accounts()
    before = other.password
    other.refresh_from_db()
    assert other.password == before


def test_only_a_missing_account_gets_a_new_password():
    demo_accounts()
    User.objects.get(username="budjetti").delete()
    before = passwords()
    output = demo_accounts()
    assert output.startswith(TABLE + "Salasana (budjetti): ")
    assert {name: password for name, password in passwords().items() if name != "budjetti"} == before


def test_no_account_is_made_where_only_existing_ones_are_asked_for():
    assert demo_accounts(existing=True) == "Esimerkkitunnuksia ei ole.\n"
    assert User.objects.count() == 0


def test_an_account_that_was_closed_stays_closed(monkeypatch):
    demo_accounts()
    User.objects.filter(username="yllapito").update(is_active=False)
    before = passwords()["yllapito"]
    monkeypatch.setenv("DEMO_PASSWORD", "valittu-salasana")
    assert "yllapito" not in demo_accounts()
    assert passwords()["yllapito"] == before
    assert not User.objects.get(username="yllapito").is_active


def test_an_account_that_was_only_named_in_rows_gets_its_password_and_role():
    named = account("hyvaksyja")
    assert (named.has_usable_password(), anybody_can_log_in()) == (False, False)

    made = make_missing_accounts("esittely-salasana-1")

    named.refresh_from_db()
    assert made == list(ROLE_OF_ACCOUNT)
    assert (named.check_password("esittely-salasana-1"), anybody_can_log_in()) == (True, True)
    assert [group.name for group in named.groups.all()] == [INVOICE_APPROVER]
