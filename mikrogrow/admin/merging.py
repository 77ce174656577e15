"""Two people with one form open: the later one sees what the earlier one saved, and loses nothing typed.

A form carries, signed, what it showed when it was opened (mikrogrow/web/seen.py). When it is posted, three
values of each field are compared: seen, stored and typed. If only the other person changed it, theirs is
taken; if only this person did, what was typed stays; if both did, it stays too, with a sentence that
quotes the other's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm, Field
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrogrow.admin.authors import Authors
from mikrogrow.named_rows import name_of

Values = dict[str, Any]


def stored_values(form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> dict[str, Values]:
    """The form's own values under "", those of each stored row under "prefix:key"."""
    values = {"": _shown_before(form)}
    for formset in formsets:
        for row in formset.initial_forms:
            if row.instance.pk is not None:
                values[f"{formset.prefix}:{row.instance.pk}"] = _shown_before(row)
    return values


class Merge:
    """Posted data merged with what is stored. `sentences` tell the person what to look at."""

    def __init__(self, posted: QueryDict, seen: Mapping[str, Values], authors: Authors) -> None:
        self.data = posted.copy()
        self.seen = seen
        self.authors = authors
        self.sentences: list[str] = []

    def take_form(self, form: BaseForm) -> None:
        self._take_fields(form, self.seen.get("", {}), _shown_before(form), "", "")

    def take_rows(self, formset: BaseInlineFormSet) -> None:
        model: Any = formset.model
        prefix, key_name = str(formset.prefix), model._meta.pk.name
        stored = {str(row.instance.pk): row for row in formset.initial_forms}
        kept: list[Values] = []
        new: list[Values] = []
        for index, row in self._posted_rows(prefix):
            key = row.get(key_name, [""])[0]
            if not key:
                new.append({"index": index, **row})
            elif key in stored or f"{prefix}:{key}" not in self.seen:
                if key in stored and f"{prefix}:{key}" in self.seen:
                    form, before = stored[key], self.seen[f"{prefix}:{key}"]
                    where = name_of(form)
                    self._take_fields(form, before, _shown_before(form), f"{prefix}-{index}", where)
                    row = dict(self._posted_rows(prefix))[index]
                kept.append(row)
            elif self._adds_removed_row(formset, index, key):
                new.append({**row, key_name: [""]})
        posted_keys = {row[key_name][0] for row in kept}
        for key, form in stored.items():
            if f"{prefix}:{key}" not in self.seen and key not in posted_keys:
                kept.append({key_name: [key], **self._added_row(formset, form, new)})
        self._write_rows(formset, kept, new)

    def _take_fields(self, form: BaseForm, before: Values, now: Values, prefix: str, where: str) -> None:
        for name, value in now.items():
            typed = _typed(form, name, self.data, prefix)
            # A column added meanwhile: the page did not have it, so nothing was typed there.
            is_new = name not in before and value and _html_name(prefix, name) not in self.data
            seen = before.get(name, typed if is_new else value)
            if seen == value:
                continue
            field = form.fields[name]
            if typed == value:
                continue
            words = {
                "what": _where(where, field),
                "old": _words(field, seen),
                "new": _words(field, value),
                "own": _words(field, typed) if typed is not None else "…",
                "by": _by(_("muuttaja"), self.authors.of_value(form, name)),
            }
            if typed == seen:
                _put(self.data, _html_name(prefix, name), value)
                self.sentences.append(
                    _("%(what)s: arvo %(old)s on muutettu arvoksi %(new)s%(by)s. Se on nyt lomakkeella.")
                    % words
                )
            else:
                self.sentences.append(
                    _(
                        "%(what)s: tallennettu arvo on nyt %(new)s%(by)s. Lomakkeella on kirjoittamasi "
                        "arvo %(own)s; tallenna, jos se on oikea."
                    )
                    % words
                )

    def _adds_removed_row(self, formset: BaseInlineFormSet, index: int, key: str) -> bool:
        """Reports a row that was removed meanwhile; True if this person changed it: it is added again."""
        form, prefix = formset.empty_form, formset.prefix
        before = self.seen[f"{prefix}:{key}"]
        if self.data.get(f"{prefix}-{index}-{DELETION_FIELD_NAME}"):
            return False
        first = next((name for name in before if name in form.fields), None)
        where = _words(form.fields[first], before[first]) if first else key
        changed = any(
            _typed(form, name, self.data, f"{prefix}-{index}") != value
            for name, value in before.items()
            if name in form.fields
        )
        if changed:
            sentence = _("%(row)s: rivi, jota muutit, on poistettu%(by)s. Rivisi on lomakkeella uutena.")
        else:
            sentence = _("%(row)s: rivi on poistettu%(by)s.")
        by = _by(_("poistaja"), self.authors.of_removed(type(form.instance), key))
        self.sentences.append(sentence % {"row": where, "by": by})
        return changed

    def _added_row(self, formset: BaseInlineFormSet, form: BaseForm, new: list[Values]) -> Values:
        """A row that was added meanwhile; the same row typed here (a double click) leaves `new`."""
        now = _shown_before(form)
        twin = next(
            (
                row
                for row in new
                if "index" in row
                and all(
                    _typed(form, name, self.data, f"{formset.prefix}-{row['index']}") == value
                    for name, value in now.items()
                )
            ),
            None,
        )
        if twin is not None:
            new.remove(twin)
        else:
            by = _by(_("lisääjä"), self.authors.of_added(form))
            self.sentences.append(
                _("%(row)s: rivi on lisätty%(by)s. Se on nyt lomakkeella.") % {"row": name_of(form), "by": by}
            )
        return {
            name: value if isinstance(value, list) else [value] for name, value in now.items() if value != ""
        }

    def _posted_rows(self, prefix: str) -> list[tuple[int, Values]]:
        rows: dict[int, Values] = {}
        for name, values in self.data.lists():
            if match := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,6}})-(.+)", name, re.ASCII):
                rows.setdefault(int(match[1]), {})[match[2]] = values
        return sorted(rows.items())

    def _write_rows(self, formset: BaseInlineFormSet, kept: Sequence[Values], new: Sequence[Values]) -> None:
        prefix = str(formset.prefix)
        for index, row in self._posted_rows(prefix):
            for name in row:
                del self.data[f"{prefix}-{index}-{name}"]
        for index, row in enumerate([*kept, *new]):
            for name, values in row.items():
                if name != "index":
                    self.data.setlist(f"{prefix}-{index}-{name}", values)
        self.data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))


