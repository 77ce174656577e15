"""The invented meetings: one for each group and month, held, cancelled or missed."""

import calendar
from collections import Counter
from datetime import date, time

from mikrogrow.demonstration.company_memberships import members_on
from mikrogrow.demonstration.company_names import COMPANIES
from mikrogrow.demonstration.group_facts import (
    CANCELLED,
    FIRST_MONTH,
    HELD,
    LAST_MONTH,
    MISSED,
    MeetingFact,
)
from mikrogrow.demonstration.meeting_minutes import MINUTES

# Weekday (0 is Monday), which one of the month, and when it starts.
_HABITS = {
    "Ylä-Savo": (1, 3, time(8, 30)),
    "Sisä-Savo": (2, 3, time(17, 0)),
    "Kuopio": (3, 1, time(8, 30)),
    "Varkaus": (3, 3, time(16, 30)),
}
_MOVED = {
    # Away from Independence Day.
    ("Kuopio", date(2018, 12, 1)): date(2018, 12, 13),
}
_CANCELLED = {
    ("Ylä-Savo", date(2017, 8, 1)): (
        date(2017, 8, 8),
        "Isäntäyritys joutui perumaan kokoontumisen, eikä uutta paikkaa löytynyt ajoissa.",
    ),
    ("Ylä-Savo", date(2019, 7, 1)): (date(2019, 7, 2), "Useimmat jäsenet olivat lomalla."),
    ("Sisä-Savo", date(2017, 7, 1)): (date(2017, 7, 10), "Marjankorjuu vei jäsenten ajan."),
    ("Sisä-Savo", date(2018, 6, 1)): (date(2018, 6, 18), "Ilmoittautuneita oli vain kolme."),
    ("Sisä-Savo", date(2019, 7, 1)): (date(2019, 7, 8), "Marjankorjuu vei jäsenten ajan."),
    ("Kuopio", date(2017, 7, 1)): (date(2017, 6, 29), "Useimmat jäsenet olivat lomalla."),
    ("Kuopio", date(2019, 1, 1)): (date(2018, 12, 20), "Päivä oli liian lähellä vuodenvaihdetta."),
    ("Kuopio", date(2019, 7, 1)): (date(2019, 6, 27), "Useimmat jäsenet olivat lomalla."),
    ("Varkaus", date(2017, 6, 1)): (date(2017, 6, 14), "Vetäjä sairastui."),
    ("Varkaus", date(2019, 7, 1)): (date(2019, 7, 4), "Useimmat jäsenet olivat lomalla."),
}
_MISSED = {
    ("Ylä-Savo", date(2018, 3, 1)),
    ("Ylä-Savo", date(2019, 2, 1)),
    ("Sisä-Savo", date(2017, 6, 1)),
    ("Sisä-Savo", date(2018, 1, 1)),
    ("Sisä-Savo", date(2018, 8, 1)),
    ("Sisä-Savo", date(2018, 12, 1)),
    ("Sisä-Savo", date(2019, 10, 1)),
    ("Kuopio", date(2018, 11, 1)),
    ("Varkaus", date(2017, 11, 1)),
    ("Varkaus", date(2018, 7, 1)),
    ("Varkaus", date(2019, 4, 1)),
}

