"""One meeting of a group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.queries.meetings import attendees_of, guests_of, visible_meetings
from groups.queries.rights import may_run
from groups.reports.meeting import meeting_page
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_meetings(request.user), pk=pk)
    page = page_of(found.group.project, shown_day(request))
    runs = may_run(request.user, found.group)
    return render(
        request,
        "groups/meeting.html",
        {
            **page.context("groups"),
            "meeting": found,
            "report": meeting_page(found, attendees_of(found), guests_of(found), page.day.on),
            "may_run": runs,
            # Who only looks sees companies, not people.
            "sees_people": runs,
            "experiments": list(found.experiments.select_related("company")),
        },
    )
