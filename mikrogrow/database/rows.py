"""Reading rows by their keys."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet


def rows_by_key(rows: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    """In the order of the keys, without those that have gone."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]
