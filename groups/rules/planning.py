"""The days of monthly meetings: the same weekday of the same week of each month."""

from datetime import date, timedelta

from groups.rules.months import Month

LAST_WEEK = 5
MONDAY, SUNDAY = 0, 6


def is_far(day: date, month: Month) -> bool:
    """Whether a day is hardly one of the month's meeting: of another year, or more than a month away."""
    return day.year != month.year or abs(day.month - month.number) > 1


def day_of_month(month: Month, week: int, weekday: int) -> date:
    """The `week`th such weekday of the month, 1–4, or the last one (LAST_WEEK). Monday is 0."""
    if week == LAST_WEEK:
        return month.last_day - timedelta(days=(month.last_day.weekday() - weekday) % 7)
    first = month.first_day + timedelta(days=(weekday - month.first_day.weekday()) % 7)
    return first + timedelta(weeks=week - 1)
