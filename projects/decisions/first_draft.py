"""The first draft of a decision's text, from what is recorded of its project. Nothing is saved."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import override

from financing.models import Commitment, InvoiceApprover
from financing.queries.figures import figures_of
from financing.rules.city_money import city_money
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from projects.choices import DecisionPartKind, ImplementerRole, PointKind
from projects.decisions.corrected import as_known_to
from projects.decisions.drafting.facts import Amended, Cap, CityFunding, DraftFacts, Reserved
from projects.decisions.drafting.parts import PARTS
from projects.models import CoImplementer, Decision, Project, own_city


def first_draft(
    decision: Decision, kinds: Iterable[DecisionPartKind] = tuple(PARTS)
) -> dict[DecisionPartKind, str]:
    """By kind of part; empty where there is nothing to say, as of the part that tells what was decided."""
    # A decision is in Finnish, whatever the language of who asks.
    with override("fi"):
        facts = draft_facts(decision)
        return {kind: PARTS[kind](facts) for kind in kinds}


def draft_facts(decision: Decision) -> DraftFacts:
    """In a fixed number of queries."""
    found = _with_what_is_drafted().get(pk=decision.pk)
    project = found.project
    figures = figures_of(project)
    city = CoImplementer.objects.of_own_city().filter(project=project).first()
    owner = own_city()
    amends = as_known_to(found, found.amends)
    return DraftFacts(
        body=found.body,
        project=project.name,
        short_name=project.short_name,
        city=owner.name if owner else "",
        amends=Amended(amends.body, amends.meeting_date, amends.section) if amends else None,
        **_of_city(city),
        **_parties(figures),
        **_description(project),
        **_money(figures, is_change=amends is not None),
        **_authorised(found),
    )


def _with_what_is_drafted() -> Any:
    commitments = Commitment.objects.select_related("appropriation", "project")
    return Decision.objects.select_related("project__programme", "amends").prefetch_related(
        "project__points",
        Prefetch("commitments", commitments.order_by("pk")),
        Prefetch("invoice_approvers", InvoiceApprover.objects.filter(is_substitute=False)),
    )


def _of_city(city: CoImplementer | None) -> dict[str, Any]:
    if city is None:
        return {}
    return {
        "role": city.role,
        "unit": city.unit,
        "has_responsible_person": bool(city.responsible_person),
        "may_withdraw": city.may_withdraw,
        "withdraw_until": city.withdraw_until,
    }


def _parties(figures: ProjectFigures) -> dict[str, Any]:
    def names(role: ImplementerRole) -> tuple[str, ...]:
        return tuple(row.name for row in figures.parties if row.role == role and not row.is_own_city)

    return {
        "lead": figures.lead.name if figures.lead else "",
        "implementers": names(ImplementerRole.CO_IMPLEMENTER),
        "participants": names(ImplementerRole.PARTICIPANT),
    }


def _description(project: Project) -> dict[str, Any]:
    def points(kind: PointKind) -> tuple[str, ...]:
        return tuple(row.text for row in project.points.all() if row.kind == kind)

    return {
        "programme": project.programme.name if project.programme else "",
        "priority_axis": project.priority_axis,
        "specific_objective": project.specific_objective,
        "eura_code": project.eura_code,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "background": project.background or project.summary,
        "target_group": project.target_group,
        "activities": project.activities,
        "objectives": points(PointKind.OBJECTIVE),
        "added_value": points(PointKind.ADDED_VALUE),
        "companies": project.target_companies,
        "total_cost": project.total_cost,
        "total_is_approximate": project.total_cost_is_approximate,
        "cost_model": project.cost_model,
    }


def _money(figures: ProjectFigures, *, is_change: bool) -> dict[str, Any]:
    changed = _draft_of_city(figures) if is_change else None
    liability = city_money(figures).liability
    return {
        "groups": figures.groups,
        "whole": figures.whole_plan,
        "part": changed or figures.city_plan,
        "earlier": figures.city_plan if changed else None,
        "grants": figures.funding_decisions,
        "shared": figures.shared_costs,
        "pass_through": figures.pass_through,
        "funding": tuple(_funding(figures)),
        "liability": liability.total,
        "liability_is_gross": liability.is_gross,
    }


def _draft_of_city(figures: ProjectFigures) -> PlanFigures | None:
    city = figures.city
    own = (plan for plan in figures.draft_plans if city and plan.organisation_id == city.organisation_id)
    return next(own, None)


def _funding(figures: ProjectFigures) -> Iterator[CityFunding]:
    owners = {plan.organisation_id: plan.owner for plan in figures.plans}
    for part in city_money(figures).liability.contributions:
        owner = owners.get(part.organisation_id, "")
        yield CityFunding(owner, part.amount, tuple(sorted(part.years.items())))


def _authorised(decision: Decision) -> dict[str, Any]:
    rows = list(decision.commitments.all())
    corrected = {row.corrects_id for row in rows}
    standing = [row for row in rows if row.pk not in corrected]
    reserved = {row.appropriation: None for row in standing if row.appropriation is not None}
    titles = dict.fromkeys(row.title for row in decision.invoice_approvers.all())
    return {
        "caps": tuple(_cap(row, decision) for row in standing),
        "reserved": tuple(Reserved(row.name, row.ledger_code, row.year) for row in reserved),
        "approvers": tuple(titles),
    }


def _cap(row: Commitment, decision: Decision) -> Cap:
    years: tuple[int, ...] = ()
    if row.first_year is not None and row.last_year is not None:
        years = tuple(range(row.first_year, row.last_year + 1))
    return Cap(
        amount=row.max_amount,
        share=row.max_share,
        share_of=row.share_of,
        years=years,
        covers=tuple(row.covers),
        is_gross=row.is_gross,
        project="" if row.project_id == decision.project_id else row.project.short_name,
    )
