"""Rows of a form that obey the rules of the database: a broken rule becomes a sentence beside its row.

Django checks each row of an inline against what is stored, and leaves the parent's key out of
conditional rules ("one lead per project"): such a row would end in a server error. Here all rows
of a form are looked at together, as they will be.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _


def name_of(form: Any) -> str:
    """What a row is called in labels and sentences; a form of several stored rows names itself."""
    return str(getattr(form, "row_name", form.instance))


class ChildFormSet(BaseInlineFormSet):
    """All rows of one parent: no two break a unique rule, and they are saved in an order that works."""

    model: Any

    def validate_unique(self) -> None:
        """Says beside the later of two rows what may not stand there twice."""
        for form in self.forms:
            # Here, and only here, Django's inlines refuse to delete a row that others refer to.
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
        """Removes rows first and changes the others in an order in which no two are ever alike."""
        order = self._saving_order() or []
        position = {form.instance.pk: index for index, form in enumerate(order)}
        initial = sorted(self.initial_forms, key=lambda form: position.get(form.instance.pk, -1))
        self.forms = [*initial, *self.extra_forms]
        return super().save_existing_objects(commit)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Names each input after its column and its row; a table's heading names none of them."""
        super().add_fields(form, index)
        row = name_of(form) if form.instance.pk else _("uusi rivi")
        for name, field in form.fields.items():
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

    def _saving_order(self) -> list[Any] | None:
        """Changed rows, each after those whose old values it takes over; None where that goes in a circle."""
        kept = list(self._rows_to_keep())
        # A tampered number of stored rows makes Django take new ones for stored; it leaves them out too.
        stored = [form for form in self.initial_forms if form.instance.pk is not None]
        waiting = [form for form in stored if form.has_changed() and form in kept]
        old = {row.pk: row for row in self._stored(form.instance.pk for form in waiting)}
        order: list[Any] = []
        while waiting:
            free = [form for form in waiting if not self._is_blocked(form, waiting, old)]
            if not free:
                return None
            order += free
            waiting = [form for form in waiting if form not in free]
        return order

    def _stored(self, ids: Iterable[int]) -> Iterable[Any]:
        return self.model._base_manager.filter(pk__in=list(ids))

    def _is_blocked(self, form: Any, waiting: list[Any], old: dict[int, Any]) -> bool:
        others = [old[other.instance.pk] for other in waiting if other is not form]
        return any(
            (key := self._key(constraint, form.instance)) is not None
            and any(self._key(constraint, other) == key for other in others)
            for constraint in self._unique_constraints()
        )

    def _key(self, constraint: models.UniqueConstraint, row: models.Model) -> tuple[Any, ...] | None:
        """What the rule compares of a row besides the parent; None where the rule does not concern it."""
        if constraint.condition is not None and not _holds(constraint.condition, row):
            return None
        names = [name for name in constraint.fields if name != self.fk.name]
        key = tuple(row.serializable_value(name) for name in names)
        return None if None in key else key


def _holds(condition: models.Q, row: models.Model) -> bool:
    """Whether a row meets a condition of the kinds that our rules have: equality, and known or not."""
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
