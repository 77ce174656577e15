"""Whoever adds a column of text says whether it can say something of a person."""

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from simple_history.models import HistoricalChanges

from mikrogrow.history import historical
from mikrogrow.personal_data.columns import COLUMNS, LOGS, OF_RECORD

KNOWN = {**COLUMNS, **LOGS}
MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if not issubclass(model, HistoricalChanges) and not model._meta.proxy
]


def texts_of(model):
    """An e-mail address and a slug are texts too; a choice is of a list."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices
    }


def named(label):
    columns = KNOWN[label]
    return [*columns.searched, *columns.others.split()]


def test_every_column_of_text_of_every_model_is_known():
    found = {model._meta.label: texts_of(model) for model in MODELS if texts_of(model)}

    assert {label: set(named(label)) for label in KNOWN} == found


@pytest.mark.parametrize("label", KNOWN)
def test_a_column_is_known_as_one_kind(label):
    assert len(named(label)) == len(set(named(label)))


@pytest.mark.parametrize(
    "model", [model for model in MODELS if hasattr(model, "history")], ids=lambda model: model.__name__
)
def test_a_history_holds_no_text_but_that_of_its_row_and_the_reason(model):
    columns = {field.name for field in model._meta.concrete_fields}
    assert texts_of(historical(model)) <= {*columns, OF_RECORD}


def test_people_who_can_be_removed_have_no_history():
    assert [model for model in MODELS if model.__name__ in {"Guest", "ContactPerson"}] != []
    assert not [
        model
        for model in MODELS
        if model.__name__ in {"Guest", "ContactPerson"} and hasattr(model, "history")
    ]


@pytest.mark.parametrize("label", [label for label in COLUMNS if COLUMNS[label].at])
def test_each_way_from_a_row_leads_to_a_row_with_a_page(label):
    for path in COLUMNS[label].at.split():
        model = apps.get_model(label)
        for name in path.split("__"):
            model = model._meta.get_field(name).related_model
        assert hasattr(model, "get_absolute_url"), path
