"""Whatever one edit makes of a row, every page of every project is there, and other rows have their sense."""

import os

import pytest
from django.db import transaction
from django.urls import reverse

from mikrogrow.database.versions import COMMON
from mikrogrow.models import Version
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.models import Project
from tests.support.cast import logged_in
from tests.support.demonstration import put_demonstration
from tests.support.every_field import (
    LISTS,
    broken_pages,
    editable_rows,
    edits_of,
    faults,
    models_with_forms,
    pages_of,
    rows_without_sense,
)
from tests.support.factories import make_commitment, make_draft_decision, make_user
from tests.support.full_project import make_full_project

pytestmark = pytest.mark.django_db

# Of some 2 500 edits; all of them (EDITS_ONE_IN=1) take an hour.
ONE_IN = int(os.environ.get("EDITS_ONE_IN", "41"))


@pytest.fixture
def administrator():
    put_demonstration()
    make_commitment(make_draft_decision(make_full_project()))
    return logged_in(make_user(SYSTEM_ADMINISTRATOR, is_superuser=True))


def versions():
    return dict(Version.objects.values_list("project", "number"))


def changed_since(before):
    """Projects with another version; of those that share a row, the demonstration's and the full one."""
    changed = {key for key, number in versions().items() if before.get(key) != number}
    if COMMON in changed:
        ordered = Project.objects.order_by("pk")
        changed |= {ordered.first().pk, ordered.last().pk}
    return Project.objects.filter(pk__in=changed).order_by("pk")


def broken_after(client, edit):
    """Whether the edit was saved, and which pages or rows it broke; nothing of it stays."""
    before = versions()
    with transaction.atomic():
        answer = client.post(edit.address, edit.data)
        assert answer.status_code in {200, 302}, str(edit)
        addresses = [reverse(name) for name in LISTS]
        addresses += [page for project in changed_since(before) for page in pages_of(project)]
        is_saved = answer.status_code == 302
        found = [*broken_pages(client, addresses), *faults(), *rows_without_sense()] if is_saved else []
        transaction.set_rollback(True)
    return is_saved, [f"{edit}: {fault}" for fault in found]


def test_no_edit_of_one_row_takes_a_page_or_the_sense_of_another_row(administrator, record_property):
    only = os.environ.get("EDITS_OF", "")
    rows = [row for model in models_with_forms() for row in editable_rows(model)]
    edits = [edit for row in rows if only in row._meta.object_name for edit in edits_of(administrator, row)][
        ::ONE_IN
    ]
    results = [broken_after(administrator, edit) for edit in edits]
    saved = sum(is_saved for is_saved, _found in results)
    record_property("edits", f"{len(edits)} edits were tried, {saved} of them were saved")
    assert [fault for _is_saved, found in results for fault in found] == []
    assert saved
