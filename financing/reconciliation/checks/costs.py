"""Checks of costs by category and of the years of lines (R06, R07, R08)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from financing.reconciliation.checks.common import (
    direction,
    finding,
    half_approximate_unit,
    half_unit,
    level_of,
    rounding_of,
    rounding_reason,
    unknown,
)
from financing.reconciliation.findings import Finding, Level, euro_difference, euros
from financing.rules.figures import FLAT_RATE, REVENUE, LineFigures, PlanFigures
from financing.rules.flat_rates import PERCENTS, FlatRate, flat_rates, rounding_words
from mikrogrow.values.money import cut, format_euros, format_percent, sum_known
from mikrogrow.values.translation import gettext as _

MODELS_WITHOUT = {"real", "lump_sum"}


def check_flat_rates(subject: str, plan: PlanFigures, cost_model: str) -> list[Finding]:
    """R06: a flat rate is its percentage of the staff costs of the same year, cut to the cent.

    One finding for all years that agree, one for each that differs, one for those that are not known.
    The model is the project's: all implementers have the same. Source: DOMAIN section 3.
    """
    percent = PERCENTS.get(cost_model)
    if not plan.has_categories:
        return [unknown("R06", subject, _("Kustannuksia ei ole eritelty kustannuslajeittain."))]
    if percent is None:
        return [_without_percent(subject, plan, cost_model)]
    stated, computed = plan.category_by_year(FLAT_RATE), flat_rates(plan, percent)
    if not computed:
        return [unknown("R06", subject, _("Palkkakustannuksia ja prosenttimääräisiä kustannuksia ei ole."))]
    agreeing: dict[int, tuple[Decimal, FlatRate]] = {}
    found, missing = [], []
    for year, rate in computed.items():
        amount = stated.get(year)
        if rate is None or amount is None:
            missing.append(year)
        elif amount == rate.result:
            agreeing[year] = (amount, rate)
        else:
            found.append(_flat_rate_differs(subject, year, amount, rate))
    if agreeing:
        found.append(_flat_rates_agree(subject, agreeing, percent))
    if missing:
        detail = _("puuttuvat vuodet") if found else ""
        sentence = _("Palkkakustannukset tai prosenttimääräiset kustannukset eivät ole tiedossa: %(years)s.")
        shown = {"years": ", ".join(map(str, missing))}
        found.append(unknown("R06", subject, sentence % shown, detail))
    return found


def _without_percent(subject: str, plan: PlanFigures, cost_model: str) -> Finding:
    """R06 where the model of the project has no percentage: then the plan has no such costs either."""
    amount = sum_known(plan.category_by_year(FLAT_RATE).values())
    if cost_model not in MODELS_WITHOUT:
        return unknown("R06", subject, _("Hankkeen kustannusmallia ei ole kirjattu."))
    if amount is None:
        return unknown("R06", subject, _("Prosenttimääräiset kustannukset eivät ole tiedossa."))
    sentence = _("Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, eikä niitä ole suunnitelmassa.")
    if amount:
        sentence = _(
            "Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, suunnitelmassa niitä on %(amount)s."
        ) % {"amount": format_euros(amount)}
    return finding(
        "R06",
        Level.ERROR if amount else Level.PASSED,
        subject,
        sentence,
        _("Hankkeen kaikilla toteuttajilla on sama kustannusmalli.") if amount else "",
        left=euros(_("Prosenttimääräiset"), amount),
        right=euros(_("Pitäisi olla"), Decimal(0)),
        difference=euro_difference(amount),
    )


def _flat_rate_differs(subject: str, year: int, amount: Decimal, rate: FlatRate) -> Finding:
    """A year that differs: by rounding where the amount is cut to the euro or within half of the units."""
    difference = amount - rate.result
    tolerance = half_unit(amount) if amount else Decimal(0)
    tolerance += half_unit(rate.base) * rate.percent / 100 if rate.base else Decimal(0)
    is_rounded = amount == cut(rate.exact, 0) or abs(amount - rate.exact) <= tolerance
    level = Level.NOTE if is_rounded else Level.ERROR
    shown = {
        "year": year,
        "amount": format_euros(amount),
        "percent": format_percent(rate.percent),
        "result": format_euros(rate.result),
        "base": format_euros(rate.base),
        "direction": direction(difference),
    }
    reason = _("Palkkakustannukset ovat %(base)s.") % shown
    return finding(
        "R06",
        level,
        subject,
        _(
            "%(year)s: prosenttimääräiset kustannukset %(amount)s – %(percent)s palkkakustannuksista "
            "%(result)s = %(direction)s."
        )
        % shown,
        " ".join(filter(None, [reason, rounding_reason(level)])),
        left=euros(_("Prosenttimääräiset"), amount),
        right=euros(_("Laskettu"), rate.result),
        difference=euro_difference(difference),
        detail=str(year),
    )


def _flat_rates_agree(
    subject: str, agreeing: dict[int, tuple[Decimal, FlatRate]], percent: Decimal
) -> Finding:
    rates = {year: rate for year, (_amount, rate) in agreeing.items()}
    total = sum((rate.result for rate in rates.values()), Decimal(0))
    return finding(
        "R06",
        Level.PASSED,
        subject,
        _("Prosenttimääräiset kustannukset ovat %(percent)s palkkakustannuksista: %(terms)s.")
        % {
            "percent": format_percent(percent),
            "terms": ", ".join(f"{year}: {format_euros(rate.result)}" for year, rate in rates.items()),
        },
        rounding_words(rates, percent),
        left=euros(_("Prosenttimääräiset"), total),
        right=euros(_("Laskettu"), total),
        difference=euro_difference(Decimal(0)),
    )


def check_revenue_deducted(subject: str, plan: PlanFigures) -> Finding:
    """R07: costs minus revenue are the financing, where costs are broken down or revenue is entered.

    Rounded terms are the costs and the lines that carry a share, as in R01. Where the categories come to
    the very costs that R01 compares, the difference is R01's, and this is a note that points to it: one
    disagreement is not two errors. Source: DOMAIN section 2, "R01 sources sum to net costs".
    """
    if not plan.has_categories:
        return unknown(
            "R07", subject, _("Kustannuksia ei ole eritelty kustannuslajeittain, eikä tuloja ole kirjattu.")
        )
    costs = sum_known([cost.amount for cost in plan.costs if cost.code != REVENUE])
    revenue = sum_known([cost.amount for cost in plan.costs if cost.code == REVENUE])
    financing = plan.sources_total
    if costs is None:
        return unknown("R07", subject, _("Kaikki kustannukset eivät ole tiedossa."))
    if revenue is None:
        return unknown("R07", subject, _("Tulot eivät ole tiedossa."))
    if financing is None:
        return unknown("R07", subject, _("Rahoitus ei ole kokonaan tiedossa."))
    net = costs - revenue
    difference = financing - net
    tolerance = rounding_of([cost.amount for cost in plan.costs if cost.amount])
    tolerance += rounding_of([line.amount for line in plan.lines if line.amount and line.share])
    if plan.cost_is_approximate and net:
        tolerance += half_approximate_unit(net)
    level = level_of(difference, tolerance)
    reason = rounding_reason(level)
    if difference and net == plan.cost:
        level, reason = Level.NOTE, _("Sama ero on tarkistuksessa R01.")
    shown = {
        "costs": format_euros(costs),
        "revenue": format_euros(revenue),
        "net": format_euros(net),
        "financing": format_euros(financing),
        "direction": direction(difference),
    }
    sentence = _("Kustannukset %(costs)s – tulot %(revenue)s = rahoitus %(financing)s.")
    if level is not Level.PASSED:
        sentence = _(
            "Rahoitus %(financing)s – nettokustannukset %(net)s = %(direction)s. "
            "Nettokustannukset ovat kustannukset %(costs)s – tulot %(revenue)s."
        )
    return finding(
        "R07",
        level,
        subject,
        sentence % shown,
        reason,
        left=euros(_("Rahoitus"), financing),
        right=euros(_("Kustannukset – tulot"), net),
        difference=euro_difference(difference),
    )


def check_line_years(
    subject: str, lines: Sequence[LineFigures], start: date | None, end: date | None
) -> list[Finding]:
    """R08: the years of each line sum to the line. Each year is a rounded term.

    One finding for all lines that agree, one for each that differs, one for those of which some year of
    the implementation is not known while the known ones do not exceed the line.
    """
    if not lines:
        return [unknown("R08", subject, _("Rahoituslähteitä ei ole kirjattu."))]
    if not any(line.years for line in lines):
        return [unknown("R08", subject, _("Rahoituslähteiden vuosijako ei ole tiedossa."))]
    years = set(range(start.year, end.year + 1)) if start and end else None
    found: list[Finding] = []
    agreeing, missing = [], []
    for line in lines:
        total = sum(line.years.values(), Decimal(0))
        if line.amount is None or (not line.years and line.amount):
            missing.append(line.source.name)
        elif total == line.amount:
            agreeing.append(line)
        elif total < line.amount and (years is None or years - line.years.keys()):
            missing.append(line.source.name)
        else:
            found.append(_line_differs(subject, line, total, line.amount))
    if agreeing:
        found.append(_lines_agree(subject, agreeing))
    if missing:
        sentence = _("Vuosijako ei ole kokonaan tiedossa: %(names)s.") % {"names": ", ".join(missing)}
        found.append(unknown("R08", subject, sentence, _("puuttuvat vuodet") if found else ""))
    return found


def _line_differs(subject: str, line: LineFigures, total: Decimal, amount: Decimal) -> Finding:
    level = level_of(total - amount, rounding_of(list(line.years.values())))
    return finding(
        "R08",
        level,
        subject,
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


def _lines_agree(subject: str, lines: Sequence[LineFigures]) -> Finding:
    total = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    names = ", ".join(f"{line.source.name} {format_euros(line.amount)}" for line in lines)
    return finding(
        "R08",
        Level.PASSED,
        subject,
        _("Vuodet ovat yhteensä sama kuin rivi: %(names)s.") % {"names": names},
        left=euros(_("Vuodet yhteensä"), total),
        right=euros(_("Rivit"), total),
        difference=euro_difference(Decimal(0)),
    )