_FIRST_THEME, _LAST_THEME = "Ryhmän tavoitteet ja pelisäännöt", "Toiminnan jatko hankkeen jälkeen"
_ASSESSMENT = "Kokeilujen arviointi"
_FIRST_ASSESSED, _ASSESSED_IN = date(2017, 12, 1), (6, 12)
_ROTATING_THEMES = (
    "Asiakkaan tarpeen selvittäminen",
    "Palvelun tuotteistaminen",
    "Hinnoittelu",
    "Kokeilun suunnittelu ja mittaaminen",
    "Myyntikeskustelun harjoittelu",
    "Verkkokaupan perustaminen",
    "Myynti sosiaalisessa mediassa",
    "Näkyvyys hakukoneissa",
    "Ensimmäisen työntekijän palkkaaminen",
    "Kasvun rahoitus",
    "Kohdemaan valinta",
    "Viennin asiakirjat ja tullaus",
    "Verkkokauppapaikat viennin kanavana",
    "Kieliversiot ja tuotekuvat",
    "Messut pienin kustannuksin",
    "Jälleenmyyjän löytäminen",
    "Yhteistyö oppilaitosten kanssa",
    "Onnistuneiden kokeilujen levittäminen",
)
# What the minutes and the experiments of the month say.
_THEMES = {
    ("Ylä-Savo", date(2017, 9, 1)): _ASSESSMENT,
    ("Ylä-Savo", date(2018, 4, 1)): "Onnistuneiden kokeilujen levittäminen",
    ("Ylä-Savo", date(2019, 10, 1)): "Onnistuneiden kokeilujen levittäminen",
    ("Sisä-Savo", date(2017, 5, 1)): "Kokeilun suunnittelu ja mittaaminen",
    ("Sisä-Savo", date(2018, 9, 1)): _ASSESSMENT,
    ("Sisä-Savo", date(2018, 10, 1)): "Onnistuneiden kokeilujen levittäminen",
    ("Kuopio", date(2017, 5, 1)): "Hinnoittelu",
    ("Kuopio", date(2018, 7, 1)): "Kohdemaan valinta",
    ("Kuopio", date(2018, 10, 1)): "Jälleenmyyjän löytäminen",
    ("Kuopio", date(2019, 3, 1)): _ASSESSMENT,
    ("Varkaus", date(2018, 2, 1)): "Verkkokauppapaikat viennin kanavana",
    ("Varkaus", date(2018, 9, 1)): _ASSESSMENT,
    ("Varkaus", date(2018, 10, 1)): "Onnistuneiden kokeilujen levittäminen",
}

# Companies that told of an experiment of theirs in their own premises; otherwise members take turns.
_HOSTS = {
    ("Ylä-Savo", date(2017, 5, 1)): "Utujyvän Leipomo Oy",
    ("Ylä-Savo", date(2017, 6, 1)): "Karjakello Oy",
    ("Ylä-Savo", date(2018, 1, 1)): "Kaskikeitto Oy",
    ("Ylä-Savo", date(2018, 4, 1)): "Neulerasti Oy",
    ("Ylä-Savo", date(2018, 5, 1)): "Rautaorava Oy",
    ("Ylä-Savo", date(2018, 9, 1)): "Kuusenkajo Hirsi Oy",
    ("Ylä-Savo", date(2018, 11, 1)): "Yrttisumu Ky",
    ("Ylä-Savo", date(2019, 1, 1)): "Havupaja Valaisin Oy",
    ("Ylä-Savo", date(2019, 10, 1)): "Maitokaiku Juustola Oy",
    ("Ylä-Savo", date(2019, 11, 1)): "Mittamajava Oy",
    ("Sisä-Savo", date(2017, 5, 1)): "Katajavirta Melonta Oy",
    ("Sisä-Savo", date(2017, 8, 1)): "Rusoposki Marja Oy",
    ("Sisä-Savo", date(2017, 10, 1)): "Verkkosukkula Oy",
    ("Sisä-Savo", date(2018, 9, 1)): "Hirsikäpä Oy",
    ("Sisä-Savo", date(2018, 10, 1)): "Suppavesi Oy",
    ("Sisä-Savo", date(2019, 3, 1)): "Villakippo Oy",
    ("Kuopio", date(2017, 5, 1)): "Sanasoutu Oy",
    ("Kuopio", date(2017, 9, 1)): "Valoverso Oy",
    ("Kuopio", date(2017, 10, 1)): "Kallakuutti Oy",
    ("Kuopio", date(2017, 11, 1)): "Keuhkolinna Oy",
    ("Kuopio", date(2018, 2, 1)): "Savukuiskaus Oy",
    ("Kuopio", date(2018, 6, 1)): "Rieskakori Oy",
    ("Kuopio", date(2018, 8, 1)): "Vaatelokki Oy",
    ("Kuopio", date(2019, 3, 1)): "Lasikaisla Oy",
    ("Kuopio", date(2019, 4, 1)): "Solukaiku Oy",
    ("Varkaus", date(2017, 9, 1)): "Löylykaarna Oy",
    ("Varkaus", date(2017, 10, 1)): "Relepöllö Oy",
    ("Varkaus", date(2018, 5, 1)): "Kattilakaiku Oy",
    ("Varkaus", date(2018, 6, 1)): "Laineharso Risteilyt Oy",
    ("Varkaus", date(2018, 10, 1)): "Purjelastu Oy",
    ("Varkaus", date(2018, 11, 1)): "Vihreäkuori Oy",
}
# They have no premises in the area, or were away for months.
_NEVER_HOSTS = {
    "Järvikorte Oy",
    "Tervahaapa Kalusteet Oy",
    "Hiirenvirna Majoitus Oy",
    "Havinamökit Oy",
}
_MUNICIPALITIES = {company.name: company.municipality for company in COMPANIES}
_SHIP = {"Laineharso Risteilyt Oy": "Isäntäyrityksen laiva, Varkaus"}


