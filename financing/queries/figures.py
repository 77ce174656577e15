"""Reads the figures of any number of projects in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language

from financing.choices import CostCategory, PlanStatus
from financing.models import (
    DecisionPlan,
    FinancingPlan,
    SharedCost,
)
from financing.queries.decided import Supposed, decision_rows, in_force, read_decided
from financing.queries.needs import with_other_needs, with_supposed_needs
from financing.queries.parties import (
    funding_decisions_of,
    groups_of,
    parties_of,
)
from financing.queries.plan_rows import costs_of, lines_of, nested
from financing.queries.sharing import sharings_of
from financing.queries.spending import (
    all_appropriations,
    appropriations_of,
    claims_of,
    explanations_of,
    forecasts_of,
    grouped,
    invoice_sums,
    invoiced_in,
    invoices_outside,
    labels,
    revenue_of,
    source_figures,
)
from financing.rules.appropriations import with_left_of_appropriations
from financing.rules.as_of import PlanDay, ReadOfDay, as_of, states_on
from financing.rules.figures.commitments import SharedCostFigures
from financing.rules.figures.costs import CostFigures, StatedFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import (
    ProjectFigures,
)
from financing.rules.sharing import Sharing
from mikrogrow.database.cache import VersionedCache
from mikrogrow.database.versions import row_versions
from projects.choices import OVER
from projects.models import Decision, Project
from projects.schedule import status_on

# By project and language.
_cache: VersionedCache[ProjectFigures] = VersionedCache()

# By project.
Plans = defaultdict[int, list[PlanFigures]]

# In the order of the fields of SourceFigures.


def project_figures(projects: Sequence[Project], on: date | None = None) -> dict[int, ProjectFigures]:
    """By project id; of each budget the approved version, else the draft. As of an earlier day if asked.

    A fixed number of queries, however many projects; one if nothing has changed since the last call, and two
    more where a project shares an appropriation with others.
    """
    today = with_other_needs(own_figures(projects), own_figures)
    return today if on is None or on >= timezone.localdate() else _figures_on(projects, today, on)


def kept_figures(projects: Sequence[Project]) -> dict[int, ProjectFigures]:
    """As project_figures, with what is kept of the others' needs, be it current or not: writes nothing."""
    return with_other_needs(own_figures(projects), own_figures, updates=False)


def own_figures(projects: Sequence[Project]) -> dict[int, ProjectFigures]:
    """As project_figures, without what other projects need."""
    language = get_language()
    stored = row_versions(project.pk for project in projects) if projects else {}
    versions = {each.pk: (stored[each.pk], _own_values(each)) for each in projects if each.pk in stored}
    cached = {pk: _cache.get((pk, language), version) for pk, version in versions.items()}
    found = {pk: figures for pk, figures in cached.items() if figures is not None}
    if unread := [project for project in projects if project.pk not in found]:
        for pk, figures in _read_figures(unread).items():
            found[pk] = figures
            if pk in versions:
                _cache.put((pk, language), versions[pk], figures)
    return {project.pk: found[project.pk] for project in projects}


def _own_values(project: Project) -> dict[str, Any]:
    # Part of the version too, as the caller's row may be older than the stored one, and a day may have begun.
    return {
        "name": project.short_name,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "eura_code": project.eura_code,
        "total_cost": project.total_cost,
        "total_cost_is_approximate": project.total_cost_is_approximate,
        "target_companies": project.target_companies,
        "cost_model": project.cost_model,
        "status": project.status,
        "is_over": status_on(project, timezone.localdate()) in OVER,
    }


def figures_once_decided(decision: Decision, outcome: str) -> list[tuple[Project, ProjectFigures]]:
    """As project_figures of the decision's project and all that it authorises something for, its own first.

    As if the draft were made with the outcome. Nothing of it is kept for others.
    """
    is_concerned = Q(pk=decision.project_id) | Q(commitments__decision=decision)
    projects = list(Project.objects.filter(is_concerned).distinct().order_by("pk"))
    supposed = _read_figures(projects, Supposed(decision.pk, outcome))
    found = {
        pk: with_left_of_appropriations(figures, decision.pk)
        for pk, figures in with_supposed_needs(projects, supposed, own_figures).items()
    }
    projects.sort(key=lambda project: project.pk != decision.project_id)
    return [(project, found[project.pk]) for project in projects]


