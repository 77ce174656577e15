"""The admin's form of a row leads to the page of that very row, and the page is there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import resolve

from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.every_field import admin_address
from tests.support.full_project import make_full_project

pytestmark = pytest.mark.django_db

WITH_PAGE = [model for model in apps.get_models() if hasattr(model, "get_absolute_url")]


def test_these_have_a_page_of_their_own():
    assert {model.__name__ for model in WITH_PAGE} == {
        *("Appropriation", "Decision", "Invoice", "Project"),
        *("Company", "CompanyGroup", "Experiment", "Meeting"),
    }


@pytest.mark.parametrize("model", WITH_PAGE, ids=lambda model: model.__name__)
def test_the_form_leads_to_the_page_of_its_own_row(model):
    make_full_project(3)
    client, row = logged_in(SYSTEM_ADMINISTRATOR, is_staff=True), model.objects.order_by("-pk")[0]

    form, page = client.get(admin_address(row)), client.get(row.get_absolute_url())

    assert model in admin.site._registry
    assert (form.status_code, page.status_code) == (200, 200)
    assert next(address for address, _words in form.context["page_links"]) == row.get_absolute_url()
    assert resolve(row.get_absolute_url()).kwargs in ({"pk": row.pk}, {"slug": getattr(row, "slug", "")})
