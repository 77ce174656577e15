"""A project's budget as a PDF: all that its financing page shows, and the whole reconciliation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from financing.charts import liability_chart, years_chart
from financing.explaining import project_findings
from financing.findings import Level
from financing.queries import figures_of
from financing.reconciliation import count_levels
from financing.reports import PlanTable, financing_report
from mikrogrow.dates import format_date, format_period, format_years
from mikrogrow.pdf import render_pdf
from projects.models import Project

# More years than these are turned on their side, and even more go on further sheets.
YEARS_UPRIGHT = 4
YEARS_ON_A_SHEET = 8


def budget_pdf(project: Project, on: date) -> bytes:
    """The project's budget as it stands on a day. Raises PdfError."""
    figures = figures_of(project)
    findings = project_findings(figures)
    report = financing_report(figures, findings)
    city = report.city
    name = _("Hankebudjetti")
    own = figures.city
    return render_pdf(
        "documents/budget.html",
        {
            "project": project,
            "name": name,
            "city": own.name if own else "",
            "on": on,
            "figures": figures,
            "report": report,
            "plans": [
                (sheet, len(plan.years) > YEARS_UPRIGHT) for plan in report.plans for sheet in _sheets(plan)
            ],
            "liability_chart": liability_chart(report.liability),
            "years_chart": years_chart(city.costs_by_year) if city else None,
            "costs_by_year": city.costs_by_year if city else (),
            "years_total": city.years_total if city else None,
            "period": format_period(project.starts_on, project.ends_on),
            "years": format_years(city.years[0], city.years[-1]) if city and city.years else "",
            "found": [finding for finding in findings if finding.is_found],
            "passed": [finding for finding in findings if finding.level is Level.PASSED],
            "unknown": [finding for finding in findings if finding.level is Level.UNKNOWN],
            "levels": [
                (level.value, level.label, count)
                for level, count in count_levels(findings).items()
                if count and level is not Level.UNKNOWN
            ],
        },
        title=f"{name}: {project.name}, {format_date(on)}",
        author=own.name if own else _("Kaupunki"),
        subject=" ".join(filter(None, [name, project.case_number])),
        created=on,
    )


def _sheets(plan: PlanTable) -> Iterator[PlanTable]:
    """The plan once for each group of years that a sheet has room for."""
    for first in range(0, max(len(plan.years), 1), YEARS_ON_A_SHEET):
        some = slice(first, first + YEARS_ON_A_SHEET)
        yield replace(
            plan,
            years=plan.years[some],
            classes=tuple(
                replace(group, rows=tuple(replace(row, years=row.years[some]) for row in group.rows))
                for group in plan.classes
            ),
            year_totals=plan.year_totals[some],
            year_costs=plan.year_costs[some],
            year_gaps=plan.year_gaps[some],
        )
