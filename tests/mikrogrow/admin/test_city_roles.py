"""Roles of the city's own: single rights on top of the six roles, given in the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.urls import reverse

from mikrogrow.roles import ROLES, SYSTEM_ADMINISTRATOR, VIEWER, grant_role_permissions
from tests.support.cast import logged_in
from tests.support.factories import make_user
from tests.support.invoice_cases import invoice_of, setting
from tests.support.pages import send, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/mikrogrow/role/"
ADD = f"{LIST}add/"
SINGLE = [
    "Saa avata laskun tiedoston",
    "Saa hyväksyä laskun",
    "Saa hyväksyä rahoitussuunnitelman",
    "Saa merkitä laskun maksetuksi",
    "Saa nähdä päätösten salassa pidettävät kohdat ja liitteet",
    "Saa pitää yllä vetämiensä ryhmien tietoja",
    "Saa tarkastaa laskun",
]


def right(codename):
    return str(Permission.objects.get(codename=codename).pk)


def page_of(role):
    return reverse("admin:mikrogrow_role_change", args=[role.pk])


@pytest.fixture
def administrator():
    return logged_in(SYSTEM_ADMINISTRATOR)


def test_a_city_makes_a_role_and_gives_it_and_its_people_open_files(administrator):
    place, reader = setting(), make_user(VIEWER)
    invoice = invoice_of(place, file=ContentFile(b"%PDF-1.7", "x.pdf"), file_name="x.pdf")
    file, client = reverse("invoice_file", args=[invoice.pk]), logged_in(reader)
    assert client.get(file).status_code == 404

    made = send(administrator, ADD, {"name": "Tilintarkastaja", "permissions": [right("open_file")]})
    role = Group.objects.get(name="Tilintarkastaja")
    viewer = Group.objects.get(name=VIEWER)
    user_page = reverse("admin:auth_user_change", args=[reader.pk])
    given = send(administrator, user_page, {"groups": [str(viewer.pk), str(role.pk)]})

    assert (made.status_code, given.status_code) == (302, 302)
    assert client.get(file).status_code == 200
    # Migrating again restores the six roles and leaves the city's own.
    grant_role_permissions()
    assert client.get(file).status_code == 200
    listed = text_of(administrator.get(LIST))
    assert "Tilintarkastaja Saa avata laskun tiedoston" in listed
    places = [listed.index(name) for name in (*ROLES, "Tilintarkastaja")]
    assert places == sorted(places)


def test_only_single_rights_are_offered_in_finnish_and_others_cannot_be_sent(administrator):
    field = administrator.get(ADD).context["adminform"].form.fields["permissions"]

    answer = send(administrator, ADD, {"name": "Kaikkivoipa", "permissions": [right("delete_user")]})

    assert [words for _value, words in field.choices] == SINGLE
    assert (answer.status_code, Group.objects.filter(name="Kaikkivoipa").exists()) == (200, False)


def test_a_role_without_rights_is_refused(administrator):
    answer = send(administrator, ADD, {"name": "Tyhjä"})

    assert (answer.status_code, Group.objects.filter(name="Tyhjä").exists()) == (200, False)


@pytest.mark.parametrize("name", ROLES)
def test_the_five_roles_do_not_change(administrator, name):
    role = Group.objects.get(name=name)
    before = set(role.permissions.values_list("pk", flat=True))
    other = Group.objects.create(name="Oma")
    other.permissions.add(Permission.objects.get(codename="open_file"))

    shown = text_of(administrator.get(page_of(role)))
    changed = send(administrator, page_of(role), {"name": "Muu"}, like=None)
    deleted = administrator.post(reverse("admin:mikrogrow_role_delete", args=[role.pk]), {"post": "yes"})

    assert "Tämän roolin oikeudet kuuluvat ohjelmaan, eikä niitä muuteta." in shown
    assert "Can " not in shown
    assert (changed.status_code, deleted.status_code) == (302, 403)
    role.refresh_from_db()
    assert (role.name, set(role.permissions.values_list("pk", flat=True))) == (name, before)


def test_a_role_with_other_rights_is_shown_and_does_not_lose_them(administrator):
    role = Group.objects.create(name="Skriptin tekemä")
    role.permissions.set(Permission.objects.filter(codename__in=["open_file", "delete_user"]))

    answer = send(administrator, page_of(role), {"permissions": [right("open_file")]}, like=None)

    assert (answer.status_code, role.permissions.count()) == (302, 2)


def test_a_role_of_the_citys_own_changes_and_goes(administrator):
    role = Group.objects.create(name="Oma")
    role.permissions.add(Permission.objects.get(codename="open_file"))

    changed = send(administrator, page_of(role), {"permissions": [right("pay_invoice")]})
    assert (changed.status_code, role.permissions.get().codename) == (302, "pay_invoice")

    deleted = send(administrator, reverse("admin:mikrogrow_role_delete", args=[role.pk]), {"post": "yes"})
    assert (deleted.status_code, Group.objects.filter(pk=role.pk).exists()) == (302, False)


@pytest.mark.parametrize("role", [role for role in ROLES if role != SYSTEM_ADMINISTRATOR])
def test_others_neither_see_nor_make_roles(role):
    client = logged_in(role, is_staff=True)

    assert [client.get(address).status_code for address in (LIST, ADD)] == [403, 403]
    assert client.post(ADD, {"name": "Oma", "permissions": [right("open_file")]}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(administrator, django_assert_num_queries, rows):
    for number in range(rows):
        Group.objects.create(name=f"Oma {number}").permissions.add(
            Permission.objects.get(codename="open_file")
        )

    with django_assert_num_queries(LIST_QUERIES):
        administrator.get(LIST)


LIST_QUERIES = 7
