"""What is kept of each project is always what computing it anew gives."""

from datetime import date
from decimal import Decimal
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from financing.models import FinancingLine, FinancingPlan, FindingExplanation, KeptFinding, ProjectSummary
from financing.queries import summaries as queries
from financing.queries.figures import figures_of
from financing.queries.summaries import update_summaries, wrong_summaries
from financing.reconciliation.explaining import count_unexplained, project_findings
from financing.reconciliation.findings import FOUND, Level
from financing.reports.findings import ChosenFindings, findings_in_words
from financing.rules.city_money import city_money
from mikrogrow.database.frozen import drop_triggers
from mikrogrow.database.versions import SUMMARIES, version_of
from mikrogrow.models import ChangedProject
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from mikrogrow.values.money import cents_of
from projects.choices import STATUS_PLACES, ProjectStatus
from projects.models import Organisation, Project
from projects.pages.portfolio import Chosen, chosen_summaries
from projects.schedule import share_of_time, status_on, time_gone
from tests.support.cast import logged_in
from tests.support.concurrency import at_once
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    change,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.side_by_side import change_something, differences
from tests.support.spending_factories import make_explanation

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)


def kept():
    columns = list(computed(Project.objects.first())) if Project.objects.exists() else ["project_id"]
    return {row["project_id"]: row for row in ProjectSummary.objects.values(*columns)}


def kept_findings():
    rows = KeptFinding.objects.order_by("project", "position")
    return list(rows.values_list("project", "position", "is_explained", "severity", "code"))


def computed(project):
    """The same columns, from the figures."""
    figures = figures_of(project)
    findings, money = project_findings(figures), city_money(figures)
    levels = count_unexplained(findings)
    spellings = list(project.spellings.values_list("spelling", flat=True))
    names = [project.name, project.short_name, project.case_number, project.eura_code, *spellings]
    return {
        "project_id": project.pk,
        "programme": project.programme_id,
        "names": "\n".join(names).casefold(),
        "status_place": STATUS_PLACES[project.status],
        "first_day": project.starts_on and project.starts_on.toordinal(),
        "last_day": project.ends_on and project.ends_on.toordinal(),
        "planned": cents_of(figures.city_plan.cost) if figures.city_plan else None,
        "used": cents_of(money.used.total.actual) if figures.invoices else None,
        "liability": cents_of(money.liability.total),
        "has_commitment": bool(figures.commitments),
        "authorised": cents_of(money.liability.authorised),
        "outside": cents_of(money.liability.outside),
        "errors": levels[Level.ERROR],
        "warnings": levels[Level.WARNING],
        "notes": levels[Level.NOTE],
        "explained": sum(finding.is_explained for finding in findings),
    }


def computed_findings(projects):
    return [
        (project.pk, position, finding.is_explained, FOUND.index(finding.level), finding.code)
        for project in projects
        for position, finding in enumerate(
            finding for finding in project_findings(figures_of(project)) if finding.is_found
        )
    ]


def assert_all_is_kept():
    update_summaries()
    projects = list(Project.objects.order_by("pk"))
    assert kept() == {project.pk: computed(project) for project in projects}
    assert kept_findings() == computed_findings(projects)
    assert not ChangedProject.objects.exists()


def test_what_is_kept_of_the_demonstration_is_what_computing_gives():
    put_demonstration()
    make_full_project(2)

    assert_all_is_kept()


@pytest.mark.parametrize(
    "act",
    [
        lambda city: change(FinancingLine.objects.first(), stated_amount=Decimal("12.34")),
        lambda city: change(FinancingPlan.objects.first(), stated_cost=None),
        lambda city: change(city.project, short_name="Öljy", status=ProjectStatus.CLOSED, ends_on=None),
        lambda city: city.project.spellings.create(spelling="Toinen nimi"),
        lambda city: FinancingLine.objects.first().delete(),
        lambda city: change(Organisation.objects.get(is_own_city=True), is_own_city=False),
        lambda city: change(FinancingLine.objects.first().source, source_class="private", funder=None),
        lambda city: change(FinancingLine.objects.first().source, name="Uusi"),
        lambda city: change(Organisation.objects.get(is_own_city=True), name="Uusi", short_name="Uusi"),
        lambda city: (city.delete(), city.project.delete()),
    ],
    ids=["amount", "costs", "project", "spelling", "line", "city", "source", "name", "city's name", "gone"],
)
def test_what_is_kept_follows_every_change(act):
    source = make_source()
    for _number in range(2):
        make_full_project()
    city = make_part(make_project())
    make_line(make_plan(make_part(make_project()), 1000), 10, source=source)
    update_summaries()
    before = kept()

    act(city)

    assert_all_is_kept()
    assert set(kept()) <= set(before)