def project_months() -> list[date]:
    """First days of the project's 33 months."""
    first = FIRST_MONTH.year * 12 + FIRST_MONTH.month - 1
    last = LAST_MONTH.year * 12 + LAST_MONTH.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def _day(group: str, month: date) -> date:
    weekday, which, _starts_at = _HABITS[group]
    weeks = calendar.monthcalendar(month.year, month.month)
    days = [week[weekday] for week in weeks if week[weekday]]
    return _MOVED.get((group, month), month.replace(day=days[which - 1]))


def _theme(group: str, position: int, month: date) -> str:
    if month in (FIRST_MONTH, LAST_MONTH):
        return _FIRST_THEME if month == FIRST_MONTH else _LAST_THEME
    if month.month in _ASSESSED_IN and month >= _FIRST_ASSESSED:
        return _ASSESSMENT
    shift = list(_HABITS).index(group) * 5
    return _THEMES.get((group, month), _ROTATING_THEMES[(position - 1 + shift) % len(_ROTATING_THEMES)])


def _host(group: str, month: date, day: date, times: Counter[str]) -> str:
    """Who is named for the month, or else the member that has been host least often."""
    named = _HOSTS.get((group, month))
    able = [name for name in members_on(group, day) if name not in _NEVER_HOSTS and name[:3] != "Tmi"]
    host = named or min(able, key=lambda name: times[name])
    times[host] += 1
    return host


def _meeting(group: str, position: int, month: date, times: Counter[str]) -> MeetingFact:
    key, day = (group, month), _day(group, month)
    host = _host(group, month, day, times)
    cancelled_on, reason = _CANCELLED.get(key, (None, ""))
    minutes, agreed = MINUTES.get(key, ("", ""))
    return MeetingFact(
        group=group,
        month=month,
        day=day,
        starts_at=_HABITS[group][2],
        host=host,
        place=_SHIP.get(host, f"Isäntäyrityksen tilat, {_MUNICIPALITIES[host]}"),
        theme=_theme(group, position, month),
        state=CANCELLED if cancelled_on else MISSED if key in _MISSED else HELD,
        cancelled_on=cancelled_on,
        reason=reason,
        minutes=minutes,
        agreed=agreed,
    )


def _meetings() -> list[MeetingFact]:
    found = []
    for group in _HABITS:
        # Those that are named for a month get their turn then.
        times = Counter(host for (where, _month), host in _HOSTS.items() if where == group)
        found += [_meeting(group, position, month, times) for position, month in enumerate(project_months())]
    return found


MEETINGS = tuple(_meetings())
