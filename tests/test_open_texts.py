"""No text that everybody reads holds a mark of what is secret: whatever takes one in refuses it."""

import re

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import get_resolver

from groups.models import Company
from mikrogrow.fields import OpenTextFormField, PlainTextFormField
from mikrogrow.roles import FACILITATOR, SYSTEM_ADMINISTRATOR
from mikrogrow.values.typed_text import excerpt
from projects.choices import OrganisationKind
from projects.models import Decision, Organisation
from tests.mikrogrow.web.test_kept_forms import forms_of_admin
from tests.support.cast import logged_in
from tests.support.factories import make_group, make_municipality, make_project, make_user
from tests.support.pages import posted_by, text_of
from tests.support.papers import demonstration_paper
from tests.test_writers import WRITERS, project_of_writers

GROUND = "JulkL 24 § 1 mom. 20 k"
MARKED = f"[[salainen {GROUND}: Salakirves]]"
# As short as the shortest column.
SHORT = "[[s"
REFUSED = "Salassa pidettävän kohdan merkintä toimii vain päätöksen osien teksteissä"
UNDERSTOOD = {
    "projects.DecisionPart.text",
    "projects.Decision.conditions",
    "projects.Vote.base_proposal",
    "projects.Vote.counter_proposal",
    "projects.Dissent.text",
}
KEY, LOG, JSON, DJANGO = "a key or a hash", "a log of what was done", "JSON that is kept", "written by Django"
NOT_TYPED = {
    "admin.LogEntry.change_message": JSON,
    "admin.LogEntry.object_id": KEY,
    "admin.LogEntry.object_repr": LOG,
    "auth.Permission.codename": DJANGO,
    "auth.Permission.name": DJANGO,
    "auth.User.password": KEY,
    "contenttypes.ContentType.app_label": DJANGO,
    "contenttypes.ContentType.model": DJANGO,
    "financing.FindingExplanation.facts": JSON,
    "mikrogrow.Change.kind": LOG,
    "mikrogrow.Change.model": LOG,
    "mikrogrow.ChangedProject.name": "a copy of a name, until figures are computed",
    "mikrogrow.FileOpening.model": LOG,
    "mikrogrow.FileOpening.sha256": KEY,
    "mikrogrow.ImportPreview.content": JSON,
    "mikrogrow.ImportPreview.key": KEY,
    "mikrogrow.ImportPreview.path": KEY,
    "mikrogrow.KeptForm.content": JSON,
    "mikrogrow.KeptForm.path": KEY,
    "mikrogrow.KnownAddress.key": KEY,
    "mikrogrow.LoginAttempts.key": KEY,
    "mikrogrow.PrintOrder.basis": KEY,
    "mikrogrow.PrintOrder.file_name": "made of the document",
    "mikrogrow.PrintOrder.key": KEY,
    "mikrogrow.PrintOrder.problem": LOG,
    "mikrogrow.PrintOrder.sha256": KEY,
    "mikrogrow.PrintOrder.worker": KEY,
    "mikrogrow.SavedForm.address": KEY,
    "mikrogrow.SavedForm.content": KEY,
    "mikrogrow.SavedForm.key": KEY,
    "sessions.Session.session_data": DJANGO,
    "sessions.Session.session_key": KEY,
}


def text_columns():
    for model in apps.get_models(include_auto_created=True):
        if not model.__name__.startswith("Historical") and not model._meta.proxy:
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.choices:
                    yield f"{model._meta.label}.{field.name}"


def fate_of(column, typed):
    """What becomes of a text in the column, by what the model says of it."""
    label, _dot, name = column.rpartition(".")
    try:
        apps.get_model(label)(**{name: typed}).clean_fields()
    except ValidationError as refused:
        said = refused.message_dict.get(name, [])
        if any(REFUSED in sentence for sentence in said):
            return "refused"
        return "refused as wrong" if any("Osa " in sentence for sentence in said) else "taken"
    return "taken"


def test_every_text_of_every_model_refuses_a_mark_or_understands_it():
    fates = {column: fate_of(column, MARKED) for column in text_columns()}

    assert {column for column, fate in fates.items() if fate == "taken"} == {*UNDERSTOOD, *NOT_TYPED}


@pytest.mark.parametrize("column", sorted(UNDERSTOOD))
@pytest.mark.parametrize(
    "typed", [SHORT, "[[salanen JulkL 24 §: Salakirves]]", "[[salainen JulkL 24 §: auki"]
)
def test_who_understands_marks_refuses_a_wrong_one_from_whatever_brings_it(column, typed):
    assert fate_of(column, typed) == "refused as wrong"


def our_forms(base=forms.BaseForm):
    for form in base.__subclasses__():
        yield from our_forms(form)
        if form.__module__.partition(".")[0] in {"mikrogrow", "projects", "financing", "groups"}:
            yield form


def texts_of_no_row(form):
    """Fields of text that are no column of the form's own model."""
    meta = getattr(form, "_meta", None)
    columns = {field.name for field in meta.model._meta.fields} if getattr(meta, "model", None) else set()
    for name, field in getattr(form, "base_fields", {}).items():
        is_shown = not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
        is_text = type(field) in {forms.CharField, OpenTextFormField, PlainTextFormField}
        if is_shown and is_text and name not in columns:
            yield f"{form.__module__}.{form.__name__}.{name}", field


