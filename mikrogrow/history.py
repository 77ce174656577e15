"""The history of rows: every change with user, time and all values, in append-only tables."""

from functools import cache
from typing import Any, TypeVar

from django.apps import apps as installed
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from mikrogrow.database.frozen import FrozenTable, RecordOf

CREATED, CHANGED, DELETED = "+", "~", "-"
# The reason of the record that rows got when their history began, so that a first change has an old value.
FIRST_RECORD = "first record"
# Not translated, because it is part of a trigger.
FROZEN_MESSAGE = "Historiaa ei voi muuttaa eikä poistaa."

Row = TypeVar("Row", bound=models.Model)


class OneManager(HistoryManager):
    """Made once for each query set, not at every access."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: Any = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """A save that changes nothing leaves no record."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            history_manager=OneManager,
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(null=True),
            **options,
        )

    def _get_history_user_fields(self) -> dict[str, Any]:
        # PROTECT: an account that has changed something is closed, never deleted.
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name=self.user_related_name
            )
        }

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        names = {
            name: format_lazy("{}, {}", getattr(model._meta, name), _("historia"))
            for name in ("verbose_name", "verbose_name_plural")
        }
        return {**super().get_meta_options(model), **names, "default_permissions": ()}

    def get_meta_options_m2m(self, through_model: type[models.Model]) -> dict[str, Any]:
        return {**super().get_meta_options_m2m(through_model), "default_permissions": ()}

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **options: Any
    ) -> None:
        if created or not self._is_recorded(instance):
            super().post_save(instance, created, using=using, **options)

    def m2m_changed(
        self, instance: models.Model, action: str, attr: str, pk_set: set[int] | None, **options: Any
    ) -> None:
        if pk_set or action == "post_clear":
            super().m2m_changed(instance, action, attr, pk_set, options.pop("reverse", False), **options)

    def pre_delete(self, instance: models.Model, **options: Any) -> None:
        super().pre_delete(instance, **options)
        # The database deletes relations to the row without a signal, so their other side is recorded first.
        for relation in self.m2m_models:
            if relation.related_model is type(instance):
                for row in relation.model._default_manager.filter(**{relation.name: instance}):
                    getattr(row, relation.name).remove(instance)

    def _is_recorded(self, instance: models.Model) -> bool:
        now = {field.attname: getattr(instance, field.attname) for field in self.fields_included(instance)}
        records = historical(type(instance))._default_manager.filter(id=instance.pk)
        last = records.order_by("-history_id").values(*now).first()
        instance._last_record = last  # type: ignore[attr-defined]
        return bool(last == now)


@cache
def historical(model: type[models.Model]) -> type[models.Model]:
    return getattr(model, model._meta.simple_history_manager_attribute).model  # type: ignore[attr-defined]


def models_with_history() -> list[type[models.Model]]:
    return [
        model for model in installed.get_models() if hasattr(model._meta, "simple_history_manager_attribute")
    ]


def take_earlier_row(row: Row) -> Row | None:
    """The row as it was recorded before the save that is recorded now, once; None if there is none."""
    last = vars(row).pop("_last_record", None)
    return None if last is None else type(row)(**last)


def frozen_records() -> list[FrozenTable]:
    """The tables of the history, and of which rows each keeps records."""
    pairs = [(historical(model), model) for model in models_with_history()]
    pairs += [(records, field.remote_field.through) for field, records in History.m2m_models.items()]
    return [
        FrozenTable(records._meta.db_table, RecordOf(model._meta.db_table, FROZEN_MESSAGE))
        for records, model in pairs
    ]


def history_tables() -> list[str]:
    return sorted(table.name for table in frozen_records())


def with_author(row: Row, user: Any, reason: str) -> Row:
    """Who and why the row's next save or deletion is recorded for."""
    row._history_user = user  # type: ignore[attr-defined]
    row._change_reason = reason  # type: ignore[attr-defined]
    return row


def make_first_records(apps: Any, app: str) -> None:
    """Records each row of an app that has no record yet. Called by the migrations `…_history`."""
    known = {model.__name__: model for model in apps.get_app_config(app).get_models()}
    pairs = [
        (known[name.removeprefix("Historical")], model)
        for name, model in known.items()
        if name.startswith("Historical") and "_" not in name
    ]
    for model, record_model in pairs:
        rows = model._default_manager.exclude(pk__in=record_model._default_manager.values("id"))
        values = rows.order_by("pk").values(*(field.attname for field in model._meta.concrete_fields))
        about = {
            "history_date": timezone.now(),
            "history_type": CREATED,
            "history_change_reason": FIRST_RECORD,
        }
        made = record_model._default_manager.bulk_create(record_model(**row, **about) for row in values)
        for relation in model._meta.many_to_many:
            _copy_relation(relation, known, {record.id: record.pk for record in made})


def _copy_relation(relation: Any, known: dict[str, Any], records: dict[int, int]) -> None:
    through = relation.remote_field.through
    record_model = known.get(f"Historical{through.__name__}")
    if record_model is None:
        return
    ours = through._meta.get_field(relation.m2m_field_name()).attname
    rows = through._default_manager.filter(**{f"{ours}__in": list(records)}).order_by("pk").values()
    record_model._default_manager.bulk_create(
        record_model(**row, history_id=records[row[ours]]) for row in rows
    )
