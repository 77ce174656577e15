"""Rows that others refer to by name, read from their histories so that deleted rows have names too."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

from django.contrib.auth import get_user_model
from django.db.models import Exists, ForeignKey, Model, OuterRef, QuerySet

from mikrogrow.history import historical

ModelType: TypeAlias = type[Model]


class NamedRows:
    """Rows of these models as they were last, and users, by id; each is read once."""

    def __init__(self, models: Collection[ModelType]) -> None:
        self._models = models
        # None is a row without a record in the history.
        self._found: dict[Any, dict[int, Any]] = defaultdict(dict)

    def known(self, model: Any) -> dict[int, Any]:
        return {key: row for key, row in self._found[model].items() if row is not None}

    def read(self, wanted: Mapping[Any, Any]) -> None:
        """`wanted` has ids, or a query for ids, by model. Then reads what the rows refer to, step by step."""
        new: list[Any] = []
        while wanted:
            step = [row for model, ids in wanted.items() for row in self._read_model(model, ids)]
            new += step
            # The name of a row says nothing of the one of its own kind that it came from.
            wanted = self._unknown(step, self._models, of=_references_upwards)
        self._attach(new)

    def read_users(self, ids: Iterable[int | None]) -> list[Any]:
        # Users have no history, and none is ever deleted.
        model: Any = get_user_model()
        users = list(
            model._default_manager.filter(pk__in=set(ids) - {None}).order_by("last_name", "username")
        )
        self._found[model].update((user.pk, user) for user in users)
        return users

    def attach(self, rows: Collection[Model], also: Mapping[Any, set[int]]) -> None:
        """Sets what the rows refer to, so that their names need no query; reads the ids in `also` too."""
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
        self,
        rows: Iterable[Model],
        models: Collection[Any],
        also: Mapping[Any, set[Any]] | None = None,
        of: Callable[[ModelType], Iterable[Any]] | None = None,
    ) -> dict[Any, set[int]]:
        wanted: dict[Any, set[Any]] = defaultdict(
            set, {model: set(ids) for model, ids in (also or {}).items()}
        )
        for row in rows:
            for reference in (of or references)(type(row)):
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
    return tuple(each for each in model._meta.concrete_fields if isinstance(each, ForeignKey))


@cache
def _references_upwards(model: ModelType) -> tuple[Any, ...]:
    return tuple(each for each in references(model) if each.related_model is not model)


def _latest(model: ModelType, ids: Any) -> QuerySet[Any]:
    records: QuerySet[Any] = historical(model)._default_manager.order_by()
    newer = records.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    return records.filter(~Exists(newer), id__in=ids)
