"""Rows that are added together leave what rows leave that are saved one by one."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from financing.choices import SourceClass
from financing.models import Commitment, FundingSource
from groups.models import Attendance, CompanyYear, Membership
from mikrogrow.database.changes import add_together
from mikrogrow.database.versions import COMMON, version_of
from mikrogrow.history import historical, with_author
from mikrogrow.models import Change, ChangedProject
from mikrogrow.roles import FACILITATOR
from tests.support.factories import make_decision, make_group, make_project, make_user
from tests.support.group_factories import make_company, make_held_meeting

pytestmark = pytest.mark.django_db


ABOUT_A_RECORD = ("history_type", "history_user_id", "history_change_reason")


def attendances():
    meeting = make_held_meeting(make_group(make_project()))
    return [Attendance(meeting=meeting, company=make_company(), is_present=bool(n % 2)) for n in range(3)]


def memberships_of_two_projects():
    return [Membership(group=make_group(make_project()), company=make_company()) for _time in range(2)]


def years_of_a_company():
    company = make_company()
    return [CompanyYear(company=company, year=year, turnover=None, persons=3) for year in (2016, 2019)]


def sources():
    return [
        FundingSource(name=f"Lähde {FundingSource.objects.count()} {n}", source_class=SourceClass.PRIVATE)
        for n in range(2)
    ]


def one_by_one(rows):
    for row in rows:
        row.save(force_insert=True)


def left_by(make, save, user):
    """What saving leaves: rows, records and entries without keys, moments and version numbers."""
    rows = [with_author(row, user, "Kirjattu." if user else None) for row in make()]
    model = type(rows[0])
    ChangedProject.objects.all().delete()
    common = version_of(COMMON)
    save(rows)
    places = {row.pk: place for place, row in enumerate(rows)}
    columns = [field.attname for field in model._meta.concrete_fields]
    stored = {row["id"]: row for row in model.objects.filter(pk__in=places).values(*columns)}
    records = list(historical(model).objects.filter(id__in=places).order_by("history_id").values())
    entries = list(
        Change.objects.filter(model=model._meta.label_lower, row__in=places).order_by("pk").values()
    )
    last = {entry["project"]: entry["version"] for entry in entries}
    projects = list(last)
    versions = [entry["version"] for entry in entries if entry["project"] is not None]
    assert len(set(versions)) == len(versions)
    assert all(version_of(project) == last[project] for project in projects if project is not None)
    for record in records:
        assert {name: record[name] for name in columns} == stored[record["id"]]
    outdated = ChangedProject.objects.values_list("project", flat=True)
    return {
        "rows": len(stored),
        "records": [
            {"place": places[record["id"]], **{name: record[name] for name in ABOUT_A_RECORD}}
            for record in records
        ],
        "entries": [
            {
                "project": None if entry["project"] is None else projects.index(entry["project"]),
                "place": places[entry["row"]],
                "of its record": entry["record"] == record["history_id"],
                "at its moment": entry["at"] == record["history_date"],
                "gives a version": entry["version"] != 0,
                "kind": entry["kind"],
                "user": entry["user_id"],
            }
            for entry, record in zip(entries, records, strict=True)
        ],
        "to compute anew": {projects.index(project) for project in outdated},
        "names changed": version_of(COMMON) != common,
    }


@pytest.mark.parametrize("has_author", [True, False])
@pytest.mark.parametrize("make", [attendances, memberships_of_two_projects, years_of_a_company, sources])
def test_rows_added_together_leave_the_records_and_entries_of_rows_saved_one_by_one(make, has_author):
    user = make_user(FACILITATOR) if has_author else None

    alone = left_by(make, one_by_one, user)

    assert left_by(make, add_together, user) == alone
    assert alone["rows"] == len(alone["records"]) == len(alone["entries"]) > 1


def test_nothing_deviates_after_rows_were_added_together():
    add_together(attendances())
    out = StringIO()

    call_command("verify", stdout=out)

    assert out.getvalue().splitlines()[-1] == "Poikkeamia ei löytynyt."


def test_a_row_that_cannot_be_saved_leaves_nothing_of_the_others():
    rows = attendances()
    project = rows[0].meeting.group.project
    before = version_of(project.pk), Change.objects.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        add_together([*rows, Attendance(meeting=rows[0].meeting, company=rows[0].company)])

    assert (version_of(project.pk), Change.objects.count()) == before
    assert (Attendance.objects.count(), historical(Attendance).objects.count()) == (0, 0)


def test_the_records_of_rows_added_together_cannot_be_changed():
    add_together(attendances())

    for rows in (historical(Attendance).objects.all(), Change.objects.all()):
        with pytest.raises(DatabaseError, match="Historiaa ei voi muuttaa"), transaction.atomic():
            rows.delete()


def test_a_row_added_together_is_later_recorded_like_any_other():
    rows = attendances()
    add_together(rows)
    rows[0].save()
    rows[0].is_present = not rows[0].is_present
    rows[0].save()
    rows[0].delete()

    kinds = Change.objects.filter(model="groups.attendance").order_by("pk").values_list("kind", flat=True)
    assert "".join(kinds) == "+++~-"


def test_adding_no_rows_leaves_nothing():
    add_together([])

    assert Change.objects.count() == 0


def test_rows_of_a_model_that_does_more_when_it_is_saved_are_not_added_together():
    with pytest.raises(TypeError, match=r"Commitment\.save would be left out"):
        add_together([Commitment(decision=make_decision(make_project()))])
