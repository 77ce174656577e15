"""How tables of cases are written: levels by name, and ordinary spaces for those that do not break."""

from dataclasses import replace

from financing.reconciliation.findings import Level, Result
from financing.reconciliation.scopes import PlanInProject
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import LineFigures
from financing.rules.figures.projects import ProjectFigures
from tests.support.seed_figures import SEED, euros, plan

ERROR, WARNING, NOTE, PASSED, UNKNOWN = (level.value for level in Level)


def budget(
    *lines: LineFigures, cost: int | str | None = 1000, project: ProjectFigures = SEED, **fields: object
) -> PlanInProject:
    """The city's plan in a project."""
    return PlanInProject(replace(plan(*lines, cost=cost), **fields), project)  # type: ignore[arg-type]


def whole_budget(*lines: LineFigures, cost: int | str | None = 1000, **fields: object) -> PlanInProject:
    """The whole project's plan, beside the city's."""
    whole = replace(plan(*lines, cost=cost), organisation_id=None, owner="")
    return PlanInProject(replace(whole, **fields), SEED)  # type: ignore[arg-type]


def by_year(amounts: dict[int, int | str | None]) -> tuple[CostFigures, ...]:
    """Costs that are not divided into categories."""
    return tuple(CostFigures(year, euros(amount)) for year, amount in amounts.items())


def said(finding: Result) -> tuple[str, str]:
    """A finding's level and sentence, with ordinary spaces."""
    return finding.level.value, spaced(finding.sentence)


def numbers(finding: Result) -> list[str]:
    """Both numbers of a finding and their difference, with ordinary spaces."""
    return [
        spaced(figure.text) if figure else "" for figure in (finding.left, finding.right, finding.difference)
    ]


def spaced(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")
