"""What the page of one company shows: its size by year and whether it is a micro-enterprise."""

from collections.abc import Sequence
from dataclasses import dataclass

from groups.models import Company, CompanyYear
from groups.rules.companies import Size, micro_size


@dataclass(frozen=True)
class YearLine:
    year: CompanyYear
    size: Size


@dataclass(frozen=True)
class CompanyReport:
    """The newest year first."""

    years: Sequence[YearLine]

    @property
    def size(self) -> Size:
        """Of the newest year."""
        return self.years[0].size if self.years else micro_size(None, None, None)


def company_report(company: Company) -> CompanyReport:
    rows = sorted(company.years.all(), key=lambda row: -row.year)
    return CompanyReport(
        [YearLine(row, micro_size(row.persons, row.turnover, row.balance_sheet)) for row in rows]
    )