def test_a_finding_whose_explanation_names_what_was_renamed_is_kept_as_it_is_shown():
    project = make_full_project()
    update_summaries()
    finding = next(each for each in project_findings(figures_of(project)) if each.is_found)
    code, subject, detail = finding.key
    left, right, difference = finding.numbers
    FindingExplanation.objects.create(
        project=project, code=code, subject=subject, detail=detail, left=left, right=right,
        difference=difference, sentence="Näin.", explanation="Näin.", explained_at="2026-01-01T10:00Z",
        explained_by=FindingExplanation.objects.first().explained_by,
    )  # fmt: skip
    assert_all_is_kept()

    for organisation in Organisation.objects.all():
        change(organisation, name=f"{organisation.name} Oy", short_name="")

    assert_all_is_kept()


def test_only_what_changed_is_computed_anew(monkeypatch):
    projects = [make_full_project() for _number in range(3)]
    update_summaries()
    asked = []
    keep = queries._keep
    monkeypatch.setattr(queries, "_keep", lambda rows: asked.append([row.pk for row in rows]) or keep(rows))

    update_summaries()
    change(projects[1], target_companies=7)
    update_summaries()
    update_summaries()

    assert asked == [[projects[1].pk]]


@pytest.mark.parametrize("model", [Organisation, FinancingLine])
def test_renaming_an_organisation_or_a_source_computes_no_project_anew(monkeypatch, model):
    project = make_project()
    # What is explained here has another name in it.
    make_explanation(project, subject="Koko hanke")
    row = make_part(project).organisation
    if model is FinancingLine:
        row = make_line(make_plan(project.co_implementers.get(), 1000), 10).source
    update_summaries()
    asked = []
    read = queries.project_figures
    monkeypatch.setattr(
        queries, "project_figures", lambda rows: asked.extend(row.pk for row in rows) or read(rows)
    )

    before = version_of(SUMMARIES)

    change(row, name="Uusi nimi")
    update_summaries()

    assert asked == []
    assert version_of(SUMMARIES) == before
    assert not ChangedProject.objects.exists()


def test_many_projects_are_computed_a_part_at_a_time(monkeypatch):
    monkeypatch.setattr(queries, "PROJECTS_AT_ONCE", 2)
    for _number in range(5):
        make_project()

    assert_all_is_kept()


@pytest.mark.parametrize(("rounds", "left"), [(1, 3), (2, 1), (3, 0)])
def test_who_writes_after_an_upgrade_computes_one_part_of_what_waits(monkeypatch, client, rounds, left):
    monkeypatch.setattr(queries, "PROJECTS_AT_ONCE", 2)
    for _number in range(5):
        make_project()
    queries.outdate_all()

    for _round in range(rounds):
        client.post(reverse("login"))

    assert ChangedProject.objects.values("project").distinct().count() == left
    assert ProjectSummary.objects.count() == 5 - left


def test_a_name_that_changed_leaves_the_part_to_be_computed(client):
    project = make_project()
    row = make_part(project).organisation
    update_summaries()
    change(row, name="Uusi nimi")
    change(project, target_companies=7)

    client.post(reverse("login"))

    assert not ChangedProject.objects.exists()


def test_the_version_of_what_is_kept_changes_with_it_and_not_when_it_is_read():
    project = make_project()
    update_summaries()
    before = version_of(SUMMARIES)
    update_summaries()
    assert version_of(SUMMARIES) == before

    change(project, target_companies=7)
    update_summaries()

    assert version_of(SUMMARIES) != before