# They save nothing.
SEARCHED = {
    "mikrogrow.personal_data.forms.PersonForm.q",
    "projects.forms.genuine.GenuineForm.code",
    "projects.pages.filters.DecisionFilter.q",
    "projects.pages.filters.PortfolioFilter.q",
    "projects.pages.filters.SearchForm.q",
}
MARKED_IN_FORMS = {"financing.forms.papers.TextForm.text"}


def test_every_text_of_a_form_without_a_row_refuses_a_mark():
    # Loads every form.
    assert get_resolver().url_patterns
    taking = set()
    for name, field in {name: each for form in our_forms() for name, each in texts_of_no_row(form)}.items():
        try:
            field.clean(MARKED)
        except ValidationError as refused:
            if any(REFUSED in sentence for sentence in refused.messages):
                continue
        taking.add(name)

    assert taking == SEARCHED | MARKED_IN_FORMS


ELEMENT = re.compile(r"<(?:textarea|input)\b[^>]*>")
NAME = re.compile(r'<(?:textarea\b|input\b(?=[^>]*\btype="text"))[^>]*?\bname="([^"]+)"')


def text_fields(page):
    """The names of the fields of a page in which a person types words."""
    elements = (each[0] for each in ELEMENT.finditer(page.content.decode()))
    found = (NAME.match(each) for each in elements if 'inputmode="' not in each)
    return {each[1] for each in found if each}


def marked(data, names):
    return {name: [SHORT] if name in names else values for name, values in data.items()}


def stored_with(typed):
    """The columns of every table that hold it, but for those that understand it and what is not typed."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}".replace(".Historical", ".")
            is_text = isinstance(field, models.CharField | models.TextField)
            if not is_text or name in {*UNDERSTOOD, *NOT_TYPED}:
                continue
            if model._base_manager.filter(**{f"{field.name}__contains": typed}).exists():
                found.append(name)
    return found


@pytest.fixture
def administrator():
    user = make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)
    client = logged_in(user)
    client.user = user
    return client


def is_said(answer):
    words = text_of(answer)
    return REFUSED in words or "Merkinnän alussa on oltava salainen tai henkilötieto" in words


@pytest.mark.django_db
def test_every_form_of_the_admin_says_so_and_stores_nothing(administrator):
    project_of_writers()
    tried, silent = 0, {}
    for address in list(forms_of_admin(administrator)):
        page = administrator.get(address)
        data = posted_by(page)
        if names := text_fields(page) & data.keys():
            tried += 1
            answer = administrator.post(address, marked(data, names))
            if answer.status_code != 200 or not is_said(answer):
                silent[address] = answer.status_code

    assert silent == {}
    assert stored_with(SHORT) == []
    assert tried > 35


@pytest.mark.django_db
def test_every_other_form_says_so_and_stores_nothing(administrator):
    project, tried, silent = project_of_writers(), 0, {}
    for name, prepare in WRITERS.items():
        post = prepare(administrator, project)
        if post.address.startswith("/admin/") and post.address.endswith(("/add/", "/change/")):
            continue
        again = administrator.post(post.address, {**post.data, "show_only": "1"})
        if names := text_fields(again) & post.data.keys():
            tried += 1
            answer = administrator.post(post.address, marked(post.data, names))
            if answer.status_code not in {200, 422} or not is_said(answer):
                silent[name] = answer.status_code

    assert silent == {}
    assert stored_with(SHORT) == []
    assert tried > 20


@pytest.mark.django_db
def test_a_list_of_companies_with_a_mark_is_refused_at_its_row_and_column():
    user = make_user(FACILITATOR)
    group = make_group(make_project(), facilitator=user)
    make_municipality("Iisalmi", sub_region=group.sub_region)
    sheet = f"Yritys;Kunta;Toimiala\nAamu Oy;Iisalmi;{MARKED}\n{MARKED};Iisalmi;Kahvila\n"
    file = SimpleUploadedFile("yritykset.csv", sheet.encode())

    address = f"/groups/{group.pk}/companies/import/"
    answer = logged_in(user).post(address, {"step": "upload", "file": file}, follow=True)

    said = f"Luettiin ”{excerpt(MARKED)}”. {REFUSED}"
    assert f"Toimiala (C): {said}" in text_of(answer).replace("\u00a0", " ")
    assert f"Yritys (A): {said}" in text_of(answer).replace("\u00a0", " ")
    assert not Company.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("read", "written", "said"),
    [
        ("4834/2017 Hankepäätös", f"4834/2017 {MARKED}", REFUSED),
        ("Hankkeen", "[[salanen JulkL 24 §: Salakirves]] Hankkeen", "Merkinnän alussa on oltava salainen"),
    ],
)
def test_a_paper_with_a_mark_is_refused_by_the_command_with_a_sentence(tmp_path, read, written, said):
    project = make_project()
    Organisation.objects.create(name="Kuopion kaupunki", kind=OrganisationKind.MUNICIPALITY, is_own_city=True)
    paper = demonstration_paper()
    assert read in paper
    path = tmp_path / "paatos.txt"
    path.write_text(paper.replace(read, written), "utf-8")
    user = make_user(SYSTEM_ADMINISTRATOR)

    with pytest.raises(CommandError, match=said):
        call_command("import_decision", str(path), project=project.slug, save=True, user=user.username)

    assert not Decision.objects.exists()
