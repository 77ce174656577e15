"""Reads the figures of any number of projects in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from financing.choices import CostCategory, PlanStatus
from financing.models import (
    Commitment,
    DecisionPlan,
    FinancingPlan,
    SharedCost,
)
from financing.queries.needs import with_other_needs, with_supposed_needs
from financing.queries.parties import (
    decision_figures,
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
from financing.rules.figures.commitments import CommitmentFigures, SharedCostFigures
from financing.rules.figures.costs import CostFigures, StatedFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import (
    DecisionFigures,
    ProjectFigures,
)
from financing.rules.sharing import Sharing
from mikrogrow.database.cache import VersionedCache
from mikrogrow.database.versions import row_versions
from projects.choices import DecisionStage
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
    # Part of the version too, as the caller's row may be older than the stored one.
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
    }


@dataclass(frozen=True)
class Supposed:
    """A draft that is read as if it had been decided on."""

    decision_id: int
    outcome: str

    def read(self, row: Decision) -> None:
        if row.pk == self.decision_id:
            row.stage, row.outcome = DecisionStage.DECIDED, self.outcome


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
    whole, sub, decided_on = _plans(ids)
    parties, pass_through = parties_of(ids)
    shared, divided = _shared_costs(ids)
    commitments, corrections = _in_force(decided := _decisions(ids, supposed))
    appropriations = all_appropriations([row for rows in commitments.values() for row in rows])
    claims, revenue = grouped(claims_of(ids)), grouped(revenue_of(ids))
    forecasts, explanations = grouped(forecasts_of(ids)), grouped(explanations_of(ids))
    groups, funding = groups_of(ids), funding_decisions_of(ids)
    decisions = grouped(_decision_rows(decided, decided_on))
    invoices, outside = grouped(invoice_sums(ids)), grouped(invoices_outside(ids))
    return {
        project.pk: ProjectFigures(
            project_id=project.pk,
            **_own_values(project),
            whole_plan=next(iter(whole[project.pk]), None),
            plans=tuple(sub[project.pk]),
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


def _plans(ids: Sequence[int]) -> tuple[Plans, Plans, dict[tuple[int, int], PlanFigures]]:
    """Those that count, and by project and key the versions that decisions rest on."""
    rests_on = Exists(DecisionPlan.objects.filter(plan=OuterRef("pk")))
    read = list(
        FinancingPlan.objects.of_projects(ids)
        .annotate(is_decided_on=rests_on)
        .filter(~Q(status=PlanStatus.SUPERSEDED) | Q(is_decided_on=True))
        .with_owner()
        .order_by("pk")
    )
    counting = {plan.pk for plan in _counting(read)}
    wanted = [plan for plan in read if plan.pk in counting or plan.is_decided_on]
    found = list(_with_figures(wanted))
    by_key = {(plan.project.pk, plan.pk): figures for plan, figures in found}
    return *_by_owner((plan, figures) for plan, figures in found if plan.pk in counting), by_key


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


def _decision_rows(
    decided: "Decided", decided_on: Mapping[tuple[int, int], PlanFigures]
) -> Iterator[tuple[int, DecisionFigures]]:
    for project, row in decided.of_projects:
        plans = sorted(decided.plans.get(row.pk, ()))
        yield (
            project,
            decision_figures(
                row, tuple(decided_on[project, key] for key in plans if (project, key) in decided_on)
            ),
        )


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


@dataclass(frozen=True)
class Decided:
    """What decisions say of projects.

    `of_projects` are pairs of a project's key and a decision that was prepared in it or authorises something
    for it. `amended` maps each amending decision to the one that it amends, `plans` each to the versions of
    budgets that it rests on.
    """

    commitments: Sequence[Commitment]
    of_projects: Sequence[tuple[int, Decision]]
    amended: Mapping[int, int]
    plans: Mapping[int, Collection[int]]


def _decisions(ids: Sequence[int], supposed: Supposed | None) -> Decided:
    named = Commitment.objects.filter(project__in=ids).select_related("decision", "appropriation")
    commitments = list(named.order_by("pk"))
    # With all of those in whose project a decision was prepared: one of them may amend it.
    elsewhere = {row.decision.project_id for row in commitments}
    of_projects = Decision.objects.filter(project__in={*ids, *elsewhere})
    made, plans = _with_plans(of_projects)
    if supposed is not None:
        for decision in (*made, *(row.decision for row in commitments)):
            supposed.read(decision)
    projects: defaultdict[int, set[int]] = defaultdict(set)
    for row in commitments:
        projects[row.decision_id].add(row.project_id)
    return Decided(
        commitments=commitments,
        of_projects=[
            (project, row)
            for row in made
            for project in sorted({row.project_id, *projects[row.pk]} & set(ids))
        ],
        amended={row.pk: row.amends_id for row in made if row.amends_id is not None},
        plans=plans,
    )


def _with_plans(decisions: QuerySet[Decision]) -> tuple[list[Decision], dict[int, list[int]]]:
    """Each with the plans that it rests on, in one query."""
    made: dict[int, Decision] = {}
    plans: defaultdict[int, list[int]] = defaultdict(list)
    # A row for each plan, or one without any.
    for row in decisions.annotate(plan_id=F("plan_links__plan")):
        made.setdefault(row.pk, row)
        if row.plan_id is not None:
            plans[row.pk].append(row.plan_id)
    return list(made.values()), plans


def _in_force(
    decided: Decided,
) -> tuple[defaultdict[int, list[CommitmentFigures]], defaultdict[int, dict[int, int]]]:
    """By project what authorises, with what it was corrected from."""
    authorising = [row for row in decided.commitments if row.decision.authorises]
    corrections = _corrections(authorising)
    wrong = {key for of_project in corrections.values() for key in of_project}
    standing = [row for row in authorising if row.pk not in wrong]
    return grouped(_commitments(standing, decided.amended)), corrections


def _corrections(commitments: Iterable[Commitment]) -> defaultdict[int, dict[int, int]]:
    """By project the keys of what was recorded wrong, with the key of the last correction."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    # A correction is newer than what it corrects, and may be corrected itself.
    for row in sorted(commitments, key=lambda row: row.pk, reverse=True):
        if row.corrects_id is not None:
            of_project = found[row.project_id]
            of_project[row.corrects_id] = of_project.get(row.pk, row.pk)
    return found


