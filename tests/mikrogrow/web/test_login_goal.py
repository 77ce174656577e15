"""Whatever address a login is to lead to, it ends on a page."""

import pytest
from django.test import Client

from mikrogrow.roles import BUDGET_ADMINISTRATOR, VIEWER
from tests.mikrogrow.web.clock import Clock
from tests.support.factories import PASSWORD, make_project, make_user
from tests.support.pages import words_on

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SORRY = "Sivua, jolle olit menossa, ei ole, tai sinulla ei ole oikeutta nähdä sitä."

# What is no page of ours for people who are logged in: the login leads to the front page at once.
NO_PAGES = [
    "",
    "https://example.org/",
    "https://example.org/projects/uusi/",
    "//example.org/",
    "///example.org/",
    "/\\example.org",
    "\\\\example.org/",
    "http:///example.org",
    "http://testserver//example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    " /projects/uusi/",
    "projects/uusi/",
    "?q=x",
    "#sisalto",
    "//[",
    "/ei-ole/",
    "/projects/",
    "/projects/uusi",
    "/accounts/logout",
    "/admin",
    "/projects/../",
    "/projects/%2e%2e/",
    "/static/css/site.css",
    "/healthz",
    "/calendars/1.1.x.ics",
    LOGIN,
    f"{LOGIN}?next={LOGIN}",
    "/accounts/login/../login/",
    "/accounts/session/",
    "/admin/login/?next=/admin/",
    "/projects/uusi/\0",
    "/projects/uusi/%00",
    "/?q=\0",
    "/?q=%00",
    "/?q=a\r\nSet-Cookie: a=b",
    "/projects/%FF/",
    "/projects/\ufffd/",
    f"/?q={'x' * 5_000}",
    f"/?q={'ä' * 400}",
    f"/{'x' * 70_000}/",
]
# What may be one, but answers this person with an error.
REFUSING = [
    "/projects/tuntematon/",
    "/projects/tuntematon/?on=2018-10-15",
    "/projects/tuntematon/financing/budget.pdf",
    "/projects/tuntematon/financing/budget.xlsx",
    "/decisions/99999999999999999999/",
    "/invoices/999999/",
    "/invoices/999999/file/",
    "/accounts/logout/",
    "/admin/logout/",
    "/admin/",
    "/admin/ei-ole",
    "/admin/auth/user/",
    "/admin/projects/project/1/change/",
    "/admin/ei-ole/",
]
PAGES = [
    "/",
    "/?q=a%26b&sort=-name",
    "/?on=eilen",
    "/?q=%FF",
    "/?q=\ufffd",
    "/projects/uusi/",
    "/projects/uusi/?on=2018-10-15#rahoitus",
    "/projects/uusi/financing/budget.pdf",
    "/projects/uusi/financing/budget.xlsx",
    "/accounts/password/",
    "/waiting/",
]


def ends_on(address, role=VIEWER, **fields):
    """The answers on the way after logging in, the last one last."""
    make_user(role, username="katselija", **fields)
    client = Client()
    data = {"username": "katselija", "password": PASSWORD, "next": address}
    answer = client.post(LOGIN, data, follow=True)
    return [*(url for url, _status in answer.redirect_chain)], answer


@pytest.mark.parametrize("address", NO_PAGES, ids=lambda address: repr(address[:40]))
def test_what_is_no_page_of_ours_leads_to_the_front_page(address):
    make_project(slug="uusi")

    way, answer = ends_on(address)

    assert (way, answer.status_code) == (["/"], 200)
    assert SORRY not in words_on(answer)


@pytest.mark.parametrize("address", REFUSING)
def test_a_page_that_would_be_an_error_gives_way_to_the_front_page(address):
    way, answer = ends_on(address)

    assert (way[0], way[-1], answer.status_code) == (address, "/", 200)
    assert SORRY in words_on(answer)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_answers_is_where_the_login_ends(address):
    make_project(slug="uusi")

    way, answer = ends_on(address)

    assert (way[0].replace("%EF%BF%BD", "\ufffd"), answer.status_code) == (address, 200)
    assert len(way) == 1


@pytest.mark.parametrize("address", NO_PAGES + REFUSING, ids=lambda address: repr(address[:40]))
def test_the_same_holds_for_who_is_logged_in_already(address):
    client = Client()
    client.force_login(make_user())

    answer = client.get(LOGIN, {"next": address}, follow=True)

    assert (answer.redirect_chain[-1][0], answer.status_code) == ("/", 200)


def test_a_login_may_lead_into_the_admin_for_who_may_enter_it():
    way, answer = ends_on("/admin/projects/project/", BUDGET_ADMINISTRATOR)

    assert (way, answer.status_code) == (["/admin/projects/project/"], 200)


def test_an_error_after_a_slash_was_added_gives_way_too():
    way, answer = ends_on("/admin/auth/user", BUDGET_ADMINISTRATOR)

    assert (way, answer.status_code) == (["/admin/auth/user", "/admin/auth/user/", "/"], 200)


def test_a_person_without_a_role_ends_on_the_front_page():
    user = make_user(username="rooliton")
    user.groups.clear()
    make_project(slug="uusi")
    data = {"username": "rooliton", "password": PASSWORD, "next": "/projects/uusi/"}

    answer = Client().post(LOGIN, data, follow=True)

    assert (answer.redirect_chain[-1][0], answer.status_code) == ("/", 200)


def test_later_and_elsewhere_an_error_is_an_error(monkeypatch):
    clock = Clock(monkeypatch)
    make_user(username="katselija")
    client = Client()
    address = "/projects/tuntematon/"
    client.post(LOGIN, {"username": "katselija", "password": PASSWORD, "next": address})

    assert client.get("/projects/toinen/").status_code == 404
    assert client.post(address).status_code in {404, 405}
    assert client.get(address).status_code == 302
    clock.move(minutes=1)
    assert client.get(address).status_code == 404
