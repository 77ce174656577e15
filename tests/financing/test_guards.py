"""What frozen figures rest on does not change either, past the forms too; what may still change does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from financing import guards
from financing.actions.plans import approve_plan
from financing.choices import ClaimStatus, InvoiceStatus, PlanStatus
from financing.guards import GUARDS
from financing.models import ClaimCost, ClaimSource
from financing.queries.figures import figures_of
from mikrogrow.database.frozen import drop_triggers, frozen_tables, make_triggers
from mikrogrow.history import historical
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import DecisionStage
from projects.models import PrintedDecision
from tests.support.correction_factories import make_correction
from tests.support.factories import (
    approve,
    change,
    decide,
    make_appropriation,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.frozen_rows import only_postgresql, refused, rows_of, run, set_and_save, with_fields
from tests.support.spending_factories import (
    make_approver,
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_invoice,
    make_set_aside,
    pay,
)

pytestmark = pytest.mark.django_db
DAY = date(2018, 2, 1)
# What else a cascade would empty.
FROZEN_MESSAGES = {table.rule.message for table in frozen_tables()}


def source_of_line(is_frozen):
    plan = make_plan(make_part(make_project()), 10)
    source = make_line(plan, 10).source
    if is_frozen:
        approve(plan)
    return source


def source_in_line(is_frozen):
    plan = make_plan(make_part(make_project()), 10)
    source = make_source()
    make_line(plan, 10).also_includes.add(source)
    if is_frozen:
        approve(plan, PlanStatus.SUPERSEDED)
    return source


def paid(claim):
    return pay(with_fields(claim, status=ClaimStatus.DECIDED, submitted_on=DAY, decided_on=DAY))


def source_of_claim(is_frozen):
    claim = make_claim(make_part(make_project()))
    source = make_claim_source(claim).source
    if is_frozen:
        paid(claim)
    return source


def part_with_plan(is_frozen):
    part = make_part(make_project())
    plan = make_plan(part, 10)
    if is_frozen:
        approve(plan)
    return part


def part_with_invoice(is_frozen):
    part = make_part(make_project())
    make_invoice(part, status=InvoiceStatus.PAID if is_frozen else InvoiceStatus.CHECKED)
    return part


def part_with_claim(is_frozen):
    claim = make_claim(make_part(make_project()))
    if is_frozen:
        paid(claim)
    return claim.co_implementer


def appropriation(is_frozen):
    row = make_appropriation()
    decision = make_draft_decision(make_project())
    make_commitment(decision, appropriation=row)
    if is_frozen:
        decide(decision)
    return row


def approver(is_frozen):
    decision = make_draft_decision(make_project())
    row = make_approver(decision)
    if is_frozen:
        decide(decision)
    return row


def set_aside(is_frozen):
    row = make_set_aside(make_claim(make_part(make_project())))
    if is_frozen:
        paid(row.claim)
    return row


def sent(claim):
    return with_fields(claim, status=ClaimStatus.SUBMITTED, submitted_on=DAY).save()


def claim_itself(is_frozen):
    claim = make_claim(make_part(make_project()))
    if is_frozen:
        sent(claim)
    return claim


def claim_cost(is_frozen):
    row = make_claim_cost(make_claim(make_part(make_project())))
    if is_frozen:
        sent(row.claim)
    return row


def claim_source(is_frozen):
    row = make_claim_source(make_claim(make_part(make_project())))
    if is_frozen:
        sent(row.claim)
    return row


@dataclass(frozen=True)
class Case:
    """A row that something frozen rests on, or nothing; changes that are refused then, and others."""

    make: Callable[[bool], models.Model]
    message: str
    changes: Callable[[], dict[str, Any]]
    free: Callable[[], dict[str, Any]]
    may_go: bool = True


def of_source():
    return {"source_class": "private", "funder": make_organisation()}


def of_part():
    return {"organisation": make_organisation(), "project": make_project()}


CASES = {
    "source of a line": Case(source_of_line, guards.SOURCE_MESSAGE, of_source, lambda: {"name": "Uusi"}),
    "source in a line": Case(source_in_line, guards.SOURCE_MESSAGE, of_source, lambda: {"name": "Uusi"}),
    "source of a claim": Case(source_of_claim, guards.SOURCE_MESSAGE, of_source, lambda: {"name": "Uusi"}),
    "part with a plan": Case(part_with_plan, guards.PART_MESSAGE, of_part, lambda: {"unit": "Uusi"}),
    "part with an invoice": Case(part_with_invoice, guards.PART_MESSAGE, of_part, lambda: {"unit": "Uusi"}),
    "part with a claim": Case(part_with_claim, guards.PART_MESSAGE, of_part, lambda: {"unit": "Uusi"}),
    "appropriation": Case(
        appropriation,
        guards.APPROPRIATION_MESSAGE,
        lambda: {"name": "Muu", "year": 2031},
        lambda: {"amount": 7, "ledger_code": "1"},
    ),
    "approver": Case(
        approver,
        guards.APPROVER_MESSAGE,
        lambda: {
            "decision": make_draft_decision(make_project()),
            "user": make_user(),
            "title": "Muu",
            "first_day": DAY,
        },
        lambda: {"last_day": date(2099, 1, 1)},
        may_go=False,
    ),
    "set aside": Case(
        set_aside,
        guards.SET_ASIDE_MESSAGE,
        lambda: {"amount": 7, "reason": "Muu", "category": "services"},
        lambda: {"taken_into": make_claim(make_part(make_project()))},
        may_go=False,
    ),
    "sent claim": Case(
        claim_itself,
        guards.SENT_MESSAGE,
        lambda: {
            "co_implementer": make_part(make_project()),
            "number": 7,
            "first_day": date(2017, 5, 1),
            "last_day": date(2017, 11, 30),
            "submitted_on": date(2018, 2, 2),
        },
        lambda: {"note": "Muu", "decided_on": date(2018, 3, 1), "status": ClaimStatus.DECIDED},
        may_go=False,
    ),
    "cost of a sent claim": Case(
        claim_cost,
        guards.SENT_MESSAGE,
        lambda: {
            "claim": make_claim(make_part(make_project())),
            "category": "1_staff",
            "claimed": 7,
            "corrects": make_claim(make_part(make_project())),
        },
        lambda: {"deduction_reason": "Syy.", "eligible": 5},
        may_go=False,
    ),
    "source of a sent claim": Case(
        claim_source,
        guards.SENT_MESSAGE,
        lambda: {"claim": make_claim(make_part(make_project())), "source": make_source(), "claimed": 7},
        dict,
        may_go=False,
    ),
}


def update_by_sql(row, name, value):
    field = row._meta.get_field(name)
    table = connection.ops.quote_name(row._meta.db_table)
    run(f"UPDATE {table} SET {field.column} = %s WHERE id = %s", getattr(value, "pk", value), row.pk)  # noqa: S608


WAYS = {
    "save": lambda row, name, value: set_and_save(row, **{name: value}),
    "save of one field": lambda row, name, value: set_and_save(row, [name], **{name: value}),
    "update": lambda row, name, value: type(row)._base_manager.filter(pk=row.pk).update(**{name: value}),
    "bulk_update": lambda row, name, value: type(row)._base_manager.bulk_update(
        [with_fields(row, **{name: value})], [name]
    ),
    "UPDATE": update_by_sql,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES)
def test_no_way_changes_what_something_frozen_rests_on(case, way):
    row = CASES[case].make(True)
    for name, value in CASES[case].changes().items():
        before = rows_of(row)
        sentence = refused(lambda name=name, value=value: WAYS[way](row, name, value))

        assert sentence.splitlines()[0] == CASES[case].message
        assert rows_of(row) == before
        row.refresh_from_db()


@pytest.mark.parametrize("case", CASES)
def test_what_nothing_frozen_rests_on_changes(case):
    row = CASES[case].make(False)
    for name, value in CASES[case].changes().items():
        WAYS["save of one field"](row, name, value)
        row.refresh_from_db()
        assert getattr(row, name) == value


@pytest.mark.parametrize("case", CASES)
def test_other_columns_change_and_the_same_values_are_saved_again(case):
    row = CASES[case].make(True)
    row.save()
    for name, value in CASES[case].free().items():
        WAYS["save"](row, name, value)
        row.refresh_from_db()
        assert getattr(row, name) == value


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if not case.may_go])
def test_what_something_frozen_rests_on_is_not_deleted_alone(case):
    row = CASES[case].make(True)
    before = rows_of(row)

    sentence = refused(lambda: type(row)._base_manager.filter(pk=row.pk)._raw_delete("default"))

    assert sentence.splitlines()[0] == CASES[case].message
    assert rows_of(row) == before


@pytest.mark.parametrize("stage", [DecisionStage.DRAFT, DecisionStage.MOTION, DecisionStage.PROPOSAL])
def test_no_print_of_a_draft_is_stored(stage):
    decision = make_draft_decision(make_project(), stage=stage)
    at = datetime(2018, 9, 3, tzinfo=UTC)

    sentence = refused(
        lambda: PrintedDecision.objects.create(
            decision=decision, content=b"%PDF", sha256="0" * 64, printed_at=at
        )
    )

    assert sentence.splitlines()[0] == guards.PRINT_MESSAGE


@pytest.mark.parametrize("stage", [DecisionStage.DRAFT, DecisionStage.MOTION, DecisionStage.PROPOSAL])
def test_no_draft_is_corrected(stage):
    decision = make_draft_decision(make_project(), stage=stage)

    assert refused(lambda: make_correction(decision)).splitlines()[0] == guards.CORRECTION_MESSAGE


def test_no_decision_gets_the_section_that_another_was_corrected_to():
    project = make_project()
    fields = {"body": "Kaupunginhallitus", "meeting_date": DAY}
    made = decide(make_draft_decision(project, section=13, **fields))
    values = {"part": "section", "old_words": "13", "new_words": "14"}
    make_correction(made, **values, new_section=14, new_meeting_date=DAY)
    other = make_draft_decision(project, section=15, **fields)

    for act in (
        lambda: make_draft_decision(project, section=14, **fields),
        lambda: set_and_save(other, section=14),
        lambda: run("UPDATE projects_decision SET section = 14 WHERE id = %s", other.pk),
    ):
        assert refused(act).splitlines()[0] == guards.SECTION_MESSAGE
    for changes in ({"body": "Valtuusto"}, {"meeting_date": date(2018, 2, 2)}):
        make_draft_decision(project, **{**fields, "section": 14, **changes})


@pytest.mark.parametrize(
    "add",
    [
        lambda claim: ClaimCost.objects.create(claim=claim, category="1_staff", claimed=1),
        lambda claim: ClaimSource.objects.create(claim=claim, source=make_source(), claimed=0),
    ],
)
def test_nothing_more_is_asked_for_in_a_sent_claim(add):
    claim = claim_itself(True)

    assert refused(lambda: add(claim)).splitlines()[0] == guards.SENT_MESSAGE


def test_a_source_that_was_not_asked_may_pay_a_sent_claim():
    claim = claim_itself(True)

    source = ClaimSource.objects.create(claim=claim, source=make_source(), paid=5, paid_on=DAY)

    with_fields(source, paid=6).save()
    source.delete()


@only_postgresql
@pytest.mark.parametrize("table", sorted({guard.table for guard in GUARDS}))
def test_no_guarded_table_is_emptied_at_once(table):
    sentence = refused(lambda: run(f"TRUNCATE {table} CASCADE"))

    assert sentence.splitlines()[0] in {guard.message for guard in GUARDS} | FROZEN_MESSAGES


def test_every_guard_is_tried_here():
    tried = {(CASES[case].make(False)._meta.db_table, "UPDATE") for case in CASES}
    tried |= {(CASES[case].make(False)._meta.db_table, "DELETE") for case in CASES if not CASES[case].may_go}

    assert {(guard.table, guard.event) for guard in GUARDS} == {
        *tried,
        ("projects_printeddecision", "INSERT"),
        # In tests/projects/decisions/test_attacked_prints.py.
        ("projects_internalprint", "INSERT"),
        ("projects_internalcorrection", "INSERT"),
        ("projects_decisioncorrection", "INSERT"),
        ("projects_decision", "INSERT"),
        ("projects_decision", "UPDATE"),
        ("financing_claimcost", "INSERT"),
        ("financing_claimsource", "INSERT"),
    }


def test_guards_name_columns_that_there_are():
    columns = {
        model._meta.db_table: {field.column for field in model._meta.fields} for model in apps.get_models()
    }

    assert [guard for guard in GUARDS if not set(guard.columns) <= columns[guard.table]] == []


def test_a_plan_of_the_whole_project_keeps_the_cost_that_it_was_approved_with():
    project = make_project(total_cost=1000, total_cost_is_approximate=True)
    plan = make_whole_plan(project)
    make_line(plan, 1000)
    make_cost(plan, 2017, 1000)
    approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="Näin.")

    change(project, total_cost=1200, total_cost_is_approximate=False)

    whole = figures_of(project).whole_plan
    assert (whole.cost, whole.cost_is_approximate) == (1000, True)
    assert figures_of(project).total_cost == 1200
    draft = make_whole_plan(project, version=2)
    assert (draft.cost, draft.cost_is_approximate) == (1200, False)


def test_the_migration_keeps_what_pages_showed():
    migration = import_module("financing.migrations.0007_approved_cost")
    projects = [make_project(total_cost=cost) for cost in (1000, None)]
    plans = [approve(make_whole_plan(project)) for project in projects]
    draft = make_whole_plan(make_project(total_cost=500))
    drop_triggers()
    migration.fill(apps, None)
    make_triggers()

    for plan in (*plans, draft):
        plan.refresh_from_db()
    assert [plan.approved_cost for plan in (*plans, draft)] == [1000, None, None]
    records = historical(type(draft))._default_manager.filter(id=plans[0].pk, status=PlanStatus.APPROVED)
    assert set(records.values_list("approved_cost", flat=True)) == {1000}