def _shown_before(form: BaseForm) -> Values:
    """The editable values as the form first shows them."""
    return {
        name: _plain(field, form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
        # A disabled field may hold what must not be on a page, such as a password's hash.
        if not field.widget.is_hidden and not field.disabled and name != DELETION_FIELD_NAME
    }


def _typed(form: BaseForm, name: str, data: QueryDict, prefix: str) -> Any:
    """What was typed, comparable with `_shown_before`; None if it cannot be read."""
    field = form.fields[name]
    raw = field.widget.value_from_datadict(data, {}, _html_name(prefix, name))
    try:
        return _plain(field, field.to_python(raw))
    except ValidationError:
        return None


def _plain(field: Field, value: Any) -> Any:
    value = field.prepare_value(value)
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted(str(item) for item in value)
    return str(value).replace("\r\n", "\n").strip()


def _html_name(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _put(data: QueryDict, name: str, value: Any) -> None:
    if isinstance(value, list):
        data.setlist(name, value)
    elif value == "":
        data.pop(name, None)
    else:
        data[name] = value


def _by(role: str, person: str) -> str:
    return f" ({role}: {person})" if person else ""


def _where(row: str, field: Field) -> str:
    label = capfirst(str(field.label))
    return f"{row}, {label}" if row else label


def _words(field: Field, value: Any) -> str:
    if value in ("", []):
        return _("(tyhjä)")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    items = value if isinstance(value, list) else [value]
    text = ", ".join(choices.get(str(item), str(item)) for item in items)
    if text == "on" and not choices:
        return _("kyllä")
    return f"”{text if len(text) <= 60 else text[:60] + '…'}”"
