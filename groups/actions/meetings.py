"""Plans a group's meetings, moves, cancels and holds them, and records who was there.

Each raises PermissionDenied, or ValidationError with the sentences beside their fields.
"""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groups.actions.rows import expect_to_run, refuse_later, set_served
from groups.choices import MeetingStatus
from groups.models import Attendance, CompanyGroup, Experiment, Guest, Meeting
from groups.rules.months import Month
from groups.rules.planning import day_of_month
from mikrogrow.database.transitions import log_action, record
from mikrogrow.database.typed_rows import add_row, change_row
from mikrogrow.database.writing import locked, writes
from mikrogrow.history import with_author
from mikrogrow.values.typed_text import name_key
from projects.models import ProjectPoint

AT = {"meeting_end_has_beginning": "begins_at"}


@writes("project")
def plan_meetings(
    *,
    project: Any,
    user: Any,
    groups: Sequence[CompanyGroup],
    months: Sequence[Month],
    week: int,
    weekday: int,
    begins_at: time | None = None,
    ends_at: time | None = None,
) -> int:
    """One for each month of each group that has none yet; how many were added."""
    for group in groups:
        expect_to_run(user, group)
    planned = set(Meeting.objects.filter(group__in=groups).values_list("group", "year", "month"))
    missing = [
        (group, month)
        for group in groups
        for month in months
        if (group.pk, month.year, month.number) not in planned
    ]
    for group, month in missing:
        meeting = Meeting(
            group=group,
            year=month.year,
            month=month.number,
            day=day_of_month(month, week, weekday),
            begins_at=begins_at,
            ends_at=ends_at,
        )
        with_author(meeting, user, _("Suunniteltu kerralla.")).save()
    return len(missing)


@writes("meeting")
def change_meeting(*, meeting: Meeting, user: Any, on: date, **facts: Any) -> Meeting:
    """The day, times, place, host and programme."""
    return change_row(_locked(meeting, user), user, _("Tiedot muutettu."), AT, **facts)


@writes("meeting")
def cancel_meeting(
    *, meeting: Meeting, user: Any, on: date, cancelled_on: date | None, cancel_reason: str
) -> Meeting:
    found = _locked(meeting, user)
    if found.status == MeetingStatus.HELD:
        raise ValidationError(_("Kokoontuminen on pidetty, joten sitä ei voi perua."))
    refuse_later(on, cancelled_on=cancelled_on)
    if not cancel_reason.strip():
        raise ValidationError({"cancel_reason": _("Kirjoita, miksi kokoontuminen perutaan.")})
    return change_row(
        found,
        user,
        _("Peruttu. %s") % cancel_reason.strip(),
        {"meeting_cancelled_has_reason": "cancelled_on"},
        status=MeetingStatus.CANCELLED,
        cancelled_on=cancelled_on,
        cancel_reason=cancel_reason.strip(),
    )


@writes("meeting")
def plan_again(*, meeting: Meeting, user: Any, on: date, day: date | None) -> Meeting:
    """A cancelled meeting is to be after all."""
    found = _locked(meeting, user)
    if found.status != MeetingStatus.CANCELLED:
        return found
    planned = {"status": MeetingStatus.PLANNED, "day": day, "cancelled_on": None, "cancel_reason": ""}
    return change_row(found, user, _("Suunniteltu uudelleen."), AT, **planned)


