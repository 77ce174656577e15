"""What is frozen does not change: each way of changing a row is tried on each frozen table."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.db.models import F, Model

from financing.choices import ClaimStatus, InvoiceStatus, PlanStatus, StatedSum
from financing.models import (
    ClaimCost,
    ClaimSource,
    Commitment,
    CostAllocation,
    DecisionPlan,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FindingExplanation,
    Invoice,
    PaymentClaim,
    StatedTotal,
)
from mikrogrow.database.frozen import BORN_MESSAGE, ByStatus, WithOwner, frozen_tables
from mikrogrow.history import history_tables
from mikrogrow.models import Change, FileOpening
from projects.choices import DecisionStage
from projects.models import (
    AnnexFile,
    Attachment,
    Decision,
    DecisionAppeal,
    DecisionCorrection,
    DecisionOfficial,
    DecisionPart,
    Disqualification,
    Dissent,
    FigureMark,
    InternalCorrection,
    InternalPrint,
    PrintedCorrection,
    PrintedDecision,
    Vote,
)
from tests.support.annex_files import make_annex_file
from tests.support.appeal_factories import make_appeal
from tests.support.correction_factories import (
    internal_print_of_correction,
    make_correction,
    print_of_correction,
)
from tests.support.factories import (
    approve,
    decide,
    make_attachment,
    make_commitment,
    make_cost,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_figure_mark,
    make_line,
    make_official,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_vote,
)
from tests.support.frozen_rows import load_changed, refused, rows_of, run, set_and_save, with_fields
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_explanation,
    make_invoice,
    pay,
)

pytestmark = pytest.mark.django_db

LineSource = FinancingLine.also_includes.through


def plan_with_rows(status):
    plan = make_plan(make_part(make_project()))
    line = make_line(plan, 1000, "100")
    line.also_includes.add(make_source())
    year = FinancingLineYear.objects.create(line=line, year=2017, amount=1000)
    cost = make_cost(plan, 2017, 1000)
    total = StatedTotal.objects.create(plan=plan, kind=StatedSum.SOURCES, amount=1000)
    if status != PlanStatus.DRAFT:
        approve(plan, status)
    return [plan, line, LineSource.objects.get(financingline=line), year, cost, total]


def claim_with_rows(status):
    days = {"submitted_on": date(2018, 1, 31), "decided_on": date(2018, 3, 1)}
    claim = make_claim(make_part(make_project()), status=ClaimStatus.DECIDED, **days)
    rows = [claim, make_claim_cost(claim, eligible=100), make_claim_source(claim)]
    if status == ClaimStatus.PAID:
        pay(claim)
    else:
        with_fields(claim, status=status).save()
    return rows


def invoice(status):
    return [make_invoice(make_part(make_project()), status=status)]


def decision_with_rows(status):
    decision = make_draft_decision(make_project())
    annex = make_attachment(decision)
    rows = [
        decision,
        make_decision_part(decision),
        make_official(decision),
        annex,
        make_annex_file(annex),
        make_commitment(decision),
        make_figure_mark(decision),
        make_appeal(decision),
        make_disqualification(decision),
        make_vote(decision),
        make_dissent(decision),
        DecisionPlan.objects.create(decision=decision, plan=make_plan(make_part(decision.project))),
    ]
    if status == DecisionStage.DECIDED:
        decide(decision)
    return rows


def printed(status):
    decision = decide(make_draft_decision(make_project()))
    at = datetime(2018, 9, 3, tzinfo=UTC)
    return [
        PrintedDecision.objects.create(decision=decision, content=b"%PDF", sha256="0" * 64, printed_at=at)
    ]


def correction(status):
    return [make_correction(decide(make_draft_decision(make_project())))]


def printed_correction(status):
    row = print_of_correction(*correction(status))
    row.save()
    return [row]


def internally_printed_correction(status):
    row = internal_print_of_correction(*correction(status))
    row.save()
    return [row]


def internally_printed(status):
    decision = decide(make_draft_decision(make_project()))
    at = datetime(2018, 9, 3, tzinfo=UTC)
    values = {"content": b"%PDF", "sha256": "0" * 64, "check_code": str(decision.pk), "printed_at": at}
    return [InternalPrint.objects.create(decision=decision, **values)]


def explanation(status):
    return [make_explanation(make_project())]


def log_entry(status):
    user = make_user()
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, "Muutettu.")
    return [LogEntry.objects.latest("pk")]


def logged_change(status):
    make_organisation()
    return [Change.objects.latest("pk")]


def file_opening(status):
    at = datetime(2018, 9, 3, tzinfo=UTC)
    return [FileOpening.objects.create(model="x", row=1, sha256="0" * 64, user=make_user(), at=at)]


# What a change of each model's row is.
CHANGES: dict[type[Model], Callable[[], dict[str, Any]]] = {
    FinancingPlan: lambda: {"reason": "Muu"},
    FinancingLine: lambda: {"stated_amount": 5},
    LineSource: lambda: {"fundingsource": make_source()},
    FinancingLineYear: lambda: {"amount": 5},
    CostAllocation: lambda: {"amount": 5},
    StatedTotal: lambda: {"amount": 5},
    PaymentClaim: lambda: {"note": "Muu"},
    ClaimCost: lambda: {"claimed": 5},
    ClaimSource: lambda: {"claimed": 5},
    Invoice: lambda: {"supplier": "Muu"},
    Decision: lambda: {"title": "Muu"},
    DecisionPart: lambda: {"text": "Muu."},
    DecisionOfficial: lambda: {"name": "Muu"},
    Attachment: lambda: {"is_public": False},
    AnnexFile: lambda: {"pages": 5},
    Commitment: lambda: {"max_amount": 5},
    FigureMark: lambda: {"reason": "Muu."},
    DecisionAppeal: lambda: {"text": "Muu."},
    Disqualification: lambda: {"ground": "Muu."},
    Vote: lambda: {"yes": 5},
    Dissent: lambda: {"text": "Muu."},
    DecisionPlan: lambda: {"plan": make_plan(make_part(make_project()))},
    PrintedDecision: lambda: {"sha256": "1" * 64},
    DecisionCorrection: lambda: {"new_words": "3 000 euroa"},
    PrintedCorrection: lambda: {"sha256": "1" * 64},
    InternalPrint: lambda: {"sha256": "1" * 64},
    InternalCorrection: lambda: {"sha256": "1" * 64},
    FindingExplanation: lambda: {"explanation": "Muu."},
    LogEntry: lambda: {"change_message": "Muu."},
    Change: lambda: {"kind": "-"},
    FileOpening: lambda: {"user": make_user()},
}
PLAN = (FinancingPlan, FinancingLine, LineSource, FinancingLineYear, CostAllocation, StatedTotal)
CLAIM = (PaymentClaim, ClaimCost, ClaimSource)
DECISION = (
    *(Decision, DecisionPart, DecisionOfficial, Attachment, AnnexFile, Commitment, FigureMark),
    *(DecisionAppeal, Disqualification, Vote, Dissent, DecisionPlan),
)


@dataclass(frozen=True)
class State:
    """Makes rows of these models, in this order, that are frozen with one status and free with another."""

    make: Callable[[Any], list[Model]]
    models: tuple[type[Model], ...]
    sentence: str
    frozen: str = ""
    free: str = ""


PLAN_SENTENCE = "Hyväksyttyä rahoitussuunnitelmaa ei voi enää muuttaa. Avaa siitä uusi versio."
CLAIM_SENTENCE = "Maksettua maksatushakemusta ei voi enää muuttaa."
INVOICE_SENTENCE = "Hyväksyttyä, maksettua tai hylättyä laskua ei voi enää muuttaa."
DECISION_SENTENCE = "Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös."
STATES = {
    **{
        f"{status} plan": State(plan_with_rows, PLAN, PLAN_SENTENCE, status, PlanStatus.DRAFT)
        for status in (PlanStatus.APPROVED, PlanStatus.SUPERSEDED)
    },
    "paid claim": State(claim_with_rows, CLAIM, CLAIM_SENTENCE, ClaimStatus.PAID, ClaimStatus.DRAFT),
    **{
        f"{status} invoice": State(invoice, (Invoice,), INVOICE_SENTENCE, status, InvoiceStatus.RECEIVED)
        for status in (InvoiceStatus.APPROVED, InvoiceStatus.PAID, InvoiceStatus.REJECTED)
    },
    "decided decision": State(
        decision_with_rows, DECISION, DECISION_SENTENCE, DecisionStage.DECIDED, DecisionStage.DRAFT
    ),
    "print": State(printed, (PrintedDecision,), "Säilytettyä tulostetta ei voi muuttaa eikä poistaa."),
    "internal print": State(
        internally_printed, (InternalPrint,), "Säilytettyä tulostetta ei voi muuttaa eikä poistaa."
    ),
    "correction": State(
        correction,
        (DecisionCorrection,),
        "Korjausta ei voi muuttaa eikä poistaa. Tee tarvittaessa uusi korjaus.",
    ),
    "print of a correction": State(
        printed_correction, (PrintedCorrection,), "Säilytettyä tulostetta ei voi muuttaa eikä poistaa."
    ),
    "internal print of a correction": State(
        internally_printed_correction,
        (InternalCorrection,),
        "Säilytettyä tulostetta ei voi muuttaa eikä poistaa.",
    ),
    "explanation": State(
        explanation,
        (FindingExplanation,),
        "Selitystä ei voi muuttaa eikä poistaa. Kirjoita uusi selitys.",
    ),
    "log of the admin": State(log_entry, (LogEntry,), "Historiaa ei voi muuttaa eikä poistaa."),
    "log of changes": State(logged_change, (Change,), "Historiaa ei voi muuttaa eikä poistaa."),
    "log of opened files": State(file_opening, (FileOpening,), "Historiaa ei voi muuttaa eikä poistaa."),
}
RULES = {table.name: table.rule for table in frozen_tables()}


def rows_like(row):
    return type(row)._base_manager.filter(pk=row.pk)


def change_in_bulk(row, **fields):
    type(row)._base_manager.bulk_update([with_fields(row, **fields)], list(fields))


def upsert(row, **fields):
    """Inserts the row again, which changes its fields instead."""
    type(row)._base_manager.bulk_create(
        [with_fields(row, **fields)], update_conflicts=True, update_fields=list(fields), unique_fields=["id"]
    )


def new_copy(row):
    new = copy(row)
    new.pk, new._state.adding = None, True
    return new


def insert_copy_by_sql(row):
    columns = ", ".join(field.column for field in row._meta.concrete_fields if not field.primary_key)
    run_on(row, f"INSERT INTO TABLE ({columns}) SELECT {columns} FROM TABLE WHERE id = %s")  # noqa: S608


def run_on(row, sql, *values):
    run(sql.replace("TABLE", connection.ops.quote_name(row._meta.db_table)), *values, row.pk)


def move(row, other):
    """Gives the row the owner of the other one."""
    column = RULES[row._meta.db_table].column
    (key,) = (field.attname for field in row._meta.concrete_fields if field.column == column)
    set_and_save(row, [key.removesuffix("_id")], **{key: getattr(other, key)})


# Each gets a frozen row, a free one of the same model, and a change.
WAYS = {
    "save": lambda row, free, change: set_and_save(row, **change),
    "save of one field": lambda row, free, change: set_and_save(row, list(change), **change),
    "update": lambda row, free, change: rows_like(row).update(**change),
    "update with F": lambda row, free, change: rows_like(row).update(id=F("id") + 900),
    "bulk_update": lambda row, free, change: change_in_bulk(row, **change),
    "upsert": lambda row, free, change: upsert(row, **change),
    "delete of queryset": lambda row, free, change: rows_like(row).delete(),
    "delete": lambda row, free, change: row.delete(),
    "delete of this table alone": lambda row, free, change: rows_like(row)._raw_delete("default"),
    "UPDATE": lambda row, free, change: run_on(row, "UPDATE TABLE SET id = id + 900 WHERE id = %s"),
    "DELETE": lambda row, free, change: run_on(row, "DELETE FROM TABLE WHERE id = %s"),
}
# Of rows that are frozen with their owner.
WAYS_OF_PARTS = {
    "added": lambda row, free, change: new_copy(row).save(),
    "added in bulk": lambda row, free, change: type(row)._base_manager.bulk_create([new_copy(row)]),
    "INSERT": lambda row, free, change: insert_copy_by_sql(row),
    "moved away": lambda row, free, change: move(row, free),
    "moved in": lambda row, free, change: move(free, row),
}
WAYS_THAT_ADD = {"added", "added in bulk", "INSERT"}
WAYS_OF_SQLITE = {
    "REPLACE": lambda row, free, change: run_on(row, "REPLACE INTO TABLE SELECT * FROM TABLE WHERE id = %s"),
}
# Only where there are free rows of the model.
WAYS_OF_SQLITE_WITH_FREE_ROW = {
    "UPDATE OR REPLACE": lambda row, free, change: run_on(
        free, "UPDATE OR REPLACE TABLE SET id = %s WHERE id = %s", row.pk
    ),
}
ALL_WAYS = {**WAYS, **WAYS_OF_PARTS, **WAYS_OF_SQLITE, **WAYS_OF_SQLITE_WITH_FREE_ROW}
# Where the state is the row's own, they meet first that no row is born in it.
WAYS_OF_BIRTH = {"upsert", "REPLACE"}
# What a decision authorises keeps Django from deleting it, before the database is asked.
REFUSED_BY_DJANGO = {(Decision, "delete"), (Decision, "delete of queryset")}


def ways_of(state, model):
    rule = RULES.get(model._meta.db_table)
    parts = [name for name in WAYS_OF_PARTS if isinstance(rule, WithOwner)]
    return [
        *WAYS,
        *(name for name in parts if name not in WAYS_THAT_ADD or not rule.added_later),
        *(WAYS_OF_SQLITE if connection.vendor == "sqlite" else []),
        *(WAYS_OF_SQLITE_WITH_FREE_ROW if connection.vendor == "sqlite" and state.free else []),
    ]


MODELS = [(name, model) for name, state in STATES.items() for model in state.models]
IDS = [f"{name}-{model._meta.model_name}" for name, model in MODELS]
TRIED = [
    pytest.param(name, model, way, id=f"{name}-{model._meta.model_name}-{way}")
    for name, model in MODELS
    for way in ways_of(STATES[name], model)
]


@pytest.mark.parametrize(("name", "model", "way"), TRIED)
def test_no_way_changes_a_frozen_row(name, model, way):
    state = STATES[name]
    frozen, free = state.make(state.frozen), state.make(state.free)
    place = state.models.index(model)
    change = CHANGES[model]()
    before = rows_of(*frozen)

    sentence = refused(lambda: ALL_WAYS[way](frozen[place], free[place], change))

    if (model, way) in REFUSED_BY_DJANGO:
        assert "protected foreign keys" in sentence
    elif way in WAYS_OF_BIRTH and isinstance(RULES[model._meta.db_table], ByStatus):
        assert sentence.splitlines()[0] == BORN_MESSAGE
    else:
        assert sentence.splitlines()[0] == state.sentence
    assert rows_of(*frozen) == before


@pytest.mark.parametrize(("name", "model"), MODELS, ids=IDS)
def test_loading_a_file_changes_no_frozen_row(name, model, tmp_path):
    state = STATES[name]
    frozen = state.make(state.frozen)
    fields = {key: getattr(value, "pk", value) for key, value in CHANGES[model]().items()}
    before = rows_of(*frozen)

    sentence = refused(
        lambda: load_changed(tmp_path / "rows.json", frozen[state.models.index(model)], **fields)
    )

    assert state.sentence in sentence
    assert rows_of(*frozen) == before


def test_every_frozen_table_is_tried():
    tried = {model._meta.db_table for _name, model in MODELS}

    # Each table of the history is tried in tests/mikrogrow/test_history.py.
    assert set(RULES) - set(history_tables()) == tried
