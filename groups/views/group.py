"""One group: its companies, its meetings and its experiments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.models import Meeting
from groups.queries.groups import group_alone, newest_of_group
from groups.queries.members import facts_of, memberships_in, presence_in_memberships
from groups.queries.rights import may_run, visible_groups
from groups.reports.group import group_report
from groups.reports.groups import NEWEST, experiment_lines, groups_report
from groups.reports.meeting import meeting_facts
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


def group(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_groups(request.user), pk=pk)
    page = page_of(found.project, shown_day(request))
    project, on = page.project, page.day.on
    memberships = memberships_in(found)
    meetings = list(
        Meeting.objects.filter(group=found)
        .select_related("host")
        .only("year", "month", "day", "status", "cancelled_on", "theme", "host__name")
        .order_by("pk")
    )
    read = group_alone(
        found, [facts_of(row) for row in memberships], [meeting_facts(row) for row in meetings], on
    )
    alone = groups_report(read, project.starts_on, project.ends_on, project.target_companies, on)
    experiments = newest_of_group(found.pk, page.day.past, NEWEST)
    return render(
        request,
        "groups/group.html",
        {
            **page.context("groups"),
            "group": found,
            "report": group_report(
                alone.rows[0],
                memberships,
                presence_in_memberships(found, on),
                {meeting.pk: meeting for meeting in meetings},
                read.present,
                on,
                is_today=page.day.past is None,
            ),
            "newest": experiment_lines(experiments.rows, experiments.facts, on),
            "experiments": experiments.number,
            "may_run": may_run(request.user, found),
        },
    )
