"""What was found of a person, in the words that page, workbook and JSON share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.personal_data.removal import can_be_removed
from mikrogrow.values.dates import format_date, format_period

Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Held:
    """A row that names the person, with all that it says, or texts of a row that mention somebody.

    `values` and `mentions` are by the names of their columns. `place` is the row whose page shows it.
    """

    key: str
    kind: str
    place: str
    address: str
    values: Texts
    mentions: Texts
    ground: str

    @property
    def texts(self) -> Texts:
        return (*self.values, *self.mentions)

    @property
    def can_be_removed(self) -> bool:
        return can_be_removed(self.key)


@dataclass(frozen=True)
class Traces:
    """How much of a kind there is, and from when to when if that is known."""

    key: str
    words: str
    number: int
    first: datetime | None
    last: datetime | None

    @property
    def days(self) -> str:
        if self.first is None or self.last is None:
            return ""
        first, last = (timezone.localtime(moment).date() for moment in (self.first, self.last))
        return format_date(first) if first == last else format_period(first, last)


@dataclass(frozen=True)
class Account:
    key: str
    user: User
    address: str
    ground: str
    traces: list[Traces] = field(default_factory=list)

    @property
    def facts(self) -> list[tuple[str, str]]:
        user = self.user
        facts = [
            (_("Käyttäjätunnus"), user.get_username()),
            (_("Etunimi"), user.first_name),
            (_("Sukunimi"), user.last_name),
            (_("Sähköposti"), user.email),
            (_("Roolit"), ", ".join(group.name for group in user.groups.all())),
            (_("Käyttäjätunnus luotu"), _day(user.date_joined)),
            (_("Viimeksi kirjautunut"), _day(user.last_login)),
            (_("Voimassa"), _("kyllä") if user.is_active else _("ei, suljettu")),
        ]
        return [(name, text) for name, text in facts if text]


@dataclass(frozen=True)
class Found:
    """What a search found. `earlier` are records of the history and of logs."""

    accounts: Sequence[Account]
    persons: Sequence[Held]
    mentions: Sequence[Held]
    earlier: Sequence[Traces]

    @property
    def is_empty(self) -> bool:
        return not (self.accounts or self.persons or self.mentions or self.earlier)

    def chosen(self, keys: Collection[str]) -> "Found":
        """Only what is about the person who asked, not about a namesake."""
        return Found(
            accounts=[each for each in self.accounts if each.key in keys],
            persons=[each for each in self.persons if each.key in keys],
            mentions=[each for each in self.mentions if each.key in keys],
            earlier=[each for each in self.earlier if each.key in keys],
        )


def _day(moment: Any) -> str:
    return format_date(timezone.localtime(moment).date()) if moment else ""
