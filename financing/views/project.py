"""The page of a project's money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.reports.financing_page import financing_page
from projects.pages.project_page import project_page


def financing(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    shown = vars(financing_page(page.figures, page.findings))
    return render(request, "financing/financing.html", {**page.context("financing"), **shown})
