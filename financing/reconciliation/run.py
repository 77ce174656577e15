"""All checks of one project: which figures each compares. DOMAIN.md section 2 lists them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from financing.reconciliation.checks.claims import check_claim_periods
from financing.reconciliation.checks.costs import check_flat_rates, check_line_years, check_revenue_deducted
from financing.reconciliation.checks.project import (
    check_cap_covers_own_share,
    check_facts_known,
    check_groups_sum,
    check_start_after_funding,
    check_whole_liability,
    missing_facts,
)
from financing.reconciliation.checks.shares import (
    CountedTwice,
    check_counted_once,
    check_private_share,
    check_shares_agree,
    check_shares_sum,
    counted_twice,
)
from financing.reconciliation.checks.spending import check_appropriations, check_within_plan
from financing.reconciliation.checks.sums import (
    check_sources_sum,
    check_sub_projects_sum,
    check_years_sum,
    check_years_within,
)
from financing.reconciliation.findings import Finding, Level, Origin, OriginKind
from financing.rules.calculations import liability, years_without_cap
from financing.rules.figures import PlanFigures, ProjectFigures, plan_subject, whole_subject
from mikrogrow.values.translation import gettext as _

PRIVATE = "4_private"
ORDER = list(Level)


def reconcile(figures: ProjectFigures) -> list[Finding]:
    """Every check of a project, passed or not, the worst first and then by code."""
    found = [*_whole_project(figures), *_city(figures), *_spending(figures), *_facts(figures)]
    for plan in figures.plans:
        found += reconcile_plan(plan, figures)
    return sorted(found, key=lambda finding: (ORDER.index(finding.level), finding.code))


def reconcile_plan(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    """The checks that one plan decides by itself, for its form and its page."""
    if plan.organisation_id is None:
        return _whole_plan(plan, figures)
    subject = plan_subject(plan)
    stated = {line.source.source_id: line.share for line in plan.lines if line.share is not None}
    twice = counted_twice(plan.lines, stated)
    return _from(
        [_plan_origin(plan)],
        [
            check_sources_sum(subject, plan.lines, plan.cost, plan.own_line),
            check_shares_sum(subject, plan.lines, plan.cost, twice),
            *check_shares_agree(subject, plan.lines, plan.cost),
            check_years_sum(subject, plan.costs_by_year, plan.cost),
            check_years_within(subject, _known_years(plan), figures.starts_on, figures.ends_on),
            *check_flat_rates(subject, plan, figures.cost_model),
            check_revenue_deducted(subject, plan),
            *check_line_years(subject, plan.lines, figures.starts_on, figures.ends_on),
            *check_counted_once(subject, plan, twice),
        ],
    )


def count_levels(findings: Iterable[Finding]) -> dict[Level, int]:
    """How many findings there are of each level."""
    levels = [finding.level for finding in findings]
    return {level: levels.count(level) for level in Level}


def _from(origins: Iterable[Origin], findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the rows that hold their figures."""
    return [replace(finding, origins=tuple(origins)) for finding in findings]


def _project_origin(figures: ProjectFigures) -> Origin:
    return Origin(OriginKind.PROJECT, figures.project_id, figures.name)


def _plan_origin(plan: PlanFigures) -> Origin:
    name = _("%(subject)s, versio %(version)s") % {"subject": plan_subject(plan), "version": plan.version}
    return Origin(OriginKind.PLAN, plan.plan_id, name)


def _whole_project(figures: ProjectFigures) -> list[Finding]:
    subject = whole_subject()
    project = _project_origin(figures)
    sums = check_sub_projects_sum(
        subject, _costs(figures), figures.total_cost, approximate=figures.total_cost_is_approximate
    )
    return [
        *(_whole_plan(figures.whole_plan, figures) if figures.whole_plan else []),
        *_from([project, *map(_plan_origin, figures.plans)], [sums]),
        *_from(
            [project],
            [
                check_groups_sum(subject, figures.groups, figures.target_companies),
                check_start_after_funding(subject, figures.starts_on, figures.funding_decisions),
            ],
        ),
    ]


def _costs(figures: ProjectFigures) -> list[tuple[str, Decimal | None]]:
    """Everybody who carries out a part of the project, or has a budget in it, with its costs."""
    costs = {plan.organisation_id: plan.cost for plan in figures.plans}
    return [
        (party.short_name, costs.get(party.organisation_id))
        for party in figures.parties
        if party.role in {"lead", "co_implementer"} or party.organisation_id in costs
    ]


