"""Plans a group's meetings, moves, cancels and holds them, and records who was there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from groups.choices import MeetingStatus
from groups.models import Attendance, CompanyGroup, Guest, Meeting
from groups.queries.rights import may_run
from groups.rules.months import Month
from groups.rules.planning import day_of_month
from mikrogrow.database.transitions import log_action, record
from mikrogrow.database.writing import locked, writes
from mikrogrow.history import with_author


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
    """One for each month of each group that has none yet; how many were added. Raises PermissionDenied."""
    if not all(may_run(user, group) for group in groups):
        raise PermissionDenied
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
def change_meeting(*, meeting: Meeting, user: Any, facts: Mapping[str, Any]) -> Meeting:
    """The day, times, place, host and programme. Raises PermissionDenied."""
    found = _to_run(meeting, user)
    if any(getattr(found, name) != value for name, value in facts.items()):
        _checked(found, facts)
        record(found, user, _("Tiedot muutettu."), **facts)
    return found


@writes("meeting")
def cancel_meeting(*, meeting: Meeting, user: Any, on: date, reason: str) -> Meeting:
    """Raises PermissionDenied, or ValidationError if the meeting was held."""
    found = _to_run(meeting, user)
    if found.status == MeetingStatus.HELD:
        raise ValidationError(_("Kokoontuminen on pidetty, joten sitä ei voi perua."))
    if found.status == MeetingStatus.CANCELLED:
        return found
    return record(
        found,
        user,
        _("Peruttu. %s") % reason.strip(),
        status=MeetingStatus.CANCELLED,
        cancelled_on=on,
        cancel_reason=reason.strip(),
    )


@writes("meeting")
def plan_again(*, meeting: Meeting, user: Any, day: date) -> Meeting:
    """A cancelled meeting is to be after all. Raises PermissionDenied."""
    found = _to_run(meeting, user)
    if found.status != MeetingStatus.CANCELLED:
        return found
    return record(
        found,
        user,
        _("Suunniteltu uudelleen."),
        status=MeetingStatus.PLANNED,
        day=day,
        cancelled_on=None,
        cancel_reason="",
    )


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
    meeting at once lose nothing of each other. Raises PermissionDenied, or ValidationError if the meeting was
    cancelled or its day is to come.
    """
    found = _to_run(meeting, user)
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
def add_guest(*, meeting: Meeting, user: Any, name: str, organisation: str) -> Meeting:
    """Somebody who stands in the list already is not added again. Raises PermissionDenied."""
    found = _to_run(meeting, user)
    named = {"name": name.strip(), "organisation": organisation.strip()}
    if not Guest.objects.filter(meeting=found, **named).exists():
        with_author(Guest(meeting=found, **named), user, _("Vierailija lisätty.")).save()
    return found


@writes("meeting")
def write_minutes(
    *, meeting: Meeting, user: Any, minutes: str, agreed: str, experiments: Sequence[Any]
) -> Meeting:
    """What was said, what was agreed and which experiments were dealt with. Raises PermissionDenied."""
    found = _to_run(meeting, user)
    if found.status != MeetingStatus.HELD:
        raise ValidationError(_("Muistio kirjataan, kun kokoontuminen on pidetty. Kirjaa ensin läsnäolot."))
    if (found.minutes, found.agreed) != (minutes, agreed):
        record(found, user, _("Muistio kirjattu."), minutes=minutes, agreed=agreed)
    with_author(found, user, _("Käsitellyt kokeilut kirjattu."))
    found.experiments.set(experiments)
    return found


def _to_run(meeting: Meeting, user: Any) -> Meeting:
    found = locked(Meeting.objects.filter(pk=meeting.pk)).select_related("group").get()
    if not may_run(user, found.group):
        raise PermissionDenied
    return found


def _checked(meeting: Meeting, facts: Mapping[str, Any]) -> None:
    """Raises ValidationError as the form of the whole row would."""
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.full_clean()
