"""One experiment: what was tried, what came of it and what it led to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.queries.experiments import visible_experiments
from groups.queries.groups import experiments_of
from groups.queries.rights import may_run
from groups.reports.experiment import experiment_report
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_experiments(request.user), pk=pk)
    page = page_of(found.group.project, shown_day(request))
    return render(
        request,
        "groups/experiment.html",
        {
            **page.context("groups"),
            "experiment": found,
            "report": experiment_report(found, experiments_of(page.project.pk), page.day.on),
            "may_run": may_run(request.user, found.group),
        },
    )
