"""The shapes of the invented facts of the groups: plain values, no models.

A group is named by its area, a company by its name, a month by its first day; None is unknown.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

FIRST_MONTH, LAST_MONTH = date(2017, 4, 1), date(2019, 12, 1)


@dataclass(frozen=True)
class MunicipalityFact:
    """`code` is Statistics Finland's, of 2017."""

    name: str
    code: str | None


@dataclass(frozen=True)
class AreaFact:
    """A sub-region; `code` is Statistics Finland's, of 2017."""

    name: str
    code: str | None
    municipalities: tuple[MunicipalityFact, ...]


@dataclass(frozen=True)
class SizeFact:
    """Persons, and turnover and balance sheet in euros."""

    persons: int | None
    turnover: int | None
    balance_sheet: int | None


@dataclass(frozen=True)
class CompanyFact:
    """`industry` is a code of TOL 2008; one that is shorter than five digits names a wider class."""

    number: int
    name: str
    business_id: str | None
    municipality: str
    line_of_business: str
    industry: str
    contact: str
    email: str
    size_2016: SizeFact
    size_2019: SizeFact


@dataclass(frozen=True)
class MembershipFact:
    """Both days are in. One that waits for a place (`is_waiting`) is no member yet."""

    company: str
    group: str
    joined_on: date
    left_on: date | None = None
    reason: str = ""
    is_core: bool = False
    is_waiting: bool = False

    def covers(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


HELD, CANCELLED, MISSED = "held", "cancelled", "missed"


@dataclass(frozen=True)
class MeetingFact:
    """The meeting of a group in a month. Of a missed one only the plan is known."""

    group: str
    month: date
    day: date
    starts_at: time
    host: str
    place: str
    theme: str
    state: str
    cancelled_on: date | None = None
    reason: str = ""
    minutes: str = ""
    agreed: str = ""


@dataclass(frozen=True)
class GuestFact:
    """Somebody from no company of the group who came to a meeting."""

    group: str
    month: date
    name: str
    organisation: str


COMMERCIALISATION, GROWTH, EXPORT = "commercialisation", "growth", "export"
SUCCEEDED, PARTLY, FAILED = "succeeded", "partly", "failed"


@dataclass(frozen=True)
class RoundFact:
    """One time that an experiment was carried out."""

    number: int
    day: date
    done: str
    result: str


@dataclass(frozen=True)
class SpreadFact:
    """A proven success told to others."""

    day: date
    to_whom: str
    place: str


@dataclass(frozen=True)
class ExperimentFact:
    """Success was laid down on `set_on`; without a start it was only planned, without an end it went on.

    `learnt_from` is the key of an earlier one; `meetings` are months in which the group dealt with it.
    """

    key: str
    group: str
    company: str
    kind: str
    title: str
    idea: str
    measure: str
    unit: str
    target: Decimal
    set_on: date
    objectives: tuple[int, ...]
    added_values: tuple[int, ...]
    meetings: tuple[date, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    cost: Decimal | None = None
    channel: str = ""
    helped_by: str = ""
    rounds: tuple[RoundFact, ...] = ()
    assessed_on: date | None = None
    measured: Decimal | None = None
    verdict: str | None = None
    learnt: str = ""
    learnt_from: str | None = None
    spread: tuple[SpreadFact, ...] = ()


@dataclass(frozen=True)
class ValueFact:
    """`group` is None for a value of the whole project."""

    day: date
    value: Decimal
    group: str | None = None


@dataclass(frozen=True)
class IndicatorFact:
    key: str
    name: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    source: str
    objectives: tuple[int, ...]
    added_values: tuple[int, ...]
    values: tuple[ValueFact, ...]
    measures: str = ""
