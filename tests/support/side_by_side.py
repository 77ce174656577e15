"""Somebody changes projects while others compare what a page shows, what is kept and what computing gives."""

from collections.abc import Sequence
from random import Random
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from financing.models import FinancingLine, ProjectSummary
from financing.queries.figures import _read_figures
from financing.queries.summaries import _summary
from mikrogrow.database.writing import lock_projects, write
from mikrogrow.values.money import format_amount
from projects.models import Milestone, Organisation, Project
from projects.pages.portfolio import portfolio_row
from tests.support.factories import change
from tests.support.pages import Page

# What is computed of the database's own columns.
COLUMNS = [
    field.attname
    for field in ProjectSummary._meta.concrete_fields
    if not field.generated and field.attname != "name_key"
]


def change_something(dice: Random, projects: Sequence[int], number: int) -> None:
    """One of several kinds of change of one project, as an action makes it, or of a name that all show."""
    key = dice.choice(projects)
    kinds = [_change_line, _change_project, _change_milestones]
    if dice.random() < 0.1:
        organisation = Organisation.objects.order_by("pk").last()
        write(lambda: change(organisation, short_name=f"Kumppani {number}"))
        return
    act = dice.choice(kinds)
    write(lambda: act(dice, key, number), lambda: [key])


def _change_line(dice: Random, key: int, number: int) -> None:
    line = dice.choice(FinancingLine.objects.filter(plan__co_implementer__project=key).order_by("pk"))
    change(line, stated_amount=number)


def _change_project(dice: Random, key: int, number: int) -> None:
    change(Project.objects.get(pk=key), short_name=f"Hanke {number}", target_companies=number)


def _change_milestones(dice: Random, key: int, number: int) -> None:
    Milestone.objects.filter(project=key).delete()
    Milestone.objects.create(project_id=key, title=f"Vaihe {number}")


def differences(client: Client, key: int) -> list[Any]:
    """Of page, summary and a fresh computation, while nobody else may change the project."""
    with transaction.atomic():
        lock_projects([key])
        project = Project.objects.get(pk=key)
        # Read from the page itself: what the client notes of a page can be another thread's.
        (shown,) = Page(client.get("/", {"q": project.case_number})).table("Hankeluettelo").rows
        kept = ProjectSummary.objects.filter(pk=key).values(*COLUMNS).get()
        fresh = _summary(project, _read_figures([project])[key])
        computed = {name: getattr(fresh, name) for name in COLUMNS}
        row = portfolio_row(fresh, timezone.localdate())
        wanted = [row.short_name, format_amount(row.planned), *(mark.words for mark in row.marks)]
        missing = [words for words in wanted if words not in " ".join(shown)]
        found = [] if kept == computed else [(kept, computed)]
        return [*found, (shown, wanted)] if missing else found