def _read_figures(projects: Sequence[Project], supposed: Supposed | None = None) -> dict[int, ProjectFigures]:
    ids = [project.pk for project in projects]
    whole, sub, drafts, decided_on = _plans(ids)
    parties, pass_through = parties_of(ids)
    shared, divided = _shared_costs(ids)
    commitments, corrections = in_force(decided := read_decided(ids, supposed))
    appropriations = all_appropriations([row for rows in commitments.values() for row in rows])
    claims, revenue = grouped(claims_of(ids)), grouped(revenue_of(ids))
    forecasts, explanations = grouped(forecasts_of(ids)), grouped(explanations_of(ids))
    groups, funding = groups_of(ids), funding_decisions_of(ids)
    decisions = grouped(decision_rows(decided, decided_on))
    invoices, outside = grouped(invoice_sums(ids)), grouped(invoices_outside(ids))
    return {
        project.pk: ProjectFigures(
            project_id=project.pk,
            **_own_values(project),
            whole_plan=next(iter(whole[project.pk]), None),
            plans=tuple(sub[project.pk]),
            draft_plans=tuple(drafts[project.pk]),
            parties=tuple(parties[project.pk]),
            shared_costs=tuple(shared[project.pk]),
            sharings=tuple(divided[project.pk]),
            pass_through=tuple(pass_through[project.pk]),
            commitments=tuple(row for row in commitments[project.pk] if not row.replaced_by),
            replaced_commitments=tuple(row for row in commitments[project.pk] if row.replaced_by),
            groups=tuple(groups[project.pk]),
            funding_decisions=tuple(funding[project.pk]),
            decisions=tuple(decisions[project.pk]),
            appropriations=appropriations_of(commitments[project.pk], appropriations),
            invoices=tuple(invoices[project.pk]),
            claims=tuple(claims[project.pk]),
            revenue=tuple(revenue[project.pk]),
            forecasts=tuple(forecasts[project.pk]),
            explanations=tuple(explanations[project.pk]),
            corrections=corrections[project.pk],
            invoices_outside=tuple(outside[project.pk]),
        )
        for project in projects
    }


def _figures_on(
    projects: Sequence[Project], today: Mapping[int, ProjectFigures], on: date
) -> dict[int, ProjectFigures]:
    by_key = {project.pk: project for project in projects}
    ids = list(today)
    whole, sub, undated = _plans_on(ids, on)
    invoices = grouped(invoice_sums(ids, on))
    claims = [claim.claim_id for figures in today.values() for claim in figures.claims]
    invoiced = invoiced_in(claims, on) if claims else {}
    outside = grouped(invoices_outside(ids, on))
    return {
        key: as_of(
            figures,
            on,
            ReadOfDay(
                status_on(by_key[key], on),
                next(iter(whole[key]), None),
                tuple(sub[key]),
                undated,
                tuple(invoices[key]),
                tuple(outside[key]),
                invoiced,
            ),
        )
        for key, figures in today.items()
    }


def _plans_on(ids: Sequence[int], on: date) -> tuple[Plans, Plans, frozenset[int]]:
    """The last are the keys of approved plans whose day is unknown."""
    versions: defaultdict[tuple[int | None, int | None], list[PlanDay]] = defaultdict(list)
    rows = FinancingPlan.objects.of_projects(ids).values_list(
        "whole_project", "co_implementer", "pk", "version", "status", "approved_on"
    )
    for whole, part, key, number, status, approved_on in rows:
        versions[whole, part].append(PlanDay(key, number, status == PlanStatus.DRAFT, approved_on))
    states = {
        key: status
        for each in versions.values()
        for key, status in states_on(each, on).items()
        if status != PlanStatus.SUPERSEDED
    }
    plans = list(FinancingPlan.objects.filter(pk__in=states).with_owner().order_by("pk"))
    words = labels(PlanStatus)
    found = _by_owner(
        (plan, replace(figures, status=states[plan.pk].value, status_label=words[states[plan.pk]]))
        for plan, figures in _with_figures(plans)
    )
    undated = frozenset(plan.pk for plan in plans if plan.is_frozen and plan.approved_on is None)
    return *found, undated


def figures_of(project: Project, on: date | None = None) -> ProjectFigures:
    return project_figures([project], on)[project.pk]


def plan_figures(plan: FinancingPlan) -> PlanFigures:
    """Read the plan `with_lines()`."""
    lines = [
        (
            line.pk,
            line.part_of_id,
            LineFigures(
                source=source_figures(line.source),
                amount=line.stated_amount,
                share=line.stated_share,
                is_in_kind=line.is_in_kind,
                years={row.year: row.amount for row in line.years.all()},
                includes=tuple(
                    # Whose money it is matters only where it has a line.
                    SourceFigures(source.pk, source.name, source.source_class, source.funder_id)
                    for source in line.also_includes.all()
                ),
            ),
        )
        for line in plan.lines.all()
    ]
    costs = [(row.year, row.amount, row.category) for row in plan.costs.all()]
    stated = [StatedFigures(row.kind, row.amount, row.year, row.category) for row in plan.stated_totals.all()]
    return _plan_figures(plan, nested(lines), costs, stated)


