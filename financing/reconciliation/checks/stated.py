"""Totals that a paper states beside what its rows give (R23)."""

from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.reconciliation.checks.common import (
    level_of,
    rounding_reason,
    unknown,
)
from financing.reconciliation.checks.sums import against_costs, approximate_part
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import PLAN, PlanInProject
from financing.rules import rounding
from financing.rules.figures.costs import CostSums
from mikrogrow.values.money import difference, format_euros
from mikrogrow.values.translation import gettext as _

STATED_TOTALS = ("R23", gettext_noop("Ilmoitetut summat = rivien summat"))


@check(*STATED_TOTALS, of=PLAN)
def categories_sum(budget: PlanInProject) -> Result | None:
    """What categories without a year sum to: compared with the years, else with the stated costs."""
    plan, sums = budget.plan, budget.plan.sums
    if not sums.has_undated_categories:
        return None
    categories, years = (difference(total, sums.revenue) for total in (sums.by_category, sums.by_year))
    if categories is None:
        return unknown(_("Kaikki kustannuslajien summat eivät ole tiedossa."), _("kustannuslajit"))
    # If it is the years that differ from the costs, R04 says it.
    if years is not None and categories != plan.cost:
        return _years_and_categories(sums, years, categories)
    if plan.cost is None:
        return unknown(_("Kustannukset eivät ole tiedossa."), _("kustannuslajit"))
    return against_costs(
        _("Kustannuslajit yhteensä"),
        categories,
        plan.cost,
        rounding.of_amounts(sums.amounts_by_category) + approximate_part(plan),
        agrees=_("Kustannuslajit yhteensä %(total)s = kustannukset %(cost)s."),
        differs=_("Kustannuslajit %(total)s – kustannukset %(cost)s = %(direction)s."),
        detail=_("kustannuslajit"),
    )


def _years_and_categories(sums: CostSums, years: Decimal, categories: Decimal) -> Result:
    tolerance = rounding.of_amounts(sums.amounts_by_year) + rounding.of_amounts(sums.amounts_by_category)
    level = level_of(years - categories, tolerance)
    sentence = _("Vuosittain ja kustannuslajeittain yhteensä %(years)s.")
    if level is not Level.PASSED:
        sentence = _("Vuosittain %(years)s, kustannuslajeittain %(categories)s: ero %(difference)s.")
    shown = {
        "years": format_euros(years),
        "categories": format_euros(categories),
        "difference": format_euros(abs(years - categories)),
    }
    return Result(
        level,
        sentence % shown,
        rounding_reason(level),
        left=euros(_("Vuosittain"), years),
        right=euros(_("Kustannuslajeittain"), categories),
        difference=euro_difference(years - categories),
        detail=_("kustannuslajit"),
    )
