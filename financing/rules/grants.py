"""What funders have granted, and what the plan counts on from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.rules.figures.projects import FundingDecisionFigures, ProjectFigures
from financing.rules.rounding import HALF, half_approximate_unit
from mikrogrow.values.money import ZERO, difference, sum_if_all_known
from projects.choices import WITH_BUDGET


@dataclass(frozen=True)
class Grant:
    """A funder's decisions that stand, and what the plan counts on from it: euros, None is unknown.

    `granted` is at most what the percentage of net costs gives, if a decision states one and the costs are
    known; `tolerance` is what rounding to the euro and approximate costs explain of that.
    `reserved` is on top, for later years. Where only some years are granted and the plan counts on as much in
    them, `planned` is all that it counts on; where it does not, that of the years (`is_of_years`).
    """

    funder: str
    decisions: tuple[FundingDecisionFigures, ...]
    granted: Decimal | None
    tolerance: Decimal
    reserved: Decimal
    planned: Decimal | None
    is_of_years: bool = False


def standing(decisions: Iterable[FundingDecisionFigures]) -> list[FundingDecisionFigures]:
    """Those that no later one changes. A change decision says the whole new sum."""
    rows = list(decisions)
    changed = {row.changes for row in rows}
    return [row for row in rows if row.decision_id not in changed]


def grants(figures: ProjectFigures) -> list[Grant]:
    """By funder, in the order of their first decisions."""
    by_funder: dict[int, list[FundingDecisionFigures]] = {}
    for decision in standing(figures.funding_decisions):
        by_funder.setdefault(decision.funder_id, []).append(decision)
    return [_grant(funder, decisions, figures) for funder, decisions in by_funder.items()]


def _grant(funder: int, decisions: Sequence[FundingDecisionFigures], figures: ProjectFigures) -> Grant:
    years = _years_of(decisions)
    is_of_years = years is not None and not _covers_project(years, figures)
    grant = Grant(
        funder=decisions[0].funder,
        decisions=tuple(decisions),
        granted=sum_if_all_known(granted_by(decision, figures.total_cost) for decision in decisions),
        tolerance=sum((_tolerance(decision, figures) for decision in decisions), ZERO),
        reserved=sum((decision.reserved or ZERO for decision in decisions), ZERO),
        planned=planned_from(funder, figures, years),
        is_of_years=is_of_years,
    )
    more = difference(grant.planned, grant.granted)
    if not is_of_years or not grant.reserved or more is None or abs(more) > grant.tolerance:
        return grant
    return replace(grant, planned=planned_from(funder, figures, None), is_of_years=False)


def granted_by(decision: FundingDecisionFigures, net_costs: Decimal | None) -> Decimal | None:
    """At most the euros and the percentage; a percentage of unknown costs says nothing beside euros."""
    share = decision.max_share
    of_costs = None if share is None or net_costs is None else net_costs * share / 100
    known = [amount for amount in (decision.max_amount, of_costs) if amount is not None]
    return min(known, default=None)


def _tolerance(decision: FundingDecisionFigures, figures: ProjectFigures) -> Decimal:
    granted, share, costs = granted_by(decision, figures.total_cost), decision.max_share, figures.total_cost
    if granted is None or share is None or not costs or granted == decision.max_amount:
        return ZERO
    spread = half_approximate_unit(costs) if figures.total_cost_is_approximate else ZERO
    return HALF + spread * share / 100


def _years_of(decisions: Sequence[FundingDecisionFigures]) -> frozenset[int] | None:
    """The years that are granted; None for all of them, or if a decision does not say."""
    years: set[int] = set()
    for decision in decisions:
        if decision.first_year is None or decision.last_year is None:
            return None
        years.update(range(decision.first_year, decision.last_year + 1))
    return frozenset(years)


def planned_from(funder: int, figures: ProjectFigures, years: frozenset[int] | None) -> Decimal | None:
    """What the whole project's plan counts on, else all implementers' plans; None is unknown.

    Only in `years`, if the lines' years are known: a decision on the first year grants that year.
    """
    whole = figures.whole_plan
    if whole is not None and (found := _lines_of(funder, [whole])):
        amount = _sum(found, years, figures)
        if amount is not None:
            return amount
    if {plan.organisation_id for plan in figures.plans} != _with_budget(figures):
        return None
    lines = _lines_of(funder, figures.plans)
    return _sum(lines, years, figures) if lines else ZERO


def _with_budget(figures: ProjectFigures) -> set[int | None]:
    planned = {plan.organisation_id for plan in figures.plans}
    return planned | {party.organisation_id for party in figures.parties if party.role in WITH_BUDGET}


def _lines_of(funder: int, plans: Iterable[PlanFigures]) -> list[LineFigures]:
    return [line for plan in plans for line in plan.lines if line.source.funder_id == funder]


def _sum(
    lines: Sequence[LineFigures], years: frozenset[int] | None, figures: ProjectFigures
) -> Decimal | None:
    return sum_if_all_known(_in_years(line, years, figures) for line in lines)


def _in_years(line: LineFigures, years: frozenset[int] | None, figures: ProjectFigures) -> Decimal | None:
    if years is None or _covers_project(years, figures):
        return line.amount
    if line.amount is None or sum(line.years.values()) != line.amount:
        return None
    return sum((amount for year, amount in line.years.items() if year in years), ZERO)


def _covers_project(years: frozenset[int], figures: ProjectFigures) -> bool:
    if figures.starts_on is None or figures.ends_on is None:
        return False
    return set(range(figures.starts_on.year, figures.ends_on.year + 1)) <= years
