"""Django's own words are Finnish too, and the compiled file is the one that people read."""

import gettext
import re

import pytest
from django.conf import settings
from django.urls import reverse

from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.factories import make_user

FOLDER = settings.LOCALE_PATHS[0] / "fi" / "LC_MESSAGES"


def test_the_compiled_words_are_those_of_the_source():
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)

    assert len(pairs) == 45
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
