"""Thousands of projects in bulk: copies of one, with names, days and states of their own."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from financing.models import Invoice, KeptFinding, KeptNeed, ProjectSummary
from mikrogrow.database.versions import outdate, renew_version
from mikrogrow.database.writing import project_paths
from mikrogrow.roles import OUR_APPS
from projects.choices import ProjectStatus
from projects.models import Project
from tests.support.demonstration import without_triggers

# Larger than any key of the project that is copied.
STRIDE = 100_000
AT_ONCE = 200


def add_copies(template: Project, number: int) -> None:
    """So many projects more, of which nobody has computed anything. Make the first one before any copies."""
    models = [model for model in _models() if project_paths(model)]
    rows = {model: _rows_of(model, template) for model in models}
    assert all(row.pk < STRIDE for found in rows.values() for row in found)
    last = max(Project.objects.values_list("pk", flat=True)) // STRIDE
    for start in range(last + 1, last + 1 + number, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, last + 1 + number))
        with transaction.atomic(), without_triggers():
            for model in models:
                made = [_copy(row, each, rows) for each in numbers for row in rows[model]]
                model._base_manager.bulk_create(made)
    keys = list(Project.objects.filter(pk__gte=STRIDE).values_list("pk", flat=True))
    outdate(keys)
    for key in keys:
        renew_version(key)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _models() -> list[type[Model]]:
    """Owners before their rows."""
    return [
        model
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not hasattr(model, "instance_type") and model not in (ProjectSummary, KeptFinding, KeptNeed)
    ]


def _rows_of(model: type[Model], project: Project) -> list[Any]:
    found: dict[Any, Any] = {}
    for path in project_paths(model):
        found |= {row.pk: row for row in model._base_manager.filter(**{path: project.pk})}
    return list(found.values())


def _copy(row: Any, number: int, rows: dict[type[Model], list[Any]]) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for field in row._meta.concrete_fields:
        target = type(row) if field.primary_key and not field.is_relation else field.related_model
        key = values[field.attname]
        if target in rows and key is not None:
            values[field.attname] = key + number * STRIDE
    if isinstance(row, Project):
        values |= _of_its_own(row, number)
    if isinstance(row, Invoice):
        values["number"] = f"{row.number}-{number}"
    return type(row)(**values)


def _of_its_own(project: Project, number: int) -> dict[str, Any]:
    # Neighbours in one order are far from each other in the others.
    mixed = number * 7919 % 10_007
    return {
        "slug": f"{project.slug}-{number}",
        "short_name": f"Kasvu {mixed} {'ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ'[mixed % 29]}",
        "name": f"Yritysten kasvu ja osaaminen, vaihe {mixed}",
        "case_number": f"{mixed}/02.05.02.01/2017",
        "starts_on": project.starts_on + timedelta(days=mixed % 900),
        "ends_on": project.ends_on + timedelta(days=mixed % 1700),
        "status": list(ProjectStatus)[mixed % 4],
    }
