"""All checks of one project, or of one of its plans."""

from collections.abc import Iterable

from financing.reconciliation.checks import CHECKS
from financing.reconciliation.consequences import under_their_faults, with_consequences
from financing.reconciliation.findings import Finding, Level, worst_first
from financing.reconciliation.scopes import FACTS, PLAN, PlanInProject
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures

CHECKS_OF_PLANS = [check for check in CHECKS if check.of is PLAN]
CHECKS_OF_PROJECTS = [check for check in CHECKS if check.of is not PLAN]
# Those that compare figures; what is missing is always known.
COMPARING = frozenset(check.code for check in CHECKS if check.of is not FACTS)


def reconcile(figures: ProjectFigures) -> list[Finding]:
    """Every check of a project, passed or not, the worst first and then by code.

    What only follows from another finding is under it.
    """
    found = _of_plan(figures.whole_plan, figures) if figures.whole_plan else []
    for check in CHECKS_OF_PROJECTS:
        found += check.findings(figures)
    for plan in figures.plans:
        found += _of_plan(plan, figures)
    return worst_first(under_their_faults(found))


def reconcile_plan(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    """The checks that one plan decides by itself, for its form and its page; by code."""
    return under_their_faults(_of_plan(plan, figures))


def _of_plan(plan: PlanFigures, figures: ProjectFigures) -> list[Finding]:
    budget = PlanInProject(plan, figures)
    return [finding for check in CHECKS_OF_PLANS for finding in check.findings(budget)]


def checks_done(findings: Iterable[Finding]) -> int:
    """How many of the comparing checks had figures to compare."""
    done = {each.code for each in with_consequences(findings) if each.level is not Level.UNKNOWN}
    return len(done & COMPARING)


def count_levels(findings: Iterable[Finding]) -> dict[Level, int]:
    levels = [finding.level for finding in findings]
    return {level: levels.count(level) for level in Level}
