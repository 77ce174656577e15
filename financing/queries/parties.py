"""Who is in projects, and what funders and the city have decided on them, as plain values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from financing.queries.spending import grouped, labels
from financing.rules.figures.pass_through import PassThroughFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import (
    DecisionFigures,
    FundingDecisionFigures,
    GroupFigures,
    PartyFigures,
)
from groups.models import CompanyGroup
from mikrogrow.values.money import ZERO
from projects.choices import DecisionStage, FundingDecisionKind, ImplementerRole
from projects.models import CoImplementer, Decision, FundingDecision

Parties = Mapping[int, list[PartyFigures]]
PassThroughs = Mapping[int, list[PassThroughFigures]]
PASS_THROUGH = ("pk", "year", "planned", "handed_on", "handed_on_day", "explanation")


def parties_of(ids: Sequence[int]) -> tuple[Parties, PassThroughs]:
    """Who is in each project, and what the city hands on to them; one query."""
    columns = {f"through_{name}": F(f"pass_through__{name}") for name in PASS_THROUGH}
    rows = CoImplementer.objects.filter(project__in=ids).select_related("organisation").annotate(**columns)
    # A party is in as many rows as it receives amounts.
    parties: dict[int, tuple[int, PartyFigures]] = {}
    received: list[tuple[int, PassThroughFigures]] = []
    row: Any
    for row in rows.order_by("pk", F("pass_through__year").asc(nulls_last=True), "pass_through__pk"):
        parties.setdefault(row.pk, (row.project_id, _party(row)))
        if row.through_pk is not None:
            received.append((row.project_id, _pass_through(row)))
    return grouped(parties.values()), grouped(received)


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


def _pass_through(row: Any) -> PassThroughFigures:
    return PassThroughFigures(
        row.organisation.shown_name,
        row.through_year,
        row.through_planned,
        row.through_handed_on or ZERO,
        row.through_handed_on_day,
        row.through_explanation,
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


def decision_figures(row: Decision, plans: tuple[PlanFigures, ...]) -> DecisionFigures:
    return DecisionFigures(
        decision_id=row.pk,
        name=row.body_and_section,
        body=row.body,
        shown_name=row.body_and_section,
        title=row.title,
        case_number=row.case_number,
        stage=row.stage,
        stage_label=labels(DecisionStage)[row.stage],
        meeting_date=row.meeting_date,
        outcome=row.outcome,
        plans=plans,
        amends=row.amends_id,
    )
