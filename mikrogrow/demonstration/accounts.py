"""The demonstration's accounts: one for each role, all with the same password."""

import secrets

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import QuerySet

from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    FACILITATOR,
    INVOICE_APPROVER,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)

ROLE_OF_ACCOUNT = {
    "katselija": VIEWER,
    "budjetti": BUDGET_ADMINISTRATOR,
    "valmistelija": DECISION_PREPARER,
    "hyvaksyja": INVOICE_APPROVER,
    "vetaja": FACILITATOR,
    "yllapito": SYSTEM_ADMINISTRATOR,
}

# Who has nothing to do in the admin.
NOT_STAFF = {VIEWER, FACILITATOR}

# Without characters that are easily confused on paper, such as 0 and o.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    # About 79 bits, and easy to copy by hand.
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def account(name: str) -> User:
    """Created if missing, and then without a password: nobody can log in with it yet."""
    user, made = User.objects.get_or_create(
        username=name, defaults={"is_staff": ROLE_OF_ACCOUNT[name] not in NOT_STAFF}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=ROLE_OF_ACCOUNT[name]))
    return user


def existing_accounts() -> list[str]:
    """Names of the demonstration accounts that can log in."""
    known = set(_with_password().filter(username__in=ROLE_OF_ACCOUNT).values_list("username", flat=True))
    return [name for name in ROLE_OF_ACCOUNT if name in known]


@transaction.atomic
def make_missing_accounts(password: str) -> list[str]:
    """Returns the names of those made. An account that never had a password counts as missing."""
    users = {user.username: user for user in User.objects.filter(username__in=ROLE_OF_ACCOUNT)}
    missing = [name for name in ROLE_OF_ACCOUNT if name not in users or _never_had_password(users[name])]
    for name in missing:
        user = account(name)
        user.set_password(password)
        user.save(update_fields=["password"])
    return missing


def _never_had_password(user: User) -> bool:
    # An account that was closed is not active.
    return user.is_active and not user.has_usable_password()


def anybody_can_log_in() -> bool:
    return _with_password().exists()


def _with_password() -> QuerySet[User]:
    return User.objects.filter(is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@transaction.atomic
def set_passwords(password: str) -> None:
    for user in User.objects.filter(username__in=existing_accounts()):
        # Setting the same password again would end the user's sessions.
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
