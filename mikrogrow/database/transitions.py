"""What every change of state does with its row: save and record what changed."""

from typing import Any, TypeVar

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models

from mikrogrow.history import with_author

Row = TypeVar("Row", bound=models.Model)


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
    # An entry has a user: what the system itself does, only the history has.
    if user is None:
        return
    LogEntry.objects.log_actions(user.pk, [row], action, words.strip(), single_object=True)
