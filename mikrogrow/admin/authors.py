"""Who changed a row while somebody had its form open: perhaps the same person in another window."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.forms import BaseForm
from django.utils.translation import gettext as _

from mikrogrow.belonging import owner_keys
from mikrogrow.history import CREATED, DELETED, historical, models_with_history


class Authors:
    """Reads the history since a form was opened by `user`. A person in words; empty if nobody is known."""

    def __init__(self, user: Any, since: datetime | None) -> None:
        self.user = user
        self.since = since

    def of_value(self, form: Any, name: str) -> str:
        """Who gave the form's row, or rows, what the field shows."""
        row = form.instance
        column = _column(row, name)
        if column is None or not self._has_records(type(row)):
            return self._words(self._last_of_row(form))
        author = None
        for value, person in self._records(type(row), Q(id=row.pk)).values_list(column, "history_user"):
            if value != getattr(row, column):
                break
            author = person
        return self._words(author)

    def of_rows(self, form: Any) -> str:
        """Who changed last what the form shows, also if it has been removed."""
        return self._words(self._last_of_row(form))

    def of_added(self, form: BaseForm) -> str:
        row: Any = form.instance  # type: ignore[attr-defined]
        return self._words(self._last(type(row), Q(id=row.pk, history_type=CREATED)))

    def of_removed(self, model: type[Model], key: str) -> str:
        return self._words(self._last(model, Q(id=key, history_type=DELETED)))

    def _last_of_row(self, form: Any) -> int | None:
        """Of what the form shows of its row and of what belongs to it."""
        row = form.instance
        asked = form.rows_shown() if hasattr(form, "rows_shown") else Q(id=row.pk)
        found = [(type(row), asked), *((child, Q(**{key: row.pk})) for child, key in _children(row))]
        records = [record for model, rows in found for record in self._newest(model, rows)]
        return max(records)[1] if records else None

    def _last(self, model: type[Model], rows: Q) -> int | None:
        return next((author for _date, author in self._newest(model, rows)), None)

    def _newest(self, model: type[Model], rows: Q) -> list[tuple[datetime, int]]:
        if not self._has_records(model):
            return []
        named = self._records(model, rows & Q(history_user__isnull=False))
        return list(named.values_list("history_date", "history_user")[:1])

    def _has_records(self, model: type[Model]) -> bool:
        return self.since is not None and model in models_with_history()

    def _records(self, model: type[Model], rows: Q) -> QuerySet[Any]:
        records = historical(model)._default_manager.filter(rows, history_date__gte=self.since)
        return records.order_by("-history_date", "-history_id")

    def _words(self, author: int | None) -> str:
        if author is None:
            return ""
        if author == self.user.pk:
            return _("sinä itse, toisessa ikkunassa tai aiemmin")
        person = get_user_model().objects.get(pk=author)
        return person.get_full_name() or person.get_username()


def _column(row: Model, name: str) -> str | None:
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field.attname if field.concrete and not field.many_to_many else None


def _children(row: Model) -> Iterator[tuple[type[Model], str]]:
    for relation in row._meta.related_objects:
        if relation.field in owner_keys(relation.related_model):
            yield relation.related_model, relation.field.attname
