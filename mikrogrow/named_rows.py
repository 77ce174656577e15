"""Choices by name: typed, or taken from one list of names that all rows of a form share.

A choice in each row would carry the whole table with it, and nobody finds one of hundreds in it.
"""

from collections import Counter
from difflib import get_close_matches
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Value
from django.utils.translation import gettext as _

from mikrogrow.fields import PlainInput
from mikrogrow.resting import changed_fields
from mikrogrow.values.typed_text import excerpt, name_key, normalise_typed

BETWEEN = ";"


class NameInput(PlainInput):
    """A text field with a list of names, the `<datalist>` of the page with the id `names`."""

    def __init__(self, names: str) -> None:
        super().__init__({"list": names, "autocomplete": "off", "class": "vTextField"})


class ByName(forms.ModelChoiceField):
    """What one name and several have in common."""

    def __init__(self, queryset: QuerySet[Any], *, names: str, **options: Any) -> None:
        super().__init__(queryset, widget=NameInput(names), **options)
        self.rows = queryset

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        return normalise_typed(data or "") != normalise_typed(self.prepare_value(initial) or "")


class NamedRowField(ByName):
    def prepare_value(self, value: Any) -> Any:
        # A key comes from an address that fills a form in.
        row = self.rows.filter(pk=value).first() if isinstance(value, int) else value
        return row.name if isinstance(row, self.rows.model) else row

    def to_python(self, value: Any) -> Any:
        if isinstance(value, self.rows.model) or value in self.empty_values:
            return value or None
        return _row_named(value, self.rows)


class NamedRowsField(ByName, forms.ModelMultipleChoiceField):
    """Several names with semicolons between them."""

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return f"{BETWEEN} ".join(row.name for row in value)

    def clean(self, value: Any) -> Any:
        found = _rows_in(value or "", self.rows)
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.rows.filter(pk__in=found)


def _rows_in(typed: str, rows: QuerySet[Any]) -> list[Any]:
    """Their keys. A name may have a semicolon in it, so the longest one is looked for first."""
    parts = [part for part in typed.split(BETWEEN) if part.strip()]
    joined = {
        (start, end): BETWEEN.join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    }
    known = _by_name(rows) if len(parts) > 1 else {}
    found, start = [], 0
    while start < len(parts):
        ends = [end for end in range(len(parts), start, -1) if name_key(joined[start, end]) in known]
        end = ends[0] if ends else start + 1
        name = joined[start, end]
        found.append(known[name_key(name)].key if ends else _row_named(name, rows).pk)
        start = end
    return found


def _row_named(name: str, rows: QuerySet[Any]) -> Any:
    """Raises ValidationError if no row has the name."""
    if (row := rows.filter(name=name.strip()).first()) is not None:
        return row
    by_name = _by_name(rows)
    if (found := by_name.get(name_key(name))) is not None:
        return rows.get(pk=found.key)
    near = get_close_matches(name_key(name), by_name, 1)
    sentence = _("Luettiin ”%(read)s”. Sennimistä ei ole: valitse luettelosta.")
    if near:
        sentence = _("Luettiin ”%(read)s”. Sennimistä ei ole. Tarkoititko ”%(near)s”?")
    raise ValidationError(sentence % {"read": excerpt(name), "near": by_name[near[0]].name if near else ""})


class Named(NamedTuple):
    key: Any
    name: str


def _by_name(rows: QuerySet[Any]) -> dict[str, Named]:
    """By name, and by short name where no other row has it. Of each row no more than these is read."""
    has_short = any(field.name == "short_name" for field in rows.model._meta.fields)
    found = list(rows.values_list("pk", "name", "short_name" if has_short else Value("")))
    short = [(name_key(words), Named(key, name)) for key, name, words in found if words]
    times = Counter(words for words, _named in short)
    by_short = {words: named for words, named in short if times[words] == 1}
    return by_short | {name_key(name): Named(key, name) for key, name, _words in found}


def refuse_same_name(row: Any) -> None:
    """Raises ValidationError if a new name is another's, in whatever case and with whatever spaces."""
    if not row._state.adding and not changed_fields(row, "name"):
        return
    names = type(row)._default_manager.exclude(pk=row.pk).values_list("name", flat=True)
    same = next((name for name in names if name_key(name) == name_key(row.name)), None)
    # Of the very same name the constraint says it.
    if same is not None and same != row.name:
        raise ValidationError({"name": _("Sama nimi on jo toisella: ”%s”.") % same})


def name_of(form: Any) -> str:
    # A form of several stored rows has a `row_name`.
    return str(getattr(form, "row_name", form.instance))