def _plan_figures(
    plan: FinancingPlan,
    lines: Iterable[LineFigures],
    costs: Iterable[tuple[int | None, Decimal | None, str]],
    stated: Iterable[StatedFigures],
) -> PlanFigures:
    implementer = plan.co_implementer
    category_labels = labels(CostCategory)
    figures = PlanFigures(
        plan_id=plan.pk,
        version=plan.version,
        status=plan.status,
        status_label=labels(PlanStatus)[plan.status],
        reason=plan.reason,
        owner=implementer.organisation.shown_name if implementer else "",
        organisation_id=implementer.organisation_id if implementer else None,
        cost_model=plan.project.cost_model,
        cost=None,
        cost_basis=plan.cost_basis,
        cost_is_approximate=plan.cost_is_approximate,
        stated=tuple(stated),
        vat_basis=plan.vat_basis,
        vat=plan.stated_vat,
        lines=tuple(lines),
        costs=tuple(
            CostFigures(year, amount, category_labels[category], category) for year, amount, category in costs
        ),
    )
    return figures.with_stated_cost(plan.cost)


def _plans(ids: Sequence[int]) -> tuple[Plans, Plans, Plans, dict[tuple[int, int], PlanFigures]]:
    """Those that count, drafts beside them, and by project and key the versions that decisions rest on."""
    rests_on = Exists(DecisionPlan.objects.filter(plan=OuterRef("pk")))
    read = list(
        FinancingPlan.objects.of_projects(ids)
        .annotate(is_decided_on=rests_on)
        .filter(~Q(status=PlanStatus.SUPERSEDED) | Q(is_decided_on=True))
        .with_owner()
        .order_by("pk")
    )
    counting = {plan.pk for plan in _counting(read)}
    found = list(_with_figures(read))
    drafts = Plans(list)
    for plan, figures in found:
        if plan.status == PlanStatus.DRAFT and plan.pk not in counting:
            drafts[plan.project.pk].append(figures)
    by_key = {(plan.project.pk, plan.pk): figures for plan, figures in found}
    return *_by_owner((plan, figures) for plan, figures in found if plan.pk in counting), drafts, by_key


def _by_owner(plans: Iterable[tuple[FinancingPlan, PlanFigures]]) -> tuple[Plans, Plans]:
    """Of whole projects and of their parts, by project."""
    whole, sub = Plans(list), Plans(list)
    for plan, figures in plans:
        if plan.whole_project_id is not None:
            whole[plan.whole_project_id].append(figures)
        else:
            sub[plan.project.pk].append(figures)
    return whole, sub


def _with_figures(plans: Sequence[FinancingPlan]) -> Iterator[tuple[FinancingPlan, PlanFigures]]:
    wanted = [plan.pk for plan in plans]
    lines = lines_of(wanted)
    costs, stated = costs_of(wanted)
    for plan in plans:
        yield plan, _plan_figures(plan, lines[plan.pk], costs[plan.pk], stated[plan.pk])


def _counting(plans: Iterable[FinancingPlan]) -> list[FinancingPlan]:
    chosen: dict[tuple[int | None, int | None], FinancingPlan] = {}
    for plan in plans:
        if plan.status == PlanStatus.SUPERSEDED:
            continue
        key = (plan.whole_project_id, plan.co_implementer_id)
        # The approved version, else the draft; never both.
        if key not in chosen or plan.status == PlanStatus.APPROVED:
            chosen[key] = plan
    return list(chosen.values())


def _shared_costs(
    ids: Sequence[int],
) -> tuple[Mapping[int, list[SharedCostFigures]], Mapping[int, list[Sharing]]]:
    """Of each project what the city pays of common work, and the totals that parts of it come from."""
    rows = (
        SharedCost.objects.filter(payer__project__in=ids, payer__organisation__is_own_city=True)
        .select_related("payer", "invoiced_by__organisation", "on_behalf_of__organisation")
        .order_by("pk")
    )
    found = [
        (
            row.payer.project_id,
            SharedCostFigures(
                invoiced_by=row.invoiced_by.organisation.shown_name,
                on_behalf_of=row.on_behalf_of.organisation.shown_name,
                amount=row.amount,
                year=row.year,
                shared_cost_id=row.pk,
            ),
        )
        for row in rows
    ]
    divided = {row.sharing_id for row in rows if row.sharing_id}
    return grouped(found), grouped(sharings_of(divided) if divided else ())
