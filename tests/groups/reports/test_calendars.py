"""What a calendar gets from an address: taken in by another library than the one that writes it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from ical.event import EventStatus
from ical.exceptions import CalendarParseError

from groups.choices import MeetingStatus
from groups.reports.calendars import CANCELLED, CONFIRMED, TENTATIVE, calendar_of, event_status
from tests.support.calendars import lines_of, taken_in
from tests.support.factories import change, make_group, make_project, make_user
from tests.support.group_factories import (
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_contact,
    make_feed,
    make_guest,
    make_held_meeting,
    make_meeting,
)

pytestmark = pytest.mark.django_db

ON = date(2017, 4, 10)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def group():
    return make_group(make_project(short_name="MikroGrow"), name="Ylä-Savon ryhmä")


@pytest.fixture
def feed(group):
    return make_feed(group)


def events(feed, on=ON):
    return taken_in(calendar_of(feed, on)).events


def event(feed, on=ON):
    (found,) = events(feed, on)
    return found


def lines(feed, name):
    return [line for line in lines_of(calendar_of(feed, ON)) if line.startswith(name)]


def test_a_meeting_is_an_event_with_all_that_was_typed_of_it(group, feed):
    meeting = make_meeting(
        group,
        begins_at=time(9),
        ends_at=time(11, 30),
        place="Kirjasto, Iisalmi",
        theme="Myynti",
        host=make_company(name="Leipomo Oy"),
        programme="Kahvit\r\nKierros; keskustelu",
    )

    found = event(feed)

    assert (found.uid, found.sequence, found.status) == (f"{meeting.uid}@mikrogrow", 0, EventStatus.CONFIRMED)
    assert found.dtstart == datetime(2017, 4, 15, 9, tzinfo=HELSINKI)
    assert found.dtend == datetime(2017, 4, 15, 11, 30, tzinfo=HELSINKI)
    assert (found.summary, found.location) == ("Ylä-Savon ryhmä: Myynti", "Kirjasto, Iisalmi")
    assert found.description == "Isäntäyritys: Leipomo Oy\n\nKahvit\nKierros; keskustelu"


def test_a_calendar_says_who_made_it_and_its_name_and_asks_nobody_for_an_answer(group, feed):
    make_meeting(group)

    assert lines(feed, "PRODID") == ["PRODID:-//Mikrogrow//Kokoontumiset//FI"]
    assert lines(feed, "NAME") == ["NAME:MikroGrow: Ylä-Savon ryhmä"]
    assert lines(feed, "X-WR-CALNAME") == ["X-WR-CALNAME:MikroGrow: Ylä-Savon ryhmä"]
    assert lines(feed, "METHOD") == lines(feed, "ORGANIZER") == lines(feed, "ATTENDEE") == []
    of_all = make_feed(group.project)
    assert lines(of_all, "NAME") == ["NAME:MikroGrow: ryhmien kokoontumiset"]


def test_a_calendar_has_its_groups_meetings_or_those_of_all_groups_of_its_project(group, feed):
    other, elsewhere = make_group(group.project), make_group(make_project())
    later = make_meeting(group, 2018, 5)
    own, others = make_meeting(group, 2017, 4), make_meeting(other, 2017, 6)
    make_meeting(elsewhere)

    def uids(of):
        return [found.uid.removesuffix("@mikrogrow") for found in events(of)]

    assert uids(feed) == [str(own.uid), str(later.uid)]
    assert uids(make_feed(group.project)) == [str(own.uid), str(others.uid), str(later.uid)]


def test_a_meeting_of_unknown_time_is_all_day_and_one_of_unknown_end_has_none(group, feed):
    make_meeting(group)
    make_meeting(group, 2017, 5, begins_at=time(9))

    all_day, open_ended = events(feed)

    assert (all_day.dtstart, all_day.dtend) == (date(2017, 4, 15), None)
    assert (open_ended.dtstart, open_ended.dtend) == (datetime(2017, 5, 15, 9, tzinfo=HELSINKI), None)


def test_a_meeting_without_a_day_is_no_event_and_a_calendar_may_be_empty(group, feed):
    make_meeting(group, day=None)

    assert events(feed) == []
    assert lines(feed, "BEGIN") == ["BEGIN:VCALENDAR"]


def test_what_is_not_known_is_left_out(group, feed):
    make_meeting(group)

    found = event(feed)

    assert found.summary == "Ylä-Savon ryhmä: kokoontuminen"
    assert lines(feed, "LOCATION") == lines(feed, "DESCRIPTION") == lines(feed, "DTEND") == []


# What happens to an event


def test_moving_a_meeting_moves_its_event(group, feed):
    meeting = make_meeting(group, begins_at=time(9))
    before = event(feed)

    change(meeting, day=date(2017, 4, 20), begins_at=time(13))

    after = event(feed)
    assert after.uid == before.uid
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.dtstart == datetime(2017, 4, 20, 13, tzinfo=HELSINKI)
    assert after.dtstamp >= before.dtstamp


def test_cancelling_a_meeting_cancels_its_event(group, feed):
    meeting = make_meeting(group, begins_at=time(9))
    before = event(feed)

    change(meeting, status=MeetingStatus.CANCELLED, cancelled_on=ON, cancel_reason="Flunssa")

    after = event(feed)
    assert (after.uid, after.sequence, after.status) == (before.uid, 1, EventStatus.CANCELLED)
    assert "Flunssa" not in calendar_of(feed, ON).decode()


BEFORE, AFTER, SOON = date(2017, 4, 9), date(2017, 4, 11), time(9)


@pytest.mark.parametrize(
    ("status", "day", "begins_at", "expected"),
    [
        (MeetingStatus.PLANNED, AFTER, SOON, CONFIRMED),
        (MeetingStatus.PLANNED, ON, SOON, CONFIRMED),
        (MeetingStatus.PLANNED, AFTER, None, TENTATIVE),
        # Nobody has said whether it was held.
        (MeetingStatus.PLANNED, BEFORE, SOON, TENTATIVE),
        (MeetingStatus.PLANNED, BEFORE, None, TENTATIVE),
        (MeetingStatus.HELD, BEFORE, None, CONFIRMED),
        (MeetingStatus.HELD, BEFORE, SOON, CONFIRMED),
        (MeetingStatus.CANCELLED, AFTER, SOON, CANCELLED),
        (MeetingStatus.CANCELLED, BEFORE, None, CANCELLED),
    ],
)
def test_how_certain_an_event_is(status, day, begins_at, expected):
    assert event_status(status, day, begins_at, ON) == expected


def test_every_state_is_written(group, feed):
    make_held_meeting(group, 2017, 3)
    make_cancelled_meeting(group, 2017, 4)
    make_meeting(group, 2017, 5)

    assert [found.status for found in events(feed)] == [
        EventStatus.CONFIRMED,
        EventStatus.CANCELLED,
        EventStatus.TENTATIVE,
    ]


def test_the_same_meetings_give_the_same_bytes(group, feed):
    meeting = make_meeting(group, begins_at=time(9))
    first = calendar_of(feed, ON)
    meeting.save()
    make_attendance(meeting)

    assert calendar_of(feed, ON) == first
    assert calendar_of(feed, ON + timedelta(1)) == first


def test_an_event_is_stamped_with_its_last_change(group, feed):
    meeting = make_meeting(group)
    meeting._history_date = timezone.make_aware(datetime(2017, 4, 1, 12))
    change(meeting, theme="Myynti")

    assert lines(feed, "DTSTAMP") == ["DTSTAMP:20170401T090000Z"]


BROKEN = {
    "no name": (b"PRODID", b"X-ID"),
    "no key": (b"UID:", b"X-UID:"),
    "no stamp": (b"DTSTAMP", b"X-STAMP"),
    "a day that is none": (b"DTSTART;VALUE=DATE:20170415", b"DTSTART;VALUE=DATE:20170431"),
    "a state that is none": (b"STATUS:TENTATIVE", b"STATUS:MAYBE"),
    "no end": (b"END:VEVENT\r\n", b""),
    "line ends of another system": (b"\r\n", b"\n"),
    "a long line": (b"SEQUENCE:0", b"X-LONG:" + b"a" * 69),
    "a line that is none": (b"SEQUENCE:0", b"SEQUENCE"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_takes_a_calendar_in_refuses_a_broken_one(group, feed, fault):
    make_meeting(group)
    content = calendar_of(feed, ON)
    broken = content.replace(*BROKEN[fault])

    assert broken != content
    with pytest.raises((AssertionError, CalendarParseError)):
        taken_in(broken)


# Times


@pytest.mark.parametrize(
    ("day", "utc"),
    [(date(2017, 3, 25), 7), (date(2017, 3, 26), 6), (date(2017, 10, 28), 6), (date(2017, 10, 29), 7)],
)
def test_clocks_go_forward_and_back_as_in_helsinki(group, feed, day, utc):
    make_meeting(group, day=day, begins_at=time(9))

    assert event(feed).dtstart.astimezone(ZoneInfo("UTC")).hour == utc


def test_a_calendar_with_times_tells_its_time_zone_and_briefly(group, feed):
    for year in range(2015, 2030):
        make_meeting(group, year, 5, begins_at=time(9))

    assert lines(feed, "TZID") == ["TZID:Europe/Helsinki"]
    written = lines_of(calendar_of(feed, ON))
    assert written.index("END:VTIMEZONE") - written.index("BEGIN:VTIMEZONE") < 25
    (zone,) = taken_in(calendar_of(feed, ON)).timezones
    assert zone.tz_id == "Europe/Helsinki"


# What people write


HOSTILE = [
    'Myynti, markkinointi; \\n ja "muu": 50 %',
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:oma\r\nDTSTART:20170101\r\nEND:VEVENT",
    "BEGIN:VEVENT",
    "x\nATTACH:https://example.org/\n ja jatko",
    "x\rMETHOD:CANCEL",
    "x\x85METHOD:CANCEL\u2028ATTENDEE:mailto:a@example.org\u2029",
    "\x01\x07\x0b\x0c\x1b[31m\x7f\tx",
    "ä" * 200,
    "👩‍👩‍👧‍👦" * 12,
    "a" * 74 + "\\" + ",;" * 10,
    " alkaa tyhjällä",
    ";VALUE=DATE:x",
    "\ufeffx",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    short = text[:120]
    group = make_group(make_project(short_name=short[:60]), name=short)
    company = make_company(name=short)
    meeting = make_meeting(group, theme=text, place=text, host=company, programme=text, begins_at=time(9))
    content = calendar_of(make_feed(group), ON)

    calendar = taken_in(content)

    (found,) = calendar.events
    assert found.uid == f"{meeting.uid}@mikrogrow"
    names = {line.partition(":")[0].partition(";")[0] for line in lines_of(content)}
    assert names & {"METHOD", "ATTACH", "ATTENDEE", "ORGANIZER"} == set()
    assert [line for line in lines_of(content) if line == "BEGIN:VEVENT"] == ["BEGIN:VEVENT"]


def test_what_people_write_comes_back_as_it_was_written(group, feed):
    text = 'Myynti, markkinointi; C:\\nimi ja "muu": 50 %\n\n  – ääkkösiä 👩‍🔧 ' + "pitkä " * 40 + "loppu"
    make_meeting(group, theme=text.partition("\n")[0], programme=text)

    found = event(feed)

    assert found.summary == f"Ylä-Savon ryhmä: {text.partition(chr(10))[0]}"
    assert found.description == text


def test_it_shows_no_persons_and_of_companies_the_hosts_name_only(group, feed):
    leader = make_user(first_name="Vilma", last_name="Vetäjä", email="vilma@example.org", username="vilma")
    change(group, facilitator=leader)
    host = make_company(name="Leipomo Oy", business_id="1234567-1")
    make_contact(host, name="Maija Mallikas", email="maija@example.org")
    meeting = make_held_meeting(
        group, host=host, host_trial="Salainen", minutes="Muistio", agreed="Sovittu", begins_at=time(9)
    )
    make_attendance(meeting, make_company(name="Toinen Oy"))
    make_guest(meeting, name="Ville Vieras", organisation="Opisto")

    text = calendar_of(feed, ON).decode()

    assert "Isäntäyritys: Leipomo Oy" in text
    hidden = [
        "Vilma",
        "Vetäjä",
        "vilma",
        "Maija",
        "example.org",
        "1234567-1",
        "Salainen",
        "Muistio",
        "Sovittu",
    ]
    assert [each for each in [*hidden, "Toinen Oy", "Ville", "Opisto"] if each in text] == []
