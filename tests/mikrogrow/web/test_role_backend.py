"""Roles are the only source of rights."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, VIEWER
from mikrogrow.web.role_backend import RoleBackend
from tests.support.factories import give_rights, make_user

pytestmark = pytest.mark.django_db


def rights_of(user):
    return User.objects.get(pk=user.pk).get_all_permissions()


@pytest.mark.parametrize("role", ROLES)
def test_a_person_has_the_rights_of_the_role(role):
    expected = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")

    assert rights_of(make_user(role)) == {f"{app}.{name}" for app, name in expected}


def test_a_second_role_adds_its_rights():
    user = make_user(VIEWER)
    give_rights(user, "open_file")

    assert rights_of(user) == rights_of(make_user(VIEWER)) | {"financing.open_file"}


def test_a_right_given_to_an_account_by_itself_counts_for_nothing():
    user = make_user(VIEWER)
    user.user_permissions.add(Permission.objects.get(codename="delete_user"))

    assert rights_of(user) == rights_of(make_user(VIEWER))
    assert not User.objects.get(pk=user.pk).has_perm("auth.delete_user")


def test_only_a_superuser_has_all_rights_and_a_closed_account_or_a_stranger_none():
    superuser = User.objects.create_superuser("paakayttaja")
    closed = make_user(BUDGET_ADMINISTRATOR, is_active=False)

    assert len(rights_of(superuser)) == Permission.objects.count()
    assert (rights_of(closed), AnonymousUser().get_all_permissions()) == (set(), set())


def test_all_rights_of_a_request_are_read_once():
    user = User.objects.get(pk=make_user(BUDGET_ADMINISTRATOR).pk)

    with CaptureQueriesContext(connection) as asked:
        found = [user.has_perm("financing.change_financingplan"), user.has_module_perms("auth")]
        found += [
            user.get_group_permissions()
            == user.get_all_permissions()
            == RoleBackend().get_group_permissions(user)
        ]

    assert (found, len(asked)) == ([True, False, True], 1)
