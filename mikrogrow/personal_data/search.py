"""Finds a person's rows by words. The number of queries depends on the models, not on their rows."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, DateTimeField, ForeignKey, Max, Min, Model, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.text import capfirst
from simple_history.models import HistoricalChanges

from mikrogrow.history import historical, models_with_history
from mikrogrow.personal_data.columns import COLUMNS, LOGS, OF_RECORD, Columns
from mikrogrow.personal_data.held import Account, Found, Held, Traces

# Rows of a model; more would be of many people.
MOST = 200
# Characters before and after a word that a text mentions.
AROUND = 80
# What the rows in which a row stands need for their names.
NAMED_BY = {"groups.meeting": "group"}


class TooManyRowsError(Exception):
    """So many rows have the words that they are of many people."""


def find(words: Sequence[str]) -> Found:
    patterns = [_pattern(word) for word in words]
    users: list[User] = []
    held: list[Held] = []
    for label, columns in COLUMNS.items():
        if not columns.searched:
            continue
        rows = _rows(label, columns, patterns)
        if label == User._meta.label:
            users = rows
        else:
            held += [_held(row, columns, patterns) for row in rows]
    return Found(
        accounts=_accounts(users),
        persons=[each for each in held if each.values],
        mentions=[each for each in held if not each.values],
        earlier=list(_earlier(patterns)),
    )


def key_of(row: Model) -> str:
    return f"{row._meta.label_lower}-{row.pk}"


def _pattern(word: str) -> str:
    # As it stands, and as the letters beyond ASCII are written in JSON.
    ways = {word, *(json.dumps(each)[1:-1] for each in (word.lower(), word.capitalize(), word.upper()))}
    return "|".join(re.escape(way) for way in sorted(ways))


def _condition(columns: Columns, patterns: Sequence[str]) -> Q:
    """Its persons have all the words together, or one of its texts has them all."""
    condition = Q()
    for name in columns.texts.split():
        of_text = Q()
        for pattern in patterns:
            of_text &= Q(**{f"{name}__iregex": pattern})
        condition |= of_text
    return condition | _of_persons(columns, patterns) if columns.persons else condition


def _of_persons(columns: Columns, patterns: Sequence[str]) -> Q:
    condition = Q()
    for pattern in patterns:
        of_word = Q()
        for name in columns.persons.split():
            of_word |= Q(**{f"{name}__iregex": pattern})
        condition &= of_word
    return condition


def _rows(label: str, columns: Columns, patterns: Sequence[str]) -> list[Any]:
    model = apps.get_model(label)
    rows = model._default_manager.filter(_condition(columns, patterns)).order_by("pk")
    if related := _needed(model, columns):
        rows = rows.select_related(*related)
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise TooManyRowsError
    return found


def _needed(model: type[Model], columns: Columns) -> list[str]:
    """Relations that the row's place and its name are read from."""
    needed = []
    for path in columns.at.split() or [""]:
        place = model
        for name in filter(None, path.split("__")):
            place = place._meta.get_field(name).related_model  # type: ignore[assignment]
        names = (path, NAMED_BY.get(place._meta.label_lower, ""))
        needed.append("__".join(filter(None, names)))
    return list(filter(None, needed))


def _held(row: Any, columns: Columns, patterns: Sequence[str]) -> Held:
    place = _place(row, columns)
    names = columns.persons.split()
    is_named = bool(names) and all(any(_has(row, name, pattern) for name in names) for pattern in patterns)
    mentioned = [
        name for name in columns.texts.split() if all(_has(row, name, pattern) for pattern in patterns)
    ]
    return Held(
        key=key_of(row),
        kind=capfirst(str(row._meta.verbose_name)),
        place=str(place),
        address=_address(place),
        values=tuple(
            (_words(row, name), text) for name in names if is_named and (text := getattr(row, name))
        ),
        mentions=tuple((_words(row, name), _excerpt(getattr(row, name), patterns[0])) for name in mentioned),
        ground=str(columns.ground),
    )


def _has(row: Any, name: str, pattern: str) -> bool:
    return re.search(pattern, getattr(row, name) or "", re.IGNORECASE) is not None


def _words(row: Model, name: str) -> str:
    return capfirst(str(row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _excerpt(text: str, pattern: str) -> str:
    found = re.search(pattern, text, re.IGNORECASE)
    begin, end = found.span() if found else (0, 0)
    first, last = max(begin - AROUND, 0), end + AROUND
    return f"{'…' if first else ''}{text[first:last].strip()}{'…' if last < len(text) else ''}"


def _place(row: Any, columns: Columns) -> Any:
    for path in columns.at.split():
        place = row
        for name in path.split("__"):
            place = place and getattr(place, name)
        if place is not None:
            return place
    return row


def _address(row: Any) -> str:
    if hasattr(row, "get_absolute_url"):
        return str(row.get_absolute_url())
    if type(row) in admin.site._registry:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return ""


@cache
def relations_to_users() -> tuple[ForeignKey, ...]:
    """Whose rows tell what an account has done; the log of changes stands for the histories."""
    return tuple(
        key
        for model in apps.get_models()
        if not issubclass(model, HistoricalChanges)
        for key in model._meta.concrete_fields
        if isinstance(key, ForeignKey) and key.related_model is User
    )


def _accounts(users: Sequence[User]) -> list[Account]:
    if not users:
        return []
    prefetch_related_objects(users, "groups")
    ground = str(COLUMNS[User._meta.label].ground)
    found = {user.pk: Account(key_of(user), user, _address(user), ground) for user in users}
    for key in relations_to_users():
        model: Any = key.model
        rows = model._default_manager.order_by().filter(**{f"{key.name}__in": list(found)})
        words = f"{capfirst(str(model._meta.verbose_name_plural))}: {key.verbose_name}"
        moment = next((each.name for each in model._meta.fields if isinstance(each, DateTimeField)), None)
        span = (Min(moment), Max(moment)) if moment else (Min("pk"), Max("pk"))
        for user, number, first, last in rows.values_list(key.attname).annotate(Count("pk"), *span):
            since = (first, last) if moment else (None, None)
            found[user].traces.append(Traces(model._meta.label_lower, words, number, *since))
    return list(found.values())


def _earlier(patterns: Sequence[str]) -> Iterator[Traces]:
    for model in models_with_history():
        columns = COLUMNS.get(model._meta.label)
        if columns is not None:
            of_record = Columns(columns.persons, f"{columns.texts} {OF_RECORD}")
            yield from _kept(historical(model), of_record, patterns, "history_date")
    for label, columns in LOGS.items():
        model = apps.get_model(label)
        moment = next(each.name for each in model._meta.fields if isinstance(each, DateTimeField))
        yield from _kept(model, columns, patterns, moment)


def _kept(model: Any, columns: Columns, patterns: Sequence[str], moment: str) -> Iterator[Traces]:
    rows = model._default_manager.order_by().filter(_condition(columns, patterns))
    number, first, last = rows.aggregate(n=Count("pk"), first=Min(moment), last=Max(moment)).values()
    if number:
        yield Traces(model._meta.label_lower, capfirst(str(model._meta.verbose_name)), number, first, last)
