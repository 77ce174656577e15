"""A decision authorises several projects: each of its commitments names its own."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from financing.models import Commitment
from financing.queries.figures import figures_of, project_figures
from financing.queries.summaries import update_summaries
from financing.reconciliation.consequences import with_consequences
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from mikrogrow.database.versions import row_versions
from mikrogrow.database.writing import BusyError, projects_of
from mikrogrow.models import Change
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER
from mikrogrow.values.money import NBSP
from projects.choices import DecisionOutcome
from projects.decisions.document import decision_document, decision_pdf
from projects.models import Decision
from tests.support.cast import logged_in
from tests.support.concurrency import held_by_somebody_else, impatient
from tests.support.decision_rows import AT
from tests.support.factories import (
    approve,
    change,
    decide,
    make_city,
    make_commitment,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.pages import send, text_of
from tests.support.pdfs import layout_text, written
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db


def make_city_project(own, **fields):
    """A project in which the city pays so many euros of 1 000 itself."""
    project = make_project(**fields)
    plan = make_plan(make_part(project))
    make_line(plan, own, source=make_source(funder=make_city()))
    make_line(plan, 1000 - own)
    approve(plan)
    return project


@pytest.fixture
def first():
    return make_city_project(300, short_name="Eka")


@pytest.fixture
def second():
    return make_city_project(200, short_name="Toka")


def decided_for(prepared_in, *amounts, **fields):
    """`amounts` are pairs of a project and its cap in euros."""
    decision = make_draft_decision(prepared_in, **fields)
    for project, amount in amounts:
        make_commitment(decision, amount, project=project)
    return decide(decision)


def caps(project):
    return [row.max_amount for row in figures_of(project).commitments]


def outcome(project, code):
    findings = with_consequences(project_findings(figures_of(project)))
    (found,) = (finding for finding in findings if finding.code == code)
    return found.level, found.sentence.replace(NBSP, " ")


def test_a_commitment_is_of_the_project_in_which_its_decision_was_prepared_unless_it_names_another(
    first, second
):
    decision = make_draft_decision(first)

    assert make_commitment(decision).project == first
    assert make_commitment(decision, project=second).project == second


def test_each_project_has_what_its_own_commitments_authorise(first, second):
    # 300 and 200 euros are needed; 250 + 50 and 150 are authorised, so that 50 of the second are outside.
    decided_for(first, (first, 250), (second, 150))
    decided_for(second, (first, 50))

    assert (caps(first), caps(second)) == ([250, 50], [150])
    assert outcome(first, "R12") == (
        Level.PASSED,
        "Kokonaisvastuu 300 € mahtuu valtuutukseen 300 €.",
    )
    assert outcome(second, "R12") == (
        Level.ERROR,
        "Kokonaisvastuu 200 € – valtuutus 150 € = 50 € valtuutuksen ulkopuolella.",
    )
    assert outcome(second, "R11") == (
        Level.ERROR,
        "Omarahoitus 200 € – valtuutus 150 € = 50 € valtuutuksen ulkopuolella.",
    )


def test_figures_of_several_projects_are_those_of_each_alone(first, second):
    decided_for(first, (first, 250), (second, 150))

    together = project_figures([first, second])

    for project in (first, second):
        assert together[project.pk].commitments == figures_of(project).commitments
        assert together[project.pk].decisions == figures_of(project).decisions
        assert len(figures_of(project).decisions) == 1


def test_a_refused_decision_refuses_every_project_that_it_names(first, second):
    decision = make_draft_decision(first)
    make_commitment(decision, 150, project=second)
    decide(decision, DecisionOutcome.REJECTED)

    assert (figures_of(first).is_refused, figures_of(second).is_refused) == (True, True)
    assert outcome(second, "R12") == (
        Level.ERROR,
        "Kokonaisvastuu 200 € – valtuutus 0 € = 200 € valtuutuksen ulkopuolella.",
    )


def test_an_amendment_replaces_only_what_it_authorises_anew(first, second):
    old = decided_for(first, (first, 250), (second, 150))
    decided_for(first, (second, 200), amends=old)

    assert (caps(first), caps(second)) == ([250], [200])


def test_an_amendment_is_seen_through_a_later_one_that_names_only_others(first, second):
    old = decided_for(first, (first, 250), (second, 150))
    between = decided_for(first, (first, 300), amends=old)
    decided_for(first, (second, 200), amends=between)

    assert (caps(first), caps(second)) == ([300], [200])


def test_a_decision_is_amended_in_any_project_that_it_names(first, second):
    old = decided_for(first, (second, 150))

    make_draft_decision(second, amends=old).full_clean(exclude=["outcome"])
    with pytest.raises(ValidationError) as refused:
        make_draft_decision(make_project(), amends=old).clean()
    assert refused.value.messages == ["Muutettava päätös koskee toista hanketta."]


def test_a_correction_stays_in_its_project(first, second):
    decision = decided_for(first, (second, 150))
    wrong = decision.commitments.get()

    right = Commitment(decision=decision, corrects=wrong, max_amount=175, later_reason="Kirjoitusvirhe.")
    right.clean()
    assert right.project_id == second.pk
    right.project = first
    with pytest.raises(ValidationError) as refused:
        right.clean()
    assert refused.value.message_dict == {"project": ["Korjattava valtuutus koskee toista hanketta."]}


def test_an_invoice_names_a_commitment_of_its_own_project(first, second):
    decision = decided_for(first, (first, 250), (second, 150))
    of_first, of_second = (decision.commitments.get(project=each) for each in (first, second))
    payer = second.co_implementers.get()

    make_invoice(payer, commitment=of_second).clean()
    with pytest.raises(ValidationError) as refused:
        make_invoice(payer, commitment=of_first).clean()
    assert refused.value.message_dict == {"commitment": ["Valtuutus koskee toista hanketta."]}


def test_only_commitments_of_the_invoices_project_can_be_chosen(first, second):
    decision = decided_for(first, (first, 250), (second, 150))
    invoice = make_invoice(second.co_implementers.get())
    page = logged_in(BUDGET_ADMINISTRATOR).get(reverse("admin:financing_invoice_change", args=[invoice.pk]))

    chosen = page.context["adminform"].form.fields["commitment"].queryset

    assert list(chosen) == [decision.commitments.get(project=second)]


# Versions and locks


def versions(*projects):
    found = row_versions([project.pk for project in projects])
    return [found[project.pk] for project in projects]


@pytest.mark.parametrize("what", ["decision", "commitment", "leaves"])
def test_a_change_gives_every_project_that_the_decision_names_another_version(first, second, what):
    decision = make_draft_decision(first)
    commitment = make_commitment(decision, 150, project=second)
    other = make_city_project(100)
    before = versions(first, second, other)

    if what == "decision":
        change(decision, section=77)
    elif what == "commitment":
        change(commitment, max_amount=160)
    else:
        change(commitment, project=first)

    after = versions(first, second, other)
    assert [old != new for old, new in zip(before, after, strict=True)] == [True, True, False]


def test_what_is_kept_of_a_project_follows_a_decision_that_is_prepared_elsewhere(first, second):
    decision = make_draft_decision(first)
    make_commitment(decision, 150, project=second)
    update_summaries()
    assert second.kept_summary.authorised is None

    decide(decision)
    update_summaries()

    second.kept_summary.refresh_from_db()
    assert (second.kept_summary.authorised, second.kept_summary.outside) == (15_000, 5_000)


def test_who_writes_a_decision_locks_every_project_that_it_names(first, second):
    decision = make_draft_decision(first)
    commitment = make_commitment(decision, project=second)
    part = make_decision_part(decision)

    for row in (decision, commitment, part):
        assert projects_of(row) == {first.pk, second.pk}


@pytest.mark.usefixtures("threads")
def test_a_form_waits_for_who_writes_the_project_that_it_names():
    first, second = make_city_project(300), make_city_project(200)
    decision = make_draft_decision(second)
    # Whoever logs in writes too.
    preparer = logged_in(DECISION_PREPARER)

    with impatient(), held_by_somebody_else(first):
        answer = send(
            preparer,
            reverse("admin:projects_decision_change", args=[decision.pk]),
            {"commitments-0-project": first.pk, "commitments-0-max_amount": "150"},
        )

    assert (answer.status_code, text_of(answer).count(BusyError().messages[0])) == (200, 1)
    assert not decision.commitments.exists()


# Forms


def test_the_form_of_a_decision_takes_a_commitment_for_each_project(first, second):
    decision = make_draft_decision(first)
    make_commitment(decision, 200)

    answer = send(
        logged_in(DECISION_PREPARER),
        reverse("admin:projects_decision_change", args=[decision.pk]),
        {
            "commitments-0-max_amount": "250",
            "commitments-1-max_amount": "150",
            "commitments-1-project": second.pk,
        },
    )

    assert answer.status_code == 302
    found = decision.commitments.order_by("pk").values_list("project", "max_amount")
    assert list(found) == [(first.pk, 250), (second.pk, 150)]


def test_what_a_draft_authorises_for_its_own_project_moves_with_it(first, second):
    third = make_city_project(100)
    decision = make_draft_decision(first)
    make_commitment(decision, 250)
    make_commitment(decision, 150, project=second)

    answer = send(
        logged_in(DECISION_PREPARER),
        reverse("admin:projects_decision_change", args=[decision.pk]),
        {"project": third.pk},
    )

    assert answer.status_code == 302
    assert list(decision.commitments.order_by("pk").values_list("project", flat=True)) == [
        third.pk,
        second.pk,
    ]


# Pages and documents


def test_the_pages_of_every_project_that_it_names_show_the_decision(viewer, first, second):
    decision = decided_for(first, (second, 150), title="Kahden hankkeen päätös")

    page = viewer.get(reverse("decisions", args=[second.slug]))
    assert "Kahden hankkeen päätös Valmisteltu hankkeessa Eka." in text_of(page)
    assert "Valmisteltu" not in text_of(viewer.get(reverse("decisions", args=[first.slug])))
    assert f"/decisions/{decision.pk}/" in viewer.get(reverse("project", args=[second.slug])).content.decode()


def test_page_and_pdf_say_what_is_authorised_for_each_of_several_projects(viewer, first, second, tmp_path):
    decision = decided_for(first, (first, 250), (second, 150))
    rows = [
        ("Eka", "enintään 250 €", "2017–2019", "omarahoitus"),
        ("Toka", "enintään 150 €", "2017–2019", "omarahoitus"),
    ]

    document = decision_document(Decision.objects.with_contents().get(pk=decision.pk))

    found = [(row.project, row.cap.replace(NBSP, " "), row.years, row.covers) for row in document.authorised]
    assert found == rows
    shown = text_of(viewer.get(decision.get_absolute_url()))
    printed = layout_text(
        written(decision_pdf(Decision.objects.with_contents().get(pk=decision.pk), at=AT), tmp_path)
    )
    printed = " ".join(printed.split())
    for row in rows:
        assert " ".join(row) in shown
        assert " ".join(row) in printed.replace(NBSP, " ")


def test_a_decision_on_one_project_has_no_list_of_projects(first):
    decision = decided_for(first, (first, 250))

    assert decision_document(Decision.objects.with_contents().get(pk=decision.pk)).authorised == ()


def test_the_history_of_each_project_has_the_decision_and_its_commitment(viewer, first, second):
    decided_for(first, (second, 150), title="Kahden hankkeen päätös")

    assert Change.objects.get(model="financing.commitment").project == second.pk
    for project in (first, second):
        address = f"{reverse('history', args=[project.slug])}?kind=decisions"
        shown = text_of(viewer.get(address))
        assert "Valtuutus" in shown, project
        assert "Kahden hankkeen päätös" in shown, project
