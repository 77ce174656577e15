"""Tries a row against the rule that should refuse it, in a form and in the database."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from tests.support.factories import added


def declared_messages(app_label: str) -> dict[str, str]:
    """What each constraint of the app says when it is broken."""
    return {
        constraint.name: constraint.get_violation_error_message()
        for model in apps.get_app_config(app_label).get_models()
        for constraint in model._meta.constraints
    }


def refused_by(row: models.Model, name: str) -> list[str]:
    """The messages with which the constraint `name` refuses a row, after the database has refused it too."""
    (constraint,) = [item for item in row._meta.constraints if item.name == name]
    with pytest.raises(ValidationError) as refused:
        constraint.validate(type(row), row)
    with pytest.raises(IntegrityError), transaction.atomic():
        added(row) if row._state.adding else row.save()
    return refused.value.messages


def full_clean_messages(row: models.Model) -> list[str]:
    """Every sentence that a form for the whole row would show."""
    try:
        row.full_clean()
    except ValidationError as refused:
        return refused.messages
    return []


def accepted(row: models.Model) -> Any:
    """The row, saved, after nothing has refused it."""
    assert full_clean_messages(row) == []
    return added(row)
