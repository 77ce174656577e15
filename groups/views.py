"""The company groups of a project."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.models import CompanyGroup
from projects.pages.project_page import project_page


def groups(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    found = list(CompanyGroup.objects.filter(project=page.project).with_municipalities())
    targets = [group.target_companies for group in found]
    return render(
        request,
        "groups/groups.html",
        {
            **page.context("groups"),
            "groups": found,
            "total": None if None in targets else sum(targets),
            "sum": next((finding for finding in page.findings if finding.code == "R16"), None),
        },
    )
