"""One group: its companies, its meetings and its experiments."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.models import Meeting
from groups.queries.groups import experiment_facts_of, experiments_by_facts, groups_of_project
from groups.queries.members import memberships_in, presence_in_memberships
from groups.queries.rights import may_run, visible_groups
from groups.reports.group import group_report
from groups.reports.groups import experiment_lines, groups_report
from groups.rules.experiments import known_by
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


def group(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_groups(request.user), pk=pk)
    page = page_of(found.project, shown_day(request))
    project, on = page.project, page.day.on
    read = groups_of_project(project.pk, on, with_experiments=False)
    read = replace(read, groups=[each for each in read.groups if each.pk == pk])
    alone = groups_report(read, project.starts_on, project.ends_on, project.target_companies, on)
    experiments = experiment_facts_of(project.pk)
    own = [facts for facts in experiments if facts.group_id == pk and known_by(facts, page.day.past)]
    return render(
        request,
        "groups/group.html",
        {
            **page.context("groups"),
            "group": found,
            "report": group_report(
                alone.rows[0],
                memberships_in(found),
                presence_in_memberships(found, on),
                {
                    meeting.pk: meeting
                    for meeting in Meeting.objects.filter(group=found).select_related("host")
                },
                read.present,
                on,
                is_today=page.day.past is None,
            ),
            "experiments": experiment_lines(experiments_by_facts(own), experiments, on),
            "may_run": may_run(request.user, found),
        },
    )
