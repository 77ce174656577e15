"""What the page of one company shows: its size by year, its de minimis aid, and whether it is there twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from groups.models import Company, CompanyYear, DeMinimisAid
from groups.rules.companies import Figures, Size, micro_size, micro_status
from groups.rules.de_minimis import DeMinimis, de_minimis_sum
from mikrogrow.values.translation import joined


@dataclass(frozen=True)
class YearLine:
    year: CompanyYear
    size: Size


@dataclass(frozen=True)
class CompanyReport:
    """The newest year first."""

    years: Sequence[YearLine]

    @property
    def size_line(self) -> YearLine | None:
        """Of the newest year that tells the size, else of the newest one."""
        known = [line for line in self.years if line.size.is_micro is not None]
        return next(iter([*known, *self.years]), None)

    @property
    def size(self) -> Size:
        line = self.size_line
        return line.size if line else micro_size(Figures(), "")

    @property
    def status_note(self) -> str:
        """What the newest known year does not say of its status; empty if they agree."""
        line = self.size_line
        if line is None or line.size.is_micro is None:
            return ""
        is_micro = micro_status({each.year.year: each.size.is_micro for each in self.years})
        if is_micro is None:
            return _(
                "Onko yritys mikroyritys, ei ole tiedossa: asema muuttuu vasta kahden peräkkäisen tilikauden "
                "jälkeen, ja jonkin välivuoden koko puuttuu."
            )
        if is_micro == line.size.is_micro:
            return ""
        if is_micro:
            return _(
                "Yritys on silti vielä mikroyritys: asema muuttuu vasta, kun yritys on ollut kahtena "
                "peräkkäisenä tilikautena suurempi."
            )
        return _(
            "Yritys ei silti vielä ole mikroyritys: asema muuttuu vasta, kun yritys on ollut kahtena "
            "peräkkäisenä tilikautena mikroyrityksen kokoinen."
        )


@dataclass(frozen=True)
class AidLine:
    """`is_counted` if it was granted within the period that counts on the day."""

    aid: DeMinimisAid
    is_counted: bool


@dataclass(frozen=True)
class DeMinimisReport:
    """As of a day, the newest aid first."""

    lines: Sequence[AidLine]
    sum: DeMinimis

    @property
    def is_exceeded(self) -> bool:
        return self.sum.left is not None and self.sum.left < 0

    @property
    def excess(self) -> Decimal | None:
        return None if self.sum.left is None else -self.sum.left


def de_minimis_report(aids: Iterable[DeMinimisAid], on: date) -> DeMinimisReport:
    granted = sorted(
        (aid for aid in aids if aid.granted_on <= on), key=lambda aid: (aid.granted_on, aid.pk), reverse=True
    )
    total = de_minimis_sum([(aid.granted_on, aid.amount) for aid in granted], on)
    return DeMinimisReport([AidLine(aid, aid.granted_on >= total.first_day) for aid in granted], total)


def twin_words(twins: Iterable[Company]) -> str:
    """Empty if there are none."""
    names = [f"”{twin.name}”" for twin in twins]
    if not names:
        return ""
    sentence = _("Yritys on ehkä kirjattu kahdesti: samassa kunnassa on lähes samanniminen %(names)s.")
    return sentence % {"names": joined(names)}


def company_report(company: Company) -> CompanyReport:
    rows = sorted(company.years.all(), key=lambda row: -row.year)
    return CompanyReport([YearLine(row, _size(row)) for row in rows])


def _size(row: CompanyYear) -> Size:
    return micro_size(
        Figures(row.persons, row.turnover, row.balance_sheet),
        row.ownership,
        Figures(row.others_persons, row.others_turnover, row.others_balance_sheet),
    )
