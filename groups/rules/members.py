"""Memberships as of a day: members, who waits, distinct companies, and how full a group is.

Companies are counted, never rows: one that left and came back, or changed groups, is one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from groups.choices import FillState
from groups.rules.months import Month
from mikrogrow.values.money import percent_of


@dataclass(frozen=True)
class MembershipFacts:
    """`left_on` is the last day. Without `joined_on` from the start, without `left_on` still.

    Of one that waits, `joined_on` is the day from which it has waited.
    """

    company_id: int
    group_id: int
    joined_on: date | None
    left_on: date | None
    is_waiting: bool = False
    is_core: bool = False

    def has_begun(self, on: date) -> bool:
        return self.joined_on is None or self.joined_on <= on

    def holds(self, on: date) -> bool:
        return self.has_begun(on) and (self.left_on is None or on <= self.left_on)


def in_group(memberships: Iterable[MembershipFacts], group_id: int) -> list[MembershipFacts]:
    return [facts for facts in memberships if facts.group_id == group_id]


def members_on(memberships: Iterable[MembershipFacts], on: date) -> frozenset[int]:
    """Keys of the companies."""
    return frozenset(facts.company_id for facts in memberships if not facts.is_waiting and facts.holds(on))


def core_on(memberships: Iterable[MembershipFacts], on: date) -> frozenset[int]:
    return members_on((facts for facts in memberships if facts.is_core), on)


def ever_on(memberships: Iterable[MembershipFacts], on: date) -> frozenset[int]:
    """Those that are members on the day or have been by then."""
    return frozenset(
        facts.company_id
        for facts in memberships
        if not facts.is_waiting
        and facts.has_begun(on)
        # A row whose days are reversed holds on none.
        and (facts.joined_on is None or facts.left_on is None or facts.joined_on <= facts.left_on)
    )


def belongs_within(facts: MembershipFacts, first: date, last: date) -> bool:
    """Whether it was a member on a day of the period."""
    return (
        not facts.is_waiting and facts.has_begun(last) and (facts.left_on is None or first <= facts.left_on)
    )


def joined_within(facts: MembershipFacts, first: date, last: date) -> bool:
    return not facts.is_waiting and facts.joined_on is not None and first <= facts.joined_on <= last


def left_within(facts: MembershipFacts, first: date, last: date) -> bool:
    """Whether its last day is within the period.

    Then members in the evening before the period, more by those that joined and fewer by those that left,
    are those in the evening of its last day, and each change is of one of two periods in a row.
    """
    return not facts.is_waiting and facts.left_on is not None and first <= facts.left_on <= last


def in_the_evening(memberships: Iterable[MembershipFacts], day: date) -> list[MembershipFacts]:
    """Those that have begun by the day and go on after it: one whose last day it is has left."""
    return [
        facts
        for facts in memberships
        if facts.has_begun(day) and (facts.left_on is None or day < facts.left_on)
    ]


def undated_on(memberships: Iterable[MembershipFacts], on: date) -> frozenset[int]:
    """Keys of the members of whom nobody knows since when: they are taken to have been from the start."""
    return members_on((facts for facts in memberships if facts.joined_on is None), on)


def waiting_on(memberships: Iterable[MembershipFacts], on: date) -> tuple[int, ...]:
    """Keys of the companies by how long they have waited, those of unknown day last."""
    waiting = [facts for facts in memberships if facts.is_waiting and facts.holds(on)]
    waiting.sort(key=lambda facts: (facts.joined_on is None, facts.joined_on or on, facts.company_id))
    return tuple(dict.fromkeys(facts.company_id for facts in waiting))


@dataclass(frozen=True)
class Fill:
    """`by` is how many are missing or too many; 0 if it is full or unknown."""

    state: FillState
    by: int
    share: Decimal | None
    """Members of the target in percent, unrounded; None if unknown or the target is 0."""


def fill(members: int | None, target: int | None) -> Fill:
    if members is None or target is None:
        return Fill(FillState.UNKNOWN, 0, None)
    share = percent_of(Decimal(members), Decimal(target))
    if members == target:
        return Fill(FillState.FULL, 0, share)
    state = FillState.SHORT if members < target else FillState.OVER
    return Fill(state, abs(members - target), share)


def numbers_over_time(
    memberships: Iterable[MembershipFacts], months: Iterable[Month], on: date
) -> tuple[int | None, ...]:
    """Members in the evening of each month's last day, or of the day; None for months that are ahead."""
    rows = list(memberships)

    def number(evening: date) -> int:
        return len(members_on(in_the_evening(rows, evening), evening))

    return tuple(None if month.first_day > on else number(min(month.last_day, on)) for month in months)


def overlaps(
    memberships: Iterable[MembershipFacts],
) -> tuple[tuple[MembershipFacts, MembershipFacts], ...]:
    """Pairs of a company's memberships that share a day; waiting is none. Of one project's rows."""
    by_company = defaultdict(list)
    for facts in memberships:
        if not facts.is_waiting:
            by_company[facts.company_id].append(facts)
    return tuple(
        pair
        for _, rows in sorted(by_company.items())
        for pair in combinations(sorted(rows, key=_by_days), 2)
        if _share_a_day(*pair)
    )


def _by_days(facts: MembershipFacts) -> tuple[date, date, int]:
    return facts.joined_on or date.min, facts.left_on or date.max, facts.group_id


def _share_a_day(first: MembershipFacts, second: MembershipFacts) -> bool:
    last_joined = max(first.joined_on or date.min, second.joined_on or date.min)
    return last_joined <= min(first.left_on or date.max, second.left_on or date.max)
