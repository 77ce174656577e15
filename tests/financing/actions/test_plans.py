"""Approving a draft and opening a new version: what happens, what is refused, and what the history says."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError

from financing.actions.plans import approve_plan, open_new_version
from financing.choices import CostCategory, PlanStatus
from financing.models import FinancingLineYear, FinancingPlan
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)
APPROVED, DRAFT, SUPERSEDED = (
    PlanStatus.APPROVED,
    PlanStatus.DRAFT,
    PlanStatus.SUPERSEDED,
)


def agreeing_plan(part=None, **fields) -> FinancingPlan:
    """A plan of which every check passes."""
    status = fields.pop("status", DRAFT)
    plan = make_plan(part or make_part(make_project()), 1000, **fields)
    make_line(plan, 1000, "100")
    make_cost(plan, 2017, 1000)
    return approve(plan, status)


def plan_with_error(part=None, **fields) -> FinancingPlan:
    """A plan whose sources are two euros more than its costs."""
    plan = make_plan(part or make_part(make_project()), 1000, **fields)
    make_line(plan, 1002)
    make_cost(plan, 2017, 1000)
    return plan


def states(part) -> list[tuple[int, str]]:
    return list(part.plans.order_by("version").values_list("version", "status"))


def test_an_approved_plan_says_who_approved_it_when_and_why():
    user = make_user(BUDGET_ADMINISTRATOR)
    plan = plan_with_error()

    approve_plan(plan=plan, user=user, on=DAY, explanation="  Pyöristetty asiakirjassa. ")

    plan.refresh_from_db()
    assert (plan.status, plan.approved_by, plan.approved_on, plan.approval_note) == (
        APPROVED,
        user,
        DAY,
        "Pyöristetty asiakirjassa.",
    )
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.action_flag, entry.get_change_message()) == (
        user,
        str(plan.pk),
        CHANGE,
        "Hyväksytty. Pyöristetty asiakirjassa.",
    )


def test_a_plan_that_agrees_needs_no_explanation():
    plan = agreeing_plan()

    approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="")

    plan.refresh_from_db()
    assert (plan.status, plan.approval_note) == (APPROVED, "")


@pytest.mark.parametrize("explanation", ["", "   ", "\n"])
def test_errors_without_an_explanation_stop_the_approval(explanation):
    plan = plan_with_error()

    with pytest.raises(ValidationError) as refusal:
        approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation=explanation)

    assert refusal.value.messages == [
        "Suunnitelmassa on virheitä. Kirjoita, miksi se hyväksytään niistä huolimatta."
    ]
    plan.refresh_from_db()
    assert (plan.status, LogEntry.objects.count()) == (DRAFT, 0)


def test_approving_supersedes_the_version_approved_before_and_only_that_of_the_same_implementer():
    part, other = make_part(make_project()), make_part(make_project())
    agreeing_plan(part, status=APPROVED)
    agreeing_plan(other, status=APPROVED)
    draft = agreeing_plan(part, version=2)

    approve_plan(plan=draft, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="")

    assert states(part) == [(1, SUPERSEDED), (2, APPROVED)]
    assert states(other) == [(1, APPROVED)]
    assert sorted(entry.get_change_message() for entry in LogEntry.objects.all()) == [
        "Hyväksytty.",
        "Korvattu versiolla 2.",
    ]


def test_a_whole_projects_plan_is_approved_like_an_implementers():
    project = make_project(total_cost=1000)
    plan = make_whole_plan(project)
    make_line(plan, 1000)
    own = agreeing_plan(make_part(project), status=APPROVED)

    approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="Selitys.")

    plan.refresh_from_db()
    own.refresh_from_db()
    assert (plan.status, own.status) == (APPROVED, APPROVED)


@pytest.mark.parametrize(
    ("status", "word"), [(APPROVED, "hyväksytty"), (SUPERSEDED, "korvattu")], ids=["approved", "superseded"]
)
def test_only_a_draft_is_approved(status, word):
    plan = agreeing_plan(status=status)

    with pytest.raises(ValidationError) as refusal:
        approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="Selitys.")

    assert refusal.value.messages == [f"Vain luonnoksen voi hyväksyä. Tämän version tila on ”{word}”."]


def test_a_plan_that_somebody_else_approved_meanwhile_is_not_approved_again():
    plan = agreeing_plan()
    stale = FinancingPlan.objects.get(pk=plan.pk)
    user = make_user(BUDGET_ADMINISTRATOR)
    approve_plan(plan=plan, user=user, on=DAY, explanation="")

    with pytest.raises(ValidationError):
        approve_plan(plan=stale, user=user, on=date(2018, 10, 16), explanation="")

    plan.refresh_from_db()
    assert plan.approved_on == DAY


def test_a_draft_older_than_the_approved_version_is_not_approved():
    part = make_part(make_project())
    agreeing_plan(part, version=2, status=APPROVED)
    draft = agreeing_plan(part, version=1)

    with pytest.raises(ValidationError) as refusal:
        approve_plan(plan=draft, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="")

    assert refusal.value.messages == [
        "Hyväksytty versio 2 ei voi korvautua vanhemmalla. Anna luonnokselle suurempi numero."
    ]


@pytest.mark.parametrize("role", [VIEWER, DECISION_PREPARER, INVOICE_APPROVER])
def test_other_roles_may_not_change_the_state_of_a_plan(role):
    user = make_user(role)
    draft, approved = agreeing_plan(), agreeing_plan(status=APPROVED)

    with pytest.raises(PermissionDenied):
        approve_plan(plan=draft, user=user, on=DAY, explanation="Selitys.")
    with pytest.raises(PermissionDenied):
        open_new_version(plan=approved, user=user, reason="Syy")

    draft.refresh_from_db()
    assert (draft.status, FinancingPlan.objects.count()) == (DRAFT, 2)


@pytest.mark.parametrize("role", [BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR])
def test_a_new_version_has_all_that_the_approved_one_has(role):
    part = make_part(make_project())
    plan = make_plan(part, Decimal("59953.50"), version=3)
    grant, own = make_source(), make_source()
    line = make_line(plan, Decimal("44966"), "75", grant)
    line.also_includes.add(own)
    FinancingLineYear.objects.create(line=line, year=2018, amount=0)
    make_line(plan, None, None, own)
    make_cost(plan, 2017, Decimal("24095"))
    make_cost(plan, 2018, None, category=CostCategory.STAFF)
    approve(plan)
    user = make_user(role)

    new = open_new_version(plan=plan, user=user, reason=" Viennin kokeilut siirtyvät ")

    assert (new.version, new.status, new.reason, new.stated_cost, new.co_implementer) == (
        4,
        DRAFT,
        "Viennin kokeilut siirtyvät",
        Decimal("59953.50"),
        part,
    )
    assert (new.approved_on, new.approved_by, new.approval_note) == (None, None, "")
    copies = [
        (
            copy.source,
            copy.stated_amount,
            copy.stated_share,
            list(copy.also_includes.all()),
            list(copy.years.values_list("year", "amount")),
        )
        for copy in new.lines.order_by("pk")
    ]
    assert copies == [
        (grant, Decimal("44966"), Decimal("75"), [own], [(2018, Decimal(0))]),
        (own, None, None, [], []),
    ]
    assert list(new.costs.order_by("year").values_list("year", "category", "amount")) == [
        (2017, CostCategory.NOT_BROKEN_DOWN, Decimal("24095")),
        (2018, CostCategory.STAFF, None),
    ]
    entry = LogEntry.objects.get()
    assert (entry.action_flag, entry.object_id, entry.get_change_message()) == (
        ADDITION,
        str(new.pk),
        "Avattu versiosta 3.",
    )


def test_changing_a_new_version_leaves_the_approved_one_as_it_was():
    plan = agreeing_plan(status=APPROVED)

    new = open_new_version(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), reason="Syy")
    new.lines.update(stated_amount=5)
    new.costs.update(amount=5)

    assert list(plan.lines.values_list("stated_amount", flat=True)) == [Decimal("1000")]
    assert list(plan.costs.values_list("amount", flat=True)) == [Decimal("1000")]


def test_a_second_draft_is_not_opened():
    plan = agreeing_plan(status=APPROVED)
    user = make_user(BUDGET_ADMINISTRATOR)
    open_new_version(plan=plan, user=user, reason="Syy")

    with pytest.raises(ValidationError) as refusal:
        open_new_version(plan=plan, user=user, reason="Toinen syy")

    assert refusal.value.messages == ["Luonnos on jo olemassa: versio 2. Muokkaa sitä tai poista se ensin."]
    assert states(plan.co_implementer) == [(1, APPROVED), (2, DRAFT)]


@pytest.mark.parametrize(
    ("status", "word"), [(DRAFT, "luonnos"), (SUPERSEDED, "korvattu")], ids=["draft", "superseded"]
)
def test_a_new_version_is_opened_only_from_the_approved_one(status, word):
    plan = agreeing_plan(status=status)

    with pytest.raises(ValidationError) as refusal:
        open_new_version(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), reason="Syy")

    assert refusal.value.messages == [
        f"Uusi versio tehdään hyväksytystä suunnitelmasta. Tämän version tila on ”{word}”."
    ]


def test_a_new_version_needs_a_reason():
    plan = agreeing_plan(status=APPROVED)

    with pytest.raises(ValidationError) as refusal:
        open_new_version(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), reason="  ")

    assert refusal.value.messages == ["Kirjoita, miksi uusi versio tehdään."]


def test_a_new_version_of_a_whole_project_copies_no_implementers_plan():
    project = make_project()
    plan = make_whole_plan(project)
    make_line(plan, None, "80")
    approve(plan)
    agreeing_plan(make_part(project), status=APPROVED, version=7)

    new = open_new_version(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), reason="Syy")

    assert (new.whole_project, new.version, new.lines.count(), new.costs.count()) == (project, 2, 1, 0)
