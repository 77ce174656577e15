"""One meeting of a group, with what its facilitator records of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
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
    change_guest,
    change_meeting,
    choose_served,
    forget_guest,
    plan_again,
    take_attendance,
    write_minutes,
)
from groups.actions.rows import expect_to_run
from groups.choices import MeetingStatus
from groups.forms.meetings import (
    PRESENT,
    AttendanceForm,
    CancelForm,
    GuestForm,
    GuestRemovalForm,
    MeetingFactsForm,
    MeetingServesForm,
    MinutesForm,
    PlanAgainForm,
)
from groups.models import Guest, Meeting
from groups.queries.groups import BY_START
from groups.queries.meetings import Attendee, attendees_of, guests_of, visible_meetings
from groups.queries.results import in_order
from groups.queries.rights import may_run
from groups.reports.meeting import meeting_page, moved_words
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import (
    ShownForm,
    Step,
    of_stored,
    row_of,
    show_or_save,
    shown_form,
    step_named,
    typed_again,
)
from mikrogrow.web.seen import read_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of

ATTENDANCE = "attendance"
Forms = dict[str, ShownForm | Form]

STEPS = {
    "facts": Step(MeetingFactsForm, change_meeting, gettext_lazy("Kokoontumisen tiedot on tallennettu.")),
    "guest": Step(GuestForm, add_guest, gettext_lazy("Vierailija on lisätty."), rows="guests"),
    "guest_change": of_stored(
        GuestForm, change_guest, gettext_lazy("Vierailijan tiedot on korjattu."), "guests"
    ),
    "guest_removal": of_stored(
        GuestRemovalForm,
        forget_guest,
        gettext_lazy("Vierailijan tiedot on poistettu."),
        "guests",
        removes=True,
    ),
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
    if name != ATTENDANCE:
        step_named(STEPS, name)
    expect_to_run(request.user, found.group)
    record = _take_attendance if name == ATTENDANCE else partial(_save, name)
    typed = record(request, again, found)
    if isinstance(typed, str):
        messages.success(request, typed)
        if words := moved_words(found, Meeting.objects.get(pk=pk)):
            messages.warning(request, words)
        return redirect(f"{reverse('meeting', args=[pk])}{shown_day(request).query}")
    return _shown(request, get_object_or_404(visible_meetings(request.user), pk=pk), name, typed)


def _save(
    name: str, request: HttpRequest, again: TypedForm | None, found: Meeting
) -> str | RowForm | AttendanceForm:
    """What was done, or the form that says why nothing was."""
    step = step_named(STEPS, name)
    row = row_of(step, found, name)

    def make(data: Any) -> RowForm:
        return _form(visible_meetings(request.user).get(pk=found.pk), name, data)

    def act(values: dict[str, Any]) -> str:
        of: dict[str, Any] = {"row": row} if step.is_of_stored else {"meeting": found}
        step.act(**of, user=request.user, on=timezone.localdate(), **values)
        return reverse("meeting", args=[found.pk])

    form = show_or_save(request, again, name, found, make, act)
    return str(step.done) if isinstance(form, str) else form


def _form(found: Meeting, name: str, data: Any = None, row: Model | None = None) -> RowForm:
    today, step = timezone.localdate(), step_named(STEPS, name)
    row = row or row_of(step, found, name)
    initial = {"cancelled_on": today} if name == "cancel" and found.cancelled_on is None else {}
    return step.form(data, instance=row, initial=initial, name=name)


def _take_attendance(
    request: HttpRequest, again: TypedForm | None, found: Meeting
) -> str | RowForm | AttendanceForm:
    form, seen = AttendanceForm(request.POST, meeting=found), read_seen(request, _salt(found))
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
        "Läsnäolot on tallennettu: %d yritys läsnä.",
        "Läsnäolot on tallennettu: %d yritystä läsnä.",
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
    guests = guests_of(found)
    rows: dict[str, Model | None] = {
        **dict.fromkeys(steps),
        **(_of_guests(guests) if "guest" in steps else {}),
    }
    if typed is not None and sent not in rows:
        # Its form is not on the page any more.
        messages.error(request, " ".join(map(str, typed.non_field_errors())))
    forms = _forms(request, found, rows, sent, typed)
    return render(
        request,
        "groups/meeting.html",
        {
            **page.context("groups"),
            "meeting": found,
            "report": meeting_page(found, attendees, guests, page.day.on),
            "forms": forms,
            "guests": [(guest, _of_guest(forms, guest)) for guest in guests],
            "boxes": _boxes(attendees, request.POST if sent == ATTENDANCE else None),
            # Who only looks sees companies, not people.
            "sees_people": runs,
            "experiments": list(found.experiments.order_by(*BY_START).only("title")),
            "serves": in_order(found.serves.order_by()),
            "seen": sign_seen(_seen(attendees), _salt(found)) if ATTENDANCE in steps else "",
        },
    )


def _of_guests(guests: Sequence[Guest]) -> dict[str, Model]:
    return {f"{kind}-{guest.pk}": guest for guest in guests for kind in ("guest_change", "guest_removal")}


def _of_guest(forms: Forms, guest: Guest) -> ShownForm | None:
    """None if it is not to be changed."""
    change, removal = (forms.get(f"{kind}-{guest.pk}") for kind in ("guest_change", "guest_removal"))
    if not isinstance(change, ShownForm) or not isinstance(removal, ShownForm):
        return None
    return replace(change, removal=removal)


def _forms(
    request: HttpRequest,
    found: Meeting,
    rows: Mapping[str, Model | None],
    sent: str,
    typed: RowForm | AttendanceForm | None,
) -> Forms:
    """Of each name, whose row is the meeting itself or a new one where none is given."""
    forms: Forms = {}
    for name, row in rows.items():
        again: Any = typed if name == sent else None
        if name == ATTENDANCE:
            forms[name] = again or AttendanceForm(meeting=found)
        else:
            forms[name] = shown_form(request, name, again or _form(found, name, row=row))
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
        (row, bool(row.is_present) if ticked is None else str(row.company_id) in ticked) for row in attendees
    ]


def _seen(attendees: list[Attendee]) -> dict[str, list[int]]:
    return {
        "shown": [row.company_id for row in attendees],
        "present": [row.company_id for row in attendees if row.is_present],
    }


def _salt(found: Meeting) -> str:
    return f"attendance.{found.pk}"
