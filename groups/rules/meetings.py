"""Monthly meetings: what a day sees of a meeting and of a month, and the rhythm of a group."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from groups.choices import MeetingStatus, MonthState
from groups.rules.months import Month
from mikrogrow.values.money import percent_of


@dataclass(frozen=True)
class MeetingFacts:
    """`month` is the one whose meeting it is; its day may be in another. `status` is a MeetingStatus."""

    meeting_id: int
    month: Month
    day: date | None
    status: str
    cancelled_on: date | None = None


@dataclass(frozen=True)
class MonthCell:
    """A group's month as of a day, with its meetings, those of unknown day last."""

    month: Month
    state: MonthState
    meetings: tuple[MeetingFacts, ...] = ()


@dataclass(frozen=True)
class Rhythm:
    """Of the months that are past: each is held, cancelled or missed. `last_held` may be in a later one.

    `longest_gap` is the most months without a held meeting, one after the other.
    """

    due: int
    held: int
    cancelled: int
    missed: int
    longest_gap: int
    last_held: date | None

    @property
    def share(self) -> Decimal | None:
        """Held of due in percent, unrounded; None if none is due."""
        return percent_of(Decimal(self.held), Decimal(self.due))


def state_of(facts: MeetingFacts, on: date) -> MeetingStatus:
    """A meeting of unknown day is not known to have been held; of unknown cancellation, it always was."""
    if facts.status == MeetingStatus.HELD and facts.day is not None and facts.day <= on:
        return MeetingStatus.HELD
    if facts.status == MeetingStatus.CANCELLED and (facts.cancelled_on is None or facts.cancelled_on <= on):
        return MeetingStatus.CANCELLED
    return MeetingStatus.PLANNED


def is_overdue(facts: MeetingFacts, on: date) -> bool:
    """Its month went by without word of it."""
    return state_of(facts, on) is MeetingStatus.PLANNED and facts.month.is_past(on)


def as_seen(facts: MeetingFacts, on: date) -> MeetingFacts:
    """As the day saw it: a later day sees it no otherwise."""
    status = state_of(facts, on)
    return replace(
        facts, status=status, cancelled_on=facts.cancelled_on if status == MeetingStatus.CANCELLED else None
    )


def is_within(facts: MeetingFacts, first: date, last: date) -> bool:
    """By its day; of unknown day, by any day of its month."""
    begins, ends = facts.day or facts.month.first_day, facts.day or facts.month.last_day
    return begins <= last and first <= ends


def month_grid(months: Iterable[Month], meetings: Iterable[MeetingFacts], on: date) -> tuple[MonthCell, ...]:
    """Of one group; meetings of other months are left out."""
    by_month = defaultdict(list)
    for facts in meetings:
        by_month[facts.month].append(facts)
    return tuple(_cell(month, by_month.get(month, []), on) for month in months)


def _cell(month: Month, meetings: list[MeetingFacts], on: date) -> MonthCell:
    in_order = sorted(meetings, key=lambda facts: (facts.day is None, facts.day or on, facts.meeting_id))
    return MonthCell(month, _month_state(month, in_order, on), tuple(in_order))


def _month_state(month: Month, meetings: list[MeetingFacts], on: date) -> MonthState:
    states = {facts: state_of(facts, on) for facts in meetings}
    if MeetingStatus.HELD in states.values():
        return MonthState.HELD
    is_cancelled = MeetingStatus.CANCELLED in states.values()
    if month.is_past(on):
        return MonthState.CANCELLED if is_cancelled else MonthState.MISSED
    planned = [facts for facts in meetings if states[facts] is MeetingStatus.PLANNED]
    # A day that went by without word is no longer ahead.
    is_ahead = any(facts.day is None or facts.day >= on for facts in planned)
    if is_cancelled and not is_ahead:
        return MonthState.CANCELLED
    return MonthState.PLANNED if planned else MonthState.NONE


def rhythm_of(cells: Iterable[MonthCell], on: date) -> Rhythm:
    """Of one group's cells as of the same day, in the order of their months."""
    rows = list(cells)
    states = [cell.state for cell in rows if cell.month.is_past(on)]
    held_on = [
        facts.day
        for cell in rows
        for facts in cell.meetings
        if facts.day is not None and state_of(facts, on) is MeetingStatus.HELD
    ]
    return Rhythm(
        due=len(states),
        held=states.count(MonthState.HELD),
        cancelled=states.count(MonthState.CANCELLED),
        missed=states.count(MonthState.MISSED),
        longest_gap=_longest_gap(states),
        last_held=max(held_on, default=None),
    )


def _longest_gap(states: Iterable[MonthState]) -> int:
    longest = gap = 0
    for state in states:
        gap = 0 if state is MonthState.HELD else gap + 1
        longest = max(longest, gap)
    return longest


def rhythm_in_total(rhythms: Iterable[Rhythm]) -> Rhythm:
    """Of many groups: months summed, the longest gap of any and the last meeting of any."""
    rows = list(rhythms)
    return Rhythm(
        due=sum(row.due for row in rows),
        held=sum(row.held for row in rows),
        cancelled=sum(row.cancelled for row in rows),
        missed=sum(row.missed for row in rows),
        longest_gap=max((row.longest_gap for row in rows), default=0),
        last_held=max((row.last_held for row in rows if row.last_held is not None), default=None),
    )
