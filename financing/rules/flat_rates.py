"""Costs that are a percentage of the staff costs of the same year: base, percent, result, rounding.

The percentages are the funder's: 24 % (also 15 and 17), and 40 % in the programme of 2021–2027.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import CostCategory
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.spending import InvoiceSum
from mikrogrow.values.money import ZERO, cut, format_amount, format_euros
from projects.choices import FLAT_RATE_PERCENTS


@dataclass(frozen=True)
class FlatRate:
    """A percentage of a base in euros: exact, cut to the cent, and what the cut left out."""

    base: Decimal
    percent: Decimal
    exact: Decimal
    result: Decimal
    rounding: Decimal


def flat_rate(base: Decimal, percent: Decimal) -> FlatRate:
    # Cut to the cent, so that it never exceeds the percentage.
    exact = base * percent / 100
    result = cut(exact, 2)
    return FlatRate(base, percent, exact, result, exact - result)


Years = dict[int | None, Decimal | None]


def staff_and_flat_rate(plan: PlanFigures) -> tuple[Years, Years]:
    """What the plan states of both, by year; under None in all, if some of either has no year."""
    staff, flat = CostCategory.STAFF, CostCategory.FLAT_RATE
    is_undated = any(cost.year is None and cost.category in {staff, flat} for cost in plan.costs)
    return _stated(plan, staff, is_undated), _stated(plan, flat, is_undated)


def _stated(plan: PlanFigures, category: str, is_undated: bool) -> Years:
    if is_undated:
        return {None: plan.sums.in_category(category)} if plan.has_category(category) else {}
    return dict(plan.category_by_year(category).items())


def flat_rates(plan: PlanFigures, percent: Decimal) -> dict[int | None, FlatRate | None]:
    """By year; None if the year's staff costs are unknown. Under None in all, if some have no year."""
    bases, stated = staff_and_flat_rate(plan)
    return {
        year: None if (base := bases.get(year)) is None else flat_rate(base, percent)
        for year in sorted({*bases, *stated}, key=lambda year: year or 0)
    }


def flat_rate_year(year: int | None) -> str:
    return _("kaikki vuodet") if year is None else str(year)


def accrued_on(staff: Decimal, cost_model: str) -> Decimal:
    """What the staff costs of a year, or of a claim, bring along; 0 if the model has no flat rate."""
    percent = FLAT_RATE_PERCENTS.get(cost_model)
    return ZERO if percent is None else flat_rate(staff, percent).result


def accrued(invoices: Iterable[InvoiceSum], cost_model: str) -> Decimal:
    """What follows from the staff costs among the invoices, cut to the cent each year, in euros."""
    staff: dict[int, Decimal] = {}
    for row in invoices:
        if row.category == CostCategory.STAFF:
            staff[row.year] = staff.get(row.year, ZERO) + row.cost
    return sum((accrued_on(base, cost_model) for base in staff.values()), ZERO)


def own_and_accrued(invoices: Iterable[InvoiceSum], cost_model: str) -> Decimal:
    rows = list(invoices)
    return sum((row.cost for row in rows), accrued(rows, cost_model))


def _by_year(words: Mapping[int | None, str]) -> str:
    return ", ".join(f"{flat_rate_year(year)}: {shown}" for year, shown in words.items())


def rounding_words(years: Mapping[int | None, FlatRate], percent: Decimal) -> str:
    if not years:
        return ""
    left_out = {year: rate.rounding for year, rate in years.items() if rate.rounding}
    if not left_out:
        if None in years:
            return _("Tulos on täysiä senttejä, joten mitään ei pyöristetty.")
        return _("Tulos on joka vuonna täysiä senttejä, joten mitään ei pyöristetty.")
    total = flat_rate(sum((rate.base for rate in years.values()), ZERO), percent)
    results = sum((rate.result for rate in years.values()), ZERO)
    sentence = _(
        "Vuoden tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on %(terms)s "
        "senttiä."
    )
    if None in years:
        sentence = _(
            "Tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on %(terms)s "
            "senttiä."
        )
    sentence %= {"terms": ", ".join(_left_out(year, part) for year, part in left_out.items())}
    if total.result == results:
        return sentence
    return (
        sentence
        + " "
        + _(
            "Kaikista palkkakustannuksista yhdessä laskettuna tulos olisi %(whole)s eli %(more)s enemmän "
            "kuin vuosien summa %(years)s: ero on vuosien pyöristystä."
        )
        % {
            "whole": format_euros(total.result),
            "more": format_euros(total.result - results),
            "years": format_euros(results),
        }
    )


def _left_out(year: int | None, euros: Decimal) -> str:
    cents = format_amount(euros * 100)
    return cents if year is None else f"{year}: {cents}"
