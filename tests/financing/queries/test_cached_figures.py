"""The figures of a project are read once for each version of its rows, and are always those of its rows."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override

from financing.models import FinancingLine, FundingSource
from financing.queries import figures as queries
from financing.queries.figures import figures_of, project_figures
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.run import reconcile
from projects.models import Project
from tests.support.concurrency import at_once
from tests.support.factories import change, make_line, make_part, make_plan, make_project
from tests.support.full_project import make_full_project
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1000)
    return Project.objects.get(pk=project.pk)


def read_again(project):
    return queries._read_figures([project])[project.pk]


def test_what_has_not_changed_is_not_read_again(project, django_assert_num_queries):
    first = figures_of(project)

    with django_assert_num_queries(1):
        assert figures_of(project) is first


def test_only_the_project_that_changed_is_read_again(project):
    other = Project.objects.get(pk=make_full_project().pk)
    before = project_figures([project, other])
    change(FinancingLine.objects.get(plan__co_implementer__project=project), stated_amount=1100)

    after = project_figures([project, other])

    assert after[other.pk] is before[other.pk]
    assert after[project.pk].city_plan.lines[0].amount == Decimal(1100)


@pytest.mark.parametrize(
    "act",
    [
        lambda: change(FinancingLine.objects.get(), stated_amount=Decimal("12.34")),
        lambda: change(FundingSource.objects.get(), name="Uusi nimi"),
        lambda: change(Project.objects.get(), total_cost=Decimal(77)),
        lambda: FinancingLine.objects.all().delete(),
        lambda: make_invoice(Project.objects.get().co_implementers.get()),
    ],
    ids=["amount", "source", "project", "deleted", "invoice"],
)
def test_figures_after_a_change_are_those_of_the_rows(project, act):
    before = figures_of(project)
    act()
    project.refresh_from_db()

    after = figures_of(project)

    assert after != before
    assert after == read_again(project)


def test_sql_by_hand_is_seen_after_a_refresh(project):
    before = figures_of(project)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE financing_financingline SET stated_amount = 5")
    assert figures_of(project) is before

    call_command("refresh", stdout=StringIO())

    assert figures_of(project).city_plan.lines[0].amount == Decimal(5)


def test_a_row_that_was_read_before_a_change_gives_its_own_values_to_nobody_else(project):
    stale = Project.objects.get(pk=project.pk)
    change(Project.objects.get(), total_cost=Decimal(77), starts_on=date(2016, 1, 1))
    project.refresh_from_db()

    assert figures_of(stale).total_cost == stale.total_cost
    assert figures_of(project).total_cost == Decimal(77)
    assert figures_of(project).starts_on == date(2016, 1, 1)


def test_each_language_has_its_own_words(project):
    with override("fi"):
        finnish = figures_of(project)
    with override("en"):
        english = figures_of(project)

    assert finnish is not english
    with override("fi"):
        assert figures_of(project) is not english


def test_findings_are_made_once_for_the_same_figures(project):
    figures = figures_of(project)
    first = project_findings(figures)

    second = project_findings(figures)

    assert second == first == reconcile(figures)
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_nobody_changes_the_list_of_findings_for_the_next(project):
    figures = figures_of(project)
    project_findings(figures).clear()

    assert project_findings(figures) == reconcile(figures)


def test_no_page_changes_what_is_cached(client, django_user_model):
    project = Project.objects.get(pk=make_full_project(3).pk)
    client.force_login(django_user_model.objects.create_superuser("paakayttaja"))
    cached = figures_of(project)
    for page in ("project", "financing", "spending", "claims", "invoices", "reconciliation", "budget_xlsx"):
        assert client.get(reverse(page, args=[project.slug])).status_code == 200
    assert client.get(reverse("portfolio")).status_code == 200

    assert figures_of(project) is cached
    assert cached == read_again(project)
    assert project_findings(cached) == project_findings(read_again(project))


def test_nobody_is_shown_figures_older_than_what_was_saved_before_they_asked(threads):
    """One person writes, others read at the same moment, each in transactions of their own."""
    created = make_project()
    make_line(make_plan(make_part(created), 1000), 0)
    saved = [0]
    seen = []

    def write_or_read(number):
        if number == 0:
            for amount in range(1, 31):
                with transaction.atomic():
                    change(FinancingLine.objects.get(), stated_amount=amount)
                saved[0] = amount
        while True:
            is_last = saved[0] == 30
            before = saved[0]
            project = Project.objects.get(pk=created.pk)
            seen.append((before, figures_of(project).city_plan.lines[0].amount))
            if is_last:
                return

    at_once(write_or_read, 4)

    assert [pair for pair in seen if pair[1] < pair[0]] == []
    assert seen[-1] == (30, Decimal(30))
