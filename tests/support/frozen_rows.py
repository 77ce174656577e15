"""What tests of rows that do not change share."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has neither")


def refused(act: Callable[[], Any]) -> str:
    """The database's sentence where it refuses what `act` does; the rows stay as they were."""
    with pytest.raises((IntegrityError, ProtectedError)) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


def run(sql: str, *values: Any) -> None:
    """Sends a statement past every model."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def with_fields(row: models.Model, **fields: Any) -> models.Model:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def set_and_save(row: models.Model, update_fields: list[str] | None = None, **fields: Any) -> None:
    with_fields(row, **fields).save(update_fields=update_fields)


def rows_of(*found: models.Model) -> list[list[dict[str, Any]]]:
    """All columns of every row in the tables of these rows."""
    return [list(type(row)._base_manager.order_by("pk").values()) for row in found]


def load_changed(path: Any, row: models.Model, **fields: Any) -> None:
    """Loads the row from a file in which these fields have other values."""
    (data,) = json.loads(serializers.serialize("json", [row]))
    data["fields"].update(fields)
    path.write_text(json.dumps([data]))
    call_command("loaddata", str(path), verbosity=0)
