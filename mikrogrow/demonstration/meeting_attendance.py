"""Which companies came to which meeting, and who came from elsewhere: invented, and the same every time."""

from datetime import date
from zlib import crc32

from mikrogrow.demonstration.company_memberships import MEMBERSHIPS, members_on
from mikrogrow.demonstration.company_names import COMPANIES
from mikrogrow.demonstration.group_experiments import EXPERIMENTS
from mikrogrow.demonstration.group_facts import HELD, GuestFact, MeetingFact
from mikrogrow.demonstration.group_meetings import MEETINGS

# How many of a hundred members stay away; fewer of the core.
_ABSENT = {"Ylä-Savo": 37, "Sisä-Savo": 68, "Kuopio": 27, "Varkaus": 46}
_CORE_COMES_MORE = 20
# All come to their first meeting; others come again before three months have passed.
_LONGEST_ABSENCE = 90
_AWAY = {
    "Tervahaapa Kalusteet Oy": (date(2018, 5, 1), date(2018, 12, 31)),
    "Hiirenvirna Majoitus Oy": (date(2018, 4, 1), date(2018, 11, 30)),
    "Havinamökit Oy": (date(2018, 6, 1), date(2018, 11, 30)),
}
_NUMBERS = {company.name: company.number for company in COMPANIES}
_CONTACTS = {company.name: company.contact for company in COMPANIES}
_CORE = {membership.company for membership in MEMBERSHIPS if membership.is_core}
_PRESENTED = {
    (experiment.group, month, experiment.company)
    for experiment in EXPERIMENTS
    for month in experiment.meetings
}

GUESTS = (
    GuestFact("Ylä-Savo", date(2017, 10, 1), "Inari Kettusuo", "Esimerkkilän vientineuvonta (keksitty)"),
    GuestFact("Ylä-Savo", date(2018, 9, 1), _CONTACTS["Relepöllö Oy"], "Relepöllö Oy"),
    GuestFact("Ylä-Savo", date(2018, 11, 1), _CONTACTS["Löylykaarna Oy"], "Löylykaarna Oy"),
    GuestFact("Sisä-Savo", date(2017, 9, 1), "Tapio Vuokkoranta", "Mallimaan ammattiopisto (keksitty)"),
    GuestFact("Sisä-Savo", date(2019, 3, 1), _CONTACTS["Vaatelokki Oy"], "Vaatelokki Oy"),
    GuestFact("Kuopio", date(2017, 6, 1), "Sirkka Hallakorpi", "Mallimaan korkeakoulu (keksitty)"),
    GuestFact("Kuopio", date(2018, 6, 1), _CONTACTS["Utujyvän Leipomo Oy"], "Utujyvän Leipomo Oy"),
    GuestFact("Kuopio", date(2018, 10, 1), "Inari Kettusuo", "Esimerkkilän vientineuvonta (keksitty)"),
    GuestFact("Kuopio", date(2019, 9, 1), "Olavi Niinimäensuo", "Mallimaan yrittäjät (keksitty)"),
    GuestFact("Varkaus", date(2018, 4, 1), "Sirkka Hallakorpi", "Mallimaan korkeakoulu (keksitty)"),
    GuestFact("Varkaus", date(2019, 2, 1), "Tapio Vuokkoranta", "Mallimaan ammattiopisto (keksitty)"),
)


def _joined_on(company: str, meeting: MeetingFact) -> date:
    return next(
        membership.joined_on
        for membership in MEMBERSHIPS
        if membership.company == company
        and membership.group == meeting.group
        and membership.covers(meeting.day)
    )


def _stays_away(company: str, meeting: MeetingFact, last_seen: date | None) -> bool:
    if company == meeting.host or (meeting.group, meeting.month, company) in _PRESENTED:
        return False
    if last_seen is None or last_seen < _joined_on(company, meeting):
        return False
    first, last = _AWAY.get(company, (None, None))
    if first and last and first <= meeting.day <= last:
        return True
    limit = _ABSENT[meeting.group] - (_CORE_COMES_MORE if company in _CORE else 0)
    draw = crc32(f"{_NUMBERS[company]} {meeting.month.isoformat()}".encode()) % 100
    return (meeting.day - last_seen).days < _LONGEST_ABSENCE and draw < limit


def _attendance() -> dict[tuple[str, date], tuple[str, ...]]:
    seen: dict[str, date] = {}
    found = {}
    for meeting in MEETINGS:
        if meeting.state != HELD:
            continue
        members = members_on(meeting.group, meeting.day)
        present = [company for company in members if not _stays_away(company, meeting, seen.get(company))]
        seen |= dict.fromkeys(present, meeting.day)
        found[meeting.group, meeting.month] = tuple(present)
    return found


# Names of those present by group and month of each held meeting.
ATTENDANCE = _attendance()
