"""What each role may see and do in the admin, by what the server answers to what they send."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps as installed_apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from financing.choices import CostCategory, PlanStatus, SourceClass
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    ROLES,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
    grant_role_permissions,
    rights_by_role,
)
from projects.choices import DecisionStage, ImplementerRole
from projects.models import Decision
from tests.support.cast import logged_in
from tests.support.factories import (
    make_appropriation,
    make_commitment,
    make_decision,
    make_group,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
    make_sub_region,
    make_user,
)
from tests.support.pages import send
from tests.support.spending_factories import make_approver, make_invoice, make_pass_through

pytestmark = pytest.mark.django_db

MONEY = {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
DECISIONS = {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}
USERS = {SYSTEM_ADMINISTRATOR}
STAFF = set(ROLES) - {VIEWER}


def make_draft_decision(**fields: Any) -> Decision:
    return make_decision(make_project(), stage=DecisionStage.DRAFT, outcome="", **fields)


def make_shared_cost_of_city() -> Model:
    project = make_project()
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    return make_shared_cost(make_part(project), lead, 100)


@dataclass(frozen=True)
class Case:
    """A model: who edits it, how a row is made, a field with a new value, and what a new row needs."""

    name: str
    editors: set[str]
    make: Callable[[], Any]
    change: tuple[str, str]
    add: Callable[[], dict[str, Any]]
    seers: frozenset[str] = frozenset(STAFF)
    deleters: set[str] | None = None

    def address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.name}_{page}", args=args)


CASES = [
    Case("projects_organisation", MONEY, make_organisation, ("name", "Uusi"), lambda: {"name": "Lisätty"}),
    Case("projects_programme", MONEY, make_programme, ("name", "Uusi"), lambda: {"name": "Lisätty"}),
    Case(
        "projects_project",
        MONEY,
        make_project,
        ("name", "Uusi"),
        lambda: {"name": "Lisätty", "short_name": "Lisätty", "slug": "lisatty"},
    ),
    Case(
        "projects_decision",
        DECISIONS,
        make_draft_decision,
        ("title", "Uusi"),
        lambda: {"project": make_project().pk, "title": "Lisätty", "body": "Kaupunginhallitus"},
    ),
    Case(
        "financing_financingplan",
        MONEY,
        lambda: make_plan(make_part(make_project())),
        ("reason", "Uusi"),
        lambda: {"co_implementer": make_part(make_project()).pk, "stated_cost": "59 953"},
    ),
    Case(
        "financing_fundingsource",
        MONEY,
        make_source,
        ("name", "Uusi"),
        lambda: {
            "name": "Lisätty",
            "source_class": SourceClass.PRIVATE,
        },
    ),
    Case(
        "financing_passthrough",
        MONEY,
        lambda: make_pass_through(make_part(make_project(), make_organisation()), 5),
        ("planned", "260"),
        lambda: {"receiver": make_part(make_project(), make_organisation()).pk, "planned": "5"},
    ),
    Case(
        "financing_sharedcost",
        MONEY,
        make_shared_cost_of_city,
        ("amount", "11954"),
        lambda: {
            "payer": (cost := make_shared_cost_of_city()).payer_id,
            "invoiced_by": cost.invoiced_by_id,
            "on_behalf_of": cost.on_behalf_of_id,
            "year": "2018",
        },
    ),
    Case("financing_appropriation", MONEY, make_appropriation, ("name", "Uusi"), lambda: {"name": "Lisätty"}),
    Case(
        "financing_commitment",
        MONEY | DECISIONS,
        lambda: make_commitment(make_draft_decision()),
        ("max_amount", "2991"),
        lambda: {
            "decision": make_draft_decision().pk,
            "max_amount": "2 991",
            "first_year": "2017",
            "last_year": "2019",
        },
    ),
    Case(
        "financing_invoice",
        MONEY,
        lambda: make_invoice(make_part(make_project())),
        ("supplier", "Uusi"),
        lambda: {
            "payer": make_part(make_project()).pk,
            "supplier": "Lisätty",
            "number": "1",
            "invoice_date": "1.2.2018",
            "net": "100",
            "vat": "24",
            "total": "124",
            "category": CostCategory.SERVICES,
            "year": "2018",
        },
    ),
    Case(
        "financing_invoiceapprover",
        MONEY,
        # Of a decision that is made only substitutes come and go.
        lambda: make_approver(make_draft_decision()),
        ("title", "Uusi"),
        lambda: {
            "decision": make_decision(make_project()).pk,
            "user": make_user(INVOICE_APPROVER).pk,
            "title": "Lisätty",
        },
    ),
    Case("groups_subregion", MONEY, make_sub_region, ("name", "Uusi"), lambda: {"name": "Lisätty"}),
    Case(
        "groups_companygroup",
        MONEY,
        lambda: make_group(make_project()),
        ("name", "Uusi"),
        lambda: {"project": make_project().pk, "sub_region": make_sub_region().pk, "name": "Lisätty"},
    ),
    Case(
        "auth_user",
        USERS,
        make_user,
        ("first_name", "Uusi"),
        lambda: {
            "username": "lisatty",
            "password1": "pitka-salasana-7",
            "password2": "pitka-salasana-7",
        },
        seers=frozenset(USERS),
        deleters=set(),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
every_role = pytest.mark.parametrize("role", ROLES)


@every_role
@every_case
def test_a_role_sees_the_lists_and_rows_that_it_may_see(case, role):
    row, client = case.make(), logged_in(role)
    expected = 200 if role in case.seers else 403

    answers = [
        client.get(case.address("changelist")),
        client.get(case.address("change", row.pk)),
        client.get(case.address("history", row.pk)),
    ]

    assert [answer.status_code for answer in answers] == [expected] * 3


@every_role
@every_case
def test_a_role_changes_what_it_may_change_and_nothing_else(case, role):
    row = case.make()
    field, value = case.change
    before = getattr(row, field)

    answer = send(
        logged_in(role),
        case.address("change", row.pk),
        {field: value},
        like=logged_in(SYSTEM_ADMINISTRATOR),
    )

    row.refresh_from_db()
    if role in case.editors:
        assert (answer.status_code, str(getattr(row, field)).removesuffix(".00")) == (302, value)
    else:
        assert (answer.status_code, getattr(row, field)) == (403, before)


@every_role
@every_case
def test_a_role_adds_what_it_may_add_and_nothing_else(case, role):
    model = type(case.make())
    fields, client, other = case.add(), logged_in(role), logged_in(SYSTEM_ADMINISTRATOR)
    before = model._base_manager.count()

    answer = send(client, case.address("add"), fields, like=other)

    added = model._base_manager.count() - before
    assert (answer.status_code, added) == ((302, 1) if role in case.editors else (403, 0))


@every_role
@every_case
def test_a_role_deletes_what_it_may_delete_and_nothing_else(case, role):
    row, client, other = case.make(), logged_in(role), logged_in(SYSTEM_ADMINISTRATOR)
    deleters = case.editors if case.deleters is None else case.deleters
    address = case.address("delete", row.pk)
    data = other.get(address).content.decode() if deleters else ""
    token = data.partition('name="seen" value="')[2].partition('"')[0]

    answer = client.post(address, {"post": "yes", "seen": token})

    exists = type(row)._base_manager.filter(pk=row.pk).exists()
    assert (answer.status_code, exists) == ((302, False) if role in deleters else (403, True))


@pytest.mark.parametrize(
    ("case", "role"),
    [(case, role) for case in CASES for role in ROLES if role not in case.seers],
    ids=lambda value: value.name if isinstance(value, Case) else value,
)
def test_somebody_without_the_right_gets_the_same_answer_for_a_row_that_is_not_there(case, role):
    answer = logged_in(role).get(case.address("change", 987654))

    assert answer.status_code == 403


@every_case
def test_nobody_sees_anything_without_logging_in(case):
    row = case.make()

    answers = [
        Client().get(case.address("changelist")),
        Client().get(case.address("change", row.pk)),
        Client().get(case.address("change", 987654)),
        Client().post(case.address("change", row.pk), {case.change[0]: case.change[1]}),
        Client().post(case.address("delete", row.pk), {"post": "yes"}),
    ]

    assert [(answer.status_code, answer.url.partition("?")[0]) for answer in answers] == [
        (302, reverse("login"))
    ] * 5


@every_role
@pytest.mark.parametrize("action", ["approve", "new_version"])
def test_a_role_changes_the_state_of_a_plan_only_if_it_may(role, action):
    status = PlanStatus.DRAFT if action == "approve" else "approved"
    plan = make_plan(make_part(make_project()), None, status=status)
    address = reverse(f"admin:financing_financingplan_{action}", args=[plan.pk])
    fields = {"explanation": "Selitys."} if action == "approve" else {"reason": "Syy."}

    answer = send(logged_in(role), address, fields, like=logged_in(SYSTEM_ADMINISTRATOR))

    plan.refresh_from_db()
    done = plan.status == PlanStatus.APPROVED and (
        action == "approve" or plan.co_implementer.plans.count() == 2
    )
    assert (answer.status_code, done) == ((302, True) if role in MONEY else (403, False))


@every_role
def test_a_role_gets_the_same_answer_for_a_plan_that_is_not_there(role):
    address = reverse("admin:financing_financingplan_approve", args=[987654])

    answer = logged_in(role).get(address)

    assert answer.status_code == (404 if role in MONEY else 403)


def test_migrating_again_restores_what_a_role_may_do():
    group = Group.objects.get(name=VIEWER)
    group.permissions.set(Group.objects.get(name=SYSTEM_ADMINISTRATOR).permissions.all())

    grant_role_permissions()

    held = set(group.permissions.values_list("content_type__app_label", "codename"))
    assert held == rights_by_role()[VIEWER]


def test_a_role_that_is_named_anew_keeps_its_people():
    step = import_module("mikrogrow.migrations.0014_role_of_invoice_approvers")
    user = make_user(INVOICE_APPROVER)

    step.name_as_before(installed_apps, connection.schema_editor())
    assert [group.name for group in user.groups.all()] == ["Laskun hyväksyjä"]

    step.name_as_the_glossary(installed_apps, connection.schema_editor())
    assert [group.name for group in user.groups.all()] == ["Laskujen hyväksyjä"]


def test_a_city_keeps_a_role_that_it_has_named_so_itself():
    step = import_module("mikrogrow.migrations.0014_role_of_invoice_approvers")
    Group.objects.create(name="Laskun hyväksyjä")

    step.name_as_the_glossary(installed_apps, connection.schema_editor())

    assert Group.objects.filter(name__in=["Laskun hyväksyjä", "Laskujen hyväksyjä"]).count() == 2


def test_every_right_of_the_table_exists():
    for role in ROLES:
        group = Group.objects.get(name=role)
        held = set(group.permissions.values_list("content_type__app_label", "codename"))
        assert held == rights_by_role()[role]


def test_a_closed_account_sees_nothing():
    user = make_user(SYSTEM_ADMINISTRATOR)
    client = logged_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = client.get(reverse("admin:index"))

    assert answer.status_code == 302
