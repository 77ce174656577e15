"""The health check and the pages that say that something is not there, not allowed or broken."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import include, path

from mikrogrow.database import health
from mikrogrow.web import views
from tests.support.concurrency import held_by_somebody_else
from tests.support.factories import PASSWORD, make_project, make_user
from tests.support.pages import words_on

ROOT = Path(__file__).resolve().parents[3]
ASK_HEALTH = (
    "import django; django.setup(); from django.test import Client; "
    "answer = Client(SERVER_NAME='localhost').get('/healthz'); "
    "print(answer.status_code, answer.content.decode())"
)


@login_not_required
def broken(request):
    raise ValueError("salainen yksityiskohta")


@login_not_required
def forbidden(request):
    raise PermissionDenied("salainen syy")


urlpatterns = [path("rikki", broken), path("kielletty", forbidden), path("", include("mikrogrow.urls"))]
with_broken_pages = pytest.mark.urls(__name__)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_health_check_needs_no_login(client, method):
    response = getattr(client, method)("/healthz")

    assert (response.status_code, response["Content-Type"]) == (200, "text/plain")
    assert response.content == (b"ok\n" if method == "get" else b"")


@pytest.mark.django_db
def test_the_health_check_does_not_ask_who_is_asking(viewer, django_assert_num_queries):
    # It asks the database by a connection of its own.
    with django_assert_num_queries(0):
        assert viewer.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_the_health_check_does_not_wait_for_a_database_that_hangs(client, monkeypatch):
    answers, questions = Event(), []

    def hang() -> bool:
        questions.append(1)
        return answers.wait(60)

    monkeypatch.setattr(health, "_answers", hang)
    monkeypatch.setattr(health, "SOON_S", 0.05)
    while_it_hangs = [client.get("/healthz").status_code for _question in range(3)]
    answers.set()
    monkeypatch.setattr(health, "SOON_S", 60)

    assert while_it_hangs == [503] * 3
    assert len(questions) == 1
    assert client.get("/healthz").status_code == 200


def test_the_health_check_says_that_the_database_does_not_answer(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", ASK_HEALTH],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "MIKROGROW_VAR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path}/ei/ole.sqlite3",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.stdout == "503 database does not answer\n\n"


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_says_so_to_anybody(client):
    anonymous = client.get("/ei-ole/")
    client.force_login(make_user(username="katselija"))
    known = client.get("/ei-ole/")

    sentence = "Sivua ei ole Tällaista sivua ei ole, tai sinulla ei ole oikeutta nähdä sitä. Tarkista osoite."
    assert (anonymous.status_code, known.status_code) == (404, 404)
    assert sentence in words_on(anonymous)
    assert sentence in words_on(known)
    assert "katselija" in words_on(known)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/projects/", "/projects/MIKRO GROW/", "/decisions/x/", "/decisions/-1/"]
)
def test_an_address_of_the_wrong_form_leads_nowhere(client, address):
    client.force_login(make_user())

    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 300])
def test_a_number_larger_than_any_row_has_leads_nowhere(client, number):
    client.force_login(make_user())

    assert client.get(f"/decisions/{number}/").status_code == 404
    assert client.get(f"/decisions/{number}/decision.pdf").status_code == 404


@pytest.mark.django_db
@with_broken_pages
def test_what_is_forbidden_says_whom_to_ask_and_not_why(client):
    response = client.get("/kielletty")

    assert response.status_code == 403
    assert (
        "Ei oikeuksia Käyttäjätunnuksellasi ei ole oikeutta tähän sivuun. "
        "Jos tarvitset oikeuden, pyydä sitä järjestelmän ylläpitäjältä."
    ) in words_on(response)
    assert "salainen" not in response.content.decode()


@pytest.mark.django_db
@with_broken_pages
def test_a_fault_of_ours_gives_a_sentence_and_no_detail():
    response = Client(raise_request_exception=False).get("/rikki")

    assert response.status_code == 500
    assert "Ohjelmassa on virhe Sivua ei voitu näyttää. Virhe on kirjattu palvelimen lokiin." in words_on(
        response
    )
    assert "salainen" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/logout/"])
def test_a_form_without_its_token_is_refused_with_our_own_page(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())

    response = client.post(address, {"username": "katselija", "password": "x"})

    assert response.status_code == 403
    assert "Lomaketta ei tallennettu Lomake oli ollut auki liian kauan" in words_on(response)
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("threads")
def test_while_somebody_holds_a_project_others_log_in_or_are_told_soon(monkeypatch):
    monkeypatch.setattr(views, "LOGIN_PATIENCE_MS", 200)
    user, project = make_user(), make_project()
    client = Client()

    with held_by_somebody_else(project):
        page = client.get("/accounts/login/")
        answer = client.post("/accounts/login/", {"username": user.username, "password": PASSWORD})
        health_check = client.get("/healthz")

    assert (page.status_code, health_check.status_code) == (200, 200)
    # On SQLite who writes holds the whole database.
    if connection.vendor == "sqlite":
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert words_on(answer) == (
            "Tietokanta on varattu Tietokanta on varattu Samoja tietoja käsitellään juuri nyt toisaalla. "
            "Mitään ei tallennettu. Odota hetki ja yritä uudelleen. Palaa selaimen takaisin-painikkeella "
            "lomakkeelle ja lähetä se uudelleen."
        )
    else:
        assert answer.status_code == 302
