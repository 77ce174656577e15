"""Plans that have moved since a decision (R19), of every project that it authorises something for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from financing.queries.figures import project_figures
from financing.reconciliation.checks.decisions import plans_moved_since
from financing.reconciliation.findings import Result
from financing.rules.figures.projects import ProjectFigures
from projects.models import Decision, Project


def plans_moved_of(decision: Decision, figures: ProjectFigures, on: date | None = None) -> Sequence[Result]:
    """`figures` are those of its own project, as of the day. The other projects' results say whose they are.

    No query for a decision of one project only; a fixed number for others.
    """
    own = plans_moved_since(figures, decision.pk)
    read = next((row for row in figures.decisions if row.decision_id == decision.pk), None)
    if read is None or not read.concerns_others:
        return own
    concerned = Project.objects.filter(commitments__decision=decision).exclude(pk=decision.project_id)
    others = list(concerned.distinct().order_by("short_name", "pk"))
    by_project = project_figures(others, on)
    return own + [
        replace(result, sentence=f"{project.short_name}: {result.sentence}")
        for project in others
        for result in plans_moved_since(by_project[project.pk], decision.pk)
    ]
