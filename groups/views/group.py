"""One group: its companies, its meetings and its experiments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.models import Meeting
from groups.queries.groups import groups_of_project
from groups.queries.members import members_of_group
from groups.queries.rights import may_run, visible_groups
from groups.reports.group import group_report
from groups.reports.groups import groups_report
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


def group(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_groups(request.user), pk=pk)
    page = page_of(found.project, shown_day(request))
    project, on = page.project, page.day.on
    read = groups_of_project(project.pk, on)
    whole = groups_report(read, project.starts_on, project.ends_on, project.target_companies, on)
    return render(
        request,
        "groups/group.html",
        {
            **page.context("groups"),
            "group": found,
            "report": group_report(
                next(row for row in whole.rows if row.group.pk == pk),
                members_of_group(found, on),
                {
                    meeting.pk: meeting
                    for meeting in Meeting.objects.filter(group=found).select_related("host")
                },
                read.present,
                on,
            ),
            "experiments": [line for line in whole.experiments if line.row.experiment.group_id == pk],
            "may_run": may_run(request.user, found),
        },
    )
