"""Several people work on one plan at the same moment."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from financing.actions.explanations import explain_finding
from financing.actions.plans import approve_plan, open_new_version
from financing.models import FinancingPlan
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings, unexplained_errors
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.concurrency import PEOPLE, at_once, lose_patience
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
from tests.support.pages import posted_by, text_of

pytestmark = pytest.mark.usefixtures("threads")


def plan_that_agrees(**fields: Any) -> FinancingPlan:
    plan = make_plan(make_part(make_project()), 1000, **fields)
    make_line(plan, 1000, "100")
    make_cost(plan, 2017, 1000)
    return plan


def change_page(plan: FinancingPlan) -> str:
    return reverse("admin:financing_financingplan_change", args=[plan.pk])


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


def people_on(address: str, people: int = PEOPLE) -> tuple[list[Client], list[dict[str, Any]]]:
    """People logged in with the same form open, and what each would send unchanged."""
    clients = [Client() for _person in range(people)]
    for client in clients:
        client.force_login(make_user(BUDGET_ADMINISTRATOR))
    return clients, [posted_by(client.get(address)) for client in clients]


def name_of(client: Client) -> str:
    return str(User.objects.get(pk=client.session["_auth_user_id"]).get_username())


def save_at_once(address: str, clients: list[Client], forms: dict[int, Any]) -> dict[int, Any]:
    """What each person whose form is given is answered."""
    people = list(forms)
    answers = at_once(
        lambda place: clients[people[place]].post(address, forms[people[place]]), people=len(people)
    )
    return dict(zip(people, answers, strict=True))


def amounts_on(form: dict[str, Any]) -> dict[str, str]:
    """What the form gives for each source, as typed, by its name."""
    rows = (name.removesuffix("-source") for name in form if re.fullmatch(r"lines-\d+-source", name))
    return {form[f"{row}-source"][0]: form[f"{row}-stated_amount"][0] for row in rows}


def test_of_two_people_who_save_one_form_the_second_is_shown_what_the_first_changed():
    plan = plan_that_agrees()
    name, address = str(plan.lines.get().source), change_page(plan)
    clients, opened = people_on(address, 2)
    typed = {"lines-0-stated_amount": ["900"], "stated_cost": ["1 200"]}, {"lines-0-stated_amount": ["800"]}

    answers = at_once(lambda number: clients[number].post(address, {**opened[number], **typed[number]}), 2)

    first, second = sorted(range(2), key=lambda number: answers[number].status_code, reverse=True)
    assert [answers[number].status_code for number in (first, second)] == [302, 200]
    theirs, own = (typed[number]["lines-0-stated_amount"][0] for number in (first, second))
    shown = re.findall(rf"{name}, [^.]*tallennettu arvo.*?oikea[.]", text_of(answers[second]))
    assert shown == [
        f"{name}, Ilmoitettu, €: tallennettu arvo on nyt ”{theirs}” (muuttaja: {name_of(clients[first])}). "
        f"Lomakkeella on kirjoittamasi arvo ”{own}”; tallenna, jos se on oikea."
    ]
    assert clients[second].post(address, posted_by(answers[second])).status_code == 302
    assert [line.stated_amount for line in plan.lines.all()] == [Decimal(own)]
    plan.refresh_from_db()
    assert plan.stated_cost == 1200


def test_of_people_who_save_one_form_one_at_a_time_saves_until_nothing_of_anybody_is_missing():
    plan = make_plan(make_part(make_project()), 1000)
    lines = [make_line(plan, 1) for _person in range(PEOPLE)]
    removed, added = make_line(plan, 5), [make_source().name for _person in range(PEOPLE)]
    address = change_page(plan)
    clients, opened = people_on(address)
    # Each changes a line of their own, adds another, and has a word on the costs; one removes a line.
    own = [
        {line.source.name: f"{number}00", added[number]: f"{number}11"} for number, line in enumerate(lines)
    ]
    for number, form in enumerate(opened):
        form |= {f"lines-{number}-stated_amount": [f"{number}00"], "stated_cost": [f"2 00{number}"]}
        form |= {
            f"lines-{PEOPLE + 1}-source": [added[number]],
            f"lines-{PEOPLE + 1}-stated_amount": [f"{number}11"],
        }
    opened[0][f"lines-{PEOPLE}-DELETE"] = ["on"]

    waiting, saved = dict(enumerate(opened)), []
    while waiting:
        answers = save_at_once(address, clients, waiting)
        saved += [person for person, answer in answers.items() if answer.status_code == 302]
        assert len(saved) == PEOPLE - len(waiting) + 1
        del waiting[saved[-1]]
        for person in waiting:
            assert answers[person].status_code == 200
            assert "(muuttaja: " in text_of(answers[person])
            waiting[person] = posted_by(answers[person])
            assert own[person].items() <= amounts_on(waiting[person]).items()
            assert waiting[person]["stated_cost"] == [f"2 00{person}"]

    assert sorted(saved) == list(range(PEOPLE))
    stored = {line.source.name: line.stated_amount for line in plan.lines.all()}
    assert stored == {source: Decimal(typed) for each in own for source, typed in each.items()}
    assert removed.source.name not in stored
    plan.refresh_from_db()
    assert plan.stated_cost == 2000 + saved[-1]


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

    monkeypatch.setattr("financing.actions.plans.plan_findings", look)
    with ThreadPoolExecutor(1) as pool:
        changed = pool.submit(change_a_line)
        approve_plan(plan=plan, user=user, on=date(2018, 10, 15), explanation="")

    assert changed.result() == "waits"
    assert plan.lines.get().stated_amount == 1000


def test_of_people_who_add_the_same_draft_one_adds_it_and_the_others_get_a_sentence():
    part = make_part(make_project())
    address = reverse("admin:financing_financingplan_add")
    clients, opened = people_on(address)

    answers = at_once(
        lambda number: clients[number].post(address, {**opened[number], "co_implementer": part.pk})
    )

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
