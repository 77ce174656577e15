"""Every form that is refused opens at why: the focus is there, and each place leads to its field."""

import re

import pytest
from django.contrib import admin

from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.mikrogrow.web.test_kept_forms import forms_of_admin
from tests.support.cast import logged_in
from tests.support.factories import make_user
from tests.support.pages import posted_by
from tests.test_writers import WRITERS, project_of_writers

pytestmark = pytest.mark.django_db

OURS = {"csrfmiddlewaretoken", "step", "seen", "sure", "form_key", "show_only"}
# Longer than any name may be, and nothing that is a number, a day or a choice.
SPOILED = "x" * 2_500
FOCUSED = re.compile(r"<(\w+)\b[^>]*\bautofocus\b[^>]*>")

TAKING_ANY_TEXT = {"minutes written", "part written"}


@pytest.fixture
def client():
    user = make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)
    client = logged_in(user)
    client.user = user
    return client


def faults_of(page):
    """What keeps a person from what is wrong; empty if nothing does."""
    html = page.content.decode()
    focus = FOCUSED.search(html)
    if focus is None:
        return "nothing has the focus"
    if 'role="alert"' not in focus[0] and 'aria-invalid="true"' not in focus[0]:
        return f"the focus is at {focus[0]}"
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    found = re.search(r'<div class="notice refused".*?</div>', html, re.DOTALL)
    places = re.findall(r'href="#([^"]*)"', found[0]) if found else []
    return ", ".join(f"no element {place!r}" for place in places if place not in ids)


def spoil(data, value):
    """Without what says how many rows there are, and which."""
    kept = re.compile(r".*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|(.*-)?id")
    return {
        name: values if name in OURS or kept.fullmatch(name) else [value for _each in values]
        for name, values in data.items()
    }


def test_every_form_of_the_admin_opens_at_why_it_was_refused(client):
    project_of_writers()
    faults, refused = {}, 0
    for address in list(forms_of_admin(client)):
        answer = client.post(address, spoil(posted_by(client.get(address)), SPOILED))
        refused += answer.status_code == 200
        if answer.status_code != 200 or faults_of(answer):
            faults[address] = faults_of(answer) or answer.status_code

    assert faults == {}
    assert refused > len(admin.site._registry)


def test_every_other_form_opens_at_why_it_was_refused(client):
    project, faults, saved = project_of_writers(), {}, set()
    for name, prepare in WRITERS.items():
        post = prepare(client, project)
        if post.address.startswith("/admin/") and post.address.endswith(("/add/", "/change/")):
            continue
        answer = client.post(post.address, spoil(post.data, SPOILED))
        if answer.status_code not in {200, 422}:
            saved.add(name)
        elif fault := faults_of(answer):
            faults[name] = fault

    assert faults == {}
    assert saved == TAKING_ANY_TEXT
