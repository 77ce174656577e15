"""Every change of a project's money."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.forms.history import HistoryFilter
from financing.queries.history import Narrowing, ProjectHistory
from financing.reports.history import history_entries
from projects.pages.project_page import project_page


def history(request: HttpRequest, slug: str) -> HttpResponse:
    """All changes, the newest first; narrowed to days, a person and a plan."""
    page = project_page(request, slug)
    kept = ProjectHistory(page.project)
    form = HistoryFilter(request.GET, kept.people(), kept.plans())
    form.is_valid()
    asked = form.narrowing
    rows, records = kept.page(asked, request.GET.get("page"))
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "financing/history.html",
        {
            **page.context("financing"),
            "form": form,
            "is_filtered": asked != Narrowing(),
            "rows": rows,
            "entries": history_entries(records),
            "filters": urlencode(filters),
        },
    )
