"""A whole project's groups: every page asks as much of the database as with a tenth of the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Attendance, Company, CompanyGroup, Experiment, Meeting
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.big_groups import TENTH, WHOLE, make_big_groups
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db

OF_PROJECT = ("groups", "experiments", "calendars", "plan_meetings", "project", "history")
OF_ROWS = {
    "group": CompanyGroup,
    "meeting": Meeting,
    "company": Company,
    "edit_company": Company,
    "experiment": Experiment,
    "new_company": CompanyGroup,
    "new_experiment": CompanyGroup,
}


def addresses(project):
    """Of every page of the project's groups; of a page of one row, of its last row."""
    groups = {"group__project": project}
    of = {
        CompanyGroup: {"project": project},
        Company: {"memberships__group__project": project},
        Meeting: groups,
        Experiment: groups,
    }
    return {page: reverse(page, args=[project.slug]) for page in OF_PROJECT} | {
        page: reverse(page, args=[model.objects.filter(**of[model]).order_by("-pk")[0].pk])
        for page, model in OF_ROWS.items()
    }


def sizes(project):
    """How many companies, meetings, attendances and experiments it has."""
    companies = Company.objects.filter(memberships__group__project=project).distinct()
    meetings, attendances, experiments = (
        model.objects.filter(**{f"{path}__project": project})
        for model, path in ((Meeting, "group"), (Attendance, "meeting__group"), (Experiment, "group"))
    )
    return tuple(rows.count() for rows in (companies, meetings, attendances, experiments))


def queries(client, address):
    # Once before, for what a process keeps.
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


def test_every_page_asks_the_same_of_a_whole_project_as_of_a_tenth_of_it(client):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    tenth, whole = make_big_groups(TENTH), make_big_groups(WHOLE)
    assert sizes(whole) == (120, 132, 3_720, 300)
    few, many = addresses(tenth), addresses(whole)

    asked = {page: (queries(client, few[page]), queries(client, many[page])) for page in few}

    # There are fewer kinds of rows among the newest changes where there are more rows.
    newest = asked.pop("history")
    assert newest[1] <= newest[0]
    assert {page: numbers for page, numbers in asked.items() if numbers[0] != numbers[1]} == {}
