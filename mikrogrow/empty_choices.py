"""What the empty choice of a field says: Django shows a line of hyphens."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def name_empty_choice(field: Any, column: models.Field | None = None) -> None:
    """Of a field of a form, if it has one; `column` is the one that the field is of.

    A model's `empty_words` say by field what it means that nothing is chosen, where it is not unknown.
    """
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelMultipleChoiceField):
        return
    own = getattr(column.model, "empty_words", {}).get(column.name) if column is not None else None
    words = _("Valitse") if field.required else capfirst(str(own or _("ei tiedossa")))
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words if field.empty_label is not None else None
    else:
        choices: Any = field.choices
        field.choices = [(key, label if key not in {"", None} else words) for key, label in choices]
