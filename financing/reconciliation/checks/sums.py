"""Sums in euros: sources, years, sub-projects (R01, R04, R05, R09)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext_noop, ngettext

from financing.reconciliation.checks.common import (
    direction,
    level_of,
    rounding_reason,
    unknown,
    unknown_time,
)
from financing.reconciliation.findings import Figure, Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import PLAN, SHARED_COSTS, SUB_PROJECTS, PlanInProject
from financing.rules import rounding
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.values.dates import format_years
from mikrogrow.values.money import ZERO, difference, format_euros, format_percent
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined
from projects.choices import WITH_BUDGET

# The same of invoices and claims by day is in `days`.
WITHIN_YEARS = ("R05", gettext_noop("Kustannukset ja rahoitus vain toteutusvuosille"))


@check("R01", gettext_noop("Rahoituslähteet = kustannukset"), of=PLAN)
def sources_sum(budget: PlanInProject) -> Result:
    plan = budget.plan
    total = plan.sources_total
    if plan.cost is None or total is None:
        return unknown(_missing_amounts(plan))
    return against_costs(
        _("Lähteet yhteensä"),
        total,
        plan.cost,
        sources_tolerance(plan, plan.cost, total - plan.cost),
        agrees=_("Rahoituslähteet %(total)s = kustannukset %(cost)s."),
        differs=_("Rahoituslähteet %(total)s – kustannukset %(cost)s = %(direction)s."),
        reason="" if plan.cost_is_approximate else _rounded_down_reason(plan, plan.cost, total - plan.cost),
    )


def sources_tolerance(plan: PlanFigures, cost: Decimal, difference: Decimal) -> Decimal:
    if plan.cost_is_approximate:
        # The exact product of a share is unknown.
        amounts = [line.amount for line in plan.lines if line.amount and line.share]
        return rounding.of_amounts(amounts) + approximate_part(plan)
    return rounding.of_lines(plan.lines, cost, difference)


def approximate_part(plan: PlanFigures) -> Decimal:
    if plan.cost is None or not plan.cost_is_approximate:
        return ZERO
    return rounding.half_approximate_unit(plan.cost)


def against_costs(
    name: str,
    total: Decimal,
    cost: Decimal,
    tolerance: Decimal,
    *,
    agrees: str,
    differs: str,
    reason: str = "",
    terms: str = "",
    cost_name: str = "",
    detail: str = "",
) -> Result:
    level = level_of(total - cost, tolerance)
    shown = {
        "terms": terms,
        "total": format_euros(total),
        "cost": format_euros(cost),
        "direction": direction(total - cost),
    }
    return Result(
        level,
        (agrees if level is Level.PASSED else differs) % shown,
        reason or rounding_reason(level),
        left=euros(name, total),
        right=euros(cost_name or _("Kustannukset"), cost),
        difference=euro_difference(total - cost),
        detail=detail,
    )


def _missing_amounts(plan: PlanFigures) -> str:
    if not plan.lines:
        return _("Rahoituslähteitä ei ole kirjattu.")
    if plan.cost is None:
        return _("Kustannukset eivät ole tiedossa.")
    names = ", ".join(line.source.name for line in plan.lines if line.amount is None)
    return _("Euromäärä ei ole tiedossa: %(names)s.") % {"names": names}


def _rounded_down_reason(plan: PlanFigures, cost: Decimal, difference: Decimal) -> str:
    # A grant is usually rounded down to the euro.
    own_line = plan.own_line
    for line in plan.lines:
        if difference == 0 or line.amount is None or line.share is None or line is own_line:
            continue
        exact = cost * line.share / rounding.HUNDRED
        rounded_down = exact.to_integral_value(ROUND_DOWN)
        if line.amount - rounded_down != difference:
            continue
        sentence = _(
            "Mahdollinen syy: jos %(source)s olisi %(amount)s eli %(share)s kustannuksista alaspäin "
            "pyöristettynä, summat täsmäisivät."
        )
        if rounded_down == exact:
            sentence = _(
                "Mahdollinen syy: jos %(source)s olisi %(amount)s eli %(share)s kustannuksista, "
                "summat täsmäisivät."
            )
        if own_line is not None and own_line.amount is not None:
            sentence += " " + _("Omarahoitukseksi jäisi silloin täsmälleen ilmoitettu %(own)s.")
        return sentence % {
            "source": line.source.name,
            "amount": format_euros(rounded_down),
            "share": format_percent(line.share),
            "own": format_euros(own_line.amount if own_line else None),
        }
    return ""


@check("R04", gettext_noop("Vuosien summa = kustannukset"), of=PLAN)
def years_sum(budget: PlanInProject) -> Result | None:
    if budget.may_lack_costs:
        return None
    plan, sums = budget.plan, budget.plan.sums
    total = difference(sums.by_year, sums.revenue)
    if not sums.years or total is None or plan.cost is None:
        return unknown(_missing_years(plan))
    amounts = [amount for year in sums.years if (amount := sums.column(year, is_net=True)) is not None]
    # What is of no known year, though it is no category's either.
    undated = total - sum(amounts, ZERO)
    return against_costs(
        _("Vuodet yhteensä"),
        total,
        plan.cost,
        rounding.of_amounts([*amounts, undated]) + approximate_part(plan),
        agrees=_("Vuodet %(terms)s = %(total)s, sama kuin kustannukset."),
        differs=_("Vuodet %(total)s – kustannukset %(cost)s = %(direction)s."),
        terms=_terms(amounts, undated),
    )


def _terms(amounts: Sequence[Decimal], undated: Decimal) -> str:
    years = " + ".join(map(format_euros, amounts))
    if not undated:
        return years
    return f"{years} {'+' if undated > 0 else '–'} {format_euros(abs(undated))}"


def _missing_years(plan: PlanFigures) -> str:
    if plan.cost is None:
        return _("Kustannukset eivät ole tiedossa.")
    if not plan.sums.years:
        return _("Kustannusten vuosijako ei ole tiedossa.")
    names = [str(year) for year in plan.sums.years if plan.sums.column(year, is_net=True) is None]
    if not names:
        return _("Kaikkien kustannusten vuosi ei ole tiedossa.")
    sentence = ngettext(
        "Vuoden %(years)s kustannukset eivät ole tiedossa.",
        "Vuosien %(years)s kustannukset eivät ole tiedossa.",
        len(names),
    )
    return sentence % {"years": joined(names)}


@check(*WITHIN_YEARS, of=PLAN)
def plan_within_years(budget: PlanInProject) -> Result | None:
    if budget.may_lack_costs:
        return None
    return _within_years(_euros_by_year(budget.plan), budget.project, _("kustannukset ja kaikki rahoitus"))


def _euros_by_year(plan: PlanFigures) -> dict[int, Decimal]:
    costs: defaultdict[int, Decimal] = defaultdict(Decimal)
    sources: defaultdict[int, Decimal] = defaultdict(Decimal)
    for cost in plan.costs:
        if cost.net is not None and cost.year is not None:
            costs[cost.year] += cost.net
    for line in plan.lines:
        for year, amount in line.years.items():
            sources[year] += amount
    return {year: max(costs[year], sources[year]) for year in sorted({*costs, *sources})}


@check(*WITHIN_YEARS, of=SHARED_COSTS)
def shared_costs_within_years(figures: ProjectFigures) -> Result | None:
    years: defaultdict[int, Decimal] = defaultdict(Decimal)
    for cost in figures.shared_costs:
        if cost.year is not None and cost.amount is not None:
            years[cost.year] += cost.amount
    return _within_years(years, figures, _("yhteiset kustannukset")) if years else None


def _within_years(years: Mapping[int, Decimal], project: ProjectFigures, what: str) -> Result:
    if project.starts_on is None or project.ends_on is None:
        return unknown_time(project.starts_on, project.ends_on)
    if not years:
        return unknown(_("Ei ole tiedossa, mille vuosille kustannukset ja rahoitus kuuluvat."))
    first, last = project.starts_on.year, project.ends_on.year
    outside = {year: amount for year, amount in sorted(years.items()) if amount and not first <= year <= last}
    total = sum(outside.values(), ZERO)
    shown = {
        "what": what,
        "period": format_years(first, last),
        "total": format_euros(total),
        "terms": ", ".join(f"{year}: {format_euros(amount)}" for year, amount in outside.items()),
    }
    sentence = ngettext(
        "Kaikki %(what)s kuuluvat toteutusvuoteen %(period)s.",
        "Kaikki %(what)s kuuluvat toteutusvuosiin %(period)s.",
        last - first + 1,
    )
    if outside:
        sentence = _("Toteutusvuosien %(period)s ulkopuolella on %(total)s (%(terms)s).")
    used = [year for year, amount in years.items() if amount] or list(years)
    return Result(
        Level.ERROR if outside else Level.PASSED,
        sentence % shown,
        left=Figure(_("Vuodet"), format_years(min(used), max(used))),
        right=Figure(_("Toteutusvuodet"), shown["period"]),
        difference=euro_difference(total, _("Ulkopuolella")),
    )


@check("R09", gettext_noop("Osahankkeiden kustannukset = koko hankkeen kustannukset"), of=SUB_PROJECTS)
def sub_projects_sum(figures: ProjectFigures) -> Result:
    costs = _costs_of_sub_projects(figures)
    if not costs:
        return unknown(_("Toteuttajia ei ole kirjattu."))
    missing = [name for name, cost in costs if cost is None]
    if missing:
        return unknown(_("Osahankkeen luvut puuttuvat: %(names)s.") % {"names": ", ".join(missing)})
    if figures.total_cost is None:
        return unknown(_("Kokonaiskustannukset eivät ole tiedossa."))
    amounts = [cost for _name, cost in costs if cost is not None]
    # Each implementer has a budget of its own: some in euros, some in cents.
    tolerance = sum((rounding.of_amounts([amount]) for amount in amounts), ZERO)
    if figures.total_cost_is_approximate:
        tolerance += rounding.half_approximate_unit(figures.total_cost)
    return against_costs(
        _("Osahankkeet yhteensä"),
        sum(amounts, ZERO),
        figures.total_cost,
        tolerance,
        agrees=_("Osahankkeet yhteensä %(total)s = koko hanke %(cost)s."),
        differs=_("Osahankkeet %(total)s – koko hanke %(cost)s = %(direction)s."),
        cost_name=_("Koko hanke"),
    )


def _costs_of_sub_projects(figures: ProjectFigures) -> list[tuple[str, Decimal | None]]:
    costs = {plan.organisation_id: plan.cost for plan in figures.plans}
    return [
        (party.short_name, costs.get(party.organisation_id))
        for party in figures.parties
        if party.role in WITH_BUDGET or party.organisation_id in costs
    ]
