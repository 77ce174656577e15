"""Rows that others refer to by name, read from their histories so that deleted rows have names too."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

from django.contrib.auth import get_user_model
from django.db.models import Exists, ForeignKey, Model, OuterRef, QuerySet

from mikrogrow.history import historical

ModelType: TypeAlias = type[Model]


class NamedRows:
    """Rows of these models as they were last, and accounts, by their ids. Each is read once."""

    def __init__(self, models: Collection[ModelType]) -> None:
        self._models = models
        # None: no record tells of such a row.
        self._found: dict[Any, dict[int, Any]] = defaultdict(dict)

    def known(self, model: Any) -> dict[int, Any]:
        """Those of one model that have been read."""
        return {key: row for key, row in self._found[model].items() if row is not None}

    def read(self, wanted: Mapping[Any, Any]) -> None:
        """Reads rows by their ids, or by a query for ids, and then step by step all that they refer to."""
        new: list[Any] = []
        while wanted:
            step = [row for model, ids in wanted.items() for row in self._read_model(model, ids)]
            new += step
            wanted = self._unknown(step, self._models)
        self._attach(new)

    def read_users(self, ids: Iterable[int | None]) -> list[Any]:
        """The accounts in the order of their names; none is ever deleted."""
        model: Any = get_user_model()
        users = list(
            model._default_manager.filter(pk__in=set(ids) - {None}).order_by("last_name", "username")
        )
        self._found[model].update((user.pk, user) for user in users)
        return users

    def attach(self, rows: Collection[Model], also: Mapping[Any, set[int]]) -> None:
        """Gives the rows what they refer to, so that their names need no query; reads `also` these."""
        users: Any = get_user_model()
        wanted = self._unknown(rows, {*self._models, users}, also)
        if missing := wanted.pop(users, None):
            self.read_users(missing)
        self.read(wanted)
        self._attach(rows)

    def _read_model(self, model: Any, ids: Any) -> list[Model]:
        if not isinstance(ids, QuerySet):
            self._found[model].update(dict.fromkeys(ids))
        rows = [record.history_object for record in _latest(model, ids)]
        self._found[model].update((row.pk, row) for row in rows)
        return rows

    def _unknown(
        self, rows: Iterable[Model], models: Collection[Any], also: Mapping[Any, set[Any]] | None = None
    ) -> dict[Any, set[int]]:
        """The ids of rows of these models that are referred to and have not been read."""
        wanted: dict[Any, set[Any]] = defaultdict(
            set, {model: set(ids) for model, ids in (also or {}).items()}
        )
        for row in rows:
            for reference in references(type(row)):
                wanted[reference.related_model].add(getattr(row, reference.attname))
        unknown = {model: wanted[model] - self._found[model].keys() - {None} for model in models}
        return {model: ids for model, ids in unknown.items() if ids}

    def _attach(self, rows: Iterable[Model]) -> None:
        for row in rows:
            for reference in references(type(row)):
                target = self._found[reference.related_model].get(getattr(row, reference.attname))
                if target is not None:
                    reference.set_cached_value(row, target)


@cache
def references(model: ModelType) -> tuple[Any, ...]:
    """The foreign keys of a model, but for those to its own kind."""
    return tuple(
        each
        for each in model._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.related_model is not model
    )


def _latest(model: ModelType, ids: Any) -> QuerySet[Any]:
    """The last record of each of the rows with these ids, also of deleted ones."""
    records: QuerySet[Any] = historical(model)._default_manager.order_by()
    newer = records.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    return records.filter(~Exists(newer), id__in=ids)
