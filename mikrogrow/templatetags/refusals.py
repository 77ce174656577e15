"""What a refused form lists at its top: sentences of the whole, and the fields to mend, in their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrogrow.named_rows import name_of

register = template.Library()


@dataclass(frozen=True)
class Place:
    """Where a form is wrong: its name, and the id of its element. The sentence is there."""

    name: str
    id: str


@dataclass(frozen=True)
class Refusals:
    sentences: list[str]
    places: list[Place]


@register.simple_tag
def refusals_of(form: Any, formsets: Any = ()) -> Refusals:
    """Also of the rows below the form, as the admin has them."""
    sentences = [str(sentence) for sentence in form.errors.get(NON_FIELD_ERRORS, ())]
    rows = [getattr(each, "formset", each) for each in formsets or ()]
    return Refusals(sentences, [*_places(form), *(place for each in rows for place in _of_rows(each))])


def _of_rows(formset: Any) -> Iterator[Place]:
    label = capfirst(str(formset.model._meta.verbose_name))
    if formset.non_form_errors():
        yield Place(capfirst(str(formset.model._meta.verbose_name_plural)), f"{formset.prefix}-group")
    for row in formset.forms:
        name = f"{label}: {name_of(row) if row.instance.pk else _('uusi rivi')}"
        if row.non_field_errors():
            yield from [Place(name, _id_of(field)) for field in row.visible_fields()[:1]]
        yield from [Place(f"{name}: {place.name}", place.id) for place in _places(row)]


def _places(form: Any) -> Iterable[Place]:
    return [
        Place(capfirst(str(field.label)), _id_of(field))
        for field in form
        if field.errors and not field.is_hidden
    ]


def _id_of(field: Any) -> str:
    # Boxes of one field are labelled each.
    return str(field.id_for_label or field.auto_id)
