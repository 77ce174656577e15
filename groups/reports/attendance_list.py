"""A paper list of attendance to sign at a meeting, with the meeting's facts."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Meeting
from groups.queries.meetings import attendees_of
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.dates import format_date

# Lines for those who are of no member company.
GUEST_LINES = 6


def attendance_list_pdf(meeting: Meeting, on: date) -> bytes:
    """Raises PdfError. The members are those of the meeting's day."""
    name = _("Osallistujaluettelo")
    group = meeting.group
    day = format_date(meeting.day) if meeting.day else f"{meeting.month}/{meeting.year}"
    return render_pdf(
        "documents/attendance_list.html",
        {
            "name": name,
            "meeting": meeting,
            "group": group,
            "project": group.project,
            "companies": [row.name for row in attendees_of(meeting) if row.is_member],
            "guests": range(GUEST_LINES),
        },
        title=f"{name}: {group.name}, {day}",
        author=group.project.short_name,
        subject=f"{name} {group.name}",
        head=Head(issuer=group.project.short_name, kind=name, about=group.name, day=day),
        created=on,
    )


ATTENDANCE_LIST = Document(
    name="attendance",
    address="meetings/<int:key>/attendance.pdf",
    rows=lambda: Meeting.objects.select_related("group__project", "host"),
    key_field="pk",
    pdf=attendance_list_pdf,
    file_name=lambda meeting: f"osallistujat-{meeting.year}-{meeting.month:02}-{meeting.pk}.pdf",
    page=lambda meeting: reverse("meeting", args=[meeting.pk]),
    unknown=gettext_lazy("Kokoontumista %(key)s ei ole."),
)
