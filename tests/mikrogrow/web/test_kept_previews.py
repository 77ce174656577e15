"""What an import shows before it is confirmed is kept for coming back to it, and no longer than needed."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import make_group, make_part, make_plan, make_project
from tests.support.pages import text_of

pytestmark = pytest.mark.django_db

GONE = "Esikatselua ei enää ole. Jos tuonti jäi kesken, valitse tiedosto uudelleen."
SHEETS = {
    "budget_import": "Rahoituslähde;Summa\nKeksitty lähde;1\n",
    "import_companies": "Yritys\nKeksitty Oy\n",
}


@pytest.fixture
def editor():
    return logged_in(BUDGET_ADMINISTRATOR)


@pytest.fixture
def addresses():
    """The page of each import."""
    project = make_project()
    make_plan(make_part(project))
    return {
        "budget_import": reverse("budget_import", args=[project.slug]),
        "import_companies": reverse("import_companies", args=[make_group(project).pk]),
    }


def uploaded(editor, addresses, name):
    """The address of the preview."""
    file = SimpleUploadedFile("a.csv", SHEETS[name].encode())
    answer = editor.post(addresses[name], {"step": "upload", "file": file})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(("seconds", "is_kept"), [(-60, True), (1, False)])
def test_a_preview_that_is_left_is_forgotten_after_an_hour(
    editor, addresses, monkeypatch, name, seconds, is_kept
):
    then = time.time() - 60 * 60 - seconds
    with monkeypatch.context() as earlier:
        earlier.setattr(time, "time", lambda: then)
        preview = uploaded(editor, addresses, name)

    page = text_of(editor.get(preview))

    assert ("Keksitty" in page, GONE in page) == (is_kept, not is_kept)
    assert ("_import_preview" in editor.session) == is_kept


@pytest.mark.parametrize("name", SHEETS)
def test_the_next_file_takes_the_place_of_the_one_before(editor, addresses, name):
    other = next(each for each in SHEETS if each != name)
    first, second = (uploaded(editor, addresses, each) for each in (name, other))

    assert GONE in text_of(editor.get(first))
    assert "Keksitty" in text_of(editor.get(second))


@pytest.mark.parametrize("name", SHEETS)
def test_a_preview_that_never_was_shows_the_page_where_a_file_is_chosen(editor, addresses, name):
    page = editor.get(f"{addresses[name]}?preview")

    assert page.status_code == 200
    assert GONE in text_of(page)
    assert "Näytä esikatselu" in text_of(page)
