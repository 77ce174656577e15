"""How actions check, save and record a row that a person typed."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.admin.models import ADDITION, DELETION
from django.db.models import Model, QuerySet

from mikrogrow.database.placed import check_placed
from mikrogrow.database.transitions import log_action, record
from mikrogrow.history import with_author

Row = TypeVar("Row", bound=Model)


def add_row(row: Row, user: Any, reason: str, at: Mapping[str, str] | None = None) -> Row:
    """`at` as of `check_placed`: fields of sentences that do not stand at the constraint's last column."""
    check_placed(row, at=at)
    with_author(row, user, reason).save()
    log_action(row, user, reason, ADDITION)
    return row


def change_row(row: Row, user: Any, reason: str, at: Mapping[str, str] | None = None, **fields: Any) -> Row:
    """Of a locked row. Leaves no record if nothing changes."""
    if all(getattr(row, name) == value for name, value in fields.items()):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    check_placed(row, at=at)
    return record(row, user, reason, **fields)


def remove_row(rows: QuerySet[Any], user: Any, reason: str) -> None:
    """The one of them; nothing if somebody has removed it meanwhile."""
    row = rows.first()
    if row is not None:
        log_action(row, user, reason, DELETION)
        with_author(row, user, reason).delete()
