"""The company groups of a project."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.queries.groups import experiment_facts_of, experiments_by_facts, groups_of_project
from groups.queries.indicators import indicators_of
from groups.queries.results import served_points
from groups.queries.rights import may_run
from groups.reports.groups import NEWEST, experiment_lines, groups_report
from groups.reports.indicators import company_change, indicator_lines
from groups.rules.experiments import counts_by_step, newest_first
from groups.rules.measured import Counted
from groups.rules.members import ever_on
from projects.pages.project_page import project_page


def groups(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    project, day = page.project, page.day
    read = groups_of_project(project.pk, day.on, with_experiments=False)
    report = groups_report(read, project.starts_on, project.ends_on, project.target_companies, day.on)
    experiments = experiment_facts_of(project.pk)
    newest = newest_first(experiments, day.past)
    targets = [row.group.target_companies for row in report.rows]
    return render(
        request,
        "groups/groups.html",
        {
            **page.context("groups"),
            "report": report,
            "indicators": indicator_lines(
                indicators_of(project.pk),
                [row.group.pk for row in report.rows],
                project.starts_on,
                project.ends_on,
                day.on,
                Counted(read.memberships, read.meetings, experiments),
            ),
            "change": company_change(ever_on(read.memberships, day.on), day.on),
            "points": served_points(project.pk, day.on),
            "newest": experiment_lines(experiments_by_facts(newest[:NEWEST]), experiments, day.on),
            "experiments": len(newest),
            "steps": counts_by_step(experiments, day.on).items(),
            "may_plan": any(may_run(request.user, row.group) for row in report.rows),
            "total": None if None in targets else sum(targets),
            "sum": next((finding for finding in page.findings if finding.code == "R16"), None),
        },
    )
