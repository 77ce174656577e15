"""Which rows of a person can be removed, and by what."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from groups.actions.companies import remove_contact
from groups.actions.meetings import forget_guest
from mikrogrow.values.typed_text import is_key

# By the labels of models, as they are in the keys of rows.
REMOVALS: dict[str, Callable[..., Any]] = {
    "groups.contactperson": remove_contact,
    "groups.guest": forget_guest,
}


def can_be_removed(key: str) -> bool:
    label, _dash, number = key.partition("-")
    return label in REMOVALS and is_key(number)


def remove(key: str, user: Any) -> None:
    """Of a key that can be removed; nothing if somebody has removed it meanwhile."""
    label, _dash, number = key.partition("-")
    row = apps.get_model(label)._default_manager.filter(pk=number).first()
    if row is not None:
        REMOVALS[label](row=row, user=user)
