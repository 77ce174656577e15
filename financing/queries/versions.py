"""All versions of a project's budgets, also superseded ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from financing.choices import DEDUCTED, CostBasis, PlanStatus
from financing.models import CostAllocation, FinancingPlan
from financing.queries.figures import plan_figures
from financing.rules.as_of import PlanDay, states_on
from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.money import round_half_up
from projects.models import Decision, Project


@dataclass(frozen=True)
class VersionSummary:
    """One version of a budget with its sums in euros; None is unknown."""

    plan_id: int
    organisation_id: int | None
    owner: str
    is_own_city: bool
    version: int
    status: str
    status_label: str
    reason: str
    approved_on: date | None
    approved_by: str
    approval_note: str
    total: Decimal | None
    cost: Decimal | None
    cost_is_approximate: bool

    @property
    def is_draft(self) -> bool:
        return self.status == PlanStatus.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.status == PlanStatus.APPROVED

    @property
    def gap(self) -> Decimal | None:
        """Sources minus costs: positive if there is too much money."""
        return None if self.total is None or self.cost is None else self.total - self.cost


def version_summaries(project: Project, on: date | None = None) -> list[VersionSummary]:
    """As of an earlier day if asked."""
    plans = list(_summed_plans(project))
    found = [_summary(plan, project) for plan in plans]
    return found if on is None else [row for each in _by_budget(found) for row in _on(each, on)]


def _by_budget(rows: Iterable[VersionSummary]) -> Iterator[list[VersionSummary]]:
    for _owner, versions in groupby(rows, lambda row: row.organisation_id):
        yield list(versions)


def _on(versions: Sequence[VersionSummary], on: date) -> Iterator[VersionSummary]:
    days = [PlanDay(row.plan_id, row.version, row.is_draft, row.approved_on) for row in versions]
    states = states_on(days, on)
    for row in versions:
        if row.plan_id in states:
            status = states[row.plan_id]
            then = replace(row, status=status.value, status_label=str(status.label))
            if status == PlanStatus.DRAFT:
                then = replace(then, approved_on=None, approved_by="", approval_note="")
            yield then


COUNTED = Q(lines__part_of__isnull=True)


def _summed_plans(project: Project) -> QuerySet[FinancingPlan]:
    return (
        FinancingPlan.objects.of_projects([project.pk])
        .with_owner()
        .select_related("approved_by")
        .annotate(
            # A part of another line's amount is in no sum.
            sum_of_sources=Sum("lines__stated_amount", filter=COUNTED),
            number_of_lines=Count("lines", filter=COUNTED),
            known_lines=Count("lines__stated_amount", filter=COUNTED),
            **_revenue(),
        )
        .order_by(F("co_implementer").asc(nulls_last=True), "-version")
    )


def _revenue() -> dict[str, Any]:
    """What gross costs are without. A subquery, because lines and costs would multiply each other."""
    rows = CostAllocation.objects.filter(plan=OuterRef("pk"), category__in=DEDUCTED).order_by()
    known = rows.values("plan").annotate(total=Sum("amount"), unknown=Count("pk") - Count("amount"))
    return {"revenue": Subquery(known.values("total")), "unknown_revenue": Subquery(known.values("unknown"))}


def versions_to_compare(plan_ids: Iterable[int]) -> dict[int, PlanFigures]:
    plans = FinancingPlan.objects.filter(pk__in=list(plan_ids)).with_lines()
    return {plan.pk: plan_figures(plan) for plan in plans}


def plans_of_decisions(decisions: Iterable[Decision]) -> dict[int, PlanFigures]:
    """By decision, the version of the city's budget that it shows, as approved as it was then.

    That of the project in which it was prepared; none if none was recorded. A fixed number of queries.
    """
    rests_on = FinancingPlan.objects.filter(
        decision_plans__decision__in=[decision.pk for decision in decisions],
        co_implementer__project=F("decision_plans__decision__project"),
    )
    plans = rests_on.of_own_city().annotate(shown_in=F("decision_plans__decision")).with_lines()
    approved = PlanStatus.APPROVED
    # Should a decision have several, the first one counts.
    return {
        plan.shown_in: replace(plan_figures(plan), status=str(approved), status_label=str(approved.label))
        for plan in reversed(plans)
    }


def _summary(plan: FinancingPlan, project: Project) -> VersionSummary:
    part = plan.co_implementer
    approver = plan.approved_by
    return VersionSummary(
        plan_id=plan.pk,
        organisation_id=part.organisation_id if part else None,
        owner=part.organisation.shown_name if part else "",
        is_own_city=part is not None and part.organisation.is_own_city,
        version=plan.version,
        status=plan.status,
        status_label=str(plan.get_status_display()),
        reason=plan.reason,
        approved_on=plan.approved_on,
        approved_by=approver.get_full_name() or approver.get_username() if approver else "",
        approval_note=plan.approval_note,
        total=_sum_of_sources(plan),
        cost=_net_cost(plan),
        cost_is_approximate=plan.cost_is_approximate,
    )


def _net_cost(plan: FinancingPlan) -> Decimal | None:
    if plan.cost_basis != CostBasis.GROSS or plan.cost is None:
        return plan.cost
    row: dict[str, Decimal | int | None] = vars(plan)
    return None if row["unknown_revenue"] else plan.cost - round_half_up(Decimal(row["revenue"] or 0), 2)


def _sum_of_sources(plan: FinancingPlan) -> Decimal | None:
    row: dict[str, Decimal | int | None] = vars(plan)
    total = row["sum_of_sources"]
    if total is None or row["known_lines"] != row["number_of_lines"]:
        return None
    # SQLite sums in floats.
    return round_half_up(Decimal(total), 2)
