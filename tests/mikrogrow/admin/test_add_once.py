"""A form that is sent twice adds one row; one that was changed after going back is not lost."""

from datetime import timedelta

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from financing.choices import CostCategory
from mikrogrow.fields import DateFormField, EuroFormField, WholeNumberField
from mikrogrow.models import FileOpening, SavedForm
from mikrogrow.roles import DECISION_PREPARER, SYSTEM_ADMINISTRATOR
from projects.models import Decision, Organisation, Project
from tests.support.cast import logged_in
from tests.support.concurrency import PEOPLE, at_once
from tests.support.factories import make_commitment, make_draft_decision, make_project, make_user
from tests.support.full_project import make_full_project
from tests.support.pages import posted_by, send, text_of

ADDRESS = "admin:projects_organisation_add"
FIELDS = {"name": "Kehitys Oy", "kind": "company"}
# Without the log of opened files, which is only shown.
MODELS = [model for model in admin.site._registry if model is not FileOpening]


def add_address(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def filled(response) -> dict:
    """What the page's form sends when every field that must be given has something valid in it."""
    data = posted_by(response)
    for name, field in response.context["adminform"].form.fields.items():
        if data.get(name, [""])[0] or not field.required:
            continue
        if isinstance(field, forms.ModelChoiceField):
            data[name] = field.queryset.first().pk
        elif isinstance(field, forms.ChoiceField):
            data[name] = next(value for value, _words in field.choices if value)
        elif isinstance(field, DateFormField):
            data[name] = "2018-02-01"
        elif isinstance(field, WholeNumberField | EuroFormField):
            data[name] = "2018"
        else:
            data[name] = "lisatty-rivi-1"
    return data


@pytest.fixture
def client(db):
    return logged_in(make_user(SYSTEM_ADMINISTRATOR, is_superuser=True))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_form_that_adds_carries_a_key_of_its_own(client, model):
    keys = [posted_by(client.get(add_address(model)))["form_key"] for _opened in range(2)]

    assert keys[0] != keys[1]
    assert {len(key) for (key,) in keys} == {32}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_whatever_is_added_a_second_click_adds_nothing_and_shows_the_row(client, model):
    project = make_full_project()
    make_commitment(make_draft_decision(project))
    data = filled(client.get(add_address(model))) | {
        # What each needs besides.
        "Commitment": {"max_amount": "5", "covers_own_share": "on"},
        "FinancingPlan": {"whole_project": make_project().pk},
        "PaymentClaim": {"number": "9", "first_day": "2019-01-01", "last_day": "2019-03-31"},
        "Invoice": {"category": CostCategory.SERVICES, "number": "L-99"},
        "Appropriation": {"year": "2018"},
        "User": {"password1": "hyvin-pitka-salasana-7", "password2": "hyvin-pitka-salasana-7"},
        "Meeting": {"year": "2019", "month": "12"},
        "CostSharing": {"total": "100", "parts-0-payer": project.co_implementers.order_by("pk")[0].pk},
    }.get(model.__name__, {})
    before = set(model._base_manager.values_list("pk", flat=True))

    first, second = (client.post(add_address(model), data) for _click in range(2))

    assert first.status_code == 302, text_of(first)
    (added,) = set(model._base_manager.values_list("pk", flat=True)) - before
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    assert second["Location"] == reverse(f"admin:{name}_change", args=[added])
    shown = text_of(client.get(second["Location"]))
    assert "Tiedot on jo tallennettu. Tämä on niistä lisätty rivi." in shown


@pytest.mark.usefixtures("threads")
def test_a_form_that_is_sent_many_times_at_once_adds_one_decision():
    project, preparer = make_project(), make_user(DECISION_PREPARER)
    address = reverse("admin:projects_decision_add")
    data = posted_by(logged_in(preparer).get(address)) | {
        "project": project.pk,
        "title": "Osallistuminen",
        "body": "Kaupunginhallitus",
        "stage": "draft",
    }
    clients = [logged_in(preparer) for _click in range(PEOPLE)]

    answers = at_once(lambda number: clients[number].post(address, data))

    decision = Decision.objects.get()
    page = reverse("admin:projects_decision_change", args=[decision.pk])
    places = sorted(answer["Location"] for answer in answers)
    assert places == sorted([reverse("admin:projects_decision_changelist"), *[page] * (PEOPLE - 1)])


def test_a_form_that_was_changed_after_going_back_is_kept_and_asks_what_is_meant(client):
    opened = posted_by(client.get(reverse(ADDRESS)))
    client.post(reverse(ADDRESS), {**opened, **FIELDS})

    answer = client.post(reverse(ADDRESS), {**opened, **FIELDS, "name": "Toinen Oy"})

    assert (
        "Tämä lomake on jo tallennettu, ja sitä on sen jälkeen muutettu. Jos haluat lisätä toisen rivin, "
        "tallenna uudelleen. Jos haluat korjata jo lisättyä, avaa se luettelosta."
    ) in text_of(answer)
    kept = posted_by(answer)
    assert kept["name"] == ["Toinen Oy"]
    assert client.post(reverse(ADDRESS), kept).status_code == 302
    names = Organisation.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Kehitys Oy", "Toinen Oy"]


def test_a_form_that_was_refused_is_corrected_and_saved_once(client):
    opened = posted_by(client.get(reverse(ADDRESS)))
    refused = client.post(reverse(ADDRESS), {**opened, **FIELDS, "name": ""})
    corrected = posted_by(refused) | {"name": "Kehitys Oy"}

    answers = [client.post(reverse(ADDRESS), corrected) for _click in range(2)]

    assert posted_by(refused)["form_key"] == opened["form_key"]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Organisation.objects.count() == 1


def test_a_form_without_a_key_as_a_script_sends_it_is_saved(client):
    for name in ("Ensimmäinen Oy", "Toinen Oy"):
        assert send(client, reverse(ADDRESS), {**FIELDS, "name": name, "form_key": None}).status_code == 302

    assert Organisation.objects.count() == 2
    assert not SavedForm.objects.exists()


@pytest.mark.parametrize("key", ["\0", "ä" * 32, "x" * 10_000])
def test_a_key_that_is_not_ours_is_no_server_error(client, key):
    assert send(client, reverse(ADDRESS), {**FIELDS, "form_key": key}).status_code == 302


def test_keys_are_kept_for_a_month(client):
    now = timezone.now()
    for days in (29, 31):
        SavedForm.objects.create(key=f"{days}", content="", saved_at=now - timedelta(days=days))

    send(client, reverse(ADDRESS), FIELDS)

    assert sorted(key for key in SavedForm.objects.values_list("key", flat=True) if len(key) < 3) == ["29"]


def test_the_database_keeps_no_key_of_what_was_not_added(client):
    send(client, reverse("admin:projects_project_add"), {"name": "Hanke", "short_name": ""})

    assert (Project.objects.count(), SavedForm.objects.count()) == (0, 0)
