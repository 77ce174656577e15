"""Findings as pages show them, of one project or all, with links to the rows that hold their figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from financing.queries.figures import project_figures
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import WORST_FIRST, Finding, Origin, OriginKind
from projects.models import Project

# The models whose admin forms the links open.
FORMS = {
    OriginKind.PROJECT: "projects.project",
    OriginKind.PLAN: "financing.financingplan",
    OriginKind.DECISION: "projects.decision",
}


@dataclass(frozen=True)
class OriginLink:
    name: str
    url: str


@dataclass(frozen=True)
class ProjectFinding:
    project: str
    url: str
    finding: Finding


def origin_links(finding: Finding, project: Project, user: Any, query: str = "") -> tuple[OriginLink, ...]:
    """Links to admin forms if the user may change the rows, else to pages."""
    return tuple(
        OriginLink(origin.name, _address(origin, project, user, query)) for origin in finding.origins
    )


def _address(origin: Origin, project: Project, user: Any, query: str) -> str:
    app, model = FORMS[origin.kind].split(".")
    if user.is_staff and user.has_perm(f"{app}.change_{model}"):
        return reverse(f"admin:{app}_{model}_change", args=[origin.row_id])
    if origin.kind is OriginKind.DECISION:
        return reverse("decision", args=[origin.row_id]) + query
    if origin.kind is OriginKind.PLAN:
        return f"{reverse('financing', args=[project.slug])}{query}#plan-{origin.row_id}"
    return project.get_absolute_url() + query


def all_findings(projects: Iterable[Project]) -> list[ProjectFinding]:
    """Unexplained ones first, then by level, the worst first.

    The number of queries does not depend on the number of projects.
    """
    found = list(projects)
    figures = project_figures(found)
    rows = [
        ProjectFinding(project.short_name, reverse("reconciliation", args=[project.slug]), finding)
        for project in found
        for finding in project_findings(figures[project.pk])
        if finding.is_found
    ]
    return sorted(rows, key=_worst_first)


def _worst_first(row: ProjectFinding) -> tuple[Any, ...]:
    finding = row.finding
    return (finding.is_explained, WORST_FIRST.index(finding.level), row.project.casefold(), finding.code)


def filtered(
    rows: Sequence[ProjectFinding], *, level: str = "", code: str = "", unexplained_only: bool = False
) -> list[ProjectFinding]:
    return [
        row
        for row in rows
        if level in {"", row.finding.level}
        and code in {"", row.finding.code}
        and not (unexplained_only and row.finding.is_explained)
    ]
