"""A project with much of everything asks the database no more than one with a tenth of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.big_project import TENTH, Size, make_big_project
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db

PAGES = (
    "financing",
    "plan_versions",
    "invoices",
    "claims",
    "spending",
    "reconciliation",
)


def queries(client, address):
    """How many questions a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_pages_of_a_big_project_ask_as_much_as_those_of_a_small_one(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR))
    projects = make_big_project(TENTH), make_big_project(Size())
    client.get(reverse("portfolio"))

    asked = {
        page: [queries(client, reverse(page, args=[project.slug])) for project in projects]
        for page in (*PAGES, "history")
    }

    # Both have fifty changes on the page of their history; those of the big project are of fewer kinds.
    assert asked.pop("history") == [33, 20]
    assert {page: small for page, (small, _big) in asked.items()} == {
        page: big for page, (_small, big) in asked.items()
    }
