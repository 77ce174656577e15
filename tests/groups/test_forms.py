"""Every form of the groups' pages says in our words what is missing."""

import importlib
import pkgutil

import pytest
from django import forms
from django.utils.text import capfirst

import groups.forms
from groups.forms.meetings import AttendanceForm, PlanForm
from groups.models import CompanyGroup, Meeting
from tests.support.full_project import make_full_project

MODULES = [
    importlib.import_module(f"groups.forms.{module.name}")
    for module in pkgutil.iter_modules(groups.forms.__path__)
]
# Forms of the admin have the admin's sentences.
FORMS = {
    form
    for module in MODULES
    for form in vars(module).values()
    if isinstance(form, type)
    and issubclass(form, forms.BaseForm)
    and form.__module__ == module.__name__ != "groups.forms.projects"
    and any(field.required for field in getattr(form, "base_fields", {}).values())
}


def left_empty(form):
    if form is PlanForm:
        group = CompanyGroup.objects.first()
        return form({}, project=group.project, groups=CompanyGroup.objects.all())
    if form is AttendanceForm:
        return form({}, meeting=Meeting.objects.first())
    return form({}, instance=form._meta.model._default_manager.first())


@pytest.mark.django_db
def test_what_must_be_filled_in_is_named():
    make_full_project()

    for form in map(left_empty, FORMS):
        for name, field in form.fields.items():
            if not field.required:
                continue
            (sentence,) = form.errors[name]
            own = {str(words) for words in field.error_messages.values()} - {
                str(forms.Field.default_error_messages["required"])
            }
            assert sentence in {*own, f"Kohta ”{capfirst(field.label)}” on tyhjä. Täytä se."}, (form, name)

    assert {PlanForm, AttendanceForm} < FORMS
