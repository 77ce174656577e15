"""Database away, disk full, too large a form: a page in our words, and what was typed is on it."""

import errno
import logging
import sqlite3
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from psycopg import errors

from financing.models import Invoice
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.ended_login import careful_client, end_logins, log_in
from tests.support.every_field import admin_address
from tests.support.factories import make_group, make_part, make_project, make_user
from tests.support.pages import Page, forms_on, posted_by, text_of
from tests.test_writers import WRITERS, project_of_writers

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ORIGIN": "http://testserver"}
FULL = (
    "Palvelimen levy on täynnä Palvelimen levy on täynnä Mitään ei voi tallentaa, ennen kuin levyllä on "
    "tilaa. Kerro siitä järjestelmän ylläpitäjälle. Virhe on kirjattu palvelimen lokiin."
)
AWAY = (
    "Tietokantaan ei saada yhteyttä Tietokantaan ei saada yhteyttä Tietoja ei voi juuri nyt näyttää eikä "
    "tallentaa. Odota hetki ja yritä uudelleen. Jos sama toistuu, kerro siitä järjestelmän ylläpitäjälle. "
    "Virhe on kirjattu palvelimen lokiin."
)
BROKEN = (
    "Tietokannan luku tai tallennus ei onnistunut Tietokannan luku tai tallennus ei onnistunut Palvelin ei "
    "pystynyt lukemaan tietokannan tiedostoja tai kirjoittamaan niihin. Odota hetki ja yritä uudelleen. Jos "
    "sama toistuu, kerro siitä järjestelmän ylläpitäjälle. Virhe on kirjattu palvelimen lokiin."
)
READ_ONLY = (
    "Tietokantaan ei voi kirjoittaa Tietokantaan ei voi kirjoittaa Mitään ei voi tallentaa, ennen kuin "
    "tietokantaan voi taas kirjoittaa. Kerro siitä järjestelmän ylläpitäjälle. Virhe on kirjattu palvelimen "
    "lokiin."
)
BUSY = (
    "Tietokanta on varattu Tietokanta on varattu Samoja tietoja käsitellään juuri nyt toisaalla. Mitään ei "
    "tallennettu. Odota hetki ja yritä uudelleen."
)
TRY_AGAIN = " Yritä uudelleen"
SEND_AGAIN = " Kirjoittamasi on tallessa tällä sivulla, kunnes suljet sen. Lähetä uudelleen"


def of_sqlite(code):
    cause = sqlite3.OperationalError("said by SQLite")
    cause.sqlite_errorcode = code
    return cause


# What the driver raises, and the page and seconds that answer it; None: an error of our own.
FAULTS = {
    "sqlite": {
        "full": (of_sqlite(sqlite3.SQLITE_FULL), FULL, 300),
        "gone": (of_sqlite(sqlite3.SQLITE_CANTOPEN), AWAY, 30),
        "read-only": (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), READ_ONLY, 300),
        "broken disk": (of_sqlite(sqlite3.SQLITE_IOERR_FSYNC), BROKEN, 30),
        "locked": (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), BUSY, 10),
        "no such table": (of_sqlite(sqlite3.SQLITE_ERROR), None, None),
    },
    "postgresql": {
        "full": (errors.DiskFull(), FULL, 300),
        "refused": (errors.OperationalError("connection refused"), AWAY, 30),
        "stopped": (errors.AdminShutdown(), AWAY, 30),
        "starting": (errors.CannotConnectNow(), AWAY, 30),
        "too many connections": (errors.TooManyConnections(), AWAY, 30),
        "cut": (errors.ConnectionFailure(), AWAY, 30),
        "broken disk": (errors.IoError(), BROKEN, 30),
        "locked": (errors.LockNotAvailable(), BUSY, 10),
    },
}[connection.vendor]


@contextmanager
def failing(cause, *, only_writes=False, error_class=OperationalError):
    """Every query fails meanwhile, or those that write."""

    def fail(execute, sql, params, many, context):
        if only_writes and not sql.startswith(("INSERT", "UPDATE", "DELETE")):
            return execute(sql, params, many, context)
        raise error_class("said by the database") from cause

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def client():
    client = logged_in(make_user(BUDGET_ADMINISTRATOR, is_superuser=True))
    client.raise_request_exception = False
    return client


