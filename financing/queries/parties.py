"""Who is in projects, and what funders and the city have decided on them, as plain values."""

from collections import defaultdict
from collections.abc import Sequence

from financing.queries.spending import grouped, labels
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import (
    DecisionFigures,
    FundingDecisionFigures,
    GroupFigures,
    PartyFigures,
)
from groups.models import CompanyGroup
from projects.choices import DecisionStage, FundingDecisionKind, ImplementerRole
from projects.models import CoImplementer, Decision, FundingDecision


def parties_of(ids: Sequence[int]) -> defaultdict[int, list[PartyFigures]]:
    rows = CoImplementer.objects.filter(project__in=ids).select_related("organisation")
    return grouped((row.project_id, _party(row)) for row in rows.order_by("pk"))


def _party(row: CoImplementer) -> PartyFigures:
    return PartyFigures(
        organisation_id=row.organisation_id,
        name=row.organisation.name,
        short_name=row.organisation.shown_name,
        role=row.role,
        role_label=labels(ImplementerRole)[row.role],
        is_own_city=row.organisation.is_own_city,
        co_implementer_id=row.pk,
    )


def groups_of(ids: Sequence[int]) -> defaultdict[int, list[GroupFigures]]:
    rows = CompanyGroup.objects.filter(project__in=ids).order_by("pk")
    return grouped((row.project_id, GroupFigures(row.name, row.target_companies)) for row in rows)


def funding_decisions_of(ids: Sequence[int]) -> defaultdict[int, list[FundingDecisionFigures]]:
    rows = FundingDecision.objects.filter(project__in=ids).select_related("funder")
    in_order = rows.order_by("decided_on", "pk")
    return grouped((row.project_id, _funding_decision(row)) for row in in_order)


def _funding_decision(row: FundingDecision) -> FundingDecisionFigures:
    return FundingDecisionFigures(
        funder=row.funder.shown_name,
        decided_on=row.decided_on,
        first_year=row.first_year,
        last_year=row.last_year,
        reference=row.reference,
        is_change=row.kind == FundingDecisionKind.CHANGE,
        decision_id=row.pk,
        funder_id=row.funder_id,
        max_amount=row.max_amount,
        max_share=row.max_share,
        committed=row.committed_amount,
        reserved=row.reserved_amount,
        changes=row.changes_id,
        conditions=row.conditions,
    )


def decision_figures(row: Decision, plan: PlanFigures | None) -> DecisionFigures:
    return DecisionFigures(
        decision_id=row.pk,
        name=f"{row.body} {row.shown_section}",
        title=row.title,
        case_number=row.case_number,
        stage=row.stage,
        stage_label=labels(DecisionStage)[row.stage],
        meeting_date=row.meeting_date,
        outcome=row.outcome,
        plan=plan,
        amends=row.amends_id,
    )
