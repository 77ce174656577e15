"""The log of changes: every record of a row's history leaves one entry, in one order over all models."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver
from simple_history.signals import post_create_historical_record

from mikrogrow.belonging import owner_keys
from mikrogrow.database.writing import ROOT, projects_of_key
from mikrogrow.models import Change


@receiver(post_create_historical_record, dispatch_uid="mikrogrow.changes")
def log_change(
    sender: Any, instance: Model, history_instance: Any, using: str | None = None, **kwargs: Any
) -> None:
    Change.objects.using(using).create(
        project=project_of(instance),
        model=instance._meta.label_lower,
        row=history_instance.id,
        record=history_instance.history_id,
        kind=history_instance.history_type,
        user_id=history_instance.history_user_id,
        at=history_instance.history_date,
    )


def project_of(row: Model) -> int | None:
    """By the row's owner, so that a row that was just deleted has a project, too."""
    if row._meta.label_lower == ROOT:
        return int(row.pk)
    for key in owner_keys(type(row)):
        if (owner := getattr(row, key.attname)) is not None:
            if key.related_model._meta.label_lower == ROOT:
                return int(owner)
            if key.is_cached(row):
                return project_of(getattr(row, key.name))
            return next(iter(projects_of_key(key.related_model, owner)), None)
    return None
