"""All checks of one project: which figures each compares. DOMAIN.md section 2 lists them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.calculations import costs_by_year, liability
from financing.checks.project import (
    check_cap_covers_own_share,
    check_facts_known,
    check_groups_sum,
    check_start_after_funding,
    check_whole_liability,
    missing_facts,
)
from financing.checks.shares import (
    CountedTwice,
    check_counted_once,
    check_private_share,
    check_shares_agree,
    check_shares_sum,
    counted_twice,
)
from financing.checks.sums import (
    check_sources_sum,
    check_sub_projects_sum,
    check_years_sum,
    check_years_within,
)
from financing.figures import PlanFigures, ProjectFigures
from financing.findings import Finding, Level

PRIVATE = "4_private"
ORDER = list(Level)


def whole_subject() -> str:
    """The subject of findings on the whole project."""
    return _("Koko hanke")


def plan_subject(plan: PlanFigures) -> str:
    """The subject of findings on a plan: the whole project or somebody's sub-project."""
    if plan.organisation_id is None:
        return whole_subject()
    return _("Osahanke, %(owner)s") % {"owner": plan.owner}


def reconcile(figures: ProjectFigures) -> list[Finding]:
    """Every check of a project, passed or not, the worst first and then by code."""
    found = [*_whole_project(figures), *_city(figures), *_facts(figures)]
    for plan in figures.plans:
        found += reconcile_plan(plan, figures)
    return sorted(found, key=lambda finding: (ORDER.index(finding.level), finding.code))


def reconcile_plan(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    """The checks that one plan decides by itself, for its form and its page."""
    subject = plan_subject(plan)
    if plan.organisation_id is None:
        return _whole_plan(plan, figures)
    return [
        check_sources_sum(subject, plan.lines, plan.cost, plan.own_line),
        check_shares_sum(subject, plan.lines, plan.cost),
        *check_shares_agree(subject, plan.lines, plan.cost),
        check_years_sum(subject, costs_by_year(plan), plan.cost),
        check_years_within(subject, _known_years(plan), figures.starts_on, figures.ends_on),
        *check_counted_once(subject, plan, counted_twice(plan.lines, {})),
    ]


def count_levels(findings: Iterable[Finding]) -> dict[Level, int]:
    """How many findings there are of each level."""
    levels = [finding.level for finding in findings]
    return {level: levels.count(level) for level in Level}


def _whole_project(figures: ProjectFigures) -> list[Finding]:
    subject = whole_subject()
    costs = {
        party.short_name: _cost_of(party.organisation_id, figures.plans)
        for party in figures.parties
        if party.role in {"lead", "co_implementer"}
    }
    return [
        *(_whole_plan(figures.whole_plan, figures) if figures.whole_plan else []),
        check_sub_projects_sum(
            subject, costs, figures.total_cost, approximate=figures.total_cost_is_approximate
        ),
        check_groups_sum(subject, figures.groups, figures.target_companies),
        check_start_after_funding(subject, figures.starts_on, figures.funding_decisions),
    ]


def _whole_plan(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    subject = whole_subject()
    twice = counted_twice_in(plan, figures)
    found = [
        check_sources_sum(subject, plan.lines, plan.cost),
        check_shares_sum(subject, plan.lines, plan.cost, twice),
        *_whole_shares(plan, figures),
        *check_counted_once(subject, plan, twice),
    ]
    if plan.costs:
        found.append(check_years_sum(subject, costs_by_year(plan), plan.cost))
        found.append(check_years_within(subject, _known_years(plan), figures.starts_on, figures.ends_on))
    return found


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
    if any(line.amount is not None for line in plan.lines):
        return check_shares_agree(whole_subject(), plan.lines, plan.cost)
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
        return check_shares_agree(whole_subject(), plan.lines, plan.cost)
    return [check_private_share(whole_subject(), stated, len(figures.groups), each, plan.cost)]


def _only(values: Sequence[Decimal | None]) -> Decimal | None:
    return values[0] if len(values) == 1 else None


def _city(figures: ProjectFigures) -> list[Finding]:
    subject = _("Kaupungin vastuu")
    whole = liability(figures)
    return [
        check_cap_covers_own_share(subject, whole.own_share, whole.own_cap),
        check_whole_liability(subject, whole),
    ]


def _facts(figures: ProjectFigures) -> list[Finding]:
    plan = figures.city_plan
    lines_known = all(line.years for line in plan.lines) if plan and plan.lines else None
    shared_known = all(cost.year for cost in figures.shared_costs) if figures.shared_costs else None
    missing = missing_facts(figures.eura_code, figures.decisions, lines_known, shared_known)
    return [check_facts_known(_("Tiedot"), missing)]


def _cost_of(organisation_id: int, plans: Sequence[PlanFigures]) -> Decimal | None:
    return next((plan.cost for plan in plans if plan.organisation_id == organisation_id), None)


def _known_years(plan: PlanFigures) -> dict[int, Decimal]:
    """Euros of costs and of sources by year, as far as they are known; the larger of both."""
    years: dict[int, Decimal] = {}
    for cost in plan.costs:
        if cost.amount is not None:
            years[cost.year] = years.get(cost.year, Decimal(0)) + cost.amount
    for line in plan.lines:
        for year, amount in line.years.items():
            years[year] = max(years.get(year, Decimal(0)), amount)
    return years
