"""Whoever's login ends while they write: their form is there after the login, and nobody else sees it."""

from datetime import date, timedelta
from itertools import islice

import pytest
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mikrogrow.models import Change, FileOpening, KeptForm
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from mikrogrow.web import kept_forms
from mikrogrow.web.kept_forms import COOKIE, KEPT_FOR, MOST_OF_A_PERSON, is_secret
from tests.support.ended_login import careful_client, end_logins, goal_of, log_in, send_after_the_end
from tests.support.every_field import admin_address
from tests.support.factories import approve, make_group, make_part, make_plan, make_project, make_user
from tests.support.pages import forms_on, posted_by, text_of
from tests.test_writers import WRITERS, project_of_writers

pytestmark = pytest.mark.django_db

SENTENCE = (
    "Istunto päättyi, kun kirjoitit. Lomake on tässä niin kuin kirjoitit sen; mitään ei ole vielä "
    "tallennettu."
)
# A page signs anew what it shows, and has a CSRF token of its own.
SIGNED = {"seen", "csrfmiddlewaretoken"}


@pytest.fixture
def writer():
    return make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)


@pytest.fixture
def client(writer):
    client = careful_client()
    log_in(client, writer)
    return client


@pytest.fixture
def group():
    return make_group(make_project())


def typed(data):
    return {name: values for name, values in data.items() if name not in SIGNED and "password" not in name}


def filled(response):
    """The page's form with something in each of its text fields."""
    data = posted_by(response)
    for field in response.context["adminform"].form.visible_fields():
        if isinstance(field.field.widget, forms.Textarea | forms.TextInput):
            data[field.html_name] = ["kesken"]
    return data


def interrupt(client, writer, address, data, **options):
    """What the person sees after sending the form too late and logging in."""
    before = Change.objects.count()
    login = send_after_the_end(client, address, data, **options)
    assert "Istunto oli päättynyt. Kirjaudu sisään" in text_of(client.get(login))
    shown = client.get(log_in(client, writer, login))
    assert (shown.status_code, Change.objects.count()) == (200, before)
    return shown


def address_of(shown):
    return f"{shown.request['PATH_INFO']}?{shown.request['QUERY_STRING']}"


def editable_kinds():
    """Without the log of opened files, which is only shown."""
    return [model for model in admin.site._registry if model is not FileOpening]


def forms_of_admin(client):
    """The addresses of the forms that can be saved: each kind's empty one, and that of its first open row."""
    for model in editable_kinds():
        names = f"{model._meta.app_label}_{model._meta.model_name}"
        rows = (admin_address(row) for row in model._default_manager.order_by("pk"))
        yield from islice((address for address in rows if can_be_saved(client, address)), 1)
        if can_be_saved(client, address := reverse(f"admin:{names}_add")):
            yield address


def passwords_on(page):
    fields = page.context["adminform"].form.visible_fields()
    return {field.html_name for field in fields if isinstance(field.field.widget, forms.PasswordInput)}


def can_be_saved(client, address):
    return b'name="_save"' in client.get(address).content


def test_every_form_of_the_admin_is_shown_as_it_was_typed(client, writer):
    project_of_writers()
    others, addresses = {}, list(forms_of_admin(client))

    for address in addresses:
        page = client.get(address)
        assert passwords_on(page) == {name for name in posted_by(page) if is_secret(name)}
        data = filled(page)
        shown = interrupt(client, writer, address, data)
        if SENTENCE not in text_of(shown) or typed(posted_by(shown)) != typed(data):
            others[address] = text_of(shown)

    assert others == {}
    kinds = len(editable_kinds())
    assert len([address for address in addresses if address.endswith("/add/")]) == kinds
    # Of seven kinds there is no row that can be changed.
    assert len(addresses) == 2 * kinds - 7


