"""manage.py prepare."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from mikrogrow.management.commands.prepare import web_address
from projects.models import Project
from tests.support.factories import make_project, make_user

ACCOUNTS = ["budjetti", "hyvaksyja", "katselija", "valmistelija", "vetaja", "yllapito"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }


def prepare():
    output = StringIO()
    call_command("prepare", stdout=output, stderr=output)
    return output.getvalue()


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Project, User)]


def usernames():
    return sorted(User.objects.values_list("username", flat=True))


@pytest.mark.django_db
def test_an_empty_database_gets_the_demonstration_and_its_accounts():
    output = prepare()
    assert Project.objects.filter(slug="mikrogrow").count() == 1
    assert usernames() == ACCOUNTS
    assert "Osoite: http://127.0.0.1:8000/\n" in output
    assert "(näytetään vain nyt)" in output


@pytest.mark.django_db
def test_a_second_time_changes_nothing():
    prepare()
    before = rows()
    output = prepare()
    assert rows() == before
    assert output.splitlines()[0] == "Osoite: http://127.0.0.1:8000/"
    assert "(näytetään vain nyt)" not in output


@pytest.mark.django_db
def test_a_city_with_projects_and_people_gets_neither_demonstration_nor_accounts():
    make_project(slug="oma-hanke")
    make_user(username="matti")
    assert prepare() == "Osoite: http://127.0.0.1:8000/\n"
    assert list(Project.objects.values_list("slug", flat=True)) == ["oma-hanke"]
    assert usernames() == ["matti"]


@pytest.mark.django_db
def test_demonstration_accounts_that_a_city_closed_do_not_come_back():
    prepare()
    make_user(username="matti")
    User.objects.filter(username__in=ACCOUNTS).update(is_active=False)
    prepare()
    assert list(User.objects.filter(is_active=True).values_list("username", flat=True)) == ["matti"]


@pytest.mark.django_db
def test_static_files_are_collected_anew_only_where_one_has_changed(settings, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "probe.txt").write_text("ensimmäinen")
    settings.STATICFILES_DIRS = [own]
    make_project()
    collected = settings.STATIC_ROOT / "probe.txt"

    prepare()
    assert collected.read_text() == "ensimmäinen"

    collected.unlink()
    prepare()
    assert not collected.exists()

    (own / "probe.txt").write_text("toinen, pidempi")
    prepare()
    assert collected.read_text() == "toinen, pidempi"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),  # noqa: S104  (nothing is bound here)
        ("::", "http://localhost:8000/"),
        ("[::1]", "http://[::1]:8000/"),
        ("mikrogrow.example", "http://mikrogrow.example:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host, address):
    assert web_address(host, 8000) == address
