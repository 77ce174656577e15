"""What was kept of a decision is not changed by any way, and is kept once when people decide together."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat

from financing.actions.plans import approve_plan, open_new_version
from financing.models import DecisionPlan
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.database.writing import BusyError
from mikrogrow.demonstration import archive_prints, load_demonstration
from mikrogrow.demonstration import load as loader
from mikrogrow.history import historical
from mikrogrow.pdf.render import PdfError
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER
from projects.choices import DecisionStage
from projects.decisions.actions import decide, official_pdf
from projects.models import Decision, DecisionCorrection, PrintedDecision, Project
from tests.support.concurrency import PEOPLE, at_once, lose_patience
from tests.support.decision_rows import (
    AT,
    MADE,
    approve_another,
    deciding,
    draft_with_table,
    made,
    plan_of_city,
    read,
)
from tests.support.factories import approve, make_decision, make_part, make_plan, make_project, make_user
from tests.support.frozen_rows import (
    load_changed,
    only_postgresql,
    only_sqlite,
    refused,
    rows_of,
    run,
    set_and_save,
)
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db

# After the last meeting of the demonstration.
LOADED = datetime(2026, 11, 20, 9, 4, tzinfo=UTC)
PRINT_KEPT = "Säilytettyä tulostetta ei voi muuttaa eikä poistaa."


PRINTS, LINKS = PrintedDecision.objects, DecisionPlan.objects
WAYS_TO_A_PRINT = {
    "save": lambda row: set_and_save(row, content=b"%PDF-x"),
    "another hash": lambda row: set_and_save(row, sha256="0" * 64),
    "update": lambda row: PRINTS.update(content=b"%PDF-x"),
    "update with an expression": lambda row: PRINTS.update(sha256=Concat(Value(""), Value("0" * 64))),
    "another day": lambda row: PRINTS.filter(pk=row.pk).update(printed_at=AT.replace(year=2017)),
    "another person": lambda row: PRINTS.filter(pk=row.pk).update(made_by=None),
    "handed to another decision": lambda row: PRINTS.update(decision=make_decision(make_project())),
    "bulk_update": lambda row: PRINTS.bulk_update([row], ["sha256"]),
    "upsert": lambda row: PRINTS.bulk_create(
        [row], update_conflicts=True, update_fields=["content"], unique_fields=["id"]
    ),
    "update or create": lambda row: PRINTS.update_or_create(
        decision=row.decision, defaults={"content": b"%PDF-x"}
    ),
    "delete": lambda row: row.delete(),
    "delete of all": lambda row: PRINTS.all().delete(),
    "raw delete": lambda row: PRINTS.all()._raw_delete("default"),
    "changed by SQL": lambda row: run("UPDATE projects_printeddecision SET sha256 = %s", "0" * 64),
    "deleted by SQL": lambda row: run("DELETE FROM projects_printeddecision WHERE id = %s", row.pk),
}


@pytest.mark.parametrize("way", WAYS_TO_A_PRINT)
def test_no_way_changes_a_kept_print(kept, way):
    before = rows_of(PrintedDecision())

    sentence = refused(lambda: WAYS_TO_A_PRINT[way](PRINTS.get(decision=kept)))

    assert sentence.splitlines()[0] == PRINT_KEPT
    assert rows_of(PrintedDecision()) == before


WAYS_TO_A_LINK = {
    "save": lambda row, other: set_and_save(row, plan=other),
    "update": lambda row, other: LINKS.update(plan=other),
    "bulk_update": lambda row, other: LINKS.bulk_update([row], ["plan"]),
    "handed to another decision": lambda row, other: LINKS.update(decision=draft_with_table()),
    "delete": lambda row, other: row.delete(),
    "delete of all": lambda row, other: LINKS.all().delete(),
    "changed by SQL": lambda row, other: run("UPDATE financing_decisionplan SET plan_id = %s", other.pk),
    "deleted by SQL": lambda row, other: run("DELETE FROM financing_decisionplan"),
    "given to a decision that was made without": lambda row, other: LINKS.create(
        decision=make_decision(make_project()), plan=other
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_A_LINK)
def test_no_way_changes_which_plan_a_decision_rests_on(plan, kept, way):
    other = approve_another(plan)
    before = rows_of(DecisionPlan())

    sentence = refused(lambda: WAYS_TO_A_LINK[way](LINKS.get(), other))

    assert sentence.splitlines()[0] == MADE
    assert rows_of(DecisionPlan()) == before


@pytest.mark.parametrize(
    "delete",
    [
        lambda kept: kept.delete(),
        lambda kept: Decision.objects.filter(pk=kept.pk).delete(),
        lambda kept: Decision.objects.filter(pk=kept.pk)._raw_delete("default"),
        lambda kept: kept.project.delete(),
        lambda kept: kept.printed.made_by.delete(),
        lambda kept: LINKS.get().plan.delete(),
    ],
)
def test_nothing_is_deleted_with_what_it_belongs_to(kept, delete):
    refused(lambda: delete(kept))

    assert (Decision.objects.count(), PRINTS.count(), LINKS.count()) == (1, 1, 1)


def test_loading_a_file_changes_no_kept_print(kept, tmp_path):
    row = PRINTS.get()

    assert PRINT_KEPT in refused(lambda: load_changed(tmp_path / "rows.json", row, sha256="0" * 64))


@only_sqlite
@pytest.mark.parametrize(
    ("table", "sentence"), [("projects_printeddecision", PRINT_KEPT), ("financing_decisionplan", MADE)]
)
def test_sqlites_replace_changes_nothing_that_was_kept(kept, table, sentence):
    replace = f"REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608

    assert refused(lambda: run(replace)) == sentence


@only_postgresql
@pytest.mark.parametrize(
    ("table", "sentence"), [("projects_printeddecision", PRINT_KEPT), ("financing_decisionplan", MADE)]
)
def test_truncating_takes_nothing_that_was_kept(kept, table, sentence):
    # Rows that were added in this very transaction cannot be truncated before their keys are checked.
    run("SET CONSTRAINTS ALL IMMEDIATE")

    assert refused(lambda: run(f"TRUNCATE {table}")).splitlines()[0] == sentence


def test_a_draft_goes_with_its_link(plan):
    decision = draft_with_table(plan.project)
    LINKS.create(decision=decision, plan=plan)

    decision.delete()

    assert (Decision.objects.count(), LINKS.count()) == (0, 0)


# Several people at once


@pytest.mark.usefixtures("threads")
def test_people_who_decide_at_once_keep_one_print():
    decision = draft_with_table(approve(plan_of_city(make_project())).project)
    users = [make_user(DECISION_PREPARER) for _person in range(PEOPLE)]

    def act(number):
        try:
            made(decision, users[number])
        except ValidationError as refusal:
            return refusal.messages
        return users[number].pk

    answers = at_once(act)

    printed = PRINTS.get()
    assert answers.count(["Päätös on jo tehty."]) == PEOPLE - 1
    assert printed.made_by_id in answers
    assert official_pdf(read(decision), at=AT) == bytes(printed.content)
    assert LINKS.count() == 1


@pytest.mark.usefixtures("threads")
def test_no_other_version_is_approved_while_a_decision_is_made():
    plan, administrator = approve(plan_of_city(make_project())), make_user(BUDGET_ADMINISTRATOR)
    new = open_new_version(plan=plan, user=administrator, reason="Muutos")
    decision, user = draft_with_table(plan.project), make_user(DECISION_PREPARER)

    def approver(number):
        lose_patience()
        with pytest.raises(BusyError):
            approve_plan(plan=new, user=administrator, on=date(2018, 1, 2))
        return "waited"

    with transaction.atomic():
        decide(decision=decision, deciding=deciding(user, "no_vote"))
        assert at_once(approver, 1) == ["waited"]


# Decisions from before


CASES = {
    "one version approved before the meeting": ([("approved", date(2017, 6, 1))], date(2017, 6, 5), True),
    "on the day of the meeting": ([("approved", date(2017, 6, 5))], date(2017, 6, 5), True),
    "approved after the meeting": ([("approved", date(2017, 6, 6))], date(2017, 6, 5), False),
    "two versions": (
        [("superseded", date(2017, 5, 1)), ("approved", date(2017, 6, 1))],
        date(2017, 6, 5),
        False,
    ),
    "a draft beside the one": (
        [("approved", date(2017, 6, 1)), ("draft", None)],
        date(2017, 6, 5),
        True,
    ),
    "only a draft": ([("draft", None)], date(2017, 6, 5), False),
    "day of approval unknown": ([("approved", None)], date(2017, 6, 5), False),
    "day of meeting unknown": ([("approved", date(2017, 6, 1))], None, False),
    "no plan": ([], date(2017, 6, 5), False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_decision_from_before_is_linked_only_where_dates_leave_no_doubt(case):
    versions, meeting_date, is_linked = CASES[case]
    project = make_project()
    part = make_part(project)
    plans = [
        approve(make_plan(part, version=number, approved_on=day), status)
        for number, (status, day) in enumerate(versions, start=1)
    ]
    decision = make_decision(project, meeting_date=meeting_date)
    make_decision(project, stage=DecisionStage.DRAFT, outcome="", meeting_date=meeting_date)
    migration = import_module("financing.migrations.0004_decision_plans")

    drop_triggers()
    migration.link_what_dates_prove(apps, None)
    make_triggers()

    assert list(LINKS.values_list("decision", "plan")) == ([(decision.pk, plans[0].pk)] if is_linked else [])
    assert historical(DecisionPlan)._default_manager.count() == is_linked


# The demonstration


def test_the_demonstration_keeps_the_prints_of_its_decisions():
    added = load_demonstration().added

    assert archive_prints(added, at=LOADED) == 4

    made_ones = Decision.objects.filter(stage=DecisionStage.DECIDED).order_by("pk")
    assert list(PRINTS.order_by("decision").values_list("decision", "made_by", "printed_at")) == [
        (decision.pk, None, LOADED) for decision in made_ones
    ]
    mikrogrow = read(made_ones.get(project__slug="mikrogrow"))
    assert LINKS.get(decision=mikrogrow).plan.version == 1
    assert official_pdf(mikrogrow, at=LOADED) == bytes(mikrogrow.printed.content)


def test_the_demonstration_corrects_the_slip_of_an_invented_decision(tmp_path):
    archive_prints(load_demonstration().added, at=LOADED)

    correction = DecisionCorrection.objects.get()
    assert correction.decision.project.slug == "jarviretki"
    assert (correction.number, correction.reason) == (1, "Sanasta puuttuu kirjain (keksitty esimerkki).")
    assert (correction.printed.made_by, correction.history.get().history_user) == (None, None)
    assert correction.decision.parts.filter(text__contains=correction.old_words).count() == 1
    assert "ja ympärivuotisesta matkailusta." in flowing_text(
        written(bytes(correction.printed.content), tmp_path)
    )


def test_the_demonstration_goes_without_prints_where_nothing_can_be_printed(monkeypatch):
    def without_pango(*args, **options):
        raise PdfError("Pango puuttuu.")

    monkeypatch.setattr(loader, "archive_print", without_pango)
    make_decision(make_project())

    assert archive_prints(Project.objects.all(), at=AT) == 0
    assert not PRINTS.exists()
