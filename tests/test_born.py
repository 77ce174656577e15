"""No row is born in a state that only an action leads to, and no record of the history is made up.

Each state but the first is tried on each model that has one; each forgery on each table of the history, and
each of its columns.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from financing.choices import ClaimStatus, SharingKey
from financing.models import CostSharing, CostSharingPart, DecisionPlan, FinancingPlan, Invoice, PaymentClaim
from mikrogrow.database.frozen import BORN_MESSAGE, FORGED_MESSAGE, OF_RECORD, ByStatus
from mikrogrow.history import History, historical, models_with_history
from mikrogrow.roles import OUR_APPS, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionStage
from projects.models import Decision
from tests.support.cast import logged_in
from tests.support.factories import make_draft_decision, make_part, make_plan, make_project, make_user
from tests.support.frozen_rows import refused, rows_of, run, with_fields
from tests.support.full_project import make_full_project
from tests.support.pages import send
from tests.support.rare_rows import add_rare_rows
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

DAY = date(2018, 2, 5)


def plain_fields(row):
    return [field for field in row._meta.concrete_fields if not field.primary_key]


def new_plan():
    return FinancingPlan(co_implementer=make_part(make_project()), approved_on=DAY)


def new_invoice():
    """With everything that any state asks for."""
    like = make_invoice(make_part(make_project()))
    values = {field.name: getattr(like, field.name) for field in plain_fields(like)}
    steps = {"checked_on": DAY, "approved_on": DAY, "paid_on": DAY, "rejected_on": DAY}
    people = {name: make_user() for name in ("checked_by", "approved_by", "rejected_by")}
    return Invoice(**{**values, **steps, **people, "number": "Toinen", "rejection_reason": "Väärä."})


def new_claim():
    days = {"first_day": DAY, "last_day": DAY, "submitted_on": DAY, "decided_on": DAY}
    return PaymentClaim(co_implementer=make_part(make_project()), number=1, **days)


def new_decision():
    return Decision(project=make_project(), body="Kaupunginhallitus", section=1, title="Osallistuminen")


NEW: dict[type[models.Model], Callable[[], Any]] = {
    FinancingPlan: new_plan,
    Invoice: new_invoice,
    PaymentClaim: new_claim,
    Decision: new_decision,
}


def new_in(model, state):
    row = with_fields(NEW[model](), **{model.frozen.status: state})
    return with_fields(row, outcome="unanimous") if state == DecisionStage.DECIDED else row


def insert(row, verb="INSERT"):
    values = {
        field.column: field.get_db_prep_save(field.pre_save(row, True), connection)
        for field in plain_fields(row)
    }
    names, places = ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values))
    run(f'{verb} INTO "{row._meta.db_table}" ({names}) VALUES ({places})', *values.values())


WAYS = {
    "save": lambda row: row.save(),
    "bulk_create": lambda row: type(row)._base_manager.bulk_create([row]),
    "bulk_create that ignores": lambda row: type(row)._base_manager.bulk_create([row], ignore_conflicts=True),
    "INSERT": insert,
}
if connection.vendor == "sqlite":
    WAYS["REPLACE"] = lambda row: insert(row, "REPLACE")
    WAYS["INSERT OR IGNORE"] = lambda row: insert(row, "INSERT OR IGNORE")
STATES = [
    (model, state)
    for model in NEW
    for state, _name in model._meta.get_field(model.frozen.status).choices
    if state != model.frozen.free[0]
]
TRIED = [
    pytest.param(model, state, way, id=f"{model._meta.model_name}-{state}-{way}")
    for model, state in STATES
    for way in WAYS
]


@pytest.mark.parametrize(("model", "state", "way"), TRIED)
def test_no_row_is_born_in_a_later_state(model, state, way):
    row = new_in(model, state)
    before = rows_of(row)

    sentence = refused(lambda: WAYS[way](row))

    assert sentence.splitlines()[0] == BORN_MESSAGE
    assert rows_of(row) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", NEW)
def test_every_row_is_born_in_its_first_state(model, way):
    WAYS[way](new_in(model, model.frozen.free[0]))


@pytest.mark.parametrize(("model", "state"), STATES)
def test_a_row_that_is_there_comes_into_every_state(model, state):
    row = new_in(model, state)
    outcome = {"outcome": ""} if model is Decision else {}
    with_fields(row, **{model.frozen.status: model.frozen.free[0], **outcome}).save()

    new = {name: "unanimous" for name in outcome if state == DecisionStage.DECIDED}
    with_fields(row, **{model.frozen.status: state, **new}).save()

    row.refresh_from_db()
    assert getattr(row, model.frozen.status) == state


def test_every_model_with_a_state_is_tried():
    ours = {model for app in OUR_APPS for model in apps.get_app_config(app).get_models()}

    assert {model for model in ours if isinstance(getattr(model, "frozen", None), ByStatus)} == NEW.keys()


@pytest.mark.parametrize("state", [ClaimStatus.SUBMITTED, ClaimStatus.DECIDED, ClaimStatus.PAID])
def test_a_claim_is_added_by_its_form_in_any_state_and_its_history_says_how(state):
    part = make_part(make_project())
    days = {"first_day": "1.4.2017", "last_day": "31.12.2017"}
    dates = {"submitted_on": "15.1.2018", "decided_on": "1.3.2018"}
    sent = {"co_implementer": part.pk, "number": 1, "status": state, **days, **dates}

    answer = send(
        logged_in(make_user(SYSTEM_ADMINISTRATOR)), reverse("admin:financing_paymentclaim_add"), sent
    )

    claim = PaymentClaim.objects.get()
    assert (answer.status_code, claim.status) == (302, state)
    recorded = claim.history.order_by("history_id").values_list("history_type", "status")
    steps = [ClaimStatus.DECIDED, state] if state == ClaimStatus.PAID else [state]
    assert list(recorded) == [("+", ClaimStatus.DRAFT), *(("~", step) for step in steps)]


# The history


def record_models():
    return [*(historical(model) for model in models_with_history()), *History.m2m_models.values()]


@pytest.fixture
def everything():
    """A record at least in each table of the history; the newest one is of a row that is there."""
    project = make_full_project()
    part = make_part(make_project())
    DecisionPlan.objects.create(decision=make_draft_decision(project), plan=make_plan(part))
    sharing = CostSharing.objects.create(
        name="Jako", invoiced_by=part, on_behalf_of=part, total=100, key=SharingKey.EQUAL
    )
    CostSharingPart.objects.create(sharing=sharing, payer=part)
    add_rare_rows(project)


def newest(model):
    return model._base_manager.latest("pk")


def is_of_row(model):
    """Not of a relation between rows, which has no kind of its own."""
    return "history_type" in {field.name for field in model._meta.fields}


def forge(record, **others):
    """Inserts the record again, with other values in these columns."""
    fields = plain_fields(record)
    values = [others.get(field.column, f'"{field.column}"') for field in fields]
    names = ", ".join(f'"{field.column}"' for field in fields)
    table, key = record._meta.db_table, record._meta.pk.column
    selected = f'SELECT {", ".join(values)} FROM "{table}" WHERE "{key}" = %s'  # noqa: S608
    run(f'INSERT INTO "{table}" ({names}) {selected}', record.pk)


# By which SQL a column gets another value; other kinds are numbers and keys.
OTHER = {
    models.CharField: "CASE {} WHEN '' THEN 'x' ELSE '' END",
    models.TextField: "CASE {} WHEN '' THEN 'x' ELSE '' END",
    models.BooleanField: "NOT {}",
    models.DateField: "'2001-01-01'",
    models.TimeField: "'01:02:03'",
    models.UUIDField: "'00000000-0000-0000-0000-000000000001'",
}
NOWHERE = "1000000"
FORGERIES = {
    "made of a row that is not there": {"id": NOWHERE, "history_type": "'+'"},
    "changed of a row that is not there": {"id": NOWHERE, "history_type": "'~'"},
    "deleted of a row that never was": {"id": NOWHERE, "history_type": "'-'"},
    "deleted of a row that is there": {"history_type": "'-'"},
    "made a second time": {"history_type": "'+'"},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_record_of_what_did_not_happen_is_added(everything, forgery):
    for model in record_models():
        columns = FORGERIES[forgery]
        if not is_of_row(model):
            columns = {"id": NOWHERE}
        sentence = refused(lambda model=model, columns=columns: forge(newest(model), **columns))
        assert sentence.splitlines()[0] == FORGED_MESSAGE, model


def test_no_record_says_anything_else_than_its_row_in_any_column(everything):
    for model in record_models():
        kind = {"history_type": "'~'"} if is_of_row(model) else {}
        for field in plain_fields(model):
            if field.column in OF_RECORD:
                continue
            other = next((sql for of, sql in OTHER.items() if isinstance(field, of)), "COALESCE({}, 0) + 1")
            columns = {**kind, field.column: other.format(f'"{field.column}"')}
            sentence = refused(lambda model=model, columns=columns: forge(newest(model), **columns))
            assert sentence.splitlines()[0] == FORGED_MESSAGE, field


def test_a_record_of_what_the_row_says_is_added(everything):
    for model in record_models():
        count = model._base_manager.count()
        forge(newest(model), **({"history_type": "'~'"} if is_of_row(model) else {}))
        assert model._base_manager.count() == count + 1


def test_a_row_is_recorded_as_deleted_once():
    row = make_project()
    key = row.pk
    row.delete()
    record = historical(type(row))._base_manager.filter(id=key).latest("pk")

    assert record.history_type == "-"
    assert refused(lambda: forge(record)).splitlines()[0] == FORGED_MESSAGE
