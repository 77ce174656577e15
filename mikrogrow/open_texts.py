"""Which texts everybody reads as they were typed, so that the mark of a secret passage hides nothing in them.

Every column of text that people type either understands the marks (`has_marks`: who shows it heeds them) or
refuses them: `guard_texts` gives each its validator, which forms and `full_clean` ask.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from mikrogrow.values.secret_text import OPEN, refuse_marks, refuse_wrong_marks

# What only the software writes: keys, logs, and JSON, whose lists begin with the same two brackets.
NOT_TYPED_APPS = frozenset({"admin", "contenttypes", "mikrogrow", "sessions"})
NOT_TYPED = frozenset(
    {
        "auth.Permission.codename",
        "auth.Permission.name",
        "auth.User.password",
        "financing.FindingExplanation.facts",
    }
)


def typed_texts(model: type[models.Model]) -> Iterator[Any]:
    """The columns of text that a person types, or that are copied from such."""
    if model._meta.app_label in NOT_TYPED_APPS:
        return
    for field in model._meta.local_concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and f"{model._meta.label}.{field.name}" not in NOT_TYPED:
            yield field


def understands_marks(field: Any) -> bool:
    return bool(getattr(field, "has_marks", False))


def wrong_marks(row: models.Model) -> list[Any]:
    """The columns of a row whose marks do not work, such as of one saved before they were refused."""
    return [field for field in typed_texts(type(row)) if faults_of(field, getattr(row, field.attname))]


def faults_of(field: Any, text: str | None, part: str = "") -> list[str]:
    """Why a mark in the text does not work, as sentences; `part` names a text that takes marks."""
    try:
        if understands_marks(field):
            refuse_wrong_marks(part or capfirst(str(field.verbose_name)), text or "")
        else:
            refuse_marks(text or "")
    except ValidationError as error:
        return error.messages
    return []


def with_brackets(model: type[models.Model], rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those of which a text may have a mark, with these texts alone."""
    names = [field.attname for field in typed_texts(model)]
    has_one = models.Q.create([(f"{name}__contains", OPEN) for name in names], connector=models.Q.OR)
    return rows.filter(has_one).only("pk", *names) if names else rows.none()


def guard_texts(every: Iterable[type[models.Model]]) -> None:
    for model in every:
        for field in typed_texts(model):
            # Not in place: models that inherit a field share the list.
            field.validators = [*field.validators, _validator_of(field)]


def _validator_of(field: Any) -> Callable[[str], None]:
    if not understands_marks(field):
        return refuse_marks
    return lambda text: refuse_wrong_marks(capfirst(str(field.verbose_name)), text)
