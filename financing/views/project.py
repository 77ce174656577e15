"""A project's money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.reports.charts import liability_chart, years_chart
from financing.reports.costs import cost_tables
from financing.reports.implementers import implementers_report
from financing.reports.plans import financing_report
from projects.pages.project_page import project_page


def financing(request: HttpRequest, slug: str) -> HttpResponse:
    """Sources, years and sums of a project, stated beside computed."""
    page = project_page(request, slug)
    report = financing_report(page.figures, page.findings)
    city = report.city
    return render(
        request,
        "financing/financing.html",
        {
            **page.context("financing"),
            "report": report,
            "implementers": implementers_report(page.figures, report.missing_plans),
            "cost_tables": cost_tables(page.figures),
            "liability_chart": liability_chart(report.liability),
            "years_chart": years_chart(city.costs_by_year) if city else None,
        },
    )
