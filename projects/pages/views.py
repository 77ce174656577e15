"""The list of projects, one project's status, and the city's decisions on it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.queries.summaries import update_summaries
from mikrogrow.web.pages import LongListPaginator
from mikrogrow.web.shown_day import ShownDay, shown_day
from projects.decisions.corrected import with_corrections
from projects.models import Decision
from projects.pages.filters import PortfolioFilter
from projects.pages.past import past_portfolio
from projects.pages.portfolio import (
    DEFAULT_SORT,
    SORTS,
    Chosen,
    Heading,
    PortfolioRow,
    PortfolioTotals,
    chosen_summaries,
    headings,
    portfolio_rows,
    portfolio_totals,
    sorted_summaries,
)
from projects.pages.project_page import project_page
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
    refusal: str = ""


def portfolio(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("projects.view_project"):
        return render(request, "projects/portfolio.html", {"day": shown_day(request)})
    return render(request, "projects/portfolio.html", vars(_portfolio_page(request)))


def _portfolio_page(request: HttpRequest) -> PortfolioPage:
    day, form = shown_day(request), PortfolioFilter(request.GET)
    form.is_valid()
    sort = request.GET.get("sort", DEFAULT_SORT)
    if sort not in SORTS:
        sort = DEFAULT_SORT
    filters = {name: value for name, value in request.GET.items() if name not in {"sort", "page"} and value}
    totals, pages, refusal = _rows(_chosen(form), sort, day)
    return PortfolioPage(
        day=day,
        form=form,
        is_filtered=any(form.cleaned_data.get(name) for name in form.fields),
        totals=totals,
        rows=pages.get_page(request.GET.get("page")),
        sort=sort,
        headings=headings(sort, filters),
        filters=urlencode({**filters, "sort": sort}),
        refusal=refusal,
    )


def _rows(chosen: Chosen, sort: str, day: ShownDay) -> tuple[PortfolioTotals, Paginator, str]:
    """The last is why an earlier day's rows are not shown, else empty."""
    update_summaries()
    if day.past:
        past = past_portfolio(chosen, sort, day.past)
        return past.totals, Paginator(past.rows, ROWS_ON_A_PAGE), past.refusal
    totals = portfolio_totals(chosen, day.on)
    summaries = sorted_summaries(chosen_summaries(chosen, day.on), sort, day.on)
    pages = LongListPaginator(
        summaries, ROWS_ON_A_PAGE, totals.projects, lambda keys: portfolio_rows(keys, day.on)
    )
    return totals, pages, ""


def _chosen(form: PortfolioFilter) -> Chosen:
    found = form.cleaned_data
    programme = found.get("programme")
    return Chosen(
        words=found.get("q") or "",
        status=found.get("status") or "",
        programme=programme.pk if programme else None,
        needs_attention=bool(found.get("attention")),
    )


def project(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    return render(request, "projects/project.html", {**page.context("project"), **vars(status_page(page))})


def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    # Prepared in the project, or authorising something for it.
    of_project = Q(project=page.project) | Q(commitments__project=page.project)
    visible = Decision.objects.visible_to(request.user).filter(of_project).made_by(page.day.past)
    found = with_corrections(visible.select_related("project").distinct())
    return render(request, "projects/decisions.html", {**page.context("decisions"), "decisions": found})
