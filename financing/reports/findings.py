"""Findings as pages show them, of one project or all, with links to the rows that hold their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from financing.models import KeptFinding
from financing.queries.figures import project_figures
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import FOUND, Finding, Level, Origin, OriginKind, by_outcome
from mikrogrow.database.cache import VersionedCache
from mikrogrow.database.rows import rows_by_key
from mikrogrow.database.versions import SUMMARIES, version_of
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


@dataclass(frozen=True)
class ChosenFindings:
    """Which findings of all projects a reader wants to see; empty is every one."""

    level: str = ""
    code: str = ""
    unexplained_only: bool = False

    @property
    def kept(self) -> QuerySet[KeptFinding]:
        """Unexplained ones first, then by level, the worst first. Update the summaries before you read it."""
        found = KeptFinding.objects.all()
        if self.level:
            found = found.filter(severity=FOUND.index(Level(self.level)))
        if self.code:
            found = found.filter(code=self.code)
        return found.filter(is_explained=False) if self.unexplained_only else found


_counts: VersionedCache[int] = VersionedCache()


def count_findings(chosen: ChosenFindings) -> int:
    """Counted once for each version of the summaries."""
    return _counts.get_or_make(chosen, version_of(SUMMARIES), chosen.kept.count)


def findings_in_words(keys: Sequence[int]) -> list[ProjectFinding]:
    """Those of kept findings, in the order of the keys; a fixed number of queries."""
    kept = rows_by_key(KeptFinding.objects.select_related("project"), keys)
    projects = {row.project_id: row.project for row in kept}
    figures = project_figures(list(projects.values()))
    found = {key: by_outcome(project_findings(figures[key])).found for key in projects}
    return [
        ProjectFinding(
            row.project.short_name,
            reverse("reconciliation", args=[row.project.slug]),
            found[row.project_id][row.position],
        )
        for row in kept
        # Fewer are there if the project has changed since its summary was read, a moment ago.
        if row.position < len(found[row.project_id])
    ]
