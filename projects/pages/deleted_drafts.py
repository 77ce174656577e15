"""The drafts of decisions that were deleted, from the history: for those who write decisions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.reports.history import person_name
from mikrogrow.history import DELETED, historical
from projects.decisions.writing import may_write
from projects.models import Decision, Project

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class DeletedDraft:
    """`project` is None if it has been deleted too."""

    title: str
    body: str
    stage: str
    project: Project | None
    person: str
    at: datetime
    reason: str


def deleted_drafts(request: HttpRequest) -> HttpResponse:
    sees = request.user.has_perms(("projects.view_decision", "projects.view_project"))
    if not (sees and may_write(request.user)):
        raise PermissionDenied
    model: Any = historical(Decision)
    records = model._default_manager.filter(history_type=DELETED)
    ordered = records.select_related("history_user").order_by("-history_date", "-history_id")
    rows = Paginator(ordered, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    projects = Project.objects.in_bulk({record.project_id for record in rows})
    drafts = [_draft(record, projects) for record in rows]
    return render(request, "projects/deleted_drafts.html", {"rows": rows, "drafts": drafts, "filters": ""})


def _draft(record: Any, projects: dict[int, Project]) -> DeletedDraft:
    return DeletedDraft(
        title=record.title,
        body=record.body,
        stage=record.get_stage_display(),
        project=projects.get(record.project_id),
        person=person_name(record.history_user),
        at=record.history_date,
        reason=record.history_change_reason or "",
    )
