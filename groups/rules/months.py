"""Calendar months: groups meet monthly."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """`number` is 1–12."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def is_past(self, on: date) -> bool:
        """Its last day still belongs to it."""
        return self.last_day < on


def months_between(first: date | None, last: date | None) -> tuple[Month, ...]:
    """The months of both days and those between; none if a day is unknown or they are reversed."""
    if first is None or last is None or last < first:
        return ()
    # Counted from the year 0.
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(Month(number // 12, number % 12 + 1) for number in numbers)


def months_within(start: date | None, end: date | None, first: date, last: date) -> tuple[Month, ...]:
    """A project's months, from its start to its end, that lie with all their days of it within a period.

    Of a project whose start or end is unknown, the period's own day stands for it.
    """
    begins, ends = start or first, end or last
    return tuple(
        month
        for month in months_between(begins, ends)
        if first <= max(month.first_day, begins) and min(month.last_day, ends) <= last
    )
