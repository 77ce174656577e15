"""What the page of a project's money shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from financing.reconciliation.findings import Finding
from financing.reports.charts import LiabilityChart, YearsChart, liability_chart, years_chart
from financing.reports.costs import CostTable, cost_tables
from financing.reports.implementers import ImplementersReport, implementers_report
from financing.reports.plans import FinancingReport, financing_report
from financing.rules.figures.projects import ProjectFigures


@dataclass(frozen=True)
class FinancingPage:
    report: FinancingReport
    implementers: ImplementersReport | None
    cost_tables: tuple[CostTable, ...]
    liability_chart: LiabilityChart | None
    years_chart: YearsChart | None


def financing_page(figures: ProjectFigures, findings: Sequence[Finding]) -> FinancingPage:
    report = financing_report(figures, findings)
    return FinancingPage(
        report=report,
        implementers=implementers_report(figures, report.missing_plans),
        cost_tables=cost_tables(figures),
        liability_chart=liability_chart(report.liability),
        years_chart=years_chart(report.city.costs_by_year) if report.city else None,
    )
