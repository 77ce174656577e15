"""When somebody is taken to have notice of a decision, and the last day of a time limit that begins then."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from projects.choices import NoticeWay

SATURDAY = 5


# Days from `Notice.day` until the recipient is taken to have notice. These end on any day of the week.
DAYS_UNTIL_NOTICE = {
    NoticeWay.PUBLISHED: 7,
    NoticeWay.LETTER: 7,
    NoticeWay.EMAIL: 3,
    NoticeWay.RECEIVED: 0,
}


@dataclass(frozen=True)
class Notice:
    """`day` is when the minutes were published, the message was sent, or it was received."""

    way: NoticeWay
    day: date

    @property
    def is_of_party(self) -> bool:
        return self.way is not NoticeWay.PUBLISHED

    @property
    def received_on(self) -> date:
        return self.day + timedelta(days=DAYS_UNTIL_NOTICE[self.way])


def last_day(notice: Notice, days: int) -> date:
    """The day of notice does not count. Where the last day is no working day, the next one is."""
    return next_working_day(notice.received_on + timedelta(days=days))


def next_working_day(day: date) -> date:
    """The day itself if it is one."""
    while day.weekday() >= SATURDAY or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    # Its import takes a quarter of a second, which a process without appeals need not wait for.
    from holidays import country_holidays

    # Finland's public ones have both eves of the law, and no others: New Year's Eve is a working day.
    return frozenset(country_holidays("FI", years=year))