def _commitments(
    found: Sequence[Commitment], amended: Mapping[int, int]
) -> Iterable[tuple[int, CommitmentFigures]]:
    """A replaced one names the decisions that replace it for its project."""
    decisions: defaultdict[int, set[int]] = defaultdict(set)
    for row in found:
        decisions[row.project_id].add(row.decision_id)
    replacing = {project: replacing_decisions(made, amended) for project, made in decisions.items()}
    for row in found:
        yield (
            row.project_id,
            CommitmentFigures(
                decision_id=row.decision_id,
                decision=f"{row.decision.body} {row.decision.shown_section}",
                max_amount=row.max_amount,
                max_share=row.max_share,
                first_year=row.first_year,
                last_year=row.last_year,
                covers_own_share=row.covers_own_share,
                covers_shared_costs=row.covers_shared_costs,
                appropriation=row.appropriation_in_words,
                commitment_id=row.pk,
                appropriation_name=row.appropriation.name if row.appropriation else "",
                replaced_by=tuple(sorted(replacing[row.project_id].get(row.decision_id, ()))),
                covers_contributions=row.covers_contributions,
                share_of=row.share_of,
                is_gross=row.is_gross,
                appropriation_year=row.appropriation.year if row.appropriation else None,
                stated_left=row.stated_left,
                left_when_decided=row.appropriation_left,
            ),
        )


def replacing_decisions(authorising: Iterable[int], amended: Mapping[int, int]) -> dict[int, set[int]]:
    """Each decision whose authority is replaced, with the later ones that replace it.

    `authorising` are decisions in force that authorise something; `amended` maps each amending decision to
    the one that it amends. One that authorises nothing, such as a change of an official, leaves the old
    authority as it is; one that withdraws it authorises 0 euros.
    """
    replacing: dict[int, set[int]] = {}
    for decision in authorising:
        older = amended.get(decision)
        while older is not None and decision not in replacing.setdefault(older, set()):
            replacing[older].add(decision)
            older = amended.get(older)
    return replacing
