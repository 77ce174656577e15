"""Reads rows of several models in one question: each row comes as a JSON array of its columns."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    DateTimeField,
    DecimalField,
    F,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    Value,
)
from django.db.models.functions import JSONArray
from django.utils import timezone


class ExactDecoder(json.JSONDecoder):
    """Reads amounts as they stand in the text, never as floats."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


def read_together(queries: Iterable[QuerySet[Any]]) -> dict[type[Model], list[Any]]:
    """The rows that the queries give, by their model, in no order and each as often as it is given.

    One question to the database, and none where there are no queries. They are unsliced; what they annotate
    is left out.
    """
    found: dict[type[Model], list[Any]] = defaultdict(list)
    queries = list(queries)
    asked = [
        rows.order_by()
        .annotate(packed_query=Value(index, IntegerField()), packed_row=_packed(rows.model))
        .values_list("packed_query", "packed_row")
        for index, rows in enumerate(queries)
    ]
    if asked:
        for index, values in asked[0].union(*asked[1:], all=True):
            model = queries[index].model
            found[model].append(_unpacked(model, values))
    return found


def _packed(model: type[Model]) -> JSONArray:
    columns = (F(field.attname) for field in model._meta.concrete_fields)
    return JSONArray(*columns, output_field=JSONField(decoder=ExactDecoder))


def _unpacked(model: type[Model], values: list[Any]) -> Any:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    return model.from_db(None, names, [_value(*pair) for pair in zip(fields, values, strict=True)])


def _value(field: Any, value: Any) -> Any:
    """A value from JSON as the field's own: days are texts there, and SQLite has no decimals."""
    value = field.to_python(value)
    if isinstance(field, DecimalField) and value is not None:
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    if isinstance(field, DateTimeField) and isinstance(value, datetime) and timezone.is_naive(value):
        return value.replace(tzinfo=UTC)
    return value
