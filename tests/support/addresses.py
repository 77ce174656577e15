"""The addresses of a project's pages and documents."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice
from groups.models import CompanyGroup, Experiment, Meeting
from projects.models import Project

# By the names of their addresses.
HTML_PAGES = (
    "project",
    "financing",
    "plan_versions",
    "plan_comparison",
    "history",
    "claims",
    "spending",
    "invoices",
    "invoice",
    "reconciliation",
    "decisions",
    "decision",
    "groups",
    "group",
    "group_report",
    "groups_report",
    "meeting",
    "experiments",
    "experiment",
    "calendars",
)
OF_GROUPS: dict[str, Any] = {
    **dict.fromkeys(("group", "group_report", "group_report_pdf", "internal_group_report_pdf"), CompanyGroup),
    **dict.fromkeys(("group_report_xlsx", "internal_group_report_xlsx"), CompanyGroup),
    "meeting": Meeting,
    "experiment": Experiment,
}
PDF_PAGES = (
    *("budget_pdf", "sheet_pdf", "decision_pdf"),
    *("group_report_pdf", "internal_group_report_pdf", "groups_report_pdf"),
)
WORKBOOK_PAGES = ("budget_xlsx", "group_report_xlsx", "internal_group_report_xlsx", "groups_report_xlsx")


def address_of(page: str, project: Project) -> str:
    """The address of a project's page, or of its last decision's, its first checked invoice's or group's."""
    if page in OF_GROUPS:
        return reverse(page, args=[of_groups(page, project)[0].pk])
    if page == "invoice":
        checked = Invoice.objects.filter(payer__project=project, status=InvoiceStatus.CHECKED)
        return reverse(page, args=[checked.order_by("pk")[0].pk])
    if page.startswith("decision") and page != "decisions":
        return reverse(page, args=[project.decisions.order_by("-pk")[0].pk])
    return reverse(page, args=[project.slug])


def of_groups(page: str, project: Project) -> QuerySet[Any]:
    """The rows of a page that the project's groups have."""
    model = OF_GROUPS[page]
    path = "project" if model is CompanyGroup else "group__project"
    return model.objects.filter(**{path: project}).order_by("pk")
