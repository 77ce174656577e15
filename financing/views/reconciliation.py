"""The reconciliation of one project, where findings are explained, and the findings of all projects."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from financing.actions.explanations import explain_finding
from financing.forms.explanations import ExplanationForm, FindingFilter
from financing.queries.summaries import update_summaries
from financing.reconciliation.findings import Finding, anchor_of, by_outcome
from financing.reports.findings import (
    ChosenFindings,
    OriginLink,
    count_findings,
    faulty_projects,
    findings_in_words,
    origin_links,
)
from mikrogrow.database.versions import SUMMARIES, version_of
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.pages import LongListPaginator
from mikrogrow.web.shown_day import ShownDay, shown_day
from projects.models import Project
from projects.pages.project_page import ProjectPage, project_page

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class FindingItem:
    """`form` is None for those who may not explain; `refusals` say why what they sent was not recorded."""

    finding: Finding
    links: tuple[OriginLink, ...]
    form: ExplanationForm | None = None
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReconciliationPage:
    """`lost` is a refused form of a finding that is no longer on the page."""

    found: list[FindingItem]
    passed: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    counts: dict[str, int]
    lost: ExplanationForm | None


def reconciliation(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    # An explanation is of the numbers of today.
    may_explain = request.user.has_perm("financing.add_findingexplanation") and page.day.past is None
    if request.method == "POST" and not may_explain:
        raise PermissionDenied
    again = shown_again(request) if may_explain else None
    sent = None
    if again is not None:
        sent = ExplanationForm(again.fields)
        sent.add_error(None, again.sentence)
    elif request.method == "POST":
        sent = ExplanationForm(request.POST)
    if sent and not again and _explain(request, page.project, sent):
        messages.success(request, _("Selitys on tallennettu."))
        address = reverse("reconciliation", args=[slug])
        return redirect(f"{address}{page.day.query}#{anchor_of(sent.key)}")
    shown = _reconciliation_page(page, request.user, sent, may_explain)
    return render(request, "financing/reconciliation.html", {**page.context("reconciliation"), **vars(shown)})


def _reconciliation_page(
    page: ProjectPage, user: Any, sent: ExplanationForm | None, may_explain: bool
) -> ReconciliationPage:
    outcomes = by_outcome(page.findings)
    is_lost = sent is not None and sent.key not in [finding.key for finding in outcomes.found]
    return ReconciliationPage(
        found=[_item(page, user, finding, sent, may_explain) for finding in outcomes.found],
        passed=outcomes.passed,
        unknown=outcomes.unknown,
        counts={level.value: number for level, number in page.levels.items()},
        lost=sent if is_lost else None,
    )


def _explain(request: HttpRequest, project: Project, sent: ExplanationForm) -> bool:
    """False if it was refused; then the form says why."""
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
    refused = sent if sent is not None and sent.key == finding.key else None
    return FindingItem(
        finding=finding,
        links=origin_links(finding, page.project, user, page.day.query),
        form=ExplanationForm.of(finding, refused.typed if refused else None) if may_explain else None,
        refusals=tuple(refused.refusals) if refused else (),
    )


def _today(asked: ShownDay) -> ShownDay:
    # Only today's findings of all projects are kept.
    if asked.past is None:
        return asked
    return ShownDay(
        timezone.localdate(),
        error=_("Kaikkien hankkeiden havainnot ovat aina tältä päivältä."),
        kept=asked.kept,
    )


def findings(request: HttpRequest) -> HttpResponse:
    day = _today(shown_day(request))
    if not request.user.has_perm("projects.view_project"):
        return render(request, "financing/findings.html", {"day": day})
    form = FindingFilter(request.GET)
    form.is_valid()
    typed = form.cleaned_data
    chosen = ChosenFindings(
        level=typed.get("level") or "",
        code=typed.get("code") or "",
        unexplained_only=bool(typed.get("unexplained")),
    )
    update_summaries()
    version = version_of(SUMMARIES)
    number = count_findings(chosen, version)
    pages = LongListPaginator(chosen.kept, ROWS_ON_A_PAGE, number, findings_in_words)
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "financing/findings.html",
        {
            "day": day,
            "form": form,
            "is_filtered": any(typed.get(name) for name in form.fields),
            "rows": pages.get_page(request.GET.get("page")),
            "faulty": faulty_projects(version),
            "filters": urlencode(filters),
        },
    )