def _whole_plan(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    subject = whole_subject()
    approximate = plan.cost_is_approximate
    twice = counted_twice_in(plan, figures)
    found = [
        check_sources_sum(subject, plan.lines, plan.cost, approximate=approximate),
        check_shares_sum(subject, plan.lines, plan.cost, twice),
        *_whole_shares(plan, figures),
        *check_counted_once(subject, plan, twice),
    ]
    if plan.costs:
        years = plan.costs_by_year
        found.append(check_years_sum(subject, years, plan.cost, approximate=approximate))
        found.append(check_years_within(subject, _known_years(plan), figures.starts_on, figures.ends_on))
        found += check_flat_rates(subject, plan, figures.cost_model)
        found.append(check_revenue_deducted(subject, plan))
    if any(line.years for line in plan.lines):
        found += check_line_years(subject, plan.lines, figures.starts_on, figures.ends_on)
    return _from([_project_origin(figures), _plan_origin(plan)], found)


def counted_twice_in(plan: PlanFigures, figures: ProjectFigures) -> list[CountedTwice]:
    """What the plan counts twice, with the shares that the city's own plan states for those sources."""
    city_plan = figures.city_plan
    known = {
        line.source.source_id: line.share
        for line in (city_plan.lines if city_plan else ())
        if line.share is not None
    }
    return counted_twice(plan.lines, known)


def _whole_shares(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    """R03 for the whole project: by amounts where they are stated, else private money by the groups."""
    by_amounts = check_shares_agree(
        whole_subject(), plan.lines, plan.cost, approximate=plan.cost_is_approximate
    )
    if any(line.amount is not None for line in plan.lines):
        return by_amounts
    stated = _only([line.share for line in plan.lines if line.source.source_class == PRIVATE])
    city_plan = figures.city_plan
    each = _only(
        [
            line.amount
            for line in (city_plan.lines if city_plan else ())
            if line.source.source_class == PRIVATE
        ]
    )
    if stated is None or each is None or len(figures.groups) < 2:
        return by_amounts
    return [
        check_private_share(
            whole_subject(),
            stated,
            len(figures.groups),
            each,
            plan.cost,
            approximate=plan.cost_is_approximate,
        )
    ]


def _only(values: Sequence[Decimal | None]) -> Decimal | None:
    return values[0] if len(values) == 1 else None


def _city(figures: ProjectFigures) -> list[Finding]:
    subject = _("Kaupungin vastuu")
    whole = liability(figures)
    uncovered = years_without_cap(figures) if figures.commitments else []
    found = [
        check_cap_covers_own_share(subject, whole.own_share, whole.own_cap, uncovered),
        check_whole_liability(subject, whole),
    ]
    shared_years = _shared_years(figures)
    if shared_years:
        found.append(
            check_years_within(_("Yhteiset kustannukset"), shared_years, figures.starts_on, figures.ends_on)
        )
    plans = [_plan_origin(figures.city_plan)] if figures.city_plan else []
    decided = {commitment.decision_id: commitment.decision for commitment in figures.commitments}
    decisions = [Origin(OriginKind.DECISION, row_id, name) for row_id, name in decided.items()]
    return _from([*plans, *decisions, _project_origin(figures)], found)


def _spending(figures: ProjectFigures) -> list[Finding]:
    plans = [_plan_origin(figures.city_plan)] if figures.city_plan else []
    return [
        *_from([*plans, _project_origin(figures)], check_appropriations(_("Kaupungin vastuu"), figures)),
        *_from([*plans, _project_origin(figures)], check_within_plan(_("Laskut"), figures)),
        *_from(
            [_project_origin(figures)],
            check_claim_periods(_("Maksatuskaudet"), figures.starts_on, figures.claims),
        ),
    ]


def _facts(figures: ProjectFigures) -> list[Finding]:
    return _from([_project_origin(figures)], [check_facts_known(_("Tiedot"), missing_facts(figures))])


def _shared_years(figures: ProjectFigures) -> dict[int, Decimal]:
    years: defaultdict[int, Decimal] = defaultdict(Decimal)
    for cost in figures.shared_costs:
        if cost.year is not None and cost.amount is not None:
            years[cost.year] += cost.amount
    return years


def _known_years(plan: PlanFigures) -> dict[int, Decimal]:
    """The larger of the costs and the sources of each year in euros, as far as they are known."""
    costs: defaultdict[int, Decimal] = defaultdict(Decimal)
    sources: defaultdict[int, Decimal] = defaultdict(Decimal)
    for cost in plan.costs:
        if cost.net is not None:
            costs[cost.year] += cost.net
    for line in plan.lines:
        for year, amount in line.years.items():
            sources[year] += amount
    return {year: max(costs[year], sources[year]) for year in sorted({*costs, *sources})}
