"""One project whose figures cannot be computed is said so and logged; all others are computed."""

from collections.abc import Sequence

from financing.queries.computing import computed
from financing.queries.figures import project_figures
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Finding
from projects.models import Project


def computed_findings(projects: Sequence[Project]) -> tuple[dict[int, list[Finding]], dict[int, str]]:
    """Every check of each project with its explanation, the worst first."""
    return computed(projects, _findings)


def _findings(projects: Sequence[Project]) -> dict[int, list[Finding]]:
    figures = project_figures(projects)
    return {project.pk: project_findings(figures[project.pk]) for project in projects}
