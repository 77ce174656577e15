"""Costs by category and the years of lines (R06, R07, R08)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.choices import CostCategory
from financing.reconciliation.checks.common import (
    NAMED_AT_MOST,
    direction,
    level_of,
    rounding_reason,
    unknown,
)
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import PLAN, PlanInProject
from financing.rules import rounding
from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.rules.flat_rates import (
    FlatRate,
    flat_rate_year,
    flat_rates,
    rounding_words,
    staff_and_flat_rate,
)
from mikrogrow.values.dates import years_between
from mikrogrow.values.money import ZERO, cut, format_euros, format_percent
from mikrogrow.values.translation import gettext as _
from projects.choices import FLAT_RATE_PERCENTS, WITHOUT_FLAT_RATE


@check("R06", gettext_noop("Prosenttimääräinen kustannus = osuus palkkakustannuksista"), of=PLAN)
def flat_rates_agree(budget: PlanInProject) -> list[Result]:
    """One result for all years that agree, one for each that differs, one for those that are unknown."""
    if budget.may_lack_costs:
        return []
    plan, cost_model = budget.plan, budget.project.cost_model
    if not plan.has_categories:
        return [unknown(_("Kustannuksia ei ole eritelty kustannuslajeittain."))]
    # All implementers have the project's cost model.
    percent = FLAT_RATE_PERCENTS.get(cost_model)
    if percent is None:
        return [_without_percent(plan, cost_model)]
    (_staff, stated), computed = staff_and_flat_rate(plan), flat_rates(plan, percent)
    if not computed:
        return [unknown(_("Palkkakustannuksia ja prosenttimääräisiä kustannuksia ei ole."))]
    return _year_by_year(stated, computed, percent)


def _year_by_year(
    stated: Mapping[int | None, Decimal | None],
    computed: Mapping[int | None, FlatRate | None],
    percent: Decimal,
) -> list[Result]:
    agreeing: dict[int | None, FlatRate] = {}
    found, missing = [], []
    for year, rate in computed.items():
        amount = stated.get(year)
        if rate is None or amount is None:
            missing.append(year)
        elif amount == rate.result:
            agreeing[year] = rate
        else:
            found.append(_flat_rate_differs(year, amount, rate))
    if agreeing:
        found.append(_flat_rates_pass(agreeing, percent))
    if missing:
        sentence = _("Palkkakustannukset tai prosenttimääräiset kustannukset eivät ole tiedossa: %(years)s.")
        shown = {"years": ", ".join(map(flat_rate_year, missing))}
        found.append(unknown(sentence % shown, _("puuttuvat vuodet") if found else ""))
    return found


def _without_percent(plan: PlanFigures, cost_model: str) -> Result:
    amount = plan.sums.in_category(CostCategory.FLAT_RATE)
    if cost_model not in WITHOUT_FLAT_RATE:
        return unknown(_("Hankkeen kustannusmallia ei ole kirjattu."))
    if amount is None:
        return unknown(_("Prosenttimääräiset kustannukset eivät ole tiedossa."))
    sentence = _("Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, eikä niitä ole suunnitelmassa.")
    if amount:
        sentence = _(
            "Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, suunnitelmassa niitä on %(amount)s."
        ) % {"amount": format_euros(amount)}
    return Result(
        Level.ERROR if amount else Level.PASSED,
        sentence,
        _("Hankkeen kaikilla toteuttajilla on sama kustannusmalli.") if amount else "",
        left=euros(_("Prosenttimääräiset"), amount),
        right=euros(_("Pitäisi olla"), ZERO),
        difference=euro_difference(amount),
    )


def _flat_rate_differs(year: int | None, amount: Decimal, rate: FlatRate) -> Result:
    difference = amount - rate.result
    tolerance = rounding.half_unit(amount) if amount else ZERO
    tolerance += rounding.half_unit(rate.base) * rate.percent / 100 if rate.base else ZERO
    # Cut to the euro, or off by no more than half of each number's unit.
    is_rounded = amount == cut(rate.exact, 0) or abs(amount - rate.exact) <= tolerance
    level = Level.NOTE if is_rounded else Level.ERROR
    shown = {
        "year": flat_rate_year(year),
        "amount": format_euros(amount),
        "percent": format_percent(rate.percent),
        "result": format_euros(rate.result),
        "base": format_euros(rate.base),
        "direction": direction(difference),
    }
    reason = _("Palkkakustannukset ovat %(base)s.") % shown
    return Result(
        level,
        _(
            "%(year)s: prosenttimääräiset kustannukset %(amount)s – %(percent)s palkkakustannuksista "
            "%(result)s = %(direction)s."
        )
        % shown,
        " ".join(filter(None, [reason, rounding_reason(level)])),
        left=euros(_("Prosenttimääräiset"), amount),
        right=euros(_("Laskettu"), rate.result),
        difference=euro_difference(difference),
        detail=flat_rate_year(year),
    )


def _flat_rates_pass(rates: dict[int | None, FlatRate], percent: Decimal) -> Result:
    total = sum((rate.result for rate in rates.values()), ZERO)
    return Result(
        Level.PASSED,
        _("Prosenttimääräiset kustannukset ovat %(percent)s palkkakustannuksista: %(terms)s.")
        % {
            "percent": format_percent(percent),
            "terms": ", ".join(
                f"{flat_rate_year(year)}: {format_euros(rate.result)}" for year, rate in rates.items()
            ),
        },
        rounding_words(rates, percent),
        left=euros(_("Prosenttimääräiset"), total),
        right=euros(_("Laskettu"), total),
        difference=euro_difference(ZERO),
    )


@check("R07", gettext_noop("Kustannukset – tulot = rahoitus"), of=PLAN)
def revenue_deducted(budget: PlanInProject) -> Result | None:
    if budget.may_lack_costs:
        return None
    plan = budget.plan
    if not plan.has_categories:
        return unknown(_("Kustannuksia ei ole eritelty kustannuslajeittain, eikä tuloja ole kirjattu."))
    costs, revenue = plan.sums.gross, plan.sums.revenue
    financing = plan.sources_total
    if costs is None:
        return unknown(_("Kaikki kustannukset eivät ole tiedossa."))
    if revenue is None:
        return unknown(_("Tulot eivät ole tiedossa."))
    if financing is None:
        return unknown(_("Rahoitus ei ole kokonaan tiedossa."))
    net = costs - revenue
    level = level_of(financing - net, _net_tolerance(plan, net, financing - net))
    reason = rounding_reason(level)
    # R01 compares the same costs: one disagreement is not two errors.
    if financing != net and net == plan.cost:
        level, reason = Level.NOTE, _("Sama ero on tarkistuksessa R01.")
    return Result(
        level,
        _net_sentence(level, costs, revenue, financing),
        reason,
        left=euros(_("Rahoitus"), financing),
        right=euros(_("Kustannukset – tulot"), net),
        difference=euro_difference(financing - net),
    )


def _net_tolerance(plan: PlanFigures, net: Decimal, difference: Decimal) -> Decimal:
    tolerance = rounding.of_amounts([cost.amount for cost in plan.costs if cost.amount])
    if not plan.cost_is_approximate:
        # As in R01, with the costs that the shares are of.
        return tolerance + rounding.of_lines(plan.lines, plan.cost or net, difference)
    tolerance += rounding.of_amounts([line.amount for line in plan.lines if line.amount and line.share])
    return tolerance + (rounding.half_approximate_unit(net) if net else ZERO)


def _net_sentence(level: Level, costs: Decimal, revenue: Decimal, financing: Decimal) -> str:
    net = costs - revenue
    shown = {
        "costs": format_euros(costs),
        "revenue": format_euros(revenue),
        "net": format_euros(net),
        "financing": format_euros(financing),
        "direction": direction(financing - net),
    }
    if level is Level.PASSED:
        return _("Kustannukset %(costs)s – tulot %(revenue)s = rahoitus %(financing)s.") % shown
    sentence = _(
        "Rahoitus %(financing)s – nettokustannukset %(net)s = %(direction)s. "
        "Nettokustannukset ovat kustannukset %(costs)s – tulot %(revenue)s."
    )
    return sentence % shown


@check("R08", gettext_noop("Rivin vuosien summa = rivin summa"), of=PLAN)
def line_years_sum(budget: PlanInProject) -> list[Result]:
    """One result for all lines that agree, one for each that differs, one for those with unknown years."""
    if budget.may_lack_line_years:
        return []
    lines = budget.plan.lines
    if not lines:
        return [unknown(_("Rahoituslähteitä ei ole kirjattu."))]
    if not any(line.years for line in lines):
        return [unknown(_("Rahoituslähteiden vuosijako ei ole tiedossa."))]
    return _line_by_line(lines, years_between(budget.project.starts_on, budget.project.ends_on))


def _line_by_line(lines: Sequence[LineFigures], years: range) -> list[Result]:
    found: list[Result] = []
    agreeing, missing = [], []
    for line in lines:
        total = sum(line.years.values(), ZERO)
        if line.amount is None or (not line.years and line.amount):
            missing.append(line.source.name)
        elif total == line.amount:
            agreeing.append(line)
        # The years that are missing may bring the difference; so may unknown ones.
        elif total < line.amount and (not years or set(years) - line.years.keys()):
            missing.append(line.source.name)
        else:
            found.append(_line_differs(line, total, line.amount))
    if agreeing:
        found.append(_lines_pass(agreeing))
    if missing:
        sentence = _("Vuosijako ei ole kokonaan tiedossa: %(names)s.") % {"names": ", ".join(missing)}
        found.append(unknown(sentence, _("puuttuvat vuodet") if found else ""))
    return found


def _line_differs(line: LineFigures, total: Decimal, amount: Decimal) -> Result:
    level = level_of(total - amount, rounding.of_amounts(list(line.years.values())))
    return Result(
        level,
        _("%(source)s: vuodet %(total)s – rivi %(amount)s = %(direction)s.")
        % {
            "source": line.source.name,
            "total": format_euros(total),
            "amount": format_euros(amount),
            "direction": direction(total - amount),
        },
        rounding_reason(level),
        left=euros(_("Vuodet yhteensä"), total),
        right=euros(_("Rivi"), amount),
        difference=euro_difference(total - amount),
        detail=line.source.name,
    )


def _lines_pass(lines: Sequence[LineFigures]) -> Result:
    total = sum((line.amount for line in lines if line.amount is not None), ZERO)
    names = tuple(f"{line.source.name} {format_euros(line.amount)}" for line in lines)
    is_long = len(names) > NAMED_AT_MOST
    sentence = _("Vuosien summa on sama kuin rivin summa: %(names)s.") % {"names": ", ".join(names)}
    if is_long:
        sentence = _("%(number)s lähdettä täsmää.") % {"number": len(names)}
    return Result(
        Level.PASSED,
        sentence,
        left=euros(_("Vuodet yhteensä"), total),
        right=euros(_("Rivit"), total),
        difference=euro_difference(ZERO),
        items=names if is_long else (),
    )
