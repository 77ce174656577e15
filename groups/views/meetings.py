"""One meeting of a group, with what its facilitator records of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.actions.meetings import (
    add_guest,
    cancel_meeting,
    change_meeting,
    plan_again,
    take_attendance,
    write_minutes,
)
from groups.choices import MeetingStatus
from groups.forms.meetings import (
    AttendanceForm,
    CancelForm,
    GuestForm,
    MeetingFactsForm,
    MinutesForm,
    PlanAgainForm,
)
from groups.models import Company, Experiment, Meeting
from groups.queries.meetings import Attendee, attendees_of, guests_of, visible_meetings
from groups.queries.rights import may_run
from groups.reports.meeting import meeting_page
from mikrogrow.database.writing import projects_of, write
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.seen import read_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of

FACTS, ATTENDANCE, GUEST, MINUTES, CANCEL, AGAIN = (
    "facts",
    "attendance",
    "guest",
    "minutes",
    "cancel",
    "again",
)
# A company's box in the list of attendance.
PRESENT = "present"

Forms = dict[str, Form | MeetingFactsForm]


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_meetings(request.user), pk=pk)
    runs = may_run(request.user, found.group)
    again = shown_again(request)
    typed = again.fields if again else request.POST if request.method == "POST" else None
    tried: Forms = {}
    if typed is not None:
        if not runs:
            raise PermissionDenied
        step = typed.get("step", "")
        if step not in STEPS:
            raise BadRequest
        tried = {step: _form(step, found, typed)}
        if again:
            messages.warning(request, again.sentence)
        elif tried[step].is_valid():
            try:
                done = STEPS[step](request, found, tried[step])
            except ValidationError as error:
                tried[step].add_error(None, error)
                found = get_object_or_404(visible_meetings(request.user), pk=pk)
                if step not in _steps_of(found):
                    # Its form is not on the page any more.
                    messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, done)
                return redirect(f"{reverse('meeting', args=[pk])}{shown_day(request).query}")
    return _shown(request, found, runs, tried, typed)


def _shown(
    request: HttpRequest, found: Meeting, runs: bool, tried: Forms, typed: QueryDict | None
) -> HttpResponse:
    page = page_of(found.group.project, shown_day(request))
    attendees = attendees_of(found)
    is_now = page.day.past is None
    steps = _steps_of(found) if runs and is_now else []
    forms = {step: tried.get(step) or _form(step, found) for step in steps}
    ticked = set(typed.getlist(PRESENT)) if typed is not None and ATTENDANCE in tried else None
    return render(
        request,
        "groups/meeting.html",
        {
            **page.context("groups"),
            "meeting": found,
            "report": meeting_page(found, attendees, guests_of(found), page.day.on),
            "boxes": [(row, _is_ticked(row, ticked)) for row in attendees],
            "forms": forms,
            # Who only looks sees companies, not people.
            "sees_people": runs,
            "experiments": list(found.experiments.select_related("company")),
            "seen": sign_seen(_seen(found, attendees), _salt(found)) if forms else "",
        },
    )


def _steps_of(found: Meeting) -> list[str]:
    """Those that the meeting's state leaves to be taken."""
    if found.status == MeetingStatus.CANCELLED:
        return [FACTS, AGAIN]
    return [FACTS, ATTENDANCE, *([GUEST, MINUTES] if found.status == MeetingStatus.HELD else [CANCEL])]


def _is_ticked(row: Attendee, ticked: set[str] | None) -> bool:
    return bool(row.is_present) if ticked is None else str(row.company.pk) in ticked


def _form(step: str, found: Meeting, typed: QueryDict | None = None) -> Form | MeetingFactsForm:
    if step == FACTS:
        return MeetingFactsForm(typed, instance=_copy(found), hosts=_hosts(found), auto_id="facts_%s")
    if step == MINUTES:
        initial = {
            "minutes": found.minutes,
            "agreed": found.agreed,
            "experiments": found.experiments.all(),
        }
        of_group = Experiment.objects.filter(group=found.group_id)
        return MinutesForm(typed, initial=initial, experiments=of_group, auto_id="minutes_%s")
    others: dict[str, tuple[type[Form], dict[str, Any]]] = {
        ATTENDANCE: (AttendanceForm, {"day": found.day or timezone.localdate()}),
        GUEST: (GuestForm, {}),
        CANCEL: (CancelForm, {"on": timezone.localdate()}),
        AGAIN: (PlanAgainForm, {"day": found.day}),
    }
    form, initial = others[step]
    return form(typed, initial=initial, auto_id=f"{step}_%s")


