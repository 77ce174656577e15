"""The list of projects, one project's status, and the city's decisions on it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mikrogrow.web.shown_day import ShownDay, shown_day
from projects.choices import DecisionStage
from projects.decisions.document import decision_document
from projects.models import Decision, Project
from projects.pages.filters import PortfolioFilter
from projects.pages.portfolio import (
    DEFAULT_SORT,
    SORTS,
    Heading,
    PortfolioRow,
    PortfolioTotals,
    headings,
    portfolio_rows,
    portfolio_totals,
    sorted_rows,
)
from projects.pages.project_page import page_of, project_page
from projects.pages.status import status_page

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class PortfolioPage:
    """What the list of projects shows; `filters` end the links to its other pages."""

    day: ShownDay
    form: PortfolioFilter
    is_filtered: bool
    totals: PortfolioTotals
    rows: Page[PortfolioRow]
    sort: str
    headings: list[Heading]
    filters: str


def portfolio(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/portfolio.html", vars(_portfolio_page(request)))


def _portfolio_page(request: HttpRequest) -> PortfolioPage:
    day, form = shown_day(request), PortfolioFilter(request.GET)
    form.is_valid()
    rows = _chosen_rows(request, form, day)
    sort = request.GET.get("sort", DEFAULT_SORT)
    if sort not in SORTS:
        sort = DEFAULT_SORT
    filters = {name: value for name, value in request.GET.items() if name not in {"sort", "page"} and value}
    return PortfolioPage(
        day=day,
        form=form,
        is_filtered=any(form.cleaned_data.get(name) for name in form.fields),
        totals=portfolio_totals(rows),
        rows=Paginator(sorted_rows(rows, sort), ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        sort=sort,
        headings=headings(sort, filters),
        filters=urlencode({**filters, "sort": sort}),
    )


def _chosen_rows(request: HttpRequest, form: PortfolioFilter, day: ShownDay) -> list[PortfolioRow]:
    chosen = form.cleaned_data
    projects = Project.objects.visible_to(request.user).matching(chosen.get("q") or "")
    if programme := chosen.get("programme"):
        projects = projects.filter(programme=programme)
    rows = portfolio_rows(projects, day.on)
    if status := chosen.get("status"):
        rows = [row for row in rows if row.status == status]
    if chosen.get("attention"):
        rows = [row for row in rows if row.needs_attention]
    return rows


def project(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    return render(request, "projects/project.html", {**page.context("project"), **vars(status_page(page))})


def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    visible = Decision.objects.visible_to(request.user).filter(project=page.project)
    return render(
        request, "projects/decisions.html", {**page.context("decisions"), "decisions": list(visible)}
    )


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    page = page_of(found.project, shown_day(request))
    return render(
        request,
        "projects/decision.html",
        {
            **page.context("decisions"),
            "decision": found,
            "document": decision_document(found, page.figures),
            "stages": DecisionStage,
        },
    )
