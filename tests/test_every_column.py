"""What the database holds of a person's facts, a person can enter somewhere in the admin."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.support.factories import make_group, make_project

APPS = ("projects", "financing", "groups")

# Columns that no form names, with where a person enters them.
ENTERED_ELSEWHERE = {
    "financing.FinancingLineYear.amount": "a column for each year in the plan's form",
    "financing.FinancingLineYear.year": "a column for each year in the plan's form",
    "projects.Decision.outcome": "the page on which it is decided",
}
# Models without a form of their own, with what fills them.
NOT_EDITED = {
    "financing.DecisionPlan": "deciding",
    "financing.FindingExplanation": "the page of a finding",
    "projects.DecisionAppeal": "deciding",
    "projects.DecisionCorrection": "the page on which a decision is corrected",
    "projects.DecisionNotice": "the page of a decision's notice",
    "projects.DecisionPublication": "the page of a decision's notice",
    "projects.FigureMark": "the page of a decision",
    "financing.KeptFinding": "computed",
    "financing.KeptNeed": "computed",
    "financing.ProjectSummary": "computed",
    "groups.CalendarFeed": "the page of calendars",
    "projects.AnnexFile": "the file that is sent with its annex",
    "projects.LodgedAppeal": "the page of a decision's notice",
    "projects.InternalCorrection": "correcting",
    "projects.InternalPrint": "deciding",
    "projects.PrintedCorrection": "correcting",
    "projects.PrintedDecision": "deciding",
}


def edited_models():
    """Each model with the fields of its forms: its own admin's and those of rows inside others."""
    found = {}
    group = make_group(make_project())
    # What is chosen of an owner's rows is in the form whose address names it.
    owner = {"group": group.pk, "project": group.project_id}
    for model, options in admin.site._registry.items():
        request = RequestFactory().get("/", owner)
        request.user = AnonymousUser()
        found.setdefault(model, set()).update(names_in(options, request))
        for inline in options.inlines:
            found.setdefault(inline.model, set()).update(inline.fields or all_fields(inline.model))
    return found


def names_in(options, request):
    fieldsets = options.get_fieldsets(request)
    return {name for _title, values in fieldsets for name in values["fields"]}


def all_fields(model):
    return {field.name for field in model._meta.get_fields() if getattr(field, "editable", False)}


def columns():
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if not model.__name__.startswith("Historical"):
                yield from ((model, field) for field in entered_fields(model))


def entered_fields(model):
    relations = {field.name for field in model._meta.many_to_many}
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        is_own = field.name in relations or not (field.primary_key or getattr(field, "generated", False))
        if is_own and field.editable:
            yield field


@pytest.mark.django_db
def test_every_column_can_be_entered():
    forms = edited_models()
    missing = []
    for model, field in columns():
        name = f"{model._meta.label}.{field.name}"
        parents = {key.name for key in model._meta.concrete_fields if key.remote_field}
        if model._meta.label in NOT_EDITED or name in ENTERED_ELSEWHERE:
            continue
        # A row inside another's form belongs to that one.
        if field.name in forms.get(model, ()) or (
            field.name in parents and model not in admin.site._registry
        ):
            continue
        missing.append(name)
    assert missing == []


def test_every_exception_is_still_one():
    known = {f"{model._meta.label}.{field.name}" for model, field in columns()}
    assert ENTERED_ELSEWHERE.keys() <= known
    assert NOT_EDITED.keys() <= {name.rpartition(".")[0] for name in known}
