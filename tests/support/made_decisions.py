"""A made decision with a row of everything that can hang on one."""

from datetime import date

from financing.models import FinancingPlan
from projects.decisions.actions import decide
from projects.models import Decision
from tests.support.annex_files import make_annex_file, make_secret_annex
from tests.support.appeal_factories import make_lodged, make_notice, make_publication
from tests.support.decision_rows import (
    AT,
    approve_another,
    corrected,
    deciding,
    draft_with_table,
    plan_of_city,
)
from tests.support.factories import (
    approve,
    make_appropriation,
    make_attachment,
    make_change_request,
    make_commitment,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_figure_mark,
    make_funding_decision,
    make_milestone,
    make_organisation,
    make_project,
    make_vote,
)
from tests.support.spending_factories import make_approver

SECRET = "[[salainen JulkL 24 § 1 mom. 20 k: Kilpailija tarjosi 77 119 euroa.]]"


def make_full_draft() -> Decision:
    """With a row of everything that a draft has, and complete so that it can be made."""
    project = approve(plan_of_city(make_project())).project
    make_milestone(project)
    make_change_request(project)
    make_funding_decision(project, date(2017, 5, 5))
    decision = draft_with_table(project, section=77)
    make_decision_part(decision, "3_impact", f"Vaikutuksia. {SECRET}")
    make_figure_mark(decision)
    make_disqualification(decision)
    make_vote(decision, proposed_by="Vilho Vastaesittäjä")
    make_dissent(decision)
    make_commitment(decision, appropriation=make_appropriation())
    make_annex_file(make_attachment(decision, number=2))
    make_annex_file(make_secret_annex(decision, number=3, public_title="Tarjous"))
    make_approver(decision)
    return decision


def make_full_made_decision() -> Decision:
    """The same made and printed in both versions, corrected, given to a party, appealed."""
    decision = make_full_draft()
    decide(decision=decision, deciding=deciding(outcome="vote"))
    decision = Decision.objects.get(pk=decision.pk)
    corrected(decision)
    make_publication(decision, AT.date())
    make_notice(decision, AT.date())
    make_lodged(decision, date(2018, 10, 1))
    # What rows can be handed to.
    approve_another(FinancingPlan.objects.get())
    other = draft_with_table(make_project(), section=78)
    make_annex_file(make_attachment(other, number=2))
    decide(decision=other, deciding=deciding())
    make_organisation()
    return decision
