"""A project whose figures cannot be computed says so itself; every other project is as it was."""

import logging
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from financing.models import ProjectSummary
from financing.queries import summaries
from financing.queries.summaries import outdate_all, update_summaries
from financing.reconciliation import explaining
from projects.models import Project
from tests.support.addresses import HTML_PAGES, address_of
from tests.support.factories import change, make_project
from tests.support.full_project import make_full_project
from tests.support.pages import Page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def faulty(monkeypatch):
    """A project among others, of which the reconciliation fails."""
    for _number in range(2):
        make_full_project()
    broken = Project.objects.order_by("pk")[0]
    change(broken, short_name="Rikki", name="Rikkinäinen hanke")
    reconcile = explaining.reconcile

    def failing(figures):
        if figures.project_id == broken.pk:
            raise KeyError(7)
        return reconcile(figures)

    monkeypatch.setattr(explaining, "reconcile", failing)
    outdate_all()
    return broken


def test_the_list_says_it_in_the_row_of_the_project_alone(viewer, faulty, caplog):
    rows = Page(viewer.get(reverse("portfolio")), plain_spaces=True).table("Hankeluettelo").rows

    by_name = {row[0].split()[0]: row for row in rows}
    assert by_name["Rikki"][-1].endswith("ei voi laskea: KeyError")
    assert [cell for cell in by_name["Rikki"][3:5] if cell.startswith("ei tiedossa")] == by_name["Rikki"][3:5]
    assert [name for name, row in by_name.items() if "ei voi laskea" in " ".join(row)] == ["Rikki"]
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [(record.getMessage(), record.exc_info[0]) for record in errors] == [
        (f"The figures of project {faulty.slug} cannot be computed.", KeyError)
    ]


def test_the_project_stands_among_what_needs_attention(viewer, faulty):
    rows = Page(viewer.get(reverse("portfolio"), {"attention": "on"})).table("Hankeluettelo").rows

    assert "Rikki" in [row[0].split()[0] for row in rows]


def test_the_findings_of_all_projects_name_it(viewer, faulty):
    response = viewer.get(reverse("findings"))

    assert "Näiden hankkeiden lukuja ei voi laskea" in text_of(response)
    assert "Rikki : KeyError" in text_of(response)
    assert {row[0].split()[0] for row in Page(response).table("Havainnot").rows} == {
        Project.objects.exclude(pk=faulty.pk).get().short_name.split()[0]
    }


@pytest.mark.parametrize("page", [page for page in HTML_PAGES if page not in {"invoice", "decision"}])
def test_its_own_pages_say_it_and_lead_on(viewer, faulty, page, caplog):
    response = viewer.get(address_of(page, faulty))

    if response.status_code == 500:
        assert "Hankkeen lukuja ei voi laskea: KeyError. Virhe on kirjattu palvelimen lokiin" in text_of(
            response
        )
        assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [KeyError]
    else:
        # What needs no reconciliation is there.
        assert response.status_code == 200
    other = Project.objects.exclude(pk=faulty.pk).get()
    assert viewer.get(address_of(page, other)).status_code == 200


def test_a_page_that_is_missing_is_no_fault_of_a_project(viewer, faulty):
    assert viewer.get(reverse("project", args=["tuntematon"])).status_code == 404


def test_the_command_reconciles_the_others_and_ends_with_one(faulty):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("reconcile", stdout=out, stderr=err)

    assert ended.value.code == 1
    assert err.getvalue().strip() == f"{faulty.slug}: ei voi laskea: KeyError"
    assert faulty.slug not in out.getvalue()
    assert Project.objects.exclude(pk=faulty.pk).get().slug in out.getvalue()


def test_it_is_computed_again_when_its_rows_change(viewer, faulty, monkeypatch):
    update_summaries()
    assert ProjectSummary.objects.get(pk=faulty.pk).fault == "KeyError"
    monkeypatch.undo()

    change(faulty, target_companies=5)
    update_summaries()

    assert ProjectSummary.objects.get(pk=faulty.pk).fault == ""


def test_among_many_only_the_faulty_one_is_left_out(monkeypatch):
    projects = [make_project() for _number in range(9)]
    make = summaries._summary

    def failing(project, figures):
        if project.pk in {projects[3].pk, projects[8].pk}:
            raise ZeroDivisionError
        return make(project, figures)

    monkeypatch.setattr(summaries, "_summary", failing)
    update_summaries()

    kept = dict(ProjectSummary.objects.order_by("pk").values_list("pk", "fault"))
    assert kept == {
        project.pk: "ZeroDivisionError" if number in {3, 8} else "" for number, project in enumerate(projects)
    }
