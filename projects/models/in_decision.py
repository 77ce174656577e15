"""What a decision and all rows that belong to it have in common."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from mikrogrow.values.secret_text import refuse_marks


class InDecision(models.Model):
    """Refuses the mark of a secret passage in a text that everybody reads as it was typed.

    The marks work in the fields that say `has_marks`.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            error.update_error_dict(errors)
        for name in self._open_texts():
            if name in (exclude or ()):
                continue
            try:
                refuse_marks(getattr(self, name) or "")
            except ValidationError as error:
                errors.setdefault(name, []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)

    def _open_texts(self) -> Iterator[str]:
        for field in self._meta.concrete_fields:
            found: Any = field
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_text and not getattr(found, "has_marks", False):
                yield field.name
