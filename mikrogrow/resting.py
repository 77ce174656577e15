"""Which rows rest on others: an edit that would leave them without sense is refused, and names them."""

from collections.abc import Collection
from typing import Any

from django.db.models import PROTECT, Model
from django.utils.translation import gettext as _


def changed_fields(row: Model, *names: str) -> list[str]:
    """Those of the row's columns that are stored otherwise; a new row has none."""
    stored = type(row)._base_manager.filter(pk=row.pk).values(*names).first()
    return [] if stored is None else [name for name in names if stored[name] != getattr(row, name)]


def rows_resting_on(model: type[Model], keys: Collection[Any]) -> str:
    """What refers to the rows and may not lose them: "rahoitussuunnitelmat (2), laskut (5)" or ""."""
    found = []
    for relation in model._meta.related_objects:
        if relation.on_delete is PROTECT:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            if number := rows.count():
                name = relation.related_model._meta.verbose_name_plural
                found.append(_("%(name)s (%(number)d)") % {"name": name, "number": number})
    # Two relations can lead to one model.
    return ", ".join(dict.fromkeys(found))
