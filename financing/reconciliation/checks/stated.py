"""Totals that a paper states beside what its rows give (R23)."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext_noop

from financing.choices import StatedSum
from financing.reconciliation.checks.common import (
    direction,
    level_of,
    rounding_reason,
    unknown,
)
from financing.reconciliation.checks.sums import against_costs, approximate_part
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import APPROPRIATIONS, PLAN, PlanInProject
from financing.rules import rounding
from financing.rules.figures.commitments import CommitmentFigures
from financing.rules.figures.costs import CostSums, StatedFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.stated import rows_of, total_name
from mikrogrow.values.money import difference, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _

STATED_TOTALS = ("R23", gettext_noop("Ilmoitetut summat = rivien summat"))


@check(*STATED_TOTALS, of=PLAN)
def stated_beside_rows(budget: PlanInProject) -> list[Result]:
    categories = categories_sum(budget)
    found = [] if categories is None else [categories]
    return [*found, *stated_totals_agree(budget), *parts_within_lines(budget)]


@check(*STATED_TOTALS, of=APPROPRIATIONS)
def stated_left_of_appropriations(figures: ProjectFigures) -> list[Result]:
    """What a paper says is left of an appropriation is what all decisions left of it on that day."""
    return [_left(row, row.stated_left) for row in figures.commitments if row.stated_left is not None]


def _left(row: CommitmentFigures, stated: Decimal) -> Result:
    shown = {
        "appropriation": row.appropriation_name,
        "decision": row.decision,
        "stated": format_euros(stated),
    }
    detail = _("määrärahaa jäljellä, %(appropriation)s, %(decision)s") % shown
    if row.left_when_decided is None:
        sentence = _("Ei ole tiedossa, mitä määrärahasta %(appropriation)s oli jäljellä päätettäessä.")
        return unknown(sentence % shown, detail)
    gap = stated - row.left_when_decided
    shown |= {"left": format_euros(row.left_when_decided), "direction": direction(gap)}
    if gap == 0:
        sentence = _("Määrärahaa %(appropriation)s jää %(stated)s, kuten ilmoitetaan (%(decision)s).")
        return Result(Level.PASSED, sentence % shown, detail=detail)
    return Result(
        level_of(gap, rounding.of_amounts([stated])),
        _(
            "Määrärahaa %(appropriation)s jää ilmoituksen mukaan %(stated)s – laskettuna %(left)s "
            "= %(direction)s (%(decision)s)."
        )
        % shown,
        left=euros(_("Ilmoitettu"), stated),
        right=euros(_("Laskettu"), row.left_when_decided),
        difference=euro_difference(gap),
        detail=detail,
    )


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


def stated_totals_agree(budget: PlanInProject) -> list[Result]:
    """One result for all stated totals that agree, one for each that differs, one for those unknown."""
    found: list[Result] = []
    agreeing, missing = [], []
    for stated in budget.plan.stated:
        total, terms = rows_of(budget.plan, stated)
        if total is None:
            missing.append(total_name(stated))
        elif total == stated.amount:
            agreeing.append(total_name(stated))
        else:
            found.append(_total_differs(budget.plan, stated, total, terms))
    if agreeing:
        sentence = _("Ilmoitetut summat täsmäävät riveihin: %(names)s.") % {"names": ", ".join(agreeing)}
        found.append(Result(Level.PASSED, sentence, detail=_("ilmoitetut summat")))
    if missing:
        sentence = _("Rivien summa ei ole tiedossa: %(names)s.") % {"names": ", ".join(missing)}
        found.append(unknown(sentence, _("tuntemattomat summat")))
    return found


def _total_differs(
    plan: PlanFigures, stated: StatedFigures, total: Decimal, terms: Sequence[Decimal]
) -> Result:
    gap = total - stated.amount
    # The stated total may be rounded itself.
    level = level_of(gap, rounding.of_amounts([*terms, stated.amount]))
    reason = rounding_reason(level)
    if stated.kind == StatedSum.SOURCES and stated.amount == plan.cost:
        level, reason = Level.NOTE, _("Sama ero on tarkistuksessa R01.")
    shown = {
        "name": capfirst(total_name(stated)),
        "total": format_euros(total),
        "stated": format_euros(stated.amount),
        "direction": direction(gap),
    }
    return Result(
        level,
        _("%(name)s: rivit %(total)s – ilmoitettu %(stated)s = %(direction)s.") % shown,
        reason,
        left=euros(_("Rivit yhteensä"), total),
        right=euros(_("Ilmoitettu"), stated.amount),
        difference=euro_difference(gap),
        detail=total_name(stated),
    )


def parts_within_lines(budget: PlanInProject) -> list[Result]:
    """One result for each line whose parts are more than the line."""
    found = []
    for line in budget.plan.lines:
        parts = sum_if_all_known(part.amount for part in line.of_which)
        if parts is None or line.amount is None or parts <= line.amount:
            continue
        shown = {
            "name": line.source.name,
            "parts": format_euros(parts),
            "amount": format_euros(line.amount),
            "direction": direction(parts - line.amount),
        }
        found.append(
            Result(
                Level.ERROR,
                _("%(name)s: josta-osat %(parts)s – rivi %(amount)s = %(direction)s.") % shown,
                left=euros(_("Osat yhteensä"), parts),
                right=euros(_("Rivi"), line.amount),
                difference=euro_difference(parts - line.amount),
                detail=_("osat, %s") % line.source.name,
            )
        )
    return found
