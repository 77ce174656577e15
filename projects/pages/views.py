"""The list of projects, one project's status, and the city's decisions on it."""

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from financing.reconciliation.checks.project import own_risk_days
from financing.reports.charts import YearsChart, liability_chart, years_chart
from financing.reports.plans import PlanTable, financing_report
from financing.reports.spending import MoneyUsed, money_used
from mikrogrow.web.shown_day import shown_day
from projects.decisions.document import decision_document
from projects.models import Decision, Project
from projects.pages.filters import PortfolioFilter
from projects.pages.portfolio import DEFAULT_SORT, SORT_KEYS, portfolio_rows, portfolio_totals, sorted_rows
from projects.pages.project_page import page_of, project_page
from projects.pages.timeline import timeline
from projects.schedule import time_gone, todos

ROWS_ON_A_PAGE = 50


def portfolio(request: HttpRequest) -> HttpResponse:
    """All projects that the user may see."""
    day = shown_day(request)
    form = PortfolioFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    projects = Project.objects.visible_to(request.user).matching(chosen.get("q") or "")
    if programme := chosen.get("programme"):
        projects = projects.filter(programme=programme)
    rows = portfolio_rows(projects, day.on)
    if status := chosen.get("status"):
        rows = [row for row in rows if row.status == status]
    if chosen.get("attention"):
        rows = [row for row in rows if row.needs_attention]
    sort = request.GET.get("sort", DEFAULT_SORT)
    if sort.removeprefix("-") not in SORT_KEYS:
        sort = DEFAULT_SORT
    filters = {name: value for name, value in request.GET.items() if name not in {"sort", "page"} and value}
    return render(
        request,
        "projects/portfolio.html",
        {
            "day": day,
            "form": form,
            "is_filtered": any(chosen.get(name) for name in form.fields),
            "totals": portfolio_totals(rows),
            "rows": Paginator(sorted_rows(rows, sort), ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
            "sort": sort,
            "headings": _headings(sort, filters),
            "filters": urlencode({**filters, "sort": sort}),
        },
    )


def _headings(sort: str, filters: Mapping[str, object]) -> list[dict[str, str]]:
    """The columns with the link that sorts by each, and how it is sorted now."""
    columns = [
        ("name", _("Hanke"), ""),
        ("status", _("Tila"), ""),
        ("time", _("Aikaa kulunut"), ""),
        ("planned", _("Suunniteltu"), _("osahanke, €")),
        ("liability", _("Kokonaisvastuu"), _("valtuutus viivana, €")),
        ("findings", _("Täsmäytys"), ""),
    ]
    headings = []
    for key, label, note in columns:
        upward = sort == key
        downward = sort == f"-{key}"
        first = key if key in {"name", "status"} else f"-{key}"
        other = key if downward else f"-{key}"
        query = urlencode({**filters, "sort": other if upward or downward else first})
        headings.append(
            {
                "label": label,
                "note": note,
                "query": query,
                "aria_sort": "ascending" if upward else "descending" if downward else "",
                "mark": "▲" if upward else "▼" if downward else "",
                "is_number": "yes" if key in {"time", "planned", "liability"} else "",
            }
        )
    return headings


def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one project stands."""
    page = project_page(request, slug)
    figures, on = page.figures, page.day.on
    report = financing_report(figures, page.findings)
    city = report.city
    points = list(page.project.points.all())
    undone = todos(page.project.milestones.all(), on)
    starts_on = page.project.starts_on
    targets = [group.target for group in figures.groups]
    used = money_used(figures) if figures.invoices else None
    return render(
        request,
        "projects/project.html",
        {
            **page.context("project"),
            "report": report,
            "liability_chart": liability_chart(report.liability),
            "used": used,
            "years_chart": _years_chart(city, used),
            "time": time_gone(page.project, on),
            "timeline": timeline(page.project, figures.funding_decisions, on),
            "has_begun": starts_on is not None and starts_on <= on,
            "funding_decisions": [
                (decision, own_risk_days(starts_on, [decision]) if starts_on else None)
                for decision in figures.funding_decisions
            ],
            "group_total": None if None in targets else sum(filter(None, targets)),
            "late": [todo for todo in undone if todo.late],
            "coming": [todo for todo in undone if not todo.late],
            "findings": [finding for finding in page.findings if finding.is_found],
            "objectives": [point for point in points if point.kind == "objective"],
            "added_values": [point for point in points if point.kind == "added_value"],
            "steps": [point for point in points if point.kind == "step"],
        },
    )


def _years_chart(city: PlanTable | None, used: MoneyUsed | None) -> YearsChart | None:
    """The planned years, with what is used of them once there are invoices."""
    if used is not None:
        planned = [(year, row.planned) for year, row in used.years]
        return years_chart(planned, {year: row.actual or Decimal(0) for year, row in used.years})
    return years_chart(city.costs_by_year) if city else None


def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """The city's decisions on a project."""
    page = project_page(request, slug)
    visible = Decision.objects.visible_to(request.user).filter(project=page.project)
    return render(
        request, "projects/decisions.html", {**page.context("decisions"), "decisions": list(visible)}
    )


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision in the order of municipal minutes."""
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    page = page_of(found.project, shown_day(request))
    return render(
        request,
        "projects/decision.html",
        {
            **page.context("decisions"),
            "decision": found,
            "document": decision_document(found, page.figures),
            "stages": Decision.Stage,
        },
    )
