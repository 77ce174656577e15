"""What a project brings in beside what the city spends on it: planned, claimed and received, by year.

The city's own money is no income; what the project earns is, beside what its funders pay. Claims are those
that were sent, in the year in which their period ends; payments and earnings are in the year of their day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import ClaimStatus
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.values.money import difference, sum_if_all_known

Dated = tuple[int | None, Decimal | None]


@dataclass(frozen=True)
class Income:
    """Euros of each year, of no known year, and in all; None is unknown."""

    years: tuple[Decimal | None, ...]
    undated: Decimal | None
    total: Decimal | None


@dataclass(frozen=True)
class IncomeByYear:
    planned: Income
    claimed: Income
    received: Income


def income_by_year(figures: ProjectFigures, years: Sequence[int]) -> IncomeByYear:
    return IncomeByYear(
        _planned(figures, years), _summed(_claimed(figures), years), _summed(_received(figures), years)
    )


def _planned(figures: ProjectFigures, years: Sequence[int]) -> Income:
    plan = figures.city_plan
    if plan is None:
        return Income((None,) * len(years), None, None)
    lines = [line for line in plan.lines if line not in plan.own_lines]
    total = sum_if_all_known([plan.revenue, *(line.amount for line in lines)])
    dated: list[tuple[int, Decimal | None]] = [
        (year, amount) for line in lines for year, amount in line.years.items()
    ]
    dated += [(cost.year, cost.amount) for cost in plan.costs if cost.is_deducted and cost.year is not None]
    undated = difference(total, sum_if_all_known(amount for _year, amount in dated))
    by_year = [[amount for place, amount in dated if place == year] for year in years]
    # A year without amounts is 0 only if everything has a year.
    known = tuple(sum_if_all_known(row) if row or undated == 0 else None for row in by_year)
    return Income(known, undated, total)


def _claimed(figures: ProjectFigures) -> Iterable[Dated]:
    own = _own_sources(figures)
    for claim in figures.claims:
        if claim.status != ClaimStatus.DRAFT:
            for row in claim.sources:
                if row.source.source_id not in own:
                    yield claim.last_day.year, row.claimed


def _received(figures: ProjectFigures) -> Iterable[Dated]:
    own = _own_sources(figures)
    for claim in figures.claims:
        for row in claim.sources:
            if row.paid is not None and row.source.source_id not in own:
                yield row.paid_on.year if row.paid_on else None, row.paid
    for earned in figures.revenue:
        yield earned.received_on.year, earned.amount


def _own_sources(figures: ProjectFigures) -> set[int]:
    plan = figures.city_plan
    return {line.source.source_id for line in plan.own_lines} if plan else set()


def _summed(rows: Iterable[Dated], years: Sequence[int]) -> Income:
    found = list(rows)
    in_years = tuple(sum_if_all_known(amount for year, amount in found if year == each) for each in years)
    undated = sum_if_all_known(amount for year, amount in found if year not in years)
    return Income(in_years, undated, sum_if_all_known(amount for _year, amount in found))
