"""One meeting of a group, with what its facilitator records of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.actions.meetings import (
    add_guest,
    cancel_meeting,
    change_meeting,
    choose_served,
    plan_again,
    take_attendance,
    write_minutes,
)
from groups.actions.rows import expect_to_run
from groups.choices import MeetingStatus
from groups.forms.meetings import (
    AttendanceForm,
    CancelForm,
    GuestForm,
    MeetingFactsForm,
    MeetingServesForm,
    MinutesForm,
    PlanAgainForm,
)
from groups.forms.rows import RowForm
from groups.models import Guest, Meeting
from groups.queries.meetings import Attendee, attendees_of, guests_of, visible_meetings
from groups.queries.results import in_order
from groups.queries.rights import may_run
from groups.reports.meeting import meeting_page
from groups.views.saving import ShownForm, Step, show_or_save, shown_form, typed_again
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.seen import read_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of

ATTENDANCE = "attendance"
# A company's box in the list of attendance.
PRESENT = "present"


STEPS = {
    "facts": Step(MeetingFactsForm, change_meeting, gettext_lazy("Kokoontumisen tiedot on tallennettu.")),
    "guest": Step(GuestForm, add_guest, gettext_lazy("Vierailija on lisätty.")),
    "serves": Step(MeetingServesForm, choose_served, gettext_lazy("Valinnat on tallennettu.")),
    "minutes": Step(MinutesForm, write_minutes, gettext_lazy("Muistio on tallennettu.")),
    "cancel": Step(CancelForm, cancel_meeting, gettext_lazy("Kokoontuminen on peruttu.")),
    "again": Step(PlanAgainForm, plan_again, gettext_lazy("Kokoontuminen on suunniteltu uudelleen.")),
}


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_meetings(request.user), pk=pk)
    again = typed_again(request)
    if not again and request.method != "POST":
        return _shown(request, found)
    name = request.POST.get("step", "")
    if name != ATTENDANCE and name not in STEPS:
        raise BadRequest
    expect_to_run(request.user, found.group)
    record = _take_attendance if name == ATTENDANCE else partial(_save, name)
    typed = record(request, again, found)
    if isinstance(typed, str):
        messages.success(request, typed)
        return redirect(f"{reverse('meeting', args=[pk])}{shown_day(request).query}")
    return _shown(request, get_object_or_404(visible_meetings(request.user), pk=pk), name, typed)


def _save(
    name: str, request: HttpRequest, again: TypedForm | None, found: Meeting
) -> str | RowForm | AttendanceForm:
    """What was done, or the form that says why nothing was."""

    def make(data: Any) -> RowForm:
        return _form(visible_meetings(request.user).get(pk=found.pk), name, data)

    def act(values: dict[str, Any]) -> str:
        STEPS[name].act(meeting=found, user=request.user, on=timezone.localdate(), **values)
        return reverse("meeting", args=[found.pk])

    form = show_or_save(request, again, name, found, make, act)
    return str(STEPS[name].done) if isinstance(form, str) else form


def _form(found: Meeting, name: str, data: Any = None) -> RowForm:
    today = timezone.localdate()
    row = Guest(meeting=found) if name == "guest" else found
    initial = {"cancelled_on": today} if name == "cancel" and found.cancelled_on is None else {}
    return STEPS[name].form(data, instance=row, initial=initial, name=name)


def _take_attendance(
    request: HttpRequest, again: TypedForm | None, found: Meeting
) -> str | RowForm | AttendanceForm:
    form, seen = AttendanceForm(request.POST, auto_id="attendance_%s"), read_seen(request, _salt(found))
    if again is not None:
        messages.warning(request, again.sentence)
        return form
    if not form.is_valid():
        return form
    try:
        if seen is None:
            raise ValidationError(_("Lomake oli vanhentunut. Tarkista tiedot ja tallenna uudelleen."))
        take_attendance(
            meeting=found,
            user=request.user,
            on=timezone.localdate(),
            day=form.cleaned_data["day"],
            shown=seen["shown"],
            shown_present=seen["present"],
            present={int(key) for key in request.POST.getlist(PRESENT) if is_key(key)},
        )
    except ValidationError as error:
        form.add_error(None, error)
        return form
    present = sum(bool(row.is_present) for row in attendees_of(found))
    words = ngettext(
        "Läsnäolot on tallennettu: %d yritys paikalla.",
        "Läsnäolot on tallennettu: %d yritystä paikalla.",
        present,
    )
    return words % present


def _shown(
    request: HttpRequest, found: Meeting, sent: str = "", typed: RowForm | AttendanceForm | None = None
) -> HttpResponse:
    page = page_of(found.group.project, shown_day(request))
    attendees, runs = attendees_of(found), may_run(request.user, found.group)
    # What is recorded is recorded of today.
    steps = _steps_of(found) if runs and (page.day.past is None or sent) else []
    if typed is not None and sent not in steps:
        # Its form is not on the page any more.
        messages.error(request, " ".join(map(str, typed.non_field_errors())))
    return render(
        request,
        "groups/meeting.html",
        {
            **page.context("groups"),
            "meeting": found,
            "report": meeting_page(found, attendees, guests_of(found), page.day.on),
            "forms": _forms(request, found, steps, sent, typed),
            "boxes": _boxes(attendees, request.POST if sent == ATTENDANCE else None),
            # Who only looks sees companies, not people.
            "sees_people": runs,
            "experiments": list(found.experiments.select_related("company")),
            "serves": in_order(found.serves.all()),
            "seen": sign_seen(_seen(attendees), _salt(found)) if ATTENDANCE in steps else "",
        },
    )


def _forms(
    request: HttpRequest, found: Meeting, steps: list[str], sent: str, typed: RowForm | AttendanceForm | None
) -> dict[str, ShownForm | Form]:
    forms: dict[str, ShownForm | Form] = {}
    for name in steps:
        again: Any = typed if name == sent else None
        if name == ATTENDANCE:
            day = {"day": found.day or timezone.localdate()}
            forms[name] = again or AttendanceForm(initial=day, auto_id="attendance_%s")
        else:
            forms[name] = shown_form(request, name, again or _form(found, name))
    return forms


def _steps_of(found: Meeting) -> list[str]:
    """Those that the meeting's state leaves to be taken."""
    if found.status == MeetingStatus.CANCELLED:
        return ["facts", "again"]
    return [
        "facts",
        "serves",
        ATTENDANCE,
        *(["guest", "minutes"] if found.status == MeetingStatus.HELD else ["cancel"]),
    ]


def _boxes(attendees: list[Attendee], typed: QueryDict | None) -> list[tuple[Attendee, bool]]:
    ticked = None if typed is None else set(typed.getlist(PRESENT))
    return [
        (row, bool(row.is_present) if ticked is None else str(row.company.pk) in ticked) for row in attendees
    ]


def _seen(attendees: list[Attendee]) -> dict[str, list[int]]:
    return {
        "shown": [row.company.pk for row in attendees],
        "present": [row.company.pk for row in attendees if row.is_present],
    }


def _salt(found: Meeting) -> str:
    return f"attendance.{found.pk}"
