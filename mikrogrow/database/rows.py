"""Reading rows by their keys, and deleting what nobody needs."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

MOST_AT_ONCE = 1_000


def rows_by_key(rows: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    """In the order of the keys, without those that have gone."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def delete_unheld(rows: QuerySet[Any]) -> None:
    """Deletes them, but for those that another transaction holds: there is a next time."""
    if not rows.exists():
        return
    with transaction.atomic():
        keys = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST_AT_ONCE])
        rows.model._default_manager.filter(pk__in=keys).delete()


def forget_all_but(rows: QuerySet[Any], most: int) -> None:
    """Deletes, as above, those after so many of the ordered rows."""
    kept = list(rows.values_list("pk", flat=True)[:most])
    delete_unheld(rows.order_by().exclude(pk__in=kept))


def in_batches(rows: QuerySet[Any], size: int = MOST_AT_ONCE) -> Iterator[list[Any]]:
    """All rows in the order of their keys. No query stays open between two batches."""
    ordered = rows.order_by("pk")
    found = list(ordered[:size])
    while found:
        yield found
        found = list(ordered.filter(pk__gt=found[-1].pk)[:size])
