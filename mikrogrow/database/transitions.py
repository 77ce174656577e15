"""What every change of state does: lock the rows, then save and record what changed."""

from typing import Any, TypeVar

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models

from mikrogrow.history import with_author

Row = TypeVar("Row", bound=models.Model)
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def locked(rows: Rows, *, no_key: bool = False) -> Rows:
    """The rows unread, as they are now, locked until the transaction ends."""
    lock(rows, no_key=no_key)
    return rows


def lock(rows: models.QuerySet[Any], *, no_key: bool = False) -> None:
    """Until the transaction ends; with `no_key` (FOR NO KEY UPDATE) rows referring to these can be saved."""
    # By key, so that two transactions never deadlock; the model's own order may join tables that PostgreSQL
    # cannot lock.
    ordered = rows.order_by("pk").select_for_update(of=("self",), no_key=no_key)
    list(ordered.values_list("pk"))


def record(row: Row, user: Any, reason: str, /, *, log: str = "", **fields: Any) -> Row:
    """Sets and saves only `fields`, with a history record and an entry in the admin's log.

    The log gets `log` instead of the reason if it is given.
    """
    for name, value in fields.items():
        setattr(row, name, value)
    with_author(row, user, reason.strip()).save(update_fields=list(fields))
    log_action(row, user, log or reason)
    return row


def log_action(row: models.Model, user: Any, words: str, action: int = CHANGE) -> None:
    LogEntry.objects.log_actions(user.pk, [row], action, words.strip(), single_object=True)
