"""Every change of a project."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.choices import ChangedKind
from financing.forms.history import HistoryFilterForm
from financing.queries.history import HistoryFilter, ProjectHistory
from financing.queries.secret_history import hidden_from
from financing.reports.history import history_entries
from projects.pages.project_page import project_page

# The tab of the page that leads here.
TABS = {
    ChangedKind.MONEY: "financing",
    ChangedKind.DECISIONS: "decisions",
    ChangedKind.GROUPS: "groups",
}


def history(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    found = ProjectHistory(page.project)
    form = HistoryFilterForm(request.GET, found.people(), found.plans())
    form.is_valid()
    asked = form.wanted
    past = page.day.past
    rows, records = found.page(asked.until(past) if past else asked, request.GET.get("page"))
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "financing/history.html",
        {
            **page.context(TABS.get(asked.kind or ChangedKind.PROJECT, "")),
            "form": form,
            "is_filtered": asked != HistoryFilter(),
            "rows": rows,
            "entries": history_entries(records, hidden_from(request.user, records)),
            "filters": urlencode(filters),
        },
    )
