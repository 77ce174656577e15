"""What an import shows before it is confirmed is kept for each tab, and no longer than needed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from mikrogrow.models import ImportPreview
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from mikrogrow.web.kept_previews import KEPT_FOR, MOST_OF_A_PERSON
from tests.support.cast import logged_in
from tests.support.factories import PASSWORD, make_group, make_part, make_plan, make_project, make_user
from tests.support.pages import text_of

pytestmark = pytest.mark.django_db

GONE = "Esikatselua ei enää ole. Jos tuonti jäi kesken, valitse tiedosto uudelleen."
# What is sent to each import, of a name that its preview shows, and what chooses a file.
SENT = {
    "budget_import": lambda name: {"step": "upload", "file": file(f"Rahoituslähde;Summa\n{name};1\n")},
    "import_companies": lambda name: {"step": "upload", "file": file(f"Yritys\n{name}\n")},
    "paper_import": lambda name: {"text": f"Kuopion kaupunki\n\n{name}\n\nPäätös\nHyväksyttiin."},
}
CHOOSES = {
    "budget_import": "Näytä esikatselu",
    "import_companies": "Näytä esikatselu",
    "paper_import": "Liitä koko pykälä",
}


def file(content):
    return SimpleUploadedFile("a.csv", content.encode())


@pytest.fixture
def editor():
    return logged_in(make_user(SYSTEM_ADMINISTRATOR))


@pytest.fixture
def addresses():
    """The page of each import."""
    project = make_project()
    make_plan(make_part(project))
    return {
        "budget_import": reverse("budget_import", args=[project.slug]),
        "import_companies": reverse("import_companies", args=[make_group(project).pk]),
        "paper_import": reverse("paper_import"),
    }


def read_in(editor, address, import_, name):
    """The address of the preview."""
    answer = editor.post(address, SENT[import_](name))
    assert answer.status_code == 302
    return answer["Location"]


def test_each_import_that_keeps_previews_is_tried_here(addresses):
    tried = {resolve(address).func.__module__ for address in addresses.values()}
    root = Path(settings.BASE_DIR)
    keeping = {
        ".".join(path.relative_to(root).with_suffix("").parts)
        for app in ("mikrogrow", "projects", "financing", "groups")
        for path in (root / app).rglob("*.py")
        if "= KeptPreview(" in path.read_text()
    }

    assert keeping == tried


@pytest.mark.parametrize("import_", SENT)
def test_each_tab_has_its_own_preview(editor, addresses, import_):
    first, second = (read_in(editor, addresses[import_], import_, name) for name in ("Aamu Oy", "Ilta Oy"))

    assert "Aamu Oy" in text_of(editor.get(first))
    assert "Ilta Oy" in text_of(editor.get(second))
    assert "Ilta Oy" not in text_of(editor.get(first))


@pytest.mark.parametrize("import_", SENT)
def test_what_a_preview_sends_again_stays_at_its_address(editor, addresses, import_):
    first, second = (read_in(editor, addresses[import_], import_, name) for name in ("Aamu Oy", "Ilta Oy"))

    assert read_in(editor, first, import_, "Yö Oy") == first

    assert "Yö Oy" in text_of(editor.get(first))
    assert "Ilta Oy" in text_of(editor.get(second))
    assert ImportPreview.objects.count() == 2


@pytest.mark.parametrize("import_", SENT)
@pytest.mark.parametrize(("seconds", "is_kept"), [(-60, True), (1, False)])
def test_a_preview_that_is_left_is_forgotten_after_an_hour(editor, addresses, import_, seconds, is_kept):
    preview = read_in(editor, addresses[import_], import_, "Keksitty Oy")
    ImportPreview.objects.update(kept_at=timezone.now() - KEPT_FOR - timedelta(seconds=seconds))

    page = text_of(editor.get(preview))
    next_one = make_user()
    Client().post(reverse("login"), {"username": next_one.username, "password": PASSWORD})

    assert ("Keksitty Oy" in page, GONE in page) == (is_kept, not is_kept)
    assert ImportPreview.objects.exists() == is_kept


def test_a_person_has_the_newest_previews_and_nobody_elses(editor, addresses):
    other = logged_in(make_user(SYSTEM_ADMINISTRATOR, username="toinen"))
    of_other = read_in(other, addresses["paper_import"], "paper_import", "Muu Oy")

    names = [f"Yritys {number} Oy" for number in range(MOST_OF_A_PERSON + 1)]
    previews = [read_in(editor, addresses["paper_import"], "paper_import", name) for name in names]

    assert GONE in text_of(editor.get(previews[0]))
    assert all(
        name in text_of(editor.get(preview)) for name, preview in zip(names[1:], previews[1:], strict=True)
    )
    assert "Muu Oy" in text_of(other.get(of_other))
    assert GONE in text_of(editor.get(of_other))


@pytest.mark.parametrize("import_", SENT)
@pytest.mark.parametrize("key", ["", "abc", "x" * 22, "ä" * 22, "../" * 9, "\x00"])
def test_a_preview_that_never_was_shows_the_page_where_a_file_is_chosen(editor, addresses, import_, key):
    page = editor.get(addresses[import_], {"preview": key})

    assert page.status_code == 200
    assert GONE in text_of(page)
    assert CHOOSES[import_] in text_of(page)
