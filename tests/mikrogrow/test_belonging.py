"""Models say to whom their rows belong, and with what they are frozen."""

import pytest
from django.apps import apps

from financing.models import (
    CostAllocation,
    DecisionPlan,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FindingExplanation,
    Invoice,
    InvoiceApprover,
    SetAsideCost,
    SharedCost,
)
from mikrogrow.belonging import is_part_of, owner_key_of, owner_keys
from mikrogrow.database.frozen import AppendOnly, ByStatus, WithOwner, freezing_rule
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    OUR_APPS,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
    rights_by_role,
)
from projects.models import Attachment, CoImplementer, Organisation, Project

LINE_SOURCES = FinancingLine.also_includes.through
OURS = [
    model
    for app in OUR_APPS
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "instance_type")
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_whatever_refers_to_a_row_of_a_project_says_to_whom_it_belongs(model):
    targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    of_projects = [target for target in targets if is_part_of(target, Project)]

    assert bool(of_projects) == bool(owner_keys(model))
    assert is_part_of(model, Project) == (model is Project or bool(of_projects))


@pytest.mark.parametrize(
    ("model", "whole", "expected"),
    [
        (FinancingPlan, FinancingPlan, True),
        (FinancingLineYear, FinancingPlan, True),
        (LINE_SOURCES, FinancingPlan, True),
        (CostAllocation, Project, True),
        # It refers to a plan, but it belongs to its decision.
        (DecisionPlan, FinancingPlan, False),
        (Organisation, Project, False),
    ],
)
def test_a_row_is_part_of_what_it_belongs_to_through_others(model, whole, expected):
    assert is_part_of(model, whole) is expected


def test_a_plan_belongs_to_a_project_or_to_a_part_of_one():
    of_part, of_project = FinancingPlan(co_implementer_id=1), FinancingPlan(whole_project_id=1)

    assert [owner_key_of(plan).name for plan in (of_part, of_project)] == ["co_implementer", "whole_project"]
    assert owner_key_of(Organisation()) is None


@pytest.mark.parametrize("model", [CoImplementer, SharedCost, Organisation, SetAsideCost, InvoiceApprover])
def test_these_are_never_frozen(model):
    assert freezing_rule(model) is None


def test_a_row_is_frozen_by_its_status_or_with_its_owner():
    plan = freezing_rule(FinancingPlan)
    line = WithOwner("plan_id", "financing_financingplan", plan)

    assert isinstance(plan, ByStatus)
    assert plan.free == ("draft",)
    assert freezing_rule(FinancingLine) == line
    assert freezing_rule(FinancingLineYear) == WithOwner("line_id", "financing_financingline", line)
    assert freezing_rule(LINE_SOURCES) == WithOwner("financingline_id", "financing_financingline", line)
    assert freezing_rule(FindingExplanation) == AppendOnly(
        "Selitystä ei voi muuttaa eikä poistaa. Kirjoita uusi selitys."
    )


def edited(role):
    return {name.removeprefix("change_") for _app, name in rights_by_role()[role] if "change_" in name}


def test_preparers_edit_decisions_with_their_caps_and_budget_administrators_the_rest_that_changes():
    decisions = {"decision", "decisionofficial", "decisionpart", "figuremark", "attachment"}
    decisions |= {"decisionpublication", "decisionnotice", "lodgedappeal", "annexfile"}
    decisions |= {"disqualification", "vote", "dissent"}
    never = {
        "calendarfeed",
        "decisionappeal",
        "decisioncorrection",
        "findingexplanation",
        "decisionplan",
        "internalcorrection",
        "internalprint",
        "printedcorrection",
        "printeddecision",
        "projectsummary",
        "keptfinding",
        "keptneed",
    }
    ours = {model._meta.model_name for model in OURS}

    assert edited(DECISION_PREPARER) == decisions | {"commitment"}
    assert edited(BUDGET_ADMINISTRATOR) == ours - decisions - never
    assert edited(SYSTEM_ADMINISTRATOR) == (ours - never) | {"user", "role"}
    assert (edited(VIEWER), edited(INVOICE_APPROVER)) == (set(), set())
    assert (Attachment.edited_by, hasattr(Invoice, "edited_by")) == (DECISION_PREPARER, False)