def _copy(found: Meeting) -> Meeting:
    # A form writes what was typed into its row; the page shows what is stored.
    return Meeting.objects.get(pk=found.pk)


def _hosts(found: Meeting) -> QuerySet[Company]:
    is_known = Q(memberships__group=found.group_id) | Q(hosted_meetings=found)
    return Company.objects.filter(is_known).distinct()


def _seen(found: Meeting, attendees: list[Attendee]) -> dict[str, Any]:
    """What the page showed: only what a person changed of it is written."""
    return {
        "facts": _shown_facts(found),
        "shown": [row.company.pk for row in attendees],
        "present": [row.company.pk for row in attendees if row.is_present],
    }


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _salt(found: Meeting) -> str:
    return f"meeting.{found.pk}"


def _change_facts(request: HttpRequest, found: Meeting, form: Any) -> str:
    seen = (read_seen(request, _salt(found)) or {}).get("facts", {})
    typed = {name: _as_text(_value_of(form, name)) for name in form.fields}
    changed = [name for name in form.fields if typed[name] != seen.get(name)]

    def save() -> None:
        now = _shown_facts(found)
        for name in changed:
            if now[name] not in {seen.get(name), typed[name]}:
                label = form.fields[name].label
                raise ValidationError(
                    _("%s on muuttunut sivun avaamisen jälkeen. Tarkista tiedot ja tallenna uudelleen.")
                    % label
                )
        facts = {name: form.cleaned_data[name] for name in changed}
        change_meeting(meeting=found, user=request.user, facts=facts)

    write(save, lambda: projects_of(found))
    return _("Kokoontumisen tiedot on tallennettu.")


def _shown_facts(found: Meeting) -> dict[str, str]:
    fresh = _form(FACTS, found)
    return {name: _as_text(fresh[name].value()) for name in fresh.fields}


def _value_of(form: Any, name: str) -> Any:
    # As a fresh form shows it.
    value = form.cleaned_data[name]
    return value.pk if isinstance(value, Company) else value


def _take_attendance(request: HttpRequest, found: Meeting, form: Form) -> str:
    seen = read_seen(request, _salt(found))
    if seen is None:
        raise ValidationError(_("Avaa sivu uudelleen ja merkitse läsnäolot."))
    take_attendance(
        meeting=found,
        user=request.user,
        on=timezone.localdate(),
        day=form.cleaned_data["day"],
        shown=seen["shown"],
        shown_present=seen["present"],
        present={int(key) for key in request.POST.getlist(PRESENT) if is_key(key)},
    )
    present = sum(bool(row.is_present) for row in attendees_of(found))
    return (
        ngettext(
            "Läsnäolot on tallennettu: %d yritys paikalla.",
            "Läsnäolot on tallennettu: %d yritystä paikalla.",
            present,
        )
        % present
    )


def _add_guest(request: HttpRequest, found: Meeting, form: Form) -> str:
    add_guest(meeting=found, user=request.user, **form.cleaned_data)
    return _("Vierailija on lisätty.")


def _write_minutes(request: HttpRequest, found: Meeting, form: Form) -> str:
    write_minutes(meeting=found, user=request.user, **form.cleaned_data)
    return _("Muistio on tallennettu.")


def _cancel(request: HttpRequest, found: Meeting, form: Form) -> str:
    cancel_meeting(meeting=found, user=request.user, **form.cleaned_data)
    return _("Kokoontuminen on peruttu.")


def _plan_again(request: HttpRequest, found: Meeting, form: Form) -> str:
    plan_again(meeting=found, user=request.user, **form.cleaned_data)
    return _("Kokoontuminen on suunniteltu uudelleen.")


STEPS: dict[str, Callable[[HttpRequest, Meeting, Any], str]] = {
    FACTS: _change_facts,
    ATTENDANCE: _take_attendance,
    GUEST: _add_guest,
    MINUTES: _write_minutes,
    CANCEL: _cancel,
    AGAIN: _plan_again,
}
