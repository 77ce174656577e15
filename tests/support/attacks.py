"""Single statements that change a table past every form and model, whatever columns it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction

quoted = connection.ops.quote_name


@dataclass(frozen=True)
class Attack:
    """`name` is of the model, the column and the way."""

    model: type[models.Model]
    name: str
    sql: str
    values: tuple[Any, ...] = ()


def attacks_on(model: type[models.Model]) -> Iterator[Attack]:
    """On the model's rows, each column by itself; on none if there is no row."""
    row = model._base_manager.order_by("pk").first()
    if row is None:
        return
    label, table = model._meta.label, quoted(model._meta.db_table)
    key = quoted(model._meta.pk.column)
    columns = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    for field in columns:
        stored = model._base_manager.filter(pk=row.pk).values_list(field.attname, flat=True).get()
        value = field.get_db_prep_save(other_value(field, stored), connection)
        column = quoted(field.column)
        yield Attack(model, f"{label}.{field.name} UPDATE", f"UPDATE {table} SET {column} = %s", (value,))  # noqa: S608
    names = ", ".join(quoted(field.column) for field in columns)
    copied = f"({names}) SELECT {names} FROM {table}"  # noqa: S608
    yield Attack(model, f"{label} DELETE", f"DELETE FROM {table}")  # noqa: S608
    yield Attack(model, f"{label} UPDATE of the key", f"UPDATE {table} SET {key} = {key} + 900")  # noqa: S608
    yield Attack(model, f"{label} INSERT", f"INSERT INTO {table} {copied}")
    if connection.vendor == "sqlite":
        # Of what is there once, it takes the place of the row.
        yield Attack(model, f"{label} REPLACE", f"INSERT OR REPLACE INTO {table} {copied}")
        yield Attack(model, f"{label} REPLACE all", f"REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
    else:
        yield Attack(model, f"{label} TRUNCATE", f"TRUNCATE {table} CASCADE")


def other_value(field: Any, stored: Any) -> Any:
    """One that the column can hold."""
    if field.choices:
        return next(value for value, _label in field.flatchoices if value not in {stored, ""})
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=stored).order_by("-pk")
        return others.values_list("pk", flat=True).first() or (None if field.null else stored)
    if isinstance(field, models.BooleanField):
        return not stored
    if isinstance(field, models.BinaryField):
        return b"%PDF-1.7 toinen"
    if isinstance(field, models.CharField | models.TextField):
        other = f"Y{stored or ''}"[: field.max_length or None]
        return "0" * 64 if field.max_length == 64 else other
    if isinstance(field, models.DateTimeField):
        return (stored or datetime(2019, 1, 1).astimezone()) + timedelta(days=1)
    if isinstance(field, models.DateField):
        return (stored or date(2019, 1, 1)) + timedelta(days=1)
    if isinstance(field, models.DecimalField):
        return (stored or Decimal(0)) + 1
    if isinstance(field, models.IntegerField):
        return (stored or 0) + 1
    return stored


def is_let_through(attack: Attack, look: Any) -> bool:
    """Runs it, and `look` if the database takes it; nothing of it stays."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(attack.sql, attack.values)
            # What refers to nothing is refused at the end of the transaction.
            connection.check_constraints()
            look()
            transaction.set_rollback(True)
    except (IntegrityError, DataError):
        return False
    return True


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