@writes("meeting")
def take_attendance(
    *,
    meeting: Meeting,
    user: Any,
    on: date,
    day: date,
    shown: Collection[int],
    shown_present: Collection[int],
    present: Collection[int],
) -> Meeting:
    """Records who was there, by the keys of companies, and with it that the meeting was held on the day.

    Of what the page showed only what the person changed is written over: two who take the attendance of one
    meeting at once lose nothing of each other.
    """
    found = _locked(meeting, user)
    if found.status == MeetingStatus.CANCELLED:
        raise ValidationError(_("Kokoontuminen on peruttu. Suunnittele se uudelleen, jos se pidettiin."))
    if day > on:
        raise ValidationError(
            _("Läsnäolot kirjataan, kun kokoontuminen on pidetty. Anna päivä, joka on jo ollut.")
        )
    if (found.status, found.day) != (MeetingStatus.HELD, day):
        record(found, user, _("Pidetty."), status=MeetingStatus.HELD, day=day)
    stored = {row.company_id: row for row in Attendance.objects.filter(meeting=found)}
    for company in shown:
        is_present = company in present
        row = stored.get(company)
        if row is None:
            row = Attendance(meeting=found, company_id=company, is_present=is_present)
        # An empty box that was empty says nothing of what somebody else has ticked meanwhile.
        elif row.is_present == is_present or (not is_present and company not in shown_present):
            continue
        row.is_present = is_present
        with_author(row, user, _("Läsnäolot kirjattu.")).save()
    log_action(found, user, _("Läsnäolot kirjattu."))
    return found


@writes("meeting")
def add_guest(*, meeting: Meeting, user: Any, on: date, name: str, organisation: str) -> Guest:
    guest = Guest(meeting=_locked(meeting, user), name=name.strip(), organisation=organisation.strip())
    _refuse_same_guest(guest)
    return add_row(guest, user, _("Vierailija lisätty."))


@writes("meeting")
def write_minutes(
    *, meeting: Meeting, user: Any, on: date, minutes: str, agreed: str, experiments: Sequence[Experiment]
) -> Meeting:
    """What was said, what was agreed and which experiments were dealt with."""
    found = _locked(meeting, user)
    if found.status != MeetingStatus.HELD:
        raise ValidationError(_("Muistio kirjataan, kun kokoontuminen on pidetty. Kirjaa ensin läsnäolot."))
    change_row(found, user, _("Muistio kirjattu."), AT, minutes=minutes, agreed=agreed)
    with_author(found, user, _("Käsitellyt kokeilut kirjattu.")).experiments.set(experiments)
    return found


@writes("meeting")
def choose_served(*, meeting: Meeting, user: Any, on: date, serves: Collection[ProjectPoint]) -> Meeting:
    found = _locked(meeting, user)
    set_served(found, user, serves)
    return found


@writes("row")
def change_guest(*, row: Guest, user: Any, on: date, name: str, organisation: str) -> Guest:
    _locked(row.meeting, user)
    guest = locked(Guest.objects.filter(pk=row.pk)).get()
    told: dict[str, Any] = {"name": name.strip(), "organisation": organisation.strip()}
    _refuse_same_guest(Guest(pk=guest.pk, meeting=guest.meeting, **told))
    return change_row(guest, user, _("Vierailijan tiedot korjattu."), **told)


@writes("row")
def forget_guest(*, row: Guest, user: Any, on: date | None = None) -> None:
    """The number of guests stays, and nothing of who it was."""
    _locked(row.meeting, user)
    guest = locked(Guest.objects.filter(pk=row.pk)).first()
    if guest is not None:
        nobody: dict[str, Any] = {"name": _("Poistettu vierailija"), "organisation": ""}
        change_row(guest, user, _("Vierailijan tiedot poistettu."), **nobody)


def _refuse_same_guest(guest: Guest) -> None:
    others = Guest.objects.filter(meeting=guest.meeting).exclude(pk=guest.pk)
    if _guest_key(guest) in map(_guest_key, others):
        sentence = _("Luettiin ”%s”. Sama vierailija on jo kirjattu tähän kokoontumiseen.")
        raise ValidationError({"name": sentence % guest.name})


def _guest_key(guest: Guest) -> tuple[str, str]:
    return name_key(guest.name), name_key(guest.organisation)


def _locked(meeting: Meeting, user: Any) -> Meeting:
    found = locked(Meeting.objects.filter(pk=meeting.pk)).select_related("group").get()
    expect_to_run(user, found.group)
    return found
