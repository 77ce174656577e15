"""What a plan's rows give for the totals that its paper states.

| stated                  | what the rows give                                                  |
| ----------------------- | ------------------------------------------------------------------- |
| sum of sources          | the sources' amounts                                                |
| sources of a year       | what the sources give in that year                                  |
| costs of a year         | net costs of the year, gross if the paper states gross costs        |
| a category              | its years, and what it has without a year; the same money only once |

An unknown row leaves the sum unknown. A stated total is rounded itself, so it is a term as the rows are.
"""

from collections.abc import Iterable
from decimal import Decimal

from financing.choices import CostCategory, StatedSum
from financing.rules.figures.costs import StatedFigures
from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.money import difference
from mikrogrow.values.translation import gettext as _

Rows = tuple[Decimal | None, list[Decimal]]


def rows_of(plan: PlanFigures, stated: StatedFigures) -> Rows:
    """The sum of the rows in euros, and its terms."""
    if stated.kind == StatedSum.SOURCES:
        return plan.sources_total, _known(line.amount for line in plan.lines)
    if stated.kind == StatedSum.CATEGORY:
        costs = [cost.amount for cost in plan.costs if cost.category == stated.category]
        total = plan.sums.in_category(stated.category) if plan.has_category(stated.category) else None
        return total, _known(costs)
    assert stated.year is not None
    if stated.kind == StatedSum.SOURCES_OF_YEAR:
        return plan.sources_in(stated.year), _known(line.years.get(stated.year) for line in plan.lines)
    return costs_in(plan, stated.year), _known(cost.amount for cost in plan.costs if cost.year == stated.year)


def costs_in(plan: PlanFigures, year: int) -> Decimal | None:
    """Of the kind that the paper states: gross or net."""
    if year not in plan.costs_by_year:
        return None
    return plan.sums.gross_in(year) if plan.is_gross else plan.costs_by_year[year]


def difference_to_rows(
    plan: PlanFigures, kind: str, year: int | None = None, category: str = ""
) -> Decimal | None:
    """Rows minus stated; None if the paper does not state the total, or the rows are unknown."""
    amount = plan.stated_sum(kind, year, category)
    if amount is None:
        return None
    total, _terms = rows_of(plan, StatedFigures(kind, amount, year, category))
    return difference(total, amount)


def total_name(stated: StatedFigures) -> str:
    if stated.kind == StatedSum.SOURCES_OF_YEAR:
        return _("rahoitus vuonna %s") % stated.year
    if stated.kind == StatedSum.COSTS_OF_YEAR:
        return _("kustannukset vuonna %s") % stated.year
    if stated.kind == StatedSum.CATEGORY:
        return str(CostCategory(stated.category).label)
    return str(StatedSum(stated.kind).label)


def _known(amounts: Iterable[Decimal | None]) -> list[Decimal]:
    return [amount for amount in amounts if amount is not None]