def test_a_refresh_computes_anew_what_was_changed_by_hand(viewer):
    project = make_project(short_name="Vanha")
    make_line(make_plan(make_part(project), 1000), 10)
    viewer.get(reverse("portfolio"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET short_name = 'Uusi', status = 'closed'")
        cursor.execute("UPDATE financing_financingplan SET stated_cost = 7")
    said = StringIO()

    call_command("refresh", stdout=said)

    assert said.getvalue() == "Laskettu uudelleen: 1 hanke.\n"
    assert_all_is_kept()
    assert ProjectSummary.objects.get().planned == 700


def test_what_an_earlier_release_has_computed_is_computed_anew_after_migrate():
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 10)
    update_summaries()
    before = figures_of(project)
    ProjectSummary.objects.update(planned=7, errors=99)

    call_command("migrate", verbosity=0)

    assert figures_of(project) is not before
    assert_all_is_kept()


def test_findings_in_words_are_those_of_the_projects_in_the_order_of_all():
    put_demonstration()
    update_summaries()

    shown = findings_in_words(list(ChosenFindings().kept.values_list("pk", flat=True)))

    every = [
        (project.short_name, finding)
        for project in Project.objects.all()
        for finding in project_findings(figures_of(project))
        if finding.is_found
    ]
    assert [(row.project, row.finding) for row in shown] == sorted(
        every,
        key=lambda row: (
            row[1].is_explained, FOUND.index(row[1].level), row[0].casefold(), row[1].code
        ),
    )  # fmt: skip


def test_a_finding_that_has_gone_meanwhile_is_left_out():
    make_full_project()
    update_summaries()
    keys = list(ChosenFindings().kept.values_list("pk", flat=True))
    KeptFinding.objects.filter(pk=keys[0]).update(position=999)

    assert len(findings_in_words([*keys, 999_999])) == len(keys) - 1


AROUND = [None, date(2018, 10, 14), DAY, date(2018, 10, 16)]
PERIODS = [(first, last) for first in AROUND for last in AROUND if not first or not last or first <= last]


@pytest.mark.parametrize("status", ProjectStatus)
def test_status_and_time_are_the_same_in_the_database(status):
    for first, last in PERIODS:
        make_project(status=status, starts_on=first, ends_on=last)
    update_summaries()

    rows = list(chosen_summaries(Chosen(), DAY).annotate(share=share_of_time(DAY)))

    assert len(rows) == len(PERIODS)
    for row in rows:
        assert row.status_place_now == STATUS_PLACES[status_on(row.project, DAY)]
        time = time_gone(row.project, DAY)
        assert (row.share is None) == (time is None)
        assert time is None or row.share * 100 == pytest.approx(float(time.share))


def test_no_kept_summary_changes_when_a_last_day_goes_by(monkeypatch):
    put_demonstration()
    keys = list(Project.objects.values_list("pk", flat=True))
    for project in Project.objects.exclude(co_implementers__invoices__isnull=False):
        change(project, status=ProjectStatus.RUNNING)
    update_summaries()

    for day in (date(2017, 1, 1), DAY, date(2030, 1, 1)):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: day)
        assert wrong_summaries(keys) == set()


def test_while_some_write_page_summary_and_figures_are_the_same(threads):
    keys = [make_full_project().pk for _number in range(3)]
    for number, key in enumerate(keys):
        # The search finds each one by itself.
        change(Project.objects.get(pk=key), case_number=f"{number}/09.09/2018")
    drop_triggers()
    people = [make_user(SYSTEM_ADMINISTRATOR) for _number in range(2)]

    def write_or_compare(number):
        dice = Random(number)  # noqa: S311
        if number < 2:
            for step in range(15):
                change_something(dice, keys, number * 1000 + step)
            return []
        client = logged_in(people[number - 2])
        return [found for _step in range(15) for found in differences(client, dice.choice(keys))]

    assert at_once(write_or_compare, 4) == [[], [], [], []]
