"""Explaining a finding and the errors of a plan that is approved: what is stored, and what is refused."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from financing.actions.explanations import explain_finding
from financing.actions.plans import approve_plan, errors_in, plan_findings
from financing.models import FinancingLine, FinancingPlan, FindingExplanation
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from mikrogrow.history import historical
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from tests.support.factories import (
    change,
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
AT = datetime(2018, 3, 1, 12, tzinfo=UTC)
DAY = date(2018, 3, 1)
SUM = ("R01", "Osahanke, Esimerkkikaupunki", "")


def project_with_error():
    """Its sources are two euros more than its costs."""
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1002)
    return project


def finding(project, key=SUM):
    (found,) = [each for each in project_findings(figures_of(project)) if each.key == key]
    return found


def explain(project, text="Paperissa on näin.", **fields):
    shown = finding(project)
    values = {"key": SUM, "numbers": shown.numbers, "user": make_user(BUDGET_ADMINISTRATOR), "at": AT}
    return explain_finding(project=project, explanation=text, **{**values, **fields})


def kept(project):
    rows = FindingExplanation.objects.filter(project=project).order_by("pk")
    return list(rows.values_list("code", "detail", "explanation"))


@pytest.mark.parametrize("role", [BUDGET_ADMINISTRATOR, DECISION_PREPARER, SYSTEM_ADMINISTRATOR])
def test_an_explanation_is_kept_with_the_numbers_that_it_explains(role):
    project, user = project_with_error(), make_user(role, first_name="Matti", last_name="Meikäläinen")

    row = explain(project, "  Paperissa on näin. ", user=user)

    assert (row.left, row.right, row.difference) == (f"1{NBSP}002{NBSP}€", f"1{NBSP}000{NBSP}€", f"+2{NBSP}€")
    assert (row.sentence, row.explained_at) == (finding(project).sentence, AT)
    explanation = finding(project).explanation
    assert (explanation.explanation, explanation.by, explanation.at) == (
        "Paperissa on näin.",
        "Matti Meikäläinen",
        AT,
    )
    record = historical(FindingExplanation).objects.get()
    assert (record.history_user, record.history_change_reason) == (user, "Selitetty.")


@pytest.mark.parametrize("role", [VIEWER, INVOICE_APPROVER])
def test_other_roles_explain_nothing(role):
    project = project_with_error()

    with pytest.raises(PermissionDenied):
        explain(project, user=make_user(role))

    assert kept(project) == []


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_explanation_is_refused(text):
    project = project_with_error()

    with pytest.raises(ValidationError) as refusal:
        explain(project, text)

    assert (refusal.value.messages, kept(project)) == (["Kirjoita selitys."], [])


def test_numbers_that_changed_meanwhile_are_not_explained_unseen():
    project = project_with_error()
    seen = finding(project).numbers
    change(FinancingPlan.objects.get(), stated_cost=990)

    with pytest.raises(ValidationError) as refusal:
        explain(project, numbers=seen)

    assert refusal.value.messages == [
        "Luvut ovat muuttuneet sivun avaamisen jälkeen: "
        f"Rahoituslähteet 1{NBSP}002{NBSP}€ – kustannukset 990{NBSP}€ = 12{NBSP}€ liikaa. "
        "Tarkista selitys ja lähetä uudelleen."
    ]
    assert kept(project) == []


def test_other_numbers_with_the_same_difference_are_not_explained_unseen():
    project = project_with_error()
    seen = finding(project).numbers
    change(FinancingPlan.objects.get(), stated_cost=2000)
    change(FinancingLine.objects.get(), stated_amount=2002)

    with pytest.raises(ValidationError):
        explain(project, numbers=seen)

    assert (finding(project).numbers[2], kept(project)) == (seen[2], [])


def test_of_two_findings_of_one_check_and_plan_the_one_that_was_meant_is_explained():
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    for name in ("EAKR", "Yritykset"):
        make_line(plan, 100, "20", make_source(name=name))
    key = ("R03", "Osahanke, Esimerkkikaupunki", "Yritykset")

    explain(project, key=key, numbers=finding(project, key).numbers)

    assert kept(project) == [("R03", "Yritykset", "Paperissa on näin.")]


def test_a_finding_that_is_gone_is_not_explained():
    project = project_with_error()
    seen = finding(project).numbers
    change(FinancingPlan.objects.get(), stated_cost=1002)

    with pytest.raises(ValidationError) as refusal:
        explain(project, numbers=seen)

    assert refusal.value.messages == [
        "Havaintoa ”R01, Osahanke, Esimerkkikaupunki” ei enää ole: luvut ovat muuttuneet sivun avaamisen "
        "jälkeen."
    ]
    assert kept(project) == []


def test_a_new_explanation_is_a_new_row_and_the_newest_counts():
    project = project_with_error()
    explain(project, "Ensimmäinen.")
    explain(project, "Toinen.", at=datetime(2018, 3, 2, tzinfo=UTC))

    found = finding(project)

    assert [row[2] for row in kept(project)] == ["Ensimmäinen.", "Toinen."]
    assert found.explanation.explanation == "Toinen."
    assert [each.explanation for each in found.earlier] == ["Ensimmäinen."]


def test_a_second_click_explains_nothing_anew_and_somebody_else_does():
    project, user = project_with_error(), make_user(BUDGET_ADMINISTRATOR)

    first, second = (explain(project, user=user) for _click in range(2))
    others = explain(project)

    assert first == second != others
    assert len(kept(project)) == 2


def test_an_explanation_falls_when_a_number_changes_and_is_shown_with_the_old_numbers():
    project = project_with_error()
    explain(project)
    change(FinancingPlan.objects.get(), stated_cost=990)

    found = finding(project)

    assert (found.is_explained, found.fallen.left, found.fallen.right) == (
        False,
        f"1{NBSP}002{NBSP}€",
        f"1{NBSP}000{NBSP}€",
    )


# Approving


def draft_with_two_errors():
    """Sources of 1 002 for costs of 1 000, and years of 990."""
    plan = make_plan(make_part(make_project()), 1000)
    make_line(plan, 1002, None, make_source(name="EAKR"))
    make_cost(plan, 2017, 990)
    return FinancingPlan.objects.with_lines().get(pk=plan.pk)


def errors_of(plan):
    return errors_in(plan_findings(FinancingPlan.objects.with_lines().get(pk=plan.pk)))


def approve(plan, **fields):
    return approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, at=AT, **fields)


def test_each_error_is_explained_when_a_plan_is_approved():
    plan = draft_with_two_errors()
    keys = [each.key for each in errors_of(plan)]

    approve(plan, explanations={keys[0]: "Pyöristys.", keys[1]: " Vuosi puuttuu. "})

    plan.refresh_from_db()
    assert [key[0] for key in keys] == ["R01", "R04"]
    assert (plan.status, plan.approval_note) == ("approved", "R01: Pyöristys.\nR04: Vuosi puuttuu.")
    assert kept(plan.project) == [("R01", "", "Pyöristys."), ("R04", "", "Vuosi puuttuu.")]
    assert [each.is_explained for each in errors_of(plan)] == [True, True]


def test_one_text_may_explain_all_errors():
    plan = draft_with_two_errors()

    approve(plan, explanation="Asiakirjan luvut.")

    plan.refresh_from_db()
    assert plan.approval_note == "Asiakirjan luvut."
    assert [row[2] for row in kept(plan.project)] == ["Asiakirjan luvut."] * 2


def test_an_error_without_an_explanation_stops_the_approval_and_nothing_is_kept():
    plan = draft_with_two_errors()
    first, _second = errors_of(plan)

    with pytest.raises(ValidationError) as refusal:
        approve(plan, explanations={first.key: "Pyöristys."})

    plan.refresh_from_db()
    assert refusal.value.messages == [
        "Suunnitelmassa on virheitä. Kirjoita, miksi se hyväksytään niistä huolimatta."
    ]
    assert (plan.status, kept(plan.project)) == ("draft", [])


def test_an_explanation_that_still_holds_is_enough_and_is_not_kept_twice():
    plan = draft_with_two_errors()
    first, second = errors_of(plan)
    for each in (first, second):
        explain_finding(
            project=plan.project,
            key=each.key,
            numbers=each.numbers,
            explanation="Jo selitetty.",
            user=make_user(BUDGET_ADMINISTRATOR),
            at=AT,
        )

    approve(plan, explanations={first.key: "Jo selitetty."})

    plan.refresh_from_db()
    assert (plan.status, plan.approval_note) == ("approved", "Jo selitetty.")
    assert [row[2] for row in kept(plan.project)] == ["Jo selitetty.", "Jo selitetty."]


def test_what_is_written_at_an_approval_counts_before_what_was_explained_earlier():
    plan = draft_with_two_errors()
    first, _second = errors_of(plan)
    explain(plan.project, "Vanha selitys.", key=first.key, numbers=first.numbers)

    approve(plan, explanation="Muille.", explanations={first.key: "Uusi selitys."})

    plan.refresh_from_db()
    assert plan.approval_note == "R01: Uusi selitys.\nR04: Muille."
    assert [each.explanation.explanation for each in errors_of(plan)] == ["Uusi selitys.", "Muille."]


def test_the_moment_of_an_approval_without_one_is_noon_of_its_day():
    plan = draft_with_two_errors()

    approve_plan(plan=plan, user=make_user(BUDGET_ADMINISTRATOR), on=DAY, explanation="Luvut.")

    moments = {row.explained_at.isoformat() for row in FindingExplanation.objects.all()}
    assert moments == {"2018-03-01T10:00:00+00:00"}
