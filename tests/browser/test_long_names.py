"""Names as long as their fields hold, without a space, widen no page of groups."""

import pytest
from django.contrib.auth.models import User

from groups.choices import MeetingStatus
from groups.models import Attendance, CompanyGroup, Experiment, Guest, Meeting
from mikrogrow.fields import LONGEST_TEXT
from tests.browser.pages import STICKING_OUT

pytestmark = pytest.mark.looks

WIDTHS = (1280, 640, 360, 320)


def longest(row, *names):
    """Fills the named columns of text with as much as they hold, in one word."""
    for name in names:
        most = min(row._meta.get_field(name).max_length or LONGEST_TEXT, 300)
        setattr(row, name, f"{row.pk}".ljust(most - 1, "x"))
    row.save()


def test_a_name_without_spaces_widens_no_page(logged_in):
    facilitator = User.objects.get(username="vetaja")
    group = CompanyGroup.objects.filter(facilitator=facilitator).order_by("pk").first()
    held = Meeting.objects.filter(group=group, status=MeetingStatus.HELD).order_by("pk").first()
    planned = Meeting.objects.filter(group=group, status=MeetingStatus.PLANNED).order_by("pk").first()
    attended = Attendance.objects.filter(meeting=held).order_by("pk").first()
    experiment = Experiment.objects.filter(group=group).order_by("pk").first()
    guest = Guest.objects.create(meeting=held, name="Ville Vieras", organisation="Opisto")
    longest(group, "name")
    longest(attended.company, "name", "industry")
    longest(experiment, "title", "idea")
    longest(guest, "name", "organisation")
    for meeting in filter(None, (held, planned)):
        meeting.host = attended.company
        longest(meeting, "place", "theme", "host_trial", "programme")
    longest(held, "minutes", "agreed")
    membership = group.memberships.filter(company=attended.company).first()
    experiment.company = attended.company
    experiment.save()
    pages = [
        f"/projects/{group.project.slug}/groups/",
        f"/projects/{group.project.slug}/groups/plan/",
        f"/projects/{group.project.slug}/groups/calendars/",
        f"/projects/{group.project.slug}/groups/experiments/",
        f"/groups/{group.pk}/",
        f"/groups/{group.pk}/report/",
        f"/groups/{group.pk}/companies/add/",
        f"/groups/{group.pk}/experiments/add/",
        *(f"/meetings/{meeting.pk}/" for meeting in (held, planned) if meeting),
        f"/companies/{membership.company_id}/",
        f"/companies/{membership.company_id}/edit/",
        f"/experiments/{experiment.pk}/",
    ]
    page = logged_in("vetaja")
    found = []
    for address in pages:
        page.goto(address)
        # What is folded away is as wide as what is not.
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if wide := page.evaluate(STICKING_OUT):
                found.append(f"{address} at {width} px: {wide}")

    assert found == []
