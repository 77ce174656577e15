"""A form that is out of date says who really changed what it shows."""

import pytest

from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.models import ProjectSpelling
from tests.support.cast import logged_in
from tests.support.every_field import admin_address
from tests.support.factories import make_cost, make_line, make_part, make_plan, make_project, make_user
from tests.support.pages import posted_by, send, text_of

pytestmark = pytest.mark.django_db

SELF = "sinä itse, toisessa ikkunassa tai aiemmin"


@pytest.fixture
def client():
    return logged_in(make_user(BUDGET_ADMINISTRATOR, is_superuser=True))


@pytest.fixture
def anna():
    return logged_in(make_user(BUDGET_ADMINISTRATOR, first_name="Anna", last_name="Ahtela"))


@pytest.fixture
def bertta():
    return logged_in(make_user(BUDGET_ADMINISTRATOR, username="bertta"))


def refused(client, row, by, changes, **own):
    """What the person is told whose form was opened before somebody changed the row."""
    address = admin_address(row)
    opened = posted_by(client.get(address))
    for person, typed in zip(by, changes, strict=True):
        assert send(person, address, typed, like=client).status_code == 302
    answer = client.post(address, {**opened, **own})
    assert answer.status_code == 200
    return text_of(answer)


def test_the_one_who_changed_the_value_is_named_not_who_saved_last(client, anna, bertta):
    project = make_project(summary="Vanha", case_number="1/2017")

    told = refused(client, project, [anna, bertta], [{"summary": "Uusi"}, {"case_number": "2/2017"}])

    assert "Lyhyesti: arvo ”Vanha” on muutettu arvoksi ”Uusi” (muuttaja: Anna Ahtela)." in told
    assert "arvo ”1/2017” on muutettu arvoksi ”2/2017” (muuttaja: bertta)." in told


def test_of_two_who_changed_the_value_the_later_is_named(client, anna, bertta):
    project = make_project(summary="Vanha")

    told = refused(client, project, [anna, bertta], [{"summary": "Uusi"}, {"summary": "Uusin"}])

    assert "on muutettu arvoksi ”Uusin” (muuttaja: bertta)." in told


def test_what_nobody_is_known_to_have_changed_names_nobody(client, anna):
    project = make_project(summary="Vanha")
    address = admin_address(project)
    send(anna, address, {"case_number": "9/2017"})
    opened = posted_by(client.get(address))
    type(project).objects.filter(pk=project.pk).update(summary="Käsin")

    told = text_of(client.post(address, opened))

    assert "Lyhyesti: arvo ”Vanha” on muutettu arvoksi ”Käsin”. Se on nyt lomakkeella." in told


def test_a_change_from_before_the_form_was_opened_names_nobody(client, anna, monkeypatch):
    project = make_project(summary="Vanha")
    address = admin_address(project)
    opened = posted_by(client.get(address))
    send(anna, address, {"summary": "Uusi"})
    monkeypatch.setattr("mikrogrow.admin.base.seen_at", lambda request: None)

    assert "arvoksi ”Uusi”. Se on nyt lomakkeella." in text_of(client.post(address, opened))


@pytest.mark.parametrize("who", ["self", "anna"])
def test_rows_that_were_added_changed_and_removed_name_who_did_it(client, anna, who):
    project = make_project()
    for spelling in ("Eka", "Toka"):
        ProjectSpelling.objects.create(project=project, spelling=spelling)
    person, words = (client, SELF) if who == "self" else (anna, "Anna Ahtela")
    changes = {"spellings-0-DELETE": "on", "spellings-1-spelling": "Muu", "spellings-2-spelling": "Kolmas"}

    told = refused(client, project, [person], [changes])

    assert f"”Eka”: rivi on poistettu (poistaja: {words})." in told
    assert f"arvo ”Toka” on muutettu arvoksi ”Muu” (muuttaja: {words})." in told
    assert f"Kolmas: rivi on lisätty (lisääjä: {words})." in told


def test_a_cell_of_a_year_names_who_filled_or_emptied_it(client, anna, bertta):
    plan = make_plan(make_part(make_project()))
    for year in (2017, 2018, 2019):
        make_cost(plan, year, 100)
    make_line(plan, 10)
    changes = [{"costs-0-year_2018": ""}, {"lines-0-year_2017": "7"}]

    told = refused(client, plan, [anna, bertta], changes)

    assert "2018, €: arvo ”100” on muutettu arvoksi (tyhjä) (muuttaja: Anna Ahtela)." in told
    assert "2017, €: arvo (tyhjä) on muutettu arvoksi ”7” (muuttaja: bertta)." in told


def test_of_rows_without_a_history_nobody_is_named(client):
    user = make_user(first_name="Vanha")

    told = refused(client, user, [client], [{"first_name": "Uusi"}])

    assert "arvo ”Vanha” on muutettu arvoksi ”Uusi”. Se on nyt lomakkeella." in told
