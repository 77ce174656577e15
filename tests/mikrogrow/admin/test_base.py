"""The admin site as a whole: who gets in, how it speaks, users, and two people with one form open."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    ROLES,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from mikrogrow.web.middleware import CONTENT_SECURITY_POLICY
from projects.models import Organisation
from tests.support.cast import logged_in
from tests.support.factories import PASSWORD, make_organisation, make_user
from tests.support.pages import posted_by, send, text_of

pytestmark = pytest.mark.django_db


def test_a_stranger_is_sent_to_the_sites_own_login_page_and_back():
    make_user(BUDGET_ADMINISTRATOR, username="budjetti")
    client = Client()

    sent = client.get("/admin/projects/project/", follow=True)
    back = client.post(sent.redirect_chain[-1][0], {"username": "budjetti", "password": PASSWORD})

    assert sent.redirect_chain == [("/accounts/login/?next=/admin/projects/project/", 302)]
    assert (back.status_code, back.url) == (302, "/admin/projects/project/")


def test_the_admins_own_login_address_leads_to_the_sites_login_page():
    answer = Client().get("/admin/login/?next=/admin/financing/")

    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=%2Fadmin%2Ffinancing%2F")


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/projects/project/", "/admin/not/there/", "/admin/jsi18n/"]
)
def test_somebody_who_is_no_administrator_gets_a_page_that_says_so(path):
    answer = logged_in(VIEWER).get(path)

    assert answer.status_code == 403
    assert "Käyttäjätunnuksellasi ei ole oikeutta tähän sivuun." in text_of(answer)


def test_a_viewer_who_was_marked_as_administrator_by_mistake_still_changes_nothing():
    organisation = make_organisation(name="Ennen")
    client = logged_in(VIEWER, is_staff=True)
    address = reverse("admin:projects_organisation_change", args=[organisation.pk])

    answer = client.post(address, {"name": "Jälkeen", "kind": "other"})

    organisation.refresh_from_db()
    assert (client.get(address).status_code, answer.status_code, organisation.name) == (200, 403, "Ennen")


@pytest.mark.parametrize(
    ("role", "headings"),
    [
        (BUDGET_ADMINISTRATOR, ["Hankkeet", "Rahoitus", "Ryhmät"]),
        (DECISION_PREPARER, ["Hankkeet", "Rahoitus", "Ryhmät"]),
        (INVOICE_APPROVER, ["Hankkeet", "Rahoitus", "Ryhmät"]),
        (SYSTEM_ADMINISTRATOR, ["Hankkeet", "Rahoitus", "Ryhmät", "Kirjautuminen ja oikeudet", "Oikeudet"]),
    ],
)
def test_the_first_page_lists_what_the_role_may_see_in_the_order_of_work(role, headings):
    answer = logged_in(role).get("/admin/")

    assert [str(app["name"]) for app in answer.context["app_list"]] == headings


def test_every_page_of_the_admin_has_the_strict_policy_and_no_script_or_style_of_its_own():
    organisation = make_organisation()
    client = logged_in(SYSTEM_ADMINISTRATOR)

    for address in [
        "/admin/",
        "/admin/projects/organisation/",
        f"/admin/projects/organisation/{organisation.pk}/change/",
    ]:
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert ("<style" in page, " style=" in page, "<script>" in page, "onclick" in page) == (False,) * 4


def test_logging_out_is_a_post_from_every_page_of_the_admin():
    client = logged_in(SYSTEM_ADMINISTRATOR)
    page = client.get("/admin/").content.decode()

    assert page.count('method="post" action="/accounts/logout/"') == 1
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_a_search_finds_capital_letters_with_dots_and_takes_signs_literally():
    make_organisation(name="Äänekosken Kehitys")
    client = logged_in(SYSTEM_ADMINISTRATOR)

    found = client.get("/admin/projects/organisation/", {"q": "äänekosken kehitys"})
    signs = client.get("/admin/projects/organisation/", {"q": "(*["})

    assert [row.name for row in found.context["cl"].result_list] == ["Äänekosken Kehitys"]
    assert (signs.status_code, list(signs.context["cl"].result_list)) == (200, [])


def test_rows_cannot_be_deleted_in_bulk():
    organisation = make_organisation()

    logged_in(SYSTEM_ADMINISTRATOR).post(
        "/admin/projects/organisation/",
        {"action": "delete_selected", "_selected_action": [organisation.pk], "post": "yes"},
    )

    assert Organisation.objects.filter(pk=organisation.pk).exists()


# Users


def user_page(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def test_a_system_administrator_gives_and_takes_roles():
    user = make_user(VIEWER)
    wanted = Group.objects.get(name=BUDGET_ADMINISTRATOR)

    answer = send(
        logged_in(SYSTEM_ADMINISTRATOR), user_page(user), {"groups": [str(wanted.pk)], "is_staff": "on"}
    )

    user.refresh_from_db()
    assert (answer.status_code, list(user.groups.all()), user.is_staff) == (302, [wanted], True)


def test_nobody_can_make_themselves_or_others_superuser_or_give_single_rights():
    permission = Permission.objects.get(codename="delete_user")
    client = logged_in(SYSTEM_ADMINISTRATOR, username="yllapito")
    myself, other = User.objects.get(username="yllapito"), make_user(VIEWER)
    extra = {"is_superuser": "on", "user_permissions": [str(permission.pk)]}

    answers = [send(client, user_page(user), extra) for user in (myself, other)]

    assert [answer.status_code for answer in answers] == [302, 302]
    for user in (myself, other):
        user.refresh_from_db()
        assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


def test_a_new_account_gets_no_right_that_was_slipped_into_its_form():
    answer = send(
        logged_in(SYSTEM_ADMINISTRATOR),
        reverse("admin:auth_user_add"),
        {
            "username": "uusi",
            "password1": "pitka-salasana-7",
            "password2": "pitka-salasana-7",
            "is_superuser": "on",
            "is_staff": "on",
        },
    )

    user = User.objects.get(username="uusi")
    assert (answer.status_code, user.is_superuser, user.is_staff) == (302, False, False)


@pytest.mark.parametrize("rights", [[], ["delete_user"], ["delete_user", "open_file"]])
def test_only_the_five_roles_are_offered_and_others_cannot_be_sent(rights):
    strong = Group.objects.create(name="Kaikkivoipa")
    strong.permissions.set(Permission.objects.filter(codename__in=rights))
    user = make_user(VIEWER)
    client = logged_in(SYSTEM_ADMINISTRATOR)

    offered = client.get(user_page(user)).context["adminform"].form.fields["groups"].queryset
    answer = send(client, user_page(user), {"groups": [str(strong.pk)]})

    assert sorted(group.name for group in offered) == sorted(ROLES)
    assert (answer.status_code, list(user.groups.all())) == (200, [Group.objects.get(name=VIEWER)])


def test_a_system_administrator_sees_a_superuser_but_cannot_take_over_the_account():
    superuser = User.objects.create_superuser("juuri", password=PASSWORD)
    client = logged_in(SYSTEM_ADMINISTRATOR)

    seen = client.get(user_page(superuser))
    changed = client.post(user_page(superuser), {"username": "oma"})
    password = client.post(
        reverse("admin:auth_user_password_change", args=[superuser.pk]),
        {"password1": "pitka-salasana-7", "password2": "pitka-salasana-7", "usable_password": "true"},
    )

    superuser.refresh_from_db()
    assert (seen.status_code, changed.status_code, password.status_code) == (200, 403, 403)
    assert (superuser.username, superuser.check_password(PASSWORD)) == ("juuri", True)


def test_a_superuser_keeps_what_others_may_not():
    superuser = User.objects.create_superuser("juuri", password=PASSWORD)
    client = logged_in(superuser)

    answer = send(client, user_page(superuser), {"first_name": "Juuri"})

    superuser.refresh_from_db()
    assert (answer.status_code, superuser.first_name, superuser.is_superuser) == (302, "Juuri", True)


def test_the_form_of_a_user_carries_no_hash_of_the_password():
    user = make_user(VIEWER)

    page = logged_in(SYSTEM_ADMINISTRATOR).get(user_page(user)).content.decode()

    assert user.password.rpartition("$")[2] not in page


def test_groups_have_no_page_of_their_own():
    assert logged_in(SYSTEM_ADMINISTRATOR).get("/admin/auth/group/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_users_asks_the_same_questions_for_any_number_of_rows(rows, django_assert_num_queries):
    client = logged_in(SYSTEM_ADMINISTRATOR)
    for _number in range(rows):
        make_user(VIEWER)

    with django_assert_num_queries(8):
        answer = client.get("/admin/auth/user/")

    assert len(answer.context["cl"].result_list) == rows + 1


def test_what_was_typed_stays_when_a_form_is_refused():
    make_organisation(name="Varattu nimi")

    answer = send(
        logged_in(SYSTEM_ADMINISTRATOR),
        reverse("admin:projects_organisation_add"),
        {"name": "Varattu nimi", "short_name": "Lyhyt", "business_id": "1234567-9"},
    )

    assert posted_by(answer)["short_name"] == ["Lyhyt"]
    assert posted_by(answer)["business_id"] == ["1234567-9"]


def test_the_form_of_a_new_user_speaks_finnish():
    words = text_of(logged_in(SYSTEM_ADMINISTRATOR).get(reverse("admin:auth_user_add")))

    assert "Anna ensin käyttäjätunnus ja salasana." in words and "After you" not in words


def test_a_form_that_may_only_be_read_shows_ticks_and_unknown_facts_in_words():
    organisation = make_organisation(is_own_city=True, business_id="")

    words = text_of(
        logged_in(INVOICE_APPROVER).get(reverse("admin:projects_organisation_change", args=[organisation.pk]))
    )

    assert "Y-tunnus: ei tiedossa" in words and "Oma kaupunki: kyllä" in words


@pytest.mark.parametrize(
    "address",
    ["/admin/projects/organisation/", "/admin/financing/financingplan/", "/admin/auth/user/"],
)
def test_a_search_for_endless_words_finds_nothing(address):
    answer = logged_in(SYSTEM_ADMINISTRATOR).get(address, {"q": "a " * 3000})

    assert (answer.status_code, answer.context["cl"].result_count) == (200, 0)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/projects/decision/?body=%00",
        "/admin/projects/decision/?stage__exact=%00",
        "/admin/projects/organisation/?%00=1",
    ],
)
def test_a_list_whose_filter_no_database_can_be_asked_about_is_shown_without_it(address):
    answer = logged_in(SYSTEM_ADMINISTRATOR).get(address)

    assert (answer.status_code, answer["Location"]) == (302, address.partition("?")[0])


def test_a_filter_that_is_not_offered_is_refused_in_finnish():
    answer = logged_in(SYSTEM_ADMINISTRATOR).get("/admin/auth/user/?password__startswith=p")

    assert answer.status_code == 400
    assert "Pyyntöä ei voitu lukea" in text_of(answer)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_giving_a_new_password_is_explained_in_finnish():
    other = make_user(VIEWER)

    shown = text_of(
        logged_in(SYSTEM_ADMINISTRATOR).get(reverse("admin:auth_user_password_change", args=[other.pk]))
    )

    assert "Pois päältä: käyttäjä ei voi kirjautua salasanalla, ja nykyinen salasana häviää." in shown
    assert "If disabled" not in shown


def test_a_new_password_given_by_the_administrator_is_the_one_that_logs_in():
    other = make_user(VIEWER, username="katselija")
    page = reverse("admin:auth_user_password_change", args=[other.pk])

    answer = send(
        logged_in(SYSTEM_ADMINISTRATOR),
        page,
        {"password1": "uusi-salasana-22", "password2": "uusi-salasana-22"},
    )

    assert answer.status_code == 302
    assert Client().login(username="katselija", password="uusi-salasana-22")
    assert not Client().login(username="katselija", password=PASSWORD)


def test_a_choice_larger_than_any_key_is_no_server_error():
    other = make_user(VIEWER)
    page = reverse("admin:auth_user_change", args=[other.pk])

    answer = send(logged_in(SYSTEM_ADMINISTRATOR), page, {"groups": "9" * 20})

    # SQLite cannot be asked about it at all; PostgreSQL answers that there is no such role.
    assert answer.status_code in {200, 400}
    assert [group.name for group in other.groups.all()] == [VIEWER]


@pytest.mark.parametrize("page", ["change", "history", "delete", "password"])
@pytest.mark.parametrize("is_there", [True, False])
def test_nobody_learns_which_accounts_exist_who_may_not_see_them(page, is_there):
    pk = make_user(VIEWER).pk if is_there else 999_999

    assert logged_in(BUDGET_ADMINISTRATOR).get(f"/admin/auth/user/{pk}/{page}/").status_code == 403
