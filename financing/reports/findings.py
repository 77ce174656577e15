"""Findings as pages show them, of one project or all, with links to the rows that hold their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from financing.models import KeptFinding, ProjectSummary
from financing.queries.faults import computed_findings
from financing.reconciliation.findings import FOUND, Finding, Level, Origin, OriginKind, by_outcome
from mikrogrow.database.cache import VersionedCache
from mikrogrow.database.rows import rows_by_key
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


@dataclass(frozen=True)
class FaultyProject:
    """A project of which nothing can be computed; `fault` is the kind of error."""

    name: str
    url: str
    fault: str


_counts: VersionedCache[int] = VersionedCache()
_faulty: VersionedCache[list[FaultyProject]] = VersionedCache()


def count_findings(chosen: ChosenFindings, version: int) -> int:
    """Counted once for each version of the summaries."""
    return _counts.get_or_make(chosen, version, chosen.kept.count)


def faulty_projects(version: int) -> list[FaultyProject]:
    """By name; read once for each version of the summaries."""
    return _faulty.get_or_make(None, version, _read_faulty)


def _read_faulty() -> list[FaultyProject]:
    rows = ProjectSummary.objects.exclude(fault="").select_related("project").order_by("name_key", "project")
    return [FaultyProject(row.project.short_name, row.project.get_absolute_url(), row.fault) for row in rows]


def findings_in_words(keys: Sequence[int]) -> list[ProjectFinding]:
    """Those of kept findings, in the order of the keys; a fixed number of queries."""
    kept = rows_by_key(KeptFinding.objects.select_related("project"), keys)
    projects = {row.project_id: row.project for row in kept}
    findings, _faults = computed_findings(list(projects.values()))
    found = {key: by_outcome(of_project).found for key, of_project in findings.items()}
    return [
        ProjectFinding(
            row.project.short_name,
            reverse("reconciliation", args=[row.project.slug]),
            found[row.project_id][row.position],
        )
        for row in kept
        # Fewer are there if the project has changed since its summary was read, a moment ago.
        if row.position < len(found.get(row.project_id, ()))
    ]
