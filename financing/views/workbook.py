"""A project's budget as a workbook."""

from django.http import HttpRequest, HttpResponse

from mikrogrow.responses import workbook_response
from projects.pages import project_page


def budget_workbook_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The budget as it stands on the page's day, to be saved."""
    from financing.workbook import budget_workbook

    page = project_page(request, slug)
    content = budget_workbook(page.project, page.figures, page.findings, page.day.on)
    return workbook_response(content, f"budjetti-{slug}.xlsx")
