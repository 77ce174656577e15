"""Drafts that were deleted are listed from the history, for those who write decisions."""

import pytest
from django.urls import reverse

from mikrogrow.history import with_author
from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import make_draft_decision, make_project, make_user
from tests.support.pages import Page, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/decisions/deleted/"


def delete(title="Osallistuminen Kampus-hankkeeseen", project=None, user=None):
    draft = make_draft_decision(
        project or make_project(short_name="Kampus", slug=title[:5].lower()), title=title
    )
    with_author(draft, user, "Tehtiin kahdesti.").delete()


def test_a_deleted_draft_is_listed_with_its_project_person_and_time():
    user = make_user(DECISION_PREPARER, first_name="Kaisa", last_name="Kirjaaja")
    delete(user=user)
    make_draft_decision(make_project(), title="Tallella")

    page = logged_in(user).get(ADDRESS)

    (row,) = Page(page).table("Poistetut luonnokset").rows
    assert row[:5] == [
        "Osallistuminen Kampus-hankkeeseen",
        "Kampus",
        "Kaupunginhallitus",
        "luonnos",
        "Kaisa Kirjaaja",
    ]
    assert "Tehtiin kahdesti." in row[5]
    assert "Tallella" not in text_of(page)


def test_without_any_the_page_says_so():
    assert "Luonnoksia ei ole poistettu." in text_of(logged_in(DECISION_PREPARER).get(ADDRESS))


@pytest.mark.parametrize("role", ROLES)
def test_only_who_writes_decisions_sees_them_and_the_link(role):
    client = logged_in(role)
    may = role in {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}

    assert client.get(ADDRESS).status_code == (200 if may else 403)
    assert ("Poistetut luonnokset" in text_of(client.get(reverse("all_decisions")))) is may


def test_who_is_not_logged_in_is_sent_to_log_in(client):
    assert client.get(ADDRESS)["Location"] == "/accounts/login/?next=/decisions/deleted/"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow_with_the_drafts(rows, django_assert_num_queries):
    for number in range(rows):
        delete(f"{number} luonnos", make_project())
    client = logged_in(DECISION_PREPARER)

    # Session, user, rights; the number, the records, their projects; the banner.
    with django_assert_num_queries(8):
        client.get(ADDRESS)
