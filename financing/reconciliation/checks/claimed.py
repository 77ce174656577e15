"""Claims against invoices, plan and grant (R21, R22), and the forecast against both (R24)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.choices import CityMoney, CostCategory
from financing.reconciliation.checks.common import (
    direction,
    level_of,
    rounding_reason,
    unknown,
)
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import CLAIMED, FORECAST
from financing.rules import rounding
from financing.rules.calculations import coverage
from financing.rules.claimed import Claimed, claimed_and_invoiced
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimFigures
from financing.rules.forecasts import compare_sources, paid_in, sources_sum
from financing.rules.spending import Progress, claim_totals, claimed_by_category, claimed_by_source
from mikrogrow.values.money import ZERO, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _


@check("R21", gettext_noop("Haetut kustannukset = kauden hyväksytyt laskut"), of=CLAIMED)
def claims_are_the_invoices(figures: ProjectFigures) -> list[Result]:
    """One result for each claim."""
    if not figures.claims:
        return [unknown(_("Maksatushakemuksia ei ole kirjattu."))]
    if not figures.has_invoices:
        return [unknown(_("Laskuja ei ole kirjattu."))]
    by_invoices = [_against_invoices(claim, figures) for claim in figures.claims]
    asked = [claim for claim in figures.claims if claim.costs and claim.sources]
    return [*by_invoices, *(_by_source(claim, figures.approved_plan) for claim in asked)]


def _by_source(claim: ClaimFigures, plan: PlanFigures | None) -> Result:
    """What is asked of the sources and the own share make the costs. The own share takes the rest."""
    name = _("hakemus %s, rahoitus") % claim.number
    costs = claim_totals(claim).claimed
    mine = {line.source.source_id for line in (plan.own_lines if plan else ())}
    others = [row.claimed for row in claim.sources if row.source.source_id not in mine]
    stated = [row.claimed for row in claim.sources if row.source.source_id in mine]
    asked = sum_if_all_known(others)
    own = sum_if_all_known(stated) if stated else plan.own_funding_of(costs) if plan and costs else None
    if costs is None or asked is None or own is None:
        words = _("Hakemuksen %s lähteiltä haettu tai omarahoituksen osuus ei ole tiedossa.")
        return unknown(words % claim.number, detail=name)
    over = asked + own - costs
    is_rounded = abs(over) <= rounding.of_amounts([*filter(None, others), *filter(None, stated)])
    shown = {
        "number": claim.number,
        "asked": format_euros(asked),
        "own": format_euros(costs - asked if is_rounded else own),
        "costs": format_euros(costs),
        "direction": direction(over),
    }
    sentence = _(
        "Hakemus %(number)s: lähteiltä haettu %(asked)s + omarahoitus %(own)s – haettu %(costs)s "
        "= %(direction)s."
    )
    if is_rounded:
        sentence = _(
            "Hakemus %(number)s: lähteiltä haettu %(asked)s + omarahoitus %(own)s = haettu %(costs)s."
        )
    return Result(
        Level.PASSED if is_rounded else Level.ERROR,
        sentence % shown,
        left=euros(_("Lähteiltä ja omarahoitus"), costs if is_rounded else asked + own),
        right=euros(_("Haettu"), costs),
        difference=euro_difference(ZERO if is_rounded else over),
        detail=name,
    )


def _against_invoices(claim: ClaimFigures, figures: ProjectFigures) -> Result:
    name = _("hakemus %s") % claim.number
    if not claim.costs:
        return unknown(_("Hakemuksen %s kustannuksia ei ole kirjattu.") % claim.number, detail=name)
    rows = claimed_and_invoiced(claim, figures.claims, figures.cost_model, figures.revenue)
    if not rows:
        sentence = _("Hakemuksessa %s ei ole kustannuksia, joista tulee laskuja.")
        return unknown(sentence % claim.number, detail=name)
    claimed = sum((row.sign * row.claimed for row in rows), ZERO)
    expected = sum((row.sign * row.expected for row in rows), ZERO)
    levels = [level_of(row.claimed - row.expected, rounding.of_amounts([row.claimed])) for row in rows]
    level = next(each for each in (Level.ERROR, Level.NOTE, Level.PASSED) if each in levels)
    shown = {
        "number": claim.number,
        "claimed": format_euros(claimed),
        "terms": _terms(rows),
        "direction": direction(claimed - expected),
    }
    if level is Level.PASSED:
        sentence = _("Hakemus %(number)s: haettu %(claimed)s = %(terms)s.")
    elif claimed == expected:
        sentence = _("Hakemus %(number)s: haettu %(claimed)s = %(terms)s, mutta lajit eroavat.")
    else:
        sentence = _("Hakemus %(number)s: haettu %(claimed)s – %(terms)s = %(direction)s.")
    return Result(
        level,
        sentence % shown,
        " ".join(filter(None, [_differing(rows), rounding_reason(level)])),
        left=euros(_("Haettu"), claimed),
        right=euros(_("Laskuista"), expected),
        difference=euro_difference(claimed - expected),
        detail=name,
    )


def _terms(rows: Sequence[Claimed]) -> str:
    """What the sum of the invoices consists of: "laskut 18 200 € − hakematta jätetty 300 €"."""
    aside = sum((row.set_aside for row in rows), ZERO)
    taken = sum((row.taken_in for row in rows), ZERO)
    costs = (row.invoiced for row in rows if row.sign > 0)
    words = _("laskut %s") % format_euros(sum(costs, ZERO))
    if revenue := sum((row.invoiced for row in rows if row.sign < 0), ZERO):
        words = _("%(sum)s − tulot %(amount)s") % {"sum": words, "amount": format_euros(revenue)}
    if aside:
        words = _("%(sum)s − hakematta jätetty %(amount)s") % {"sum": words, "amount": format_euros(aside)}
    if taken:
        words = _("%(sum)s + otettu mukaan %(amount)s") % {"sum": words, "amount": format_euros(taken)}
    return words


def _differing(rows: Sequence[Claimed]) -> str:
    found = [
        _("%(category)s: haettu %(claimed)s, laskuista %(expected)s")
        % {
            "category": CostCategory(row.category).label,
            "claimed": format_euros(row.claimed),
            "expected": format_euros(row.expected),
        }
        for row in rows
        if row.claimed != row.expected
    ]
    return f"{'; '.join(found)}." if found else ""


@check("R22", gettext_noop("Haettu ja maksettu pysyvät suunnitelmassa"), of=CLAIMED)
def claims_within_plan(figures: ProjectFigures) -> list[Result]:
    """An error for each source that exceeds its part, a warning for each category."""
    plan = figures.approved_plan
    if not figures.claims:
        return [unknown(_("Maksatushakemuksia ei ole kirjattu."))]
    if plan is None:
        return [unknown(_("Hyväksyttyä rahoitussuunnitelmaa ei ole."))]
    # A draft that asks for nothing yet cannot exceed anything.
    written = [claim for claim in figures.claims if not claim.is_unwritten]
    if not written:
        return [unknown(_("Hakemusten kustannuksia ei ole kirjattu."))]
    last = max(written, key=lambda claim: claim.number)
    sources = claimed_by_source(written, last, plan)
    paid = [row for claim in figures.claims for row in claim.sources]
    found: list[Result] = []
    for row in sources.rows:
        found += _over(Level.ERROR, row)
        found += _paid_over(row, paid_in(paid, None, row.key))
    categories = claimed_by_category(written, last, plan)
    for row in categories.rows:
        found += () if row.is_deducted else _over(Level.WARNING, row)
    total = categories.total
    if found or total.in_all is None or total.planned is None:
        return found or [unknown(_("Suunnitelman kustannukset eivät ole tiedossa."))]
    sentence = _("Haettu yhteensä %(claimed)s, suunniteltu %(planned)s.")
    level = Level.ERROR if total.in_all > total.planned else Level.PASSED
    return [_compared(level, sentence, total.in_all, total.planned, "")]


def _over(level: Level, row: Progress) -> Iterator[Result]:
    if row.planned is not None and row.in_all is not None and row.in_all > row.planned:
        sentence = _("%(name)s: haettu %(claimed)s – suunniteltu %(planned)s = %(over)s liikaa.")
        yield _compared(level, sentence, row.in_all, row.planned, row.label)


def _paid_over(row: Progress, paid: Decimal) -> Iterator[Result]:
    if row.planned is not None and paid > row.planned:
        sentence = _("%(name)s: maksettu %(claimed)s – suunniteltu %(planned)s = %(over)s liikaa.")
        result = _compared(Level.ERROR, sentence, paid, row.planned, row.label)
        # The same source may have asked for too much as well.
        yield replace(result, detail=_("%s, maksettu") % row.label)


def _compared(level: Level, sentence: str, claimed: Decimal, planned: Decimal, name: str) -> Result:
    shown = {
        "name": name,
        "claimed": format_euros(claimed),
        "planned": format_euros(planned),
        "over": format_euros(claimed - planned),
    }
    return Result(
        level,
        sentence % shown,
        left=euros(_("Haettu tai maksettu"), claimed),
        right=euros(_("Suunniteltu"), planned),
        difference=euro_difference(claimed - planned),
        detail=name,
    )


@check("R24", gettext_noop("Ennuste pysyy rahoituksessa"), of=FORECAST)
def forecast_within_money(figures: ProjectFigures) -> list[Result]:
    """The newest forecast against each source of the plan, and the own funding against its cap."""
    latest = max(figures.forecasts, key=lambda forecast: forecast.made_on, default=None)
    plan = figures.city_plan
    if latest is None:
        return [unknown(_("Ennusteita ei ole laadittu."))]
    if plan is None:
        return [unknown(_("Rahoitussuunnitelmaa ei ole."))]
    rows = compare_sources(figures, latest, None)
    found = [
        _forecast_over(row.label, row.forecast, row.planned, _("suunniteltu"))
        for row in rows
        if row.forecast is not None and row.planned is not None and row.forecast > row.planned
    ]
    cap = coverage(figures, CityMoney.OWN_SHARE).cap
    names = {line.source.name for line in plan.own_lines}
    own = sum_if_all_known(row.forecast for row in rows if row.label in names)
    if cap is not None and own is not None and own > cap:
        found.append(_forecast_over(_("Omarahoitus"), own, cap, _("valtuutus")))
    total = sources_sum(figures, rows, None)
    if found:
        return found
    if total.forecast is None or total.planned is None:
        return [unknown(_("Ennuste tai rahoitus ei ole kokonaan tiedossa."))]
    sentence = _("Ennuste %(forecast)s pysyy rahoituksessa %(planned)s.")
    shown = {"forecast": format_euros(total.forecast), "planned": format_euros(total.planned)}
    return [
        Result(
            Level.PASSED,
            sentence % shown,
            left=euros(_("Ennuste"), total.forecast),
            right=euros(_("Rahoitus"), total.planned),
            difference=euro_difference(total.forecast - total.planned),
        )
    ]


def _forecast_over(name: str, forecast: Decimal, most: Decimal, what: str) -> Result:
    shown = {
        "name": name,
        "forecast": format_euros(forecast),
        "what": what,
        "most": format_euros(most),
        "over": format_euros(forecast - most),
    }
    return Result(
        Level.WARNING,
        _("%(name)s: ennuste %(forecast)s – %(what)s %(most)s = %(over)s liikaa.") % shown,
        left=euros(_("Ennuste"), forecast),
        right=euros(what, most),
        difference=euro_difference(forecast - most),
        detail=f"{name}, {what}",
    )
