"""Payment claims, and plan beside actual and forecast."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from financing.queries.spending import invoice_facts, spent_in
from financing.reports.claims import claim_report
from financing.reports.spending import claims_report, spending_report
from projects.pages.project_page import project_page
from projects.schedule import time_gone


def claims(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    report = claims_report(page.figures, page.findings, request.GET.get("claim", ""))
    return render(request, "financing/claims.html", {**page.context("claims"), "report": report})


def claim(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    page = project_page(request, slug)
    found = next((row for row in page.figures.claims if row.claim_id == pk), None)
    if found is None:
        raise Http404
    report = claim_report(page.figures, found, spent_in(found, page.project.pk, page.day.past))
    return render(request, "financing/claim.html", {**page.context("claims"), "report": report})


def spending(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    time = time_gone(page.project, page.day.on)
    facts = invoice_facts(page.project.pk, page.figures.first_grant, page.day.past)
    share = time.share if time else None
    report = spending_report(page.figures, page.day.on, share, facts, page.findings)
    return render(request, "financing/spending.html", {**page.context("spending"), "report": report})