def test_whatever_is_typed_is_shown_again_and_saved_when_it_is_sent_from_there(client, writer):
    client.user = writer
    project, lost = project_of_writers(), {}
    for name, prepare in WRITERS.items():
        post = prepare(client, project)

        shown = interrupt(client, writer, post.address, post.data)

        found = [form for form in forms_on(shown) if typed(form).items() >= typed(sent(post)).items()]
        answer = client.post(address_of(shown), found[0]) if found else None
        if SENTENCE not in text_of(shown) or answer is None or answer.status_code != 302:
            lost[name] = text_of(shown)
    assert lost == {}
    assert not KeptForm.objects.exists()


def sent(post):
    return {name: values if isinstance(values, list) else [values] for name, values in post.data.items()}


def change_group(client, group, title="kesken"):
    address = admin_address(group)
    return address, {**posted_by(client.get(address)), "name": [title]}


def test_nobody_else_sees_it_at_the_same_browser(client, writer, group):
    address, data = change_group(client, group)
    login = send_after_the_end(client, address, data)

    other = make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)
    theirs = client.get(log_in(client, other, login))

    assert (theirs.status_code, posted_by(theirs)["name"]) == (200, [group.name])
    assert "Istunto päättyi" not in text_of(theirs)
    # Nor by another way.
    end_logins()
    assert log_in(client, other) == "/"
    end_logins()
    assert posted_by(client.get(log_in(client, writer, login)))["name"] == ["kesken"]


def test_a_form_from_before_somebody_else_logged_in_is_kept_for_nobody(client, group):
    address, data = change_group(client, group)
    end_logins()
    log_in(client, make_user(SYSTEM_ADMINISTRATOR, is_superuser=True))
    client.get(address)
    end_logins()

    answer = client.post(address, data)

    assert (answer.status_code, KeptForm.objects.count()) == (403, 0)


@pytest.mark.parametrize("which", ["none", "another person", "an earlier login", "nonsense"])
def test_without_a_cookie_of_ours_it_is_kept_for_nobody(client, writer, group, which):
    earlier = client.get(admin_address(group)) and client.cookies[COOKIE].value
    end_logins()
    log_in(client, writer)
    address, data = change_group(client, group)
    own = client.cookies[COOKIE].value
    values = {
        "none": "",
        "another person": f"{make_user().pk}.{own.split('.')[1]}",
        "an earlier login": earlier,
        "nonsense": "1.2.3",
    }
    client.cookies[COOKIE] = values[which]

    login = send_after_the_end(client, address, data)

    assert earlier != own
    assert (goal_of(login), KeptForm.objects.count()) == (address, 0)


def test_no_password_is_kept(client, writer):
    address = reverse("admin:auth_user_add")
    data = {
        **posted_by(client.get(address)),
        "username": "uusi",
        "password1": "salaista-1",
        "password2": "sal",
    }

    shown = interrupt(client, writer, address, data)

    assert "sal" not in KeptForm.objects.get().content
    assert (posted_by(shown)["username"], posted_by(shown)["password1"]) == (["uusi"], [""])


def test_of_a_form_of_passwords_nothing_is_kept(client):
    data = {**posted_by(client.get("/accounts/password/")), "old_password": "salaista-1"}

    assert goal_of(send_after_the_end(client, "/accounts/password/", data)) == "/accounts/password/"
    assert not KeptForm.objects.exists()


def test_a_chosen_file_is_to_be_chosen_again(client, writer):
    make_part(make_project())
    address = reverse("admin:financing_invoice_add")
    data = {**posted_by(client.get(address)), "supplier": ["kesken"]}
    file = SimpleUploadedFile("lasku.pdf", b"%PDF-1.7")

    shown = interrupt(client, writer, address, {**data, "file": file})

    assert f"{SENTENCE} Tiedosto ”lasku.pdf” ei säilynyt: valitse se uudelleen." in text_of(shown)
    assert posted_by(shown)["supplier"] == ["kesken"]


