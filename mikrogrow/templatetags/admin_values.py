"""Shows values that the admin does not let edit as our pages show them."""

from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from mikrogrow.fields import EuroField, PercentField
from mikrogrow.templatetags.figures import or_unknown
from mikrogrow.values.money import format_euros, format_percent

register = template.Library()


@register.filter
def shown_contents(readonly: Any) -> Any:
    """What Django's read-only field shows, but 59 953 €, 5 % and kyllä instead of its decimals and ticks."""
    row, name = readonly.form.instance, readonly.field["field"]
    try:
        field = row._meta.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        field = None
    if isinstance(field, EuroField | PercentField):
        value = getattr(row, field.attname)
        text = format_euros(value) if isinstance(field, EuroField) else format_percent(value)
        return or_unknown(text, value is not None)
    if isinstance(field, models.BooleanField):
        return yes_or_no(getattr(row, field.attname))
    contents = readonly.contents()
    return or_unknown(contents, contents != readonly.empty_value_display)


def yes_or_no(value: bool) -> str:
    # A word, because a screen reader says "True" for Django's picture.
    return _("kyllä") if value else _("ei")
