"""Which texts everybody reads as they were typed, so that the mark of a secret passage hides nothing in them.

Every column of text that people type either understands the marks (`has_marks`: who shows it heeds them) or
refuses them: `guard_texts` gives each its validator, which forms and `full_clean` ask.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.text import capfirst

from mikrogrow.values.secret_text import refuse_marks, refuse_wrong_marks

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


def guard_texts(every: Iterable[type[models.Model]]) -> None:
    for model in every:
        for field in typed_texts(model):
            # Not in place: models that inherit a field share the list.
            field.validators = [*field.validators, _validator_of(field)]


def _validator_of(field: Any) -> Callable[[str], None]:
    if not understands_marks(field):
        return refuse_marks
    return lambda text: refuse_wrong_marks(capfirst(str(field.verbose_name)), text)
