"""The reconciliation of a project, where findings are explained, and the findings of all projects."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from financing.actions.explanations import explain_finding
from financing.forms.explanations import ExplanationForm, FindingFilter
from financing.reconciliation.findings import Finding, anchor_of, parted
from financing.reports.findings import OriginLink, all_findings, filtered, origin_links
from mikrogrow.web.shown_day import shown_day
from projects.models import Project
from projects.pages.project_page import ProjectPage, project_page

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class FindingItem:
    """A finding on the page of the reconciliation.

    `form` is None for those who may not explain; `refusals` say why what they sent was not recorded.
    """

    finding: Finding
    links: tuple[OriginLink, ...]
    form: ExplanationForm | None = None
    refusals: tuple[str, ...] = ()


def reconciliation(request: HttpRequest, slug: str) -> HttpResponse:
    """Every check of a project: found, passed, and what cannot be checked; takes explanations."""
    page = project_page(request, slug)
    may_explain = request.user.has_perm("financing.add_findingexplanation")
    sent = None
    if request.method == "POST":
        if not may_explain:
            raise PermissionDenied
        sent = ExplanationForm(request.POST)
        if _is_explained(request, page.project, sent):
            messages.success(request, _("Selitys on tallennettu."))
            address = reverse("reconciliation", args=[slug])
            return redirect(f"{address}{page.day.query}#{anchor_of(sent.key)}")
    parts = parted(page.findings)
    return render(
        request,
        "financing/reconciliation.html",
        {
            **page.context("reconciliation"),
            "found": [_item(page, request.user, finding, sent, may_explain) for finding in parts.found],
            "lost": sent if sent and sent.key not in [finding.key for finding in parts.found] else None,
            "passed": parts.passed,
            "unknown": parts.unknown,
            "counts": {level.value: number for level, number in page.levels.items()},
        },
    )


def _is_explained(request: HttpRequest, project: Project, sent: ExplanationForm) -> bool:
    """Records what was sent; where that is refused, the form says why."""
    if not sent.is_valid():
        return False
    try:
        explain_finding(
            project=project,
            key=sent.key,
            numbers=sent.numbers,
            explanation=sent.cleaned_data["explanation"],
            user=request.user,
            at=timezone.now(),
        )
    except ValidationError as error:
        sent.add_error(None, error)
        return False
    return True


def _item(
    page: ProjectPage, user: Any, finding: Finding, sent: ExplanationForm | None, may_explain: bool
) -> FindingItem:
    """The finding with its form, which keeps what was sent for it and refused."""
    is_sent = sent is not None and sent.key == finding.key
    return FindingItem(
        finding=finding,
        links=origin_links(finding, page.project, user, page.day.query),
        form=ExplanationForm.of(finding, sent.typed if sent and is_sent else None) if may_explain else None,
        refusals=tuple(sent.refusals) if sent and is_sent else (),
    )


def findings(request: HttpRequest) -> HttpResponse:
    """What was found in all projects that the user may see, the worst first."""
    form = FindingFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    rows = filtered(
        all_findings(Project.objects.visible_to(request.user)),
        level=chosen.get("level") or "",
        code=chosen.get("code") or "",
        unexplained_only=bool(chosen.get("unexplained")),
    )
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "financing/findings.html",
        {
            "day": shown_day(request),
            "form": form,
            "is_filtered": any(chosen.get(name) for name in form.fields),
            "rows": Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
            "filters": urlencode(filters),
        },
    )
