"""Several people work on one plan at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from financing.actions import approve_plan, open_new_version
from financing.explaining import project_findings, unexplained_errors
from financing.explanation_actions import explain_finding
from financing.models import FinancingPlan
from financing.queries import figures_of
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.concurrency import PEOPLE, at_once, lose_patience
from tests.factories import approve, make_cost, make_line, make_part, make_plan, make_project, make_user
from tests.page_forms import posted_by

pytestmark = pytest.mark.usefixtures("threads")


def plan_that_agrees(**fields: Any) -> FinancingPlan:
    plan = make_plan(make_part(make_project()), 1000, **fields)
    make_line(plan, 1000, "100")
    make_cost(plan, 2017, 1000)
    return plan


def test_a_draft_is_approved_once():
    plan, user = plan_that_agrees(), make_user(BUDGET_ADMINISTRATOR)

    def approve(number: int) -> bool:
        try:
            approve_plan(plan=plan, user=user, on=date(2018, 10, 15), explanation="")
        except ValidationError:
            return False
        return True

    assert sorted(at_once(approve)) == [False] * (PEOPLE - 1) + [True]


def test_one_new_version_is_opened():
    plan, user = approve(plan_that_agrees()), make_user(BUDGET_ADMINISTRATOR)

    def open_version(number: int) -> bool:
        try:
            open_new_version(plan=plan, user=user, reason="Syy")
        except ValidationError:
            return False
        return True

    assert sorted(at_once(open_version)) == [False] * (PEOPLE - 1) + [True]
    assert list(plan.co_implementer.plans.values_list("version", flat=True).order_by("version")) == [1, 2]


def test_of_people_who_save_one_form_one_saves_and_the_others_keep_what_they_typed():
    plan = plan_that_agrees()
    address = reverse("admin:financing_financingplan_change", args=[plan.pk])
    clients = [Client() for _person in range(PEOPLE)]
    for client in clients:
        client.force_login(make_user(BUDGET_ADMINISTRATOR))
    opened = [posted_by(client.get(address)) for client in clients]

    def save(number: int) -> Any:
        return clients[number].post(address, {**opened[number], "lines-0-stated_amount": f"{number + 1}"})

    answers = at_once(save)

    assert sorted(answer.status_code for answer in answers) == [200] * (PEOPLE - 1) + [302]
    for number, answer in enumerate(answers):
        if answer.status_code == 200:
            assert posted_by(answer)["lines-0-stated_amount"] == [f"{number + 1}"]


def test_a_line_waits_while_its_plan_is_looked_at_for_approval(monkeypatch):
    plan, user = plan_that_agrees(), make_user(BUDGET_ADMINISTRATOR)
    looked, tried = Event(), Event()

    def look(*args: Any, **options: Any) -> list[Any]:
        looked.set()
        tried.wait(10)
        return []

    def change_a_line() -> str:
        looked.wait(10)
        try:
            lose_patience()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE financing_financingline SET stated_amount = 1")
        except OperationalError:
            return "waits"
        finally:
            tried.set()
            connection.close()
        return "changed"

    monkeypatch.setattr("financing.actions.plan_findings", look)
    with ThreadPoolExecutor(1) as pool:
        changed = pool.submit(change_a_line)
        approve_plan(plan=plan, user=user, on=date(2018, 10, 15), explanation="")

    assert changed.result() == "waits"
    assert plan.lines.get().stated_amount == 1000


def test_of_people_who_add_the_same_draft_one_adds_it_and_the_others_get_a_sentence():
    part = make_part(make_project())
    address = "/admin/financing/financingplan/add/"
    clients = [Client() for _person in range(PEOPLE)]
    for client in clients:
        client.force_login(make_user(BUDGET_ADMINISTRATOR))
    opened = [{**posted_by(client.get(address)), "co_implementer": part.pk} for client in clients]

    answers = at_once(lambda number: clients[number].post(address, opened[number]))

    assert sorted(answer.status_code for answer in answers) == [200] * (PEOPLE - 1) + [302]
    assert FinancingPlan.objects.count() == 1


def test_people_who_explain_a_finding_at_once_are_all_heard_and_the_newest_counts():
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1002)
    (error,) = unexplained_errors(project_findings(figures_of(project)))
    user, start = make_user(BUDGET_ADMINISTRATOR), datetime(2018, 3, 1, 12, tzinfo=UTC)

    def explain(number: int) -> Any:
        return explain_finding(
            project=project,
            key=error.key,
            numbers=error.numbers,
            explanation=f"Selitys {number}.",
            user=user,
            at=start + timedelta(minutes=number),
        ).explanation

    texts = [f"Selitys {number}." for number in range(PEOPLE)]
    assert sorted(at_once(explain)) == texts
    found = next(each for each in project_findings(figures_of(project)) if each.key == error.key)
    assert found.explanation is not None
    assert found.explanation.explanation == texts[-1]
    assert [each.explanation for each in found.earlier] == texts[-2::-1]
