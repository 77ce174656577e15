"""Child rows in a form: a broken unique rule is a sentence beside its row, not a server error.

Django compares each inline row only with stored ones, and leaves the parent's key out of conditional rules
("one lead per project"). Here all rows of a form are compared with each other.
"""

from collections.abc import Callable, Iterator
from functools import partial
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from mikrogrow.named_rows import NamedRowField, name_of


class ChildFormSet(BaseInlineFormSet):
    """The rows of one parent: no two break a unique rule, and they are saved in an order that works."""

    model: Any

    def validate_unique(self) -> None:
        for form in self.forms:
            # Django's inlines refuse to delete a referenced row only here.
            form.is_valid()
        for constraint in self._unique_constraints():
            sentence = constraint.get_violation_error_message()
            self._refuse_twice(partial(self._key, constraint), NON_FIELD_ERRORS, sentence)
        for field in self.model._meta.fields:
            if field.unique and not field.primary_key:
                sentence = _("Sama arvo on jo toisella rivillä.")
                self._refuse_twice(attrgetter(field.attname), field.name, sentence)
        if not any(form.errors for form in self._rows_to_keep()) and self._saving_order() is None:
            raise ValidationError(
                _(
                    "Rivit vaihtavat paikkaa keskenään. Anna toiselle ensin vapaa arvo, tallenna ja "
                    "vaihda sitten."
                )
            )

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        position = {key: index for index, key in enumerate(self._saving_order() or [])}
        initial = sorted(self.initial_forms, key=lambda form: position.get(form.instance.pk, -1))
        self.forms = [*initial, *self.extra_forms]
        return super().save_existing_objects(commit)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # The headings of a table do not label its inputs.
        row = name_of(form) if form.instance.pk else _("uusi rivi")
        for name, field in form.fields.items():
            if isinstance(field, NamedRowField) and form.instance.pk:
                # Its name is read with the row, not by a question for each.
                form.initial[name] = getattr(form.instance, name)
            if field.widget.is_hidden:
                continue
            label = _("Poista") if name == DELETION_FIELD_NAME else field.label
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = f"{label}: {row}"

    def _refuse_twice(self, key_of: Callable[[Any], Any], field: str, sentence: Any) -> None:
        taken = set()
        for form in self._rows_to_keep():
            key = key_of(form.instance)
            if key is None:
                continue
            if key in taken:
                form.add_error(field, sentence)
            taken.add(key)

    def _unique_constraints(self) -> list[models.UniqueConstraint]:
        return [
            constraint
            for constraint in self.model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and self.fk.name in constraint.fields
        ]

    def _rows_to_keep(self) -> Iterator[Any]:
        for form in self.forms:
            is_blank = form.empty_permitted and not form.has_changed()
            is_deleted = getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME, False)
            if not is_blank and not is_deleted and not form.errors:
                yield form

    def _saving_order(self) -> list[int] | None:
        """Keys of the changed rows, each after the rows whose old values it takes; None in a circle."""
        kept = list(self._rows_to_keep())
        # If INITIAL_FORMS was tampered with, new rows pass for stored ones; they have no key.
        stored = [form for form in self.initial_forms if form.instance.pk is not None]
        changed = {form.instance.pk: form.instance for form in stored if form.has_changed() and form in kept}
        old = self.model._base_manager.in_bulk(changed)
        waits_for = {
            key: [other for other in changed if other != key and self._takes(row, old[other])]
            for key, row in changed.items()
        }
        try:
            return list(TopologicalSorter(waits_for).static_order())
        except CycleError:
            return None

    def _takes(self, row: models.Model, old: models.Model) -> bool:
        """True if the row's new values are those that the other still has in the database."""
        keys = [(self._key(rule, row), self._key(rule, old)) for rule in self._unique_constraints()]
        return any(new is not None and new == taken for new, taken in keys)

    def _key(self, constraint: models.UniqueConstraint, row: models.Model) -> tuple[Any, ...] | None:
        """The row's values in the rule, without the parent; None if the rule does not apply to it."""
        if constraint.condition is not None and not _holds(constraint.condition, row):
            return None
        names = [name for name in constraint.fields if name != self.fk.name]
        key = tuple(row.serializable_value(name) for name in names)
        return None if None in key else key


def _holds(condition: models.Q, row: models.Model) -> bool:
    results = []
    children: list[Any] = condition.children
    for child in children:
        if isinstance(child, models.Q):
            results.append(_holds(child, row))
            continue
        name, wanted = child
        field, _separator, lookup = name.partition("__")
        value = row.serializable_value(field)
        if lookup not in {"", "exact", "isnull"}:
            raise NotImplementedError(f"a unique rule with {lookup} cannot be checked in a form")
        results.append((value is None) == wanted if lookup == "isnull" else value == wanted)
    found = any(results) if condition.connector == models.Q.OR else all(results)
    return found != condition.negated