def errors_logged(caplog):
    return [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_says_what_is_wrong_and_the_log_has_it(client, caplog, fault):
    cause, words, seconds = FAULTS[fault]

    with failing(cause):
        answer = client.get("/?q=grow")

    assert errors_logged(caplog)
    if words is None:
        assert answer.status_code == 500
    else:
        assert (answer.status_code, answer["Retry-After"]) == (503, str(seconds))
        assert text_of(answer) == words + TRY_AGAIN
        assert Page(answer).links("/?") == ["/?q=grow"]
        assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("only_writes", [True, False])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_typed_is_on_the_page_and_is_saved_when_it_is_sent_again(client, caplog, fault, only_writes):
    cause, words, seconds = FAULTS[fault]
    group = make_group(make_project())
    address = admin_address(group)
    data = {**posted_by(client.get(address)), "name": ['Uusi "nimi" <b>&amp;']}

    with failing(cause, only_writes=only_writes):
        answer = client.post(address, data, **HERE)

    if words is None:
        assert answer.status_code == 500
    else:
        assert (answer.status_code, answer["Retry-After"]) == (503, str(seconds))
        assert text_of(answer) == words + SEND_AGAIN
        assert errors_logged(caplog)
        assert client.post(address, posted_by(answer)).status_code == 302
        group.refresh_from_db()
        assert group.name == data["name"][0]


def test_every_form_can_be_sent_again(client):
    client.user = User.objects.get()
    project, answers = project_of_writers(), {}
    for name, prepare in WRITERS.items():
        post = prepare(client, project)
        with failing(FAULTS["full"][0], only_writes=True):
            failed = client.post(post.address, post.data, **HERE)

        sent_again = client.post(post.address, posted_by(failed))
        answers[name] = (failed.status_code, sent_again.status_code)

    assert answers == dict.fromkeys(WRITERS, (503, 302))


def test_a_connection_that_was_closed_is_the_database_away(client):
    with failing(None, error_class=InterfaceError):
        answer = client.get("/")

    assert (answer.status_code, text_of(answer)) == (503, AWAY + TRY_AGAIN)


def test_a_form_with_a_file_is_opened_again_and_not_saved_without_it(client):
    part = make_part(make_project())
    address = reverse("admin:financing_invoice_add")
    data = {**posted_by(client.get(address)), "supplier": ["kesken"], "payer": [str(part.pk)]}
    file = SimpleUploadedFile("lasku.pdf", b"%PDF-1.7")
    with failing(FAULTS["full"][0]):
        answer = client.post(address, {**data, "file": file}, **HERE)
    assert "Tiedosto ”lasku.pdf” ei ole tallessa: valitse se lomakkeella uudelleen." in text_of(answer)

    shown = client.post(address, posted_by(answer))

    assert (
        "Lomake on tässä niin kuin kirjoitit sen; mitään ei ole vielä tallennettu. "
        "Tiedosto ”lasku.pdf” ei säilynyt: valitse se uudelleen."
    ) in text_of(shown)
    assert (posted_by(shown)["supplier"], Invoice.objects.count()) == (["kesken"], 0)


def test_the_disk_full_while_a_file_is_sent(client, monkeypatch):
    def full(*args, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", full)
    address = reverse("admin:financing_invoice_add")

    answer = client.post(address, {"file": SimpleUploadedFile("a.pdf", b"x" * 3_000_000)}, **HERE)

    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert (
        text_of(answer) == FULL + " Palaa selaimen takaisin-painikkeella lomakkeelle ja lähetä se uudelleen."
    )


def test_no_password_comes_back():
    client = Client(raise_request_exception=False)

    with failing(FAULTS["full"][0]):
        answer = client.post("/accounts/login/", {"username": "kaisa", "password": "salaista-1"}, **HERE)

    assert answer.status_code == 503
    assert "salaista" not in answer.content.decode()
    assert forms_on(answer) == []


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_the_form_of_another_site_gets_no_token_of_ours(client, origin):
    with failing(FAULTS["full"][0]):
        answer = client.post("/admin/projects/project/add/", {"name": "vieras"}, **origin)

    assert (answer.status_code, forms_on(answer)) == (503, [])


@pytest.mark.parametrize(
    "limit",
    [
        {"DATA_UPLOAD_MAX_MEMORY_SIZE": 100},
        {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 3},
        {"DATA_UPLOAD_MAX_NUMBER_FILES": 1},
    ],
    ids=str,
)
def test_too_large_a_form_is_refused_in_our_words(client, caplog, settings, limit):
    for name, value in limit.items():
        setattr(settings, name, value)
    files = {f"file{number}": SimpleUploadedFile("a", b"a") for number in range(2)}
    fields = {f"field{number}": "a" * 50 for number in range(4)}

    answer = client.post("/admin/projects/project/add/", {**fields, **files})

    assert (answer.status_code, text_of(answer)) == (
        413,
        "Lomake on liian suuri Lomake on liian suuri Lomakkeella on enemmän tekstiä, kenttiä tai "
        "tiedostoja, kuin ohjelma voi ottaa vastaan kerralla. Mitään ei tallennettu. Palaa selaimen "
        "takaisin-painikkeella: kirjoittamasi on vielä lomakkeella. Lyhennä sitä, tai lähetä se "
        "useassa osassa.",
    )
    assert errors_logged(caplog)


def test_another_wrong_request_is_still_a_bad_request(client):
    assert client.post(reverse("admin:financing_invoice_add"), HTTP_HOST="evil.example").status_code == 400


def test_who_logged_in_again_in_another_window_sends_the_form_again():
    user, client = make_user(BUDGET_ADMINISTRATOR, is_superuser=True), careful_client()
    log_in(client, user)
    address = admin_address(make_group(make_project()))
    data = {**posted_by(client.get(address)), "name": ["kesken"]}
    end_logins()
    log_in(client, user)

    answer = client.post(address, data, **HERE)

    assert answer.status_code == 403
    assert "Lomake oli avattu, ennen kuin kirjauduit viimeksi." in text_of(answer)
    assert client.post(address, posted_by(answer), **HERE).status_code == 302
    # Another site's form gets no token, nor does a stranger's.
    assert len(forms_on(client.post(address, data, HTTP_ORIGIN="https://evil.example"))) == 1
    end_logins()
    assert forms_on(client.post(address, data, **HERE)) == []
