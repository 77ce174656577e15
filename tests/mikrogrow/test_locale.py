"""Django's own words are Finnish too, and the compiled file is the one that people read."""

import gettext
import re

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.urls import get_resolver, reverse

from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.factories import make_user

FILL = "Täytä tämä kenttä."
FOLDER = settings.LOCALE_PATHS[0] / "fi" / "LC_MESSAGES"


def test_the_compiled_words_are_those_of_the_source():
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)

    assert len(pairs) == 48
    assert [(word, compiled.gettext(word)) for word, _finnish in pairs] == pairs


@pytest.mark.django_db
def test_the_first_page_of_the_admin_has_no_english_words(client):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))

    page = client.get(reverse("admin:index")).content.decode()

    assert "Model name" not in page
    assert "Muokkaa tai katso" in page


@pytest.mark.django_db
def test_a_row_is_added_in_words_that_need_no_case(client):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))

    page = client.get(reverse("admin:financing_paymentclaim_add")).content.decode()

    added = re.findall(r"&quot;addText&quot;: &quot;(.*?)&quot;", page)
    assert {word.encode().decode("unicode_escape") for word in added} == {"Lisää rivi"}


def subclasses(of):
    return {found for each in of.__subclasses__() for found in (each, *subclasses(each))}


def said_of_empty(field):
    """A form field's sentence, or those of a column."""
    return {
        str(field.error_messages[code])
        for code in ("required", "blank", "null")
        if code in field.error_messages
    }


def test_every_form_of_ours_asks_for_what_is_empty_in_good_finnish():
    # Their modules are read with the addresses.
    assert get_resolver().url_patterns
    ours = [form for form in subclasses(forms.BaseForm) if form.__module__.split(".")[0] != "django"]
    empty = [
        (form, name, said_of_empty(field))
        for form in ours
        for name, field in getattr(form, "base_fields", {}).items()
        if field.required
    ]

    assert len(empty) > 50
    assert any(FILL in said for _form, _name, said in empty)
    assert [each for each in empty if any("vaaditaan" in words or "null" in words for words in each[2])] == []


def test_every_column_of_every_row_asks_for_what_is_empty_in_good_finnish():
    columns = [
        field
        for model in admin.site._registry
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    ]

    assert {words for field in columns for words in said_of_empty(field)} == {FILL}


@pytest.mark.django_db
@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label))
def test_an_empty_form_of_the_admin_says_it_of_each_required_field(rf, model):
    request = rf.get("/")
    request.user = make_user(SYSTEM_ADMINISTRATOR)
    form = admin.site._registry[model].get_form(request)({})
    wanted = {name for name, field in form.fields.items() if field.required and not field.disabled}

    said = {name: form.errors.get(name, []) for name in wanted}

    own = {name for name, field in form.fields.items() if str(field.error_messages.get("required")) != FILL}
    assert {name for name in wanted - own if FILL not in said[name]} == set()
    assert "vaaditaan" not in str(form.errors)
