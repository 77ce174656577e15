"""All decisions of the city: found by their words, section, case number, body, year and stage."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mikrogrow.database.rows import rows_by_key
from projects.decisions.corrected import with_corrections
from projects.models import Decision
from projects.pages.filters import DecisionFilter

ROWS_ON_A_PAGE = 50


def decision_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("projects.view_project"):
        raise PermissionDenied
    form = DecisionFilter(request.GET)
    form.is_valid()
    rows = _chosen(Decision.objects.visible_to(request.user), form.cleaned_data)
    # A search looks through all texts: once, not to count and again to read.
    keys: Any = list(rows.values_list("pk", flat=True))
    shown = Paginator(keys, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    found = rows_by_key(Decision.objects.select_related("project"), list(shown.object_list))
    shown.object_list = with_corrections(found)
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "projects/all_decisions.html",
        {
            "form": form,
            "is_filtered": any(form.cleaned_data.values()),
            "rows": shown,
            "item_of_meeting": _item_of_meeting(list(shown), form.cleaned_data),
            "filters": urlencode(filters),
        },
    )


def _item_of_meeting(rows: Sequence[Decision], typed: dict[str, Any]) -> Decision | None:
    """One of several items of the meeting that is chosen by body and day."""
    return rows[0] if typed.get("body") and typed.get("day") and len(rows) > 1 else None


def _chosen(rows: QuerySet[Decision], typed: dict[str, Any]) -> QuerySet[Decision]:
    if words := typed.get("q"):
        rows = rows.matching(words)  # type: ignore[attr-defined]
    if body := typed.get("body"):
        rows = rows.filter(body=body)
    if year := typed.get("year"):
        rows = rows.of_year(year)  # type: ignore[attr-defined]
    if day := typed.get("day"):
        rows = rows.of_day(day)  # type: ignore[attr-defined]
    if stage := typed.get("stage"):
        rows = rows.filter(stage=stage)
    return rows
