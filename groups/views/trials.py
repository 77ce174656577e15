"""The list of a project's experiments."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.choices import ExperimentStep
from groups.forms.experiments import ExperimentFilter
from groups.models import CompanyGroup
from groups.queries.groups import experiment_facts_of, experiments_by_facts
from groups.reports.experiments import experiments_report
from groups.reports.groups import experiment_lines
from projects.pages.project_page import project_page

ROWS_ON_A_PAGE = 50


def experiments(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    form = ExperimentFilter(request.GET, CompanyGroup.objects.filter(project=page.project))
    every = experiment_facts_of(page.project.pk)
    report = experiments_report(every, form.wanted, page.day.on, page.day.past)
    rows = Paginator(report.found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    filters = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "groups/experiments.html",
        {
            **page.context("groups"),
            "form": form,
            "is_filtered": form.wanted.is_filtered,
            "report": report,
            "steps": list(ExperimentStep),
            "rows": rows,
            "lines": experiment_lines(experiments_by_facts(list(rows)), every, page.day.on),
            "filters": urlencode(filters),
        },
    )
