"""Joins findings with people's explanations: one is valid while its finding says the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from financing.reconciliation.findings import Finding, FindingKey, Level
from financing.reconciliation.run import count_levels, reconcile
from financing.rules.figures.projects import ExplanationFigures, ProjectFigures
from mikrogrow.database.cache import cached_by
from mikrogrow.values.translation import one_language


def explained(findings: Iterable[Finding], explanations: Iterable[ExplanationFigures]) -> list[Finding]:
    """The findings with their explanations, which come newest first.

    Only the latest explanation of a finding counts, and only while the finding shows the numbers and names
    that it explained; else it has fallen, and the page says so. What passed or is unknown needs none.
    """
    by_key: defaultdict[FindingKey, list[ExplanationFigures]] = defaultdict(list)
    for explanation in explanations:
        by_key[explanation.key].append(explanation)
    return [
        _with(finding, by_key[finding.key]) if finding.is_found and finding.key in by_key else finding
        for finding in findings
    ]


def project_findings(figures: ProjectFigures) -> list[Finding]:
    """What all pages and documents show: every check of a project with its explanation, the worst first."""
    return list(_findings(figures))


def supposed_findings(figures: ProjectFigures) -> list[Finding]:
    """As project_findings, of figures that are only supposed: nothing is kept of them."""
    with one_language():
        return explained(reconcile(figures), figures.explanations)


@cached_by(attrgetter("project_id"))
def _findings(figures: ProjectFigures) -> list[Finding]:
    return supposed_findings(figures)


def unexplained_errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is Level.ERROR and not finding.is_explained]


def count_unexplained(findings: Iterable[Finding]) -> dict[Level, int]:
    return count_levels(finding for finding in findings if not finding.is_explained)


def _with(finding: Finding, explanations: Sequence[ExplanationFigures]) -> Finding:
    latest, *earlier = explanations
    if latest.numbers == finding.numbers and latest.facts in (None, finding.facts):
        return replace(finding, explanation=latest, earlier=tuple(earlier))
    return replace(finding, fallen=latest, earlier=tuple(earlier))
