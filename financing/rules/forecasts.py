"""Plan, actual and forecast by source. Euros; None is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from financing.choices import SPENT
from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimSourceFigures, ForecastFigures
from financing.rules.revenue import less_revenue
from financing.rules.spending import ZERO, PlanActualForecast, money_years, own_costs
from mikrogrow.values.money import difference, sum_if_all_known
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class ForecastChange:
    """A forecast's total and its change from the one before; None for the first, and if unknown."""

    made_on: date
    total: Decimal | None
    change: Decimal | None
    note: str
    is_example: bool


@dataclass(frozen=True)
class SourceYear:
    label: str
    rows: tuple[PlanActualForecast, ...]
    total: PlanActualForecast


def forecast_on(forecasts: Iterable[ForecastFigures], on: date) -> ForecastFigures | None:
    made = [forecast for forecast in forecasts if forecast.made_on <= on]
    return max(made, key=lambda forecast: forecast.made_on, default=None)


def forecast_changes(figures: ProjectFigures, on: date) -> list[ForecastChange]:
    changes: list[ForecastChange] = []
    for forecast in sorted(figures.forecasts, key=lambda forecast: forecast.made_on):
        if forecast.made_on <= on:
            total = compared_sum(compare_sources(figures, forecast, None)).forecast
            change = difference(total, changes[-1].total) if changes else None
            changes.append(
                ForecastChange(forecast.made_on, total, change, forecast.note, forecast.is_example)
            )
    return changes


def source_years(figures: ProjectFigures, forecast: ForecastFigures | None) -> tuple[SourceYear, ...]:
    found = []
    for year in (*money_years(figures, forecast), None):
        rows = compare_sources(figures, forecast, year)
        label = _("Koko aika") if year is None else str(year)
        found.append(SourceYear(label, tuple(rows), sources_sum(figures, rows, year)))
    return tuple(found)


def compare_sources(
    figures: ProjectFigures, forecast: ForecastFigures | None, year: int | None
) -> list[PlanActualForecast]:
    """By source, in a year or in all years (None).

    Actual is what the source has paid for claims; of the own funding, its part of the own costs that are
    approved or paid. If the own funding has several lines, such as money and own work, nobody knows what each
    of them paid: only their sum is known (`sources_sum`).
    """
    plan = figures.city_plan
    lines = {line.source.source_id: line for line in (plan.lines if plan else ())}
    paid = [row for claim in figures.claims for row in claim.sources if row.paid is not None]
    own = {line.source.source_id for line in (plan.own_lines if plan else ())}
    found = []
    for key, name in named_sources(figures, forecast).items():
        line = lines.get(key)
        planned = ZERO if line is None else line.amount if year is None else line.years.get(year)
        actual: Decimal | None = paid_in(paid, year, key)
        if plan is not None and key in own:
            part = _own_actual(figures, plan, year)
            actual = sum_if_all_known([actual, None if part and len(own) > 1 else part])
        found.append(
            PlanActualForecast(
                name, planned if plan else None, actual, _forecast_of(forecast, line, key, year)
            )
        )
    return found


def sources_sum(
    figures: ProjectFigures, rows: Sequence[PlanActualForecast], year: int | None
) -> PlanActualForecast:
    # With several own lines no row has the own part of the actual.
    total, plan = compared_sum(rows), figures.city_plan
    if plan is None or len(plan.own_lines) < 2:
        return total
    paid = [row for claim in figures.claims for row in claim.sources if row.paid is not None]
    actual = sum_if_all_known([paid_in(paid, year), _own_actual(figures, plan, year)])
    return replace(total, actual=actual)


def compared_sum(rows: Sequence[PlanActualForecast], label: str = "") -> PlanActualForecast:
    return PlanActualForecast(
        label,
        sum_if_all_known(row.planned for row in rows) if rows else None,
        sum_if_all_known(row.actual for row in rows),
        sum_if_all_known(row.forecast for row in rows) if rows else None,
    )


def missing_forecasts(figures: ProjectFigures, forecast: ForecastFigures | None) -> list[str]:
    """Sources without a forecast, and those that lack years: "Kunnat (2017, 2018)"."""
    if forecast is None:
        return []
    lines = {line.source.source_id: line for line in (figures.city_plan.lines if figures.city_plan else ())}
    found = []
    for key, name in named_sources(figures, forecast).items():
        known = {when for source, when, _amount in forecast.amounts if source.source_id == key}
        gaps = [str(when) for when in forecast_years(forecast, lines.get(key)) if when not in known]
        if not known:
            found.append(name)
        elif gaps:
            found.append(f"{name} ({', '.join(gaps)})")
    return found


def forecast_years(forecast: ForecastFigures, line: LineFigures | None) -> list[int]:
    years = {when for _, when, _ in forecast.amounts}
    return sorted(years | {when for when, amount in (line.years if line else {}).items() if amount})


def paid_in(paid: Iterable[ClaimSourceFigures], year: int | None, key: int | None = None) -> Decimal:
    return sum(
        (
            row.paid
            for row in paid
            if row.paid is not None
            and key in (None, row.source.source_id)
            and (year is None or (row.paid_on is not None and row.paid_on.year == year))
        ),
        ZERO,
    )


def _forecast_of(
    forecast: ForecastFigures | None, line: LineFigures | None, source_id: int, year: int | None
) -> Decimal | None:
    """None if a year of the forecast or the plan is missing."""
    if forecast is None:
        return None
    amounts = {when: amount for source, when, amount in forecast.amounts if source.source_id == source_id}
    if year is not None:
        return amounts.get(year)
    years = forecast_years(forecast, line)
    return sum_if_all_known(amounts.get(when) for when in years) if amounts else None


def named_sources(figures: ProjectFigures, forecast: ForecastFigures | None) -> dict[int, str]:
    sources = [line.source for line in (figures.city_plan.lines if figures.city_plan else ())]
    sources += [row.source for claim in figures.claims for row in claim.sources if row.paid is not None]
    sources += [source for source, _year, _amount in (forecast.amounts if forecast else ())]
    return {source.source_id: source.name for source in sources}


def _own_actual(figures: ProjectFigures, plan: PlanFigures, year: int | None) -> Decimal | None:
    if figures.lacks_invoices:
        return None
    spent = (row for row in figures.invoices if row.status in SPENT)
    invoices = less_revenue(spent, figures.revenue_by_year)
    # A year's part is what it adds to the years before, so that the years sum exactly.
    before = [row for row in invoices if year is not None and row.year < year]
    until = [row for row in invoices if year is None or row.year <= year]
    parts = [
        plan.own_funding_of(costs) if costs else ZERO
        for costs in (own_costs(rows, SPENT, plan.cost_model) for rows in (until, before))
    ]
    return difference(*parts)
