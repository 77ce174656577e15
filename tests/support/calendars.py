"""Takes a calendar in as an ordinary calendar does: with another library than the one that wrote it."""

import re
from typing import Any

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

# RFC 5545, 3.1: a name, parameters, a value without control characters.
LINE = re.compile(r'[A-Z0-9-]+(;[A-Z0-9-]+=("[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*:[^\x00-\x1f\x7f]*')
# RFC 5545, 3.6: what a calendar and an event must have once.
NEEDED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}


def calendar_in(response: Any) -> Calendar:
    """The calendar of an answer, which must be valid."""
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return taken_in(response.content)


def taken_in(content: bytes) -> Calendar:
    _validate(content)
    return IcsCalendarStream.calendar_from_ics(content.decode())


def events_in(response: Any) -> list[Event]:
    return calendar_in(response).events


def lines_of(content: bytes) -> list[str]:
    """The lines of a calendar, unfolded."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def _validate(content: bytes) -> None:
    """What the library that reads would forgive, or fill in by itself."""
    assert content.endswith(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    open_parts: list[tuple[str, list[str]]] = []
    for line in lines_of(content):
        assert LINE.fullmatch(line), line
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_parts.append((value, []))
        elif name == "END":
            part, names = open_parts.pop()
            assert part == value
            assert {each for each in NEEDED.get(part, ()) if names.count(each) != 1} == set()
        else:
            open_parts[-1][1].append(name.partition(";")[0])
    assert open_parts == []
    uids = [line for line in lines_of(content) if line.startswith("UID:")]
    assert len(uids) == len(set(uids))
