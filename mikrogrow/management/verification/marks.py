"""Texts in which the mark of a secret passage does not work: saved before it was refused."""

from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from mikrogrow.belonging import owner_keys
from mikrogrow.database.frozen import ByStatus, freezing_rule
from mikrogrow.management.verification.report import Report
from mikrogrow.open_texts import typed_texts, with_brackets, wrong_marks


def check_marks(report: Report) -> None:
    """Of rows that can be mended. The text itself is not said: it may be secret."""
    for model in apps.get_models():
        if model.__name__.startswith("Historical") or not [*typed_texts(model)]:
            continue
        rows = _that_may_change(model)
        report.looked_at += rows.count()
        for row in with_brackets(model, rows).order_by("pk"):
            if names := [str(field.verbose_name) for field in wrong_marks(row)]:
                words = _("salassa pidettävän kohdan merkintä ei toimi (%(names)s)")
                report.found(f"{model._meta.verbose_name} {row.pk}: {words % {'names': ', '.join(names)}}")


def _that_may_change(model: type[Model]) -> QuerySet[Any]:
    """Without what is approved or decided: of that it would be said forever."""
    rows: QuerySet[Any] = model._base_manager.all()
    if freezing_rule(model) is None:
        return rows
    return rows.filter(_is_free(model, ""))


def _is_free(model: type[Model], path: str) -> Q:
    own = getattr(model, "frozen", None)
    if isinstance(own, ByStatus):
        return Q(**{f"{path}{own.status}__in": own.free})
    key = next((key for key in owner_keys(model) if freezing_rule(key.related_model)), None)
    # Rows that are only added are frozen at once.
    if own is not None or key is None:
        return Q(pk__in=[])
    return Q(**{f"{path}{key.name}__isnull": True}) | _is_free(key.related_model, f"{path}{key.name}__")
