"""The period that a report is about, from one day to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date, format_period, parse_date
from projects.models import Project


@dataclass(frozen=True)
class Period:
    """Both days belong to it. `shown` is the day of the page."""

    first: date
    last: date
    shown: date

    @property
    def on(self) -> date:
        """The day whose state is told."""
        return min(self.last, self.shown)

    @property
    def eve(self) -> date:
        return self.first - timedelta(days=1)

    @property
    def closed_on(self) -> date:
        """The morning after the period, when its last month and year are over; the shown day before that."""
        return min(self.last + timedelta(days=1), self.shown)

    @property
    def words(self) -> str:
        return format_period(self.first, self.last)

    @property
    def query(self) -> str:
        return urlencode({"first": self.first.isoformat(), "last": self.last.isoformat()})


def period_of(project: Project, shown: date, first: date | None = None, last: date | None = None) -> Period:
    """From the project's start, to its end or the shown day. Raises ValidationError by field."""
    first = first or project.starts_on
    if first is None:
        sentence = _("Hankkeen alkua ei ole kirjattu. Anna jakson ensimmäinen päivä.")
        raise ValidationError({"first": sentence})
    if first > shown:
        sentence = _(
            "Jakso alkaa %(first)s, eikä siitä vielä %(shown)s ole kerrottavaa. Anna aikaisempi päivä."
        )
        raise ValidationError(
            {"first": sentence % {"first": format_date(first), "shown": format_date(shown)}}
        )
    if last is None:
        end = project.ends_on
        last = shown if end is None or end < first else min(end, shown)
    if last < first:
        sentence = _("Jakso päättyy %(last)s, ennen kuin se alkaa %(first)s. Vaihda päivät.")
        raise ValidationError({"last": sentence % {"first": format_date(first), "last": format_date(last)}})
    return Period(first, last, shown)


def asked_period(project: Project, shown: date, asked: Mapping[str, str]) -> Period:
    """As an address asks for it. Raises ValidationError."""
    return period_of(project, shown, parse_date(asked.get("first", "")), parse_date(asked.get("last", "")))
