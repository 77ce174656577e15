"""The reports of groups as PDFs."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from groups.models import CompanyGroup
from groups.reports.periods.group import group_period_report
from groups.reports.periods.period import Period, asked_period
from groups.reports.periods.project import groups_period_report
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.tables import Report
from projects.models import Project


def _report_pdf(report: Report, project: Project, period: Period) -> bytes:
    return render_pdf(
        "documents/report.html",
        {"report": report},
        title=f"{report.name}: {report.subject}, {report.period}",
        author=project.short_name,
        subject=f"{report.name}. {report.publicity}",
        head=Head(
            issuer=project.short_name,
            kind=report.name,
            about=report.subject if report.subject != project.short_name else "",
            day=str(report.period),
            reference=report.publicity,
        ),
        created=period.on,
    )


def group_report_pdf(group: CompanyGroup, on: date, period: Period, *, is_public: bool = True) -> bytes:
    """Raises PdfError."""
    return _report_pdf(group_period_report(group, period, is_public=is_public), group.project, period)


def groups_report_pdf(project: Project, on: date, period: Period) -> bytes:
    """Raises PdfError."""
    return _report_pdf(groups_period_report(project, period), project, period)


def _of_group(group: CompanyGroup, on: date, asked: Mapping[str, str]) -> dict[str, Any]:
    return {"period": asked_period(group.project, on, asked)}


_group = partial(
    Document,
    rows=lambda: CompanyGroup.objects.with_municipalities().select_related("project"),
    key_field="pk",
    page=lambda group: reverse("group_report", args=[group.pk]),
    unknown=gettext_lazy("Ryhmää %(key)s ei ole."),
    options=_of_group,
)
GROUP_REPORT = _group(
    name="group_report",
    address="groups/<int:key>/report.pdf",
    pdf=group_report_pdf,
    file_name=lambda group: f"ryhmaraportti-{group.pk}.pdf",
)
INTERNAL_GROUP_REPORT = _group(
    name="internal_group_report",
    address="groups/<int:key>/report-internal.pdf",
    pdf=partial(group_report_pdf, is_public=False),
    # So that it is not taken for the public one once it is saved.
    file_name=lambda group: f"ryhmaraportti-{group.pk}-sisainen.pdf",
)
GROUPS_REPORT = Document(
    name="groups_report",
    address="projects/<slug:key>/groups/report.pdf",
    rows=lambda: Project.objects.select_related("programme"),
    key_field="slug",
    pdf=groups_report_pdf,
    file_name=lambda project: f"ryhmat-{project.slug}.pdf",
    page=lambda project: reverse("groups_report", args=[project.slug]),
    unknown=gettext_lazy("Hanketta %(key)s ei ole."),
    options=lambda project, on, asked: {"period": asked_period(project, on, asked)},
)
