"""How long a decision can be appealed, reckoned from when it was published and given to its parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from projects.decisions.appeal.time_limits import Notice, last_day


class InTime(Enum):
    YES = "yes"
    NO = "no"
    # Of some parties it would be in time, of others not.
    DEPENDS = "depends"
    UNKNOWN = "unknown"


def in_time(arrived_on: date, last: date | None) -> InTime:
    if last is None:
        return InTime.UNKNOWN
    return InTime.YES if arrived_on <= last else InTime.NO


@dataclass(frozen=True)
class Periods:
    """Last days: of the members of the municipality, None before publication, and of each party."""

    members: date | None
    parties: tuple[date, ...]

    @property
    def ends_on(self) -> date | None:
        """The last of all; None while the members' time has not begun."""
        return None if self.members is None else max((self.members, *self.parties))

    def in_time_for_somebody(self, arrived_on: date) -> InTime:
        """Of an appeal whose party is unknown: what holds whoever it is."""
        if self.members is None or self.ends_on is None:
            return InTime.UNKNOWN
        verdicts = {in_time(arrived_on, last) for last in (self.members, *self.parties)}
        return verdicts.pop() if len(verdicts) == 1 else InTime.DEPENDS

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on


def periods(publication: Notice | None, notices: Sequence[Notice], days: int) -> Periods:
    return Periods(
        members=last_day(publication, days) if publication else None,
        parties=tuple(last_day(notice, days) for notice in notices),
    )
