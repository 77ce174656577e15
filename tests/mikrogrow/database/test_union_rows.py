"""Reading rows of several models in one question gives the very rows that their managers give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from financing.models import FinancingLine, FinancingLineYear, Invoice
from mikrogrow.database.union_rows import read_together
from mikrogrow.history import historical
from projects.models import CoImplementer, Project
from tests.support.factories import make_line, make_part, make_plan, make_project, make_source
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db


def values_of(row) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def typed(rows) -> list[list[tuple[str, type, str]]]:
    """Values with their types and digits: 600 is not 600.00, and True is not 1."""
    return [
        [(name, type(value), repr(value)) for name, value in sorted(values_of(row).items())]
        for row in sorted(rows, key=lambda row: row.pk)
    ]


def test_rows_of_several_models_come_in_one_question_with_their_own_types(django_assert_num_queries):
    project = make_project(
        short_name="Ylä\u2011Savo \"x\" \\ 'y' \u20ac \U0001f600 \n%s",
        ends_on=date(2019, 12, 31),
        total_cost=Decimal("123456789012.34"),
        total_cost_is_approximate=True,
    )
    part = make_part(project, may_withdraw=True, withdraw_until=date(2018, 1, 1))
    plan = make_plan(part, None)
    for amount, share in ((None, None), (0, "0"), (600, "60.5"), (Decimal("0.01"), "33.33")):
        make_line(plan, amount, share, make_source())
    make_line(plan, Decimal("999999999999.99"), "100", make_source())
    FinancingLineYear.objects.create(line=FinancingLine.objects.all()[0], year=2018, amount=7)
    make_invoice(part)
    models = (Project, CoImplementer, FinancingLine, FinancingLineYear, Invoice, historical(Invoice))

    with django_assert_num_queries(1):
        found = read_together(model._default_manager.all() for model in models)

    assert set(found) == set(models)
    for model in models:
        assert typed(found[model]) == typed(model._default_manager.all())
    moment = found[historical(Invoice)][0].history_date
    assert isinstance(moment, datetime)
    assert moment.tzinfo is not None


def test_queries_of_one_model_are_read_together_and_nothing_gives_nothing(django_assert_num_queries):
    first, second, _third = (make_source(name=name) for name in ("EAKR", "Valtio", "Rahasto"))
    sources = type(first)._default_manager

    with django_assert_num_queries(1):
        found = read_together([sources.filter(pk=first.pk), sources.filter(pk__in=[first.pk, second.pk])])
    with django_assert_num_queries(0):
        nothing = read_together([]), read_together([sources.filter(pk__in=[])])

    assert sorted(row.name for row in found[type(first)]) == ["EAKR", "EAKR", "Valtio"]
    assert nothing == ({}, {})
