"""The reports of groups for a period: pages, and workbooks of the same figures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.forms.periods import PeriodForm
from groups.queries.rights import visible_groups
from groups.reports.periods.group import group_period_report
from groups.reports.periods.period import Period
from groups.reports.periods.project import groups_period_report
from mikrogrow.values.tables import Report
from mikrogrow.web.responses import workbook_response
from mikrogrow.web.shown_day import shown_day
from projects.models import Project
from projects.pages.project_page import ProjectPage, page_of, project_page


@dataclass(frozen=True)
class PrintedLink:
    words: str
    address: str


def group_report(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_groups(request.user), pk=pk)
    page = page_of(found.project, shown_day(request))
    form = PeriodForm(request.GET, page.project, page.day.on)
    report = group_period_report(found, form.period, is_public=False) if form.period else None
    names = {
        "group_report_pdf": _("Julkinen (PDF)"),
        "group_report_xlsx": _("Julkinen (XLSX)"),
        "internal_group_report_pdf": _("Sisäinen, yritysten nimet mukana (PDF)"),
        "internal_group_report_xlsx": _("Sisäinen, yritysten nimet mukana (XLSX)"),
    }
    return _shown(request, page, form, report, names, pk, {"group": found})


def group_report_workbook(request: HttpRequest, pk: int, *, is_public: bool) -> HttpResponse:
    found = get_object_or_404(visible_groups(request.user), pk=pk)
    on = shown_day(request).on
    period = PeriodForm(request.GET, found.project, on).period
    if period is None:
        return redirect(f"{reverse('group_report', args=[pk])}?{request.GET.urlencode()}")
    report = group_period_report(found, period, is_public=is_public)
    return _workbook(
        report, found.project, period, f"ryhmaraportti-{pk}{'' if is_public else '-sisainen'}.xlsx"
    )


def groups_report(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    form = PeriodForm(request.GET, page.project, page.day.on)
    report = groups_period_report(page.project, form.period) if form.period else None
    names = {"groups_report_pdf": _("Raportti (PDF)"), "groups_report_xlsx": _("Raportti (XLSX)")}
    return _shown(request, page, form, report, names, slug, {})


def groups_report_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    period = PeriodForm(request.GET, page.project, page.day.on).period
    if period is None:
        return redirect(f"{reverse('groups_report', args=[slug])}?{request.GET.urlencode()}")
    report = groups_period_report(page.project, period)
    return _workbook(report, page.project, period, f"ryhmat-{slug}.xlsx")


def _shown(
    request: HttpRequest,
    page: ProjectPage,
    form: PeriodForm,
    report: Report | None,
    names: dict[str, str],
    key: int | str,
    context: dict[str, object],
) -> HttpResponse:
    query = f"?{form.period.query}{page.day.further_query}" if form.period else ""
    links = [PrintedLink(words, reverse(name, args=[key]) + query) for name, words in names.items()]
    return render(
        request,
        "groups/period_report.html",
        {**page.context("groups"), "form": form, "report": report, "links": links, **context},
    )


def _workbook(report: Report, project: Project, period: Period, file_name: str) -> HttpResponse:
    # Slow to load, and most processes never write one.
    from mikrogrow.report_workbooks import report_workbook

    return workbook_response(report_workbook(report, creator=project.short_name, on=period.on), file_name)
