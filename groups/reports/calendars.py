"""Writes meetings of groups as an iCalendar (RFC 5545), which calendars take in from an address.

It shows no persons, and of companies only the host's name: whoever has the address may read it.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.choices import MeetingStatus
from groups.models import CalendarFeed, Meeting
from groups.queries.calendars import calendar_meetings

if TYPE_CHECKING:
    from icalendar import Calendar, Event

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


def calendar_of(feed: CalendarFeed, on: date) -> bytes:
    """The same bytes on the same day until a meeting changes."""
    # Slow to load, and most processes never write one.
    from icalendar import Calendar, vText

    meetings = list(calendar_meetings(feed))
    calendar = Calendar()
    calendar.add("prodid", "-//Mikrogrow//Kokoontumiset//FI")
    calendar.add("version", "2.0")
    # The library's own `calendar_name` would write a comma as it is, and refuse a new line.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(_plain(_name(feed))))
    for meeting in meetings:
        calendar.add_component(_event(meeting, on))
    _add_time_zone(calendar, meetings)
    return bytes(calendar.to_ical())


def _name(feed: CalendarFeed) -> str:
    if feed.group is not None:
        return f"{feed.group.project.short_name}: {feed.group.name}"
    return _("%(project)s: ryhmien kokoontumiset") % {"project": feed.project and feed.project.short_name}


def _add_time_zone(calendar: "Calendar", meetings: Iterable[Any]) -> None:
    # Only for the years that have meetings: the library writes each change of the clocks, and Google's
    # calendar does not read a file that begins with hundreds of lines of them.
    if years := {meeting.day.year for meeting in meetings if meeting.begins_at is not None}:
        calendar.add_missing_timezones(
            first_date=date(min(years), 1, 1), last_date=date(max(years) + 1, 1, 1)
        )


def _event(meeting: Any, on: date) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{meeting.uid}@mikrogrow")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.recorded_at.astimezone(UTC))
    event.add("dtstart", _moment(meeting.day, meeting.begins_at))
    if meeting.ends_at is not None:
        event.add("dtend", _moment(meeting.day, meeting.ends_at))
    event.add("status", event_status(meeting.status, meeting.day, meeting.begins_at, on))
    texts = {"summary": _summary(meeting), "location": meeting.place, "description": _description(meeting)}
    for name, text in texts.items():
        if text:
            event.add(name, _plain(text))
    return event


def _moment(day: date, at: time | None) -> date | datetime:
    """A whole day if the time is not known."""
    return day if at is None else timezone.make_aware(datetime.combine(day, at))


def event_status(status: str, day: date, begins_at: time | None, on: date) -> str:
    """A planned meeting is certain once its time is known, and no longer when its day is over."""
    if status == MeetingStatus.CANCELLED:
        return CANCELLED
    is_certain = status == MeetingStatus.HELD or (begins_at is not None and day >= on)
    return CONFIRMED if is_certain else TENTATIVE


def _summary(meeting: Meeting) -> str:
    return f"{meeting.group.name}: {meeting.theme or _('kokoontuminen')}"


def _description(meeting: Meeting) -> str:
    host = _("Isäntäyritys: %s") % meeting.host.name if meeting.host else ""
    return "\n\n".join(filter(None, [host, meeting.programme]))


def _plain(text: str) -> str:
    """Without control characters, which no calendar may hold. The library escapes the rest."""
    lines = "\n".join(text.splitlines()).replace("\t", " ")
    return "".join(each for each in lines if each == "\n" or unicodedata.category(each) != "Cc")
