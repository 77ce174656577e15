"""The accounts of the demonstration: one for each role, all with the same password."""

import secrets

from django.contrib.auth.models import Group, User
from django.db import transaction

from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)

ROLE_OF_ACCOUNT = {
    "katselija": VIEWER,
    "budjetti": BUDGET_ADMINISTRATOR,
    "valmistelija": DECISION_PREPARER,
    "hyvaksyja": INVOICE_APPROVER,
    "yllapito": SYSTEM_ADMINISTRATOR,
}

# Without characters that are mistaken for each other when a password is read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    """Four groups of four characters: about 79 bits, and still easy to copy by hand."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def existing_accounts() -> list[str]:
    """The names of the demonstration accounts that can log in, in the order of the table."""
    active = User.objects.filter(username__in=ROLE_OF_ACCOUNT, is_active=True)
    known = set(active.values_list("username", flat=True))
    return [name for name in ROLE_OF_ACCOUNT if name in known]


@transaction.atomic
def make_missing_accounts(password: str) -> list[str]:
    """Makes the accounts whose names nobody has yet, and returns those names."""
    taken = set(User.objects.filter(username__in=ROLE_OF_ACCOUNT).values_list("username", flat=True))
    missing = [name for name in ROLE_OF_ACCOUNT if name not in taken]
    for name in missing:
        role = ROLE_OF_ACCOUNT[name]
        user = User.objects.create_user(name, password=password, is_staff=role != VIEWER)
        user.groups.add(Group.objects.get(name=role))
    return missing


@transaction.atomic
def set_passwords(password: str) -> None:
    """Gives the demonstration accounts this password; one that has it already stays logged in."""
    for user in User.objects.filter(username__in=existing_accounts()):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
