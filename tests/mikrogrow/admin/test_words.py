"""What Django itself would write on pages of the admin: names of the code, and a number with a plural."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from groups.models import Experiment, Indicator, Meeting
from mikrogrow.models import Role
from projects.models import ProjectPoint
from tests.support.cast import logged_in
from tests.support.factories import make_user
from tests.support.full_project import make_full_project
from tests.support.pages import text_of

# The code's word is the Finnish one, too.
IN_BOTH_LANGUAGES = {"version"}
OF_THE_CODE = {
    word
    for model in apps.get_models(include_auto_created=True)
    for word in (model.__name__, model._meta.model_name)
} - IN_BOTH_LANGUAGES


@pytest.fixture
def client(db):
    make_full_project(3)
    Role.objects.create(name="Oma rooli")
    for served in (Experiment, Meeting, Indicator):
        served.objects.first().serves.add(*ProjectPoint.objects.all())
    Meeting.objects.first().experiments.add(*Experiment.objects.all())
    return logged_in(make_user(is_superuser=True, is_staff=True))


def stored(model):
    """A model that the project has no row of asks nothing."""
    return list(model._default_manager.order_by("pk")[:3])


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_a_page_that_asks_before_it_deletes_holds_no_name_of_the_code(client):
    asked = set()
    for model in admin.site._registry:
        for row in stored(model):
            shown = client.get(address(model, "delete", row.pk))
            # Approved and decided rows are not deleted.
            if shown.status_code == 403:
                continue
            text = text_of(shown)
            assert OF_THE_CODE.intersection(re.findall(r"\w+", text)) == set(), model
            assert re.findall(r"object \(|relationship|-suh|_", text) == [], model
            asked.add(model)

    assert {Experiment, Meeting, Indicator} <= asked


def test_no_list_puts_a_number_before_a_nominative_plural(client):
    for model in filter(stored, admin.site._registry):
        many = text_of(client.get(address(model, "changelist")))
        one = text_of(client.get(address(model, "changelist"), {"pk": stored(model)[0].pk}))

        assert not re.search(rf"\d\s+{re.escape(str(model._meta.verbose_name_plural))}\b", many + one), model
        assert re.search(r"\b1 rivi\b", one), model
        assert len(stored(model)) == 1 or re.search(r"\b\d+ riviä\b", many), model
