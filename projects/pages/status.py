"""One project's status page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from financing.reconciliation.checks.project import own_risk_days
from financing.reconciliation.findings import Finding
from financing.reports.charts import LiabilityChart, YearsChart, liability_chart, years_chart
from financing.reports.plans import FinancingReport, PlanTable, financing_report
from financing.rules.city_money import city_money
from financing.rules.figures.projects import FundingDecisionFigures
from financing.rules.spending import MoneyUsed
from groups.queries.status import StatusOfGroups, status_of_groups
from projects.choices import PointKind
from projects.models import ChangeRequest, ProjectPoint
from projects.pages.project_page import ProjectPage
from projects.pages.timeline import Timeline, timeline
from projects.schedule import TimeGone, Todo, change_requests_of, time_gone, todos


@dataclass(frozen=True)
class StatusPage:
    """What the page shows besides its head. `funding_decisions` come with their days of own risk."""

    report: FinancingReport
    liability_chart: LiabilityChart | None
    used: MoneyUsed | None
    years_chart: YearsChart | None
    time: TimeGone | None
    timeline: Timeline | None
    has_begun: bool
    funding_decisions: list[tuple[FundingDecisionFigures, list[int] | None]]
    change_requests: list[ChangeRequest]
    group_total: int | None
    groups: StatusOfGroups | None
    late: list[Todo]
    coming: list[Todo]
    findings: list[Finding]
    objectives: list[ProjectPoint]
    added_values: list[ProjectPoint]
    steps: list[ProjectPoint]


def status_page(page: ProjectPage) -> StatusPage:
    project, figures, on = page.project, page.figures, page.day.on
    report = financing_report(figures, page.findings)
    used = city_money(figures).used if figures.keeps_invoices else None
    points = list(project.points.all())
    undone = todos(project.milestones.all(), on)
    return StatusPage(
        report=report,
        liability_chart=liability_chart(report.liability),
        used=used,
        years_chart=_years_chart(report.city, used),
        time=time_gone(project, on),
        timeline=timeline(project, figures.funding_decisions, on),
        has_begun=project.starts_on is not None and project.starts_on <= on,
        funding_decisions=_with_own_risk(figures.funding_decisions, project.starts_on),
        change_requests=change_requests_of(project, page.day.past),
        groups=(
            status_of_groups(project.pk, project.starts_on, project.ends_on, on) if figures.groups else None
        ),
        group_total=_sum_of_targets([group.target for group in figures.groups]),
        late=[todo for todo in undone if todo.late],
        coming=[todo for todo in undone if not todo.late],
        findings=[finding for finding in page.findings if finding.is_found],
        objectives=_of_kind(points, PointKind.OBJECTIVE),
        added_values=_of_kind(points, PointKind.ADDED_VALUE),
        steps=_of_kind(points, PointKind.STEP),
    )


def _years_chart(city: PlanTable | None, used: MoneyUsed | None) -> YearsChart | None:
    """The planned years, with what was used once there are invoices."""
    if used is not None:
        return years_chart(used.planned_by_year, used.used_by_year)
    return years_chart(city.costs_by_year) if city else None


def _with_own_risk(
    decisions: Sequence[FundingDecisionFigures], starts_on: date | None
) -> list[tuple[FundingDecisionFigures, list[int] | None]]:
    # A change decision makes nothing own risk.
    return [
        (each, own_risk_days(starts_on, [] if each.is_change else [each]) if starts_on else None)
        for each in decisions
    ]


def _sum_of_targets(targets: Sequence[int | None]) -> int | None:
    return None if None in targets else sum(filter(None, targets))


def _of_kind(points: Sequence[ProjectPoint], kind: PointKind) -> list[ProjectPoint]:
    return [point for point in points if point.kind == kind]