def test_what_others_have_saved_meanwhile_is_on_the_form_too(client, writer, group):
    address, data = change_group(client, group)
    login = send_after_the_end(client, address, data)
    group.target_companies = 77
    group.save()

    shown = client.get(log_in(client, writer, login))

    assert (posted_by(shown)["name"], posted_by(shown)["target_companies"]) == (["kesken"], ["77"])


def test_a_row_that_was_approved_meanwhile_says_so(client, writer):
    plan = make_plan(make_part(make_project()), 1000)
    address = admin_address(plan)
    login = send_after_the_end(client, address, posted_by(client.get(address)))
    approve(plan)

    answer = client.get(log_in(client, writer, login))

    assert answer["Location"] == address
    assert "Hyväksyttyä suunnitelmaa ei voi muuttaa." in text_of(client.get(address))
    assert KeptForm.objects.exists()


def test_an_import_goes_on_with_its_preview(client, writer):
    plan = make_plan(make_part(make_project(starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31))), 1000)
    address = reverse("budget_import", args=[plan.project.slug])
    (form,) = (form for form in forms_on(client.get(address)) if "plan" in form)
    file = SimpleUploadedFile("taulukko.csv", "Lähde;Yhteensä;2017\nOma;10;10\n".encode())

    start = interrupt(client, writer, address, {**form, "file": file})
    assert "Tiedosto ”taulukko.csv” ei säilynyt" in text_of(start)

    file.seek(0)
    (form,) = (form for form in forms_on(start) if "plan" in form)
    preview = client.post(address, {**form, "file": file}, follow=True)
    (form,) = (form for form in forms_on(preview) if "content" in form)
    shown = interrupt(client, writer, address, {**form, "step": "confirm"})
    assert SENTENCE in text_of(shown)
    assert "Esikatselu taulukko.csv" in text_of(shown)


def test_who_logs_in_on_the_front_page_comes_to_it_too(client, writer, group):
    address, data = change_group(client, group)
    goal = goal_of(send_after_the_end(client, address, data))

    assert log_in(client, writer) == goal


def test_the_rest_of_the_address_stays(client, group):
    address, data = change_group(client, group)

    goal = goal_of(send_after_the_end(client, f"{address}?_changelist_filters=q%3Da", data))

    assert goal == f"{address}?_changelist_filters=q%3Da&kept={KeptForm.objects.get().pk}"


@pytest.mark.parametrize("key", ["x", "", "-1", "٣", "9" * 18, "9" * 40, "1.5"])
def test_an_address_of_no_kept_form_shows_the_page(client, group, key):
    shown = client.get(admin_address(group), {"kept": key})

    assert (shown.status_code, posted_by(shown)["name"]) == (200, [group.name])


def test_the_kept_form_of_another_page_is_not_shown(client, writer, group):
    address, data = change_group(client, group)
    login = send_after_the_end(client, address, data)
    log_in(client, writer, login)

    other = client.get(admin_address(group.project), {"kept": KeptForm.objects.get().pk})

    assert "Istunto päättyi" not in text_of(other)


def test_it_is_kept_for_a_day(client, writer, group):
    address, data = change_group(client, group)
    login = send_after_the_end(client, address, data)
    KeptForm.objects.update(kept_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))

    shown = client.get(log_in(client, writer, login))

    assert posted_by(shown)["name"] == [group.name]
    assert not KeptForm.objects.exists()


def test_few_are_kept_of_a_person_and_no_large_ones(client, writer, group, monkeypatch):
    address, data = change_group(client, group)
    end_logins()
    for number in range(MOST_OF_A_PERSON + 2):
        client.post(address, {**data, "name": f"kesken {number}"})

    assert KeptForm.objects.count() == MOST_OF_A_PERSON
    assert posted_by(client.get(log_in(client, writer)))["name"] == [f"kesken {MOST_OF_A_PERSON + 1}"]

    monkeypatch.setattr(kept_forms, "MOST_CHARACTERS", 200)
    assert goal_of(send_after_the_end(client, address, change_group(client, group, "k" * 200)[1])) == address
