"""Every recorded change of a project's rows gives the project another version, and no other project."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from financing.choices import SourceClass
from financing.models import Appropriation
from mikrogrow.database.triggers import RETIRED
from mikrogrow.database.versions import COMMON, outdate, renew_version, row_versions
from mikrogrow.demonstration import load_demonstration
from mikrogrow.history import models_with_history
from mikrogrow.models import Change, ChangedProject, Version
from projects.models import Milestone, Organisation, Project
from tests.support.factories import (
    make_appropriation,
    make_commitment,
    make_draft_decision,
    make_funding_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.full_project import make_full_project
from tests.support.rare_rows import add_rare_rows
from tests.support.spending_factories import make_claim, make_claim_source, make_forecast

pytestmark = pytest.mark.django_db


def version(project):
    return row_versions([project.pk])[project.pk]


def outdated():
    """The projects that are to be computed anew, once each; forgets them."""
    found = sorted(set(ChangedProject.objects.values_list("project", flat=True)))
    ChangedProject.objects.all().delete()
    return found


def test_each_change_of_each_model_gives_its_project_a_version_that_no_other_has():
    load_demonstration()
    add_rare_rows(make_full_project(2))

    of_projects = Change.objects.exclude(project=None)
    numbers = list(of_projects.values_list("version", flat=True))
    assert len(set(numbers)) == len(numbers) > 300
    assert 0 not in numbers
    last = dict(of_projects.order_by("pk").values_list("project", "version"))
    kept = dict(Version.objects.filter(project__gt=COMMON).values_list("project", "number"))
    assert kept == last
    assert set(outdated()) >= set(last)
    # A model without changes here would not have been tried.
    assert {model._meta.label_lower for model in models_with_history()} == set(
        Change.objects.values_list("model", flat=True)
    )


def test_adding_changing_and_deleting_a_row_changes_the_version_of_its_project_alone():
    project, other = make_project(), make_project()
    of_other = version(other)
    seen = [version(project)]
    row = Milestone.objects.create(project=project, title="Haku")
    seen.append(version(project))
    row.title = "Loppu"
    row.save()
    seen.append(version(project))
    row.delete()
    seen.append(version(project))

    assert len(set(seen)) == len(seen)
    assert version(other) == of_other


def test_a_save_that_changes_nothing_leaves_the_version():
    project = make_project()
    before = version(project)

    Project.objects.get(pk=project.pk).save()

    assert version(project) == before


@pytest.mark.parametrize("is_deep", [False, True])
def test_a_row_that_moves_changes_both_projects(is_deep):
    project, other = make_project(), make_project()
    # A line moves to another plan, a milestone to another project.
    row = Milestone.objects.create(project=project, title="Haku")
    owners = {"project": other}
    if is_deep:
        row = make_line(make_plan(make_part(project)), 10)
        owners = {"plan": make_plan(make_part(other))}
    before = version(project), version(other)
    outdated()

    for name, owner in owners.items():
        setattr(row, name, owner)
    row.save()

    assert version(project) != before[0]
    assert version(other) != before[1]
    assert outdated() == sorted([project.pk, other.pk])


def use_source(project, source):
    """One way after the other to use a source in a project."""
    city = make_part(project)
    yield make_line(make_plan(city), 10, source=source)
    line = make_line(make_whole_plan(project), 10)
    line.also_includes.add(source)
    yield line
    yield make_claim_source(make_claim(city), source=source)
    yield make_forecast(city, {(source, 2018): 10})


@pytest.mark.parametrize("way", range(4))
def test_the_class_and_funder_of_a_source_change_the_projects_that_use_it(way):
    source, project, other = make_source(), make_project(), make_project()
    make_line(make_plan(make_part(other)), 10)
    for number, _row in enumerate(use_source(project, source)):
        if number == way:
            break
    before = version(other)
    outdated()

    source.source_class = next(each for each in SourceClass if each != source.source_class)
    source.save()
    assert outdated() == [project.pk]
    source.funder = make_organisation()
    source.save()

    assert outdated() == [project.pk]
    # Figures have names in them, so a process reads them again; nothing that is kept is computed anew.
    assert version(other) != before


def test_the_own_city_changes_the_projects_that_it_takes_part_in():
    city, project = make_organisation(), make_project()
    make_part(project, city)
    make_part(make_project(), make_organisation())
    outdated()

    city.is_own_city = not city.is_own_city
    city.save()

    assert outdated() == [project.pk]


def test_an_appropriation_changes_the_projects_that_take_from_its_name():
    project, other = make_project(), make_project()
    for each, name in ((project, "Elinkeinot"), (other, "Yritykset")):
        make_commitment(make_draft_decision(each), appropriation=make_appropriation(name=name))
    outdated()

    row = Appropriation.objects.create(name="Elinkeinot", year=2031, amount=5)
    assert outdated() == [project.pk]
    row.amount = 6
    row.save()
    assert outdated() == [project.pk]
    row.name = "Yritykset"
    row.save()
    # Its name is another one, too.
    assert outdated() == [COMMON, *sorted([project.pk, other.pk])]
    row.delete()
    assert outdated() == [other.pk]


@pytest.mark.parametrize("make", [make_organisation, make_source])
def test_a_name_changes_what_every_process_shows_and_computes_no_project_anew(make):
    project, row = make_project(), make()
    if isinstance(row, Organisation):
        make_part(project, row)
        make_funding_decision(project, date(2018, 1, 1), funder=row)
    else:
        make_line(make_plan(make_part(project)), 10, source=row)
    before = version(project)
    outdated()

    row.name = "Uusi nimi"
    row.save()

    assert version(project) != before
    assert outdated() == [COMMON]


def test_what_nobody_uses_yet_changes_no_version():
    project = make_project()
    before = version(project)
    outdated()

    make_organisation()
    make_source()

    assert (version(project), outdated()) == (before, [])


@pytest.mark.parametrize("name", ["username", "first_name", "last_name"])
def test_the_name_of_a_user_changes_the_version_and_a_login_does_not(name):
    project, user = make_project(), make_user()
    before = version(project)
    user.last_login = "2026-01-01T10:00Z"
    user.save(update_fields=["last_login"])
    assert version(project) == before

    setattr(user, name, "uusi")
    user.save(update_fields=[name])

    assert version(project) != before


def test_a_version_never_comes_back_after_a_change_was_rolled_back():
    project = make_project()
    before = version(project)
    seen = set()
    for _turn in range(2):
        with transaction.atomic():
            Milestone.objects.create(project=project, title="Haku")
            seen.add(version(project))
            transaction.set_rollback(True)

    assert version(project) == before
    assert len(seen - {before}) == 2


def test_a_project_whose_rows_nobody_recorded_has_no_version():
    project = Project.objects.bulk_create([Project(name="Hanke", short_name="Hanke", slug="hanke")])[0]

    assert row_versions([project.pk]) == {}


def test_any_number_of_projects_is_asked_for_at_once(django_assert_num_queries):
    ids = [make_project().pk for _number in range(3)]

    with django_assert_num_queries(1):
        assert set(row_versions(ids)) == set(ids)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_nobody_waits_to_say_that_a_project_has_changed(threads):
    project = make_project()
    holds, done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                renew_version(project.pk)
                outdate([project.pk])
                holds.set()
                done.wait(60)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert holds.wait(60)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            outdate([project.pk])
    finally:
        done.set()
        other.join()


def test_the_triggers_of_an_earlier_release_go():
    table = connection.ops.quote_name(Milestone._meta.db_table)
    statements = ["CREATE TRIGGER edition_1_update_milestone AFTER UPDATE ON " + table]
    if connection.vendor == "sqlite":
        statements[0] += " FOR EACH ROW BEGIN SELECT 1; END"
    else:
        statements[0] += " FOR EACH ROW EXECUTE FUNCTION edition_1_update_milestone()"
        body = "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
        statements.insert(0, f"CREATE FUNCTION edition_1_update_milestone() {body}")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

    RETIRED.make()

    assert RETIRED._existing(connection) == set()
