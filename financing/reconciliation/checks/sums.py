"""Checks of sums in euros: sources, years, sub-projects (R01, R04, R05, R09)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from financing.reconciliation.checks.common import (
    HUNDRED,
    direction,
    finding,
    half_approximate_unit,
    level_of,
    rounding_of,
    rounding_reason,
    unknown,
)
from financing.reconciliation.findings import (
    Figure,
    Finding,
    Level,
    euro_difference,
    euros,
)
from financing.rules.figures import (
    LineFigures,
)
from mikrogrow.values.dates import format_years
from mikrogrow.values.money import (
    format_euros,
    format_percent,
    sum_known,
)
from mikrogrow.values.translation import gettext as _


def check_sources_sum(
    subject: str,
    lines: Sequence[LineFigures],
    cost: Decimal | None,
    own_line: LineFigures | None = None,
    *,
    approximate: bool = False,
) -> Finding:
    """R01: the sources sum to the costs, which may be `approximate`.

    Rounded terms are the lines that carry a share: their amounts were computed from it and rounded.
    Where rounding one of them down would make the sums agree, that is offered as an explanation.
    """
    total = sum_known([line.amount for line in lines])
    if not lines or cost is None or total is None:
        return unknown("R01", subject, _missing_amounts(lines, cost))
    difference = total - cost
    tolerance = rounding_of([line.amount for line in lines if line.amount and line.share])
    if approximate:
        tolerance += half_approximate_unit(cost)
    level = level_of(difference, tolerance)
    shown = {"total": format_euros(total), "cost": format_euros(cost)}
    if level is Level.PASSED:
        sentence = _("Rahoituslähteet %(total)s = kustannukset %(cost)s.") % shown
    else:
        sentence = _("Rahoituslähteet %(total)s – kustannukset %(cost)s = %(direction)s.") % {
            **shown,
            "direction": direction(difference),
        }
    offered = "" if approximate else _rounded_down_reason(lines, cost, difference, own_line)
    return finding(
        "R01",
        level,
        subject,
        sentence,
        offered or rounding_reason(level),
        left=euros(_("Lähteet yhteensä"), total),
        right=euros(_("Kustannukset"), cost),
        difference=euro_difference(difference),
    )


def _missing_amounts(lines: Sequence[LineFigures], cost: Decimal | None) -> str:
    if not lines:
        return _("Rahoituslähteitä ei ole kirjattu.")
    if cost is None:
        return _("Kustannukset eivät ole tiedossa.")
    names = ", ".join(line.source.name for line in lines if line.amount is None)
    return _("Euromäärä ei ole tiedossa: %(names)s.") % {"names": names}


def _rounded_down_reason(
    lines: Sequence[LineFigures], cost: Decimal, difference: Decimal, own_line: LineFigures | None
) -> str:
    """A grant is usually rounded down to the euro: the line that would then make the sums agree."""
    for line in lines:
        if difference == 0 or line.amount is None or line.share is None or line is own_line:
            continue
        exact = cost * line.share / HUNDRED
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
            sentence += " " + _("Omarahoitukseksi jäisi juuri ilmoitettu %(own)s.")
        return sentence % {
            "source": line.source.name,
            "amount": format_euros(rounded_down),
            "share": format_percent(line.share),
            "own": format_euros(own_line.amount if own_line else None),
        }
    return ""


def check_years_sum(
    subject: str,
    years: Mapping[int, Decimal | None],
    cost: Decimal | None,
    *,
    approximate: bool = False,
) -> Finding:
    """R04: the years sum to the costs, which may be `approximate`. Each year is a rounded term."""
    total = sum_known(list(years.values()))
    if not years or total is None or cost is None:
        return unknown("R04", subject, _missing_years(years, cost))
    amounts = [amount for amount in years.values() if amount is not None]
    difference = total - cost
    tolerance = rounding_of(amounts) + (half_approximate_unit(cost) if approximate else 0)
    level = level_of(difference, tolerance)
    shown = {
        "terms": " + ".join(format_euros(amount) for amount in amounts),
        "total": format_euros(total),
        "cost": format_euros(cost),
        "direction": direction(difference),
    }
    if level is Level.PASSED:
        sentence = _("Vuodet %(terms)s = %(total)s, sama kuin kustannukset.") % shown
    else:
        sentence = _("Vuodet %(total)s – kustannukset %(cost)s = %(direction)s.") % shown
    return finding(
        "R04",
        level,
        subject,
        sentence,
        rounding_reason(level),
        left=euros(_("Vuodet yhteensä"), total),
        right=euros(_("Kustannukset"), cost),
        difference=euro_difference(difference),
    )


def _missing_years(years: Mapping[int, Decimal | None], cost: Decimal | None) -> str:
    if cost is None:
        return _("Kustannukset eivät ole tiedossa.")
    if not years:
        return _("Kustannusten vuosijako ei ole tiedossa.")
    names = ", ".join(str(year) for year, amount in years.items() if amount is None)
    return _("Vuoden kustannukset eivät ole tiedossa: %(years)s.") % {"years": names}


def check_years_within(
    subject: str, years: Mapping[int, Decimal], start: date | None, end: date | None
) -> Finding:
    """R05: no money outside the implementation years. `years` are known euros by year, of all kinds."""
    if start is None or end is None:
        return unknown("R05", subject, _("Toteutusaika ei ole tiedossa."))
    if not years:
        return unknown("R05", subject, _("Rahojen vuodet eivät ole tiedossa."))
    outside = {
        year: amount for year, amount in years.items() if amount and not start.year <= year <= end.year
    }
    period = format_years(start.year, end.year)
    used = [year for year, amount in years.items() if amount] or list(years)
    span = Figure(_("Rahaa vuosina"), format_years(min(used), max(used)))
    if not outside:
        return finding(
            "R05",
            Level.PASSED,
            subject,
            _("Kaikki rahat ovat toteutusvuosina %(period)s.") % {"period": period},
            left=span,
            right=Figure(_("Toteutusvuodet"), period),
            difference=euro_difference(Decimal(0), _("Ulkopuolella")),
        )
    total = sum(outside.values(), Decimal(0))
    terms = ", ".join(f"{year}: {format_euros(amount)}" for year, amount in sorted(outside.items()))
    return finding(
        "R05",
        Level.ERROR,
        subject,
        _("Toteutusvuosien %(period)s ulkopuolella on %(total)s (%(terms)s).")
        % {"period": period, "total": format_euros(total), "terms": terms},
        left=span,
        right=Figure(_("Toteutusvuodet"), period),
        difference=euro_difference(total, _("Ulkopuolella")),
    )


def check_sub_projects_sum(
    subject: str,
    costs: Sequence[tuple[str, Decimal | None]],
    total_cost: Decimal | None,
    *,
    approximate: bool,
) -> Finding:
    """R09: the sub-projects sum to the project, where all are entered.

    `costs` are implementers and their euros. Each sub-project is a rounded term, and so is the whole
    where it is `approximate`.
    """
    if not costs:
        return unknown("R09", subject, _("Toteuttajia ei ole kirjattu."))
    missing = [name for name, cost in costs if cost is None]
    if missing:
        names = ", ".join(missing)
        return unknown("R09", subject, _("Osahankkeen luvut puuttuvat: %(names)s.") % {"names": names})
    if total_cost is None:
        return unknown("R09", subject, _("Kokonaiskustannukset eivät ole tiedossa."))
    amounts = [cost for _name, cost in costs if cost is not None]
    total = sum(amounts, Decimal(0))
    difference = total - total_cost
    # Each implementer keeps its own paper: some in euros, some in cents.
    tolerance = sum((rounding_of([amount]) for amount in amounts), Decimal(0))
    if approximate:
        tolerance += half_approximate_unit(total_cost)
    level = level_of(difference, tolerance)
    shown = {
        "total": format_euros(total),
        "cost": format_euros(total_cost),
        "direction": direction(difference),
    }
    if level is Level.PASSED:
        sentence = _("Osahankkeet yhteensä %(total)s = koko hanke %(cost)s.") % shown
    else:
        sentence = _("Osahankkeet %(total)s – koko hanke %(cost)s = %(direction)s.") % shown
    return finding(
        "R09",
        level,
        subject,
        sentence,
        rounding_reason(level),
        left=euros(_("Osahankkeet yhteensä"), total),
        right=euros(_("Koko hanke"), total_cost),
        difference=euro_difference(difference),
    )
