"""Nothing changes an approved plan: each way is tried on the database itself."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.migrations import Migration
from django.db.models import F
from django.urls import reverse

from financing.choices import PlanStatus
from financing.guards import SENT_MESSAGE
from financing.models import (
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
)
from mikrogrow.database.frozen import drop_triggers, frozen_tables, guards, make_triggers, missing_triggers
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.frozen_rows import only_postgresql, refused, rows_of, run, set_and_save
from tests.support.pages import send, text_of

SENTENCE = "Hyväksyttyä rahoitussuunnitelmaa ei voi enää muuttaa. Avaa siitä uusi versio."
DRAFT, APPROVED, SUPERSEDED = PlanStatus
LINE_SOURCES = FinancingLine.also_includes.through

pytestmark = pytest.mark.django_db


def filled_plan(**fields):
    """A draft with a line, its year, what it also includes, and a cost; and a source that it does not use."""
    plan = make_plan(make_part(make_project()), **fields)
    line = make_line(plan, 1000, "100")
    line.also_includes.add(make_source())
    return SimpleNamespace(
        plan=plan,
        line=line,
        year=FinancingLineYear.objects.create(line=line, year=2017, amount=1000),
        cost=make_cost(plan, 2017, 1000),
        source=make_source(),
    )


@pytest.fixture(params=[APPROVED, SUPERSEDED])
def frozen(request):
    found = filled_plan()
    approve(found.plan, request.param)
    return found


@pytest.fixture
def draft():
    return filled_plan()


PLANS = FinancingPlan.objects
# Beside those that are tried on every frozen table (tests/test_frozen.py).
# Each gets the rows of a frozen plan (f) and of a draft (d).
WAYS = {
    "back to a draft": lambda f, d: set_and_save(f.plan, ["status"], status=DRAFT),
    "superseded with another change": lambda f, d: PLANS.filter(pk=f.plan.pk).update(
        status=SUPERSEDED, reason="Muu"
    ),
    "its approval": lambda f, d: PLANS.filter(pk=f.plan.pk).update(approval_note="Muu"),
    "another cost": lambda f, d: PLANS.filter(pk=f.plan.pk).update(stated_cost=5),
    "another cost with F": lambda f, d: PLANS.filter(pk=f.plan.pk).update(stated_cost=F("stated_cost") + 1),
    "another version by SQL": lambda f, d: run(
        "UPDATE financing_financingplan SET version = 9 WHERE id = %s", f.plan.pk
    ),
    "another owner": lambda f, d: PLANS.filter(pk=f.plan.pk).update(co_implementer=make_part(make_project())),
    "line added": lambda f, d: make_line(f.plan, 5),
    "line updated with F": lambda f, d: f.plan.lines.update(stated_amount=F("stated_amount") + 1),
    "share of lines updated": lambda f, d: f.plan.lines.update(stated_share=5),
    "line inserted by SQL": lambda f, d: run(
        "INSERT INTO financing_financingline (plan_id, source_id) VALUES (%s, %s)", f.plan.pk, f.source.pk
    ),
    "year added": lambda f, d: f.line.years.create(year=2018, amount=5),
    "year moved away": lambda f, d: set_and_save(f.year, line=d.line, year=2018),
    "year moved in": lambda f, d: set_and_save(d.year, line=f.line, year=2018),
    "cost added": lambda f, d: make_cost(f.plan, 2018, 5),
    "cost moved away": lambda f, d: set_and_save(f.cost, plan=d.plan, year=2018),
    "cost moved in": lambda f, d: set_and_save(d.cost, plan=f.plan, year=2018),
    "costs updated with F": lambda f, d: f.plan.costs.update(amount=F("amount") + 1),
    "source also included": lambda f, d: f.line.also_includes.add(f.source),
    "other sources also included": lambda f, d: f.line.also_includes.set([f.source]),
    "source no more included": lambda f, d: f.line.also_includes.remove(f.line.also_includes.get()),
    "no source also included": lambda f, d: f.line.also_includes.clear(),
    "from the side of the source": lambda f, d: f.source.included_in_lines.add(f.line),
    "inclusion moved in": lambda f, d: LINE_SOURCES.objects.filter(financingline=d.line).update(
        financingline=f.line
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_an_approved_or_superseded_plan(frozen, draft, way):
    tables = (frozen.plan, frozen.line, frozen.year, frozen.cost, LINE_SOURCES())
    before = rows_of(*tables)

    sentence = refused(lambda: WAYS[way](frozen, draft))

    assert sentence.splitlines()[0] == SENTENCE
    assert rows_of(*tables) == before


def test_deleting_the_owner_takes_no_approved_plan_along(frozen):
    refused(frozen.plan.co_implementer.delete)
    refused(frozen.plan.co_implementer.project.delete)

    assert PLANS.filter(pk=frozen.plan.pk).exists()


@only_postgresql
def test_a_table_with_approved_plans_is_not_truncated():
    # Whichever of the tables that go along refuses first, sent claims among them.
    rules = {
        SENT_MESSAGE,
        *(each.rule.message for each in frozen_tables()),
        *(each.message for each in guards()),
    }
    for table in frozen_tables():
        sentence = refused(lambda name=table.name: run(f'TRUNCATE "{name}" CASCADE'))
        assert sentence.splitlines()[0] in rules


def test_an_approved_plan_may_be_superseded(draft):
    approve(draft.plan)

    draft.plan.status = SUPERSEDED
    draft.plan.save()

    assert PLANS.get(pk=draft.plan.pk).status == SUPERSEDED
    assert refused(lambda: PLANS.update(status=APPROVED)).splitlines()[0] == SENTENCE


def test_a_draft_changes_freely(draft, frozen):
    other = make_line(make_plan(make_part(make_project())), 5)

    set_and_save(draft.plan, reason="Muu")
    set_and_save(draft.year, line=other)
    set_and_save(draft.line, plan=other.plan)
    draft.line.also_includes.set([draft.source])
    draft.line.also_includes.clear()
    set_and_save(draft.cost, plan=other.plan)
    other.plan.delete()
    draft.plan.delete()

    assert list(PLANS.all()) == [frozen.plan]
    assert (FinancingLine.objects.count(), FinancingLineYear.objects.count()) == (1, 1)
    assert CostAllocation.objects.get() == frozen.cost


def test_a_guarded_table_is_a_table_of_ours():
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))

    assert {table.name for table in frozen_tables()} - existing == set()
    assert missing_triggers() == []


def shown_warnings():
    return [each.msg for each in run_checks(databases=["default"]) if not each.is_silenced()]


def test_missing_triggers_are_counted_by_one_warning_and_made_again_by_migrating():
    assert shown_warnings() == []
    drop_triggers()
    first, second, third, *others = missing_triggers()

    assert shown_warnings() == [
        "Hyväksyttyjen ja päätettyjen tietojen muuttamista ei estetä: tietokannasta puuttuu "
        f"{3 + len(others)} liipaisinta: {first}, {second}, {third} …"
    ]
    assert others != []
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []


@pytest.mark.django_db(transaction=True)
def test_a_migration_rebuilds_the_tables_of_plans_and_the_triggers_are_there_again():
    found = approve(filled_plan().plan)
    old = FinancingPlan._meta.get_field("reason")
    new = models.CharField(max_length=400, blank=True)
    new.set_attributes_from_name("reason")
    new.model = FinancingPlan
    for before, after in ((old, new), (new, old)):
        emit_pre_migrate_signal(0, False, "default", plan=[(Migration("rebuild", "financing"), False)])
        with connection.schema_editor() as editor:
            editor.alter_field(FinancingPlan, before, after, strict=True)
        assert missing_triggers() != []
        emit_post_migrate_signal(0, False, "default", plan=[])

    assert (missing_triggers(), found.lines.count()) == ([], 1)
    assert refused(lambda: PLANS.update(reason="Muu")).splitlines()[0] == SENTENCE


def test_starting_again_without_a_migration_leaves_the_triggers_in_place():
    emit_pre_migrate_signal(0, False, "default", plan=[])

    assert missing_triggers() == []


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_disabled_trigger_is_missing_and_made_again():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE financing_financingplan DISABLE TRIGGER USER")

    assert len(missing_triggers()) == 4
    make_triggers()
    assert missing_triggers() == []


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_no_line_slips_in_while_a_plan_is_being_approved():
    found = filled_plan()

    def add_line(limit):
        try:
            with transaction.atomic():
                run(f"SET LOCAL lock_timeout = '{limit}'")
                make_line(found.plan, 5, source=found.source)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            approve(found.plan)
            # It waits until the approval is committed.
            with pytest.raises(OperationalError):
                pool.submit(add_line, "100ms").result()
            waiting = pool.submit(add_line, "0")
        with pytest.raises(IntegrityError):
            waiting.result()

    assert found.plan.lines.count() == 1


def test_the_admin_deletes_no_project_with_an_approved_plan(client, frozen):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    project = frozen.plan.co_implementer.project
    address = reverse("admin:projects_project_delete", args=[project.pk])

    asked = client.get(address)
    answer = send(client, address, {"post": "yes"})

    assert text_of(asked).startswith("Ei voida poistaa: hanke")
    assert answer.status_code in {200, 302}
    assert PLANS.filter(pk=frozen.plan.pk).exists()
