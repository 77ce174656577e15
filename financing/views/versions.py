"""All versions of a project's budgets, and two of them side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financing.queries.versions import version_summaries, versions_to_compare
from financing.reports.versions import budgets, choose, comparison_report
from financing.rules.comparison import compare_plans
from projects.pages.project_page import project_page


def versions(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    found = budgets(version_summaries(page.project, page.day.past))
    return render(request, "financing/versions.html", {**page.context("financing"), "budgets": found})


def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    found = budgets(version_summaries(page.project, page.day.past))
    choice = choose(found, request.GET.get("old", "").strip(), request.GET.get("new", "").strip())
    report = None
    if choice.old is not None and choice.new is not None:
        plans = versions_to_compare([choice.old.plan_id, choice.new.plan_id])
        report = comparison_report(compare_plans(plans[choice.old.plan_id], plans[choice.new.plan_id]))
    return render(
        request,
        "financing/comparison.html",
        {**page.context("financing"), "budgets": found, "choice": choice, "report": report},
    )
