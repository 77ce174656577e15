"""Invoices and claims by day: nothing outside the implementation time (R05)."""

from datetime import date

from django.utils.translation import ngettext

from financing.choices import INVOICED, SPENT
from financing.reconciliation.checks.common import unknown_time
from financing.reconciliation.checks.sums import WITHIN_YEARS
from financing.reconciliation.findings import Figure, Level, Result, euro_difference
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import CLAIMS, INVOICES
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimFigures, NamedInvoice
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import ZERO, format_count, format_euros
from mikrogrow.values.translation import gettext as _


@check(*WITHIN_YEARS, of=INVOICES)
def invoices_within_time(figures: ProjectFigures) -> list[Result]:
    """Each invoice outside by name: an error once it is approved, a warning before."""
    if not figures.has_invoices:
        return []
    starts_on, ends_on = figures.starts_on, figures.ends_on
    if starts_on is None or ends_on is None:
        return [unknown_time(starts_on, ends_on)]
    outside = [
        row
        for row in figures.invoices_outside
        if row.sum.status in INVOICED and not starts_on <= row.invoice_date <= ends_on
    ]
    if outside:
        return [_invoice_outside(row, starts_on, ends_on) for row in outside]
    sentence = _("Kaikki laskut on päivätty toteutusajalle %s.") % format_period(starts_on, ends_on)
    return [_passed(sentence, starts_on, ends_on)]


def _passed(sentence: str, starts_on: date, ends_on: date) -> Result:
    return Result(
        Level.PASSED,
        sentence,
        right=Figure(_("Toteutusaika"), format_period(starts_on, ends_on)),
        difference=euro_difference(ZERO, _("Ulkopuolella")),
    )


def _invoice_outside(row: NamedInvoice, starts_on: date, ends_on: date) -> Result:
    sentence = _("Lasku %(name)s, %(cost)s, on päivätty %(day)s, toteutusajan %(period)s ulkopuolelle.")
    shown = {
        "name": row.name,
        "cost": format_euros(row.sum.cost),
        "day": format_date(row.invoice_date),
        "period": format_period(starts_on, ends_on),
    }
    return Result(
        Level.ERROR if row.sum.status in SPENT else Level.WARNING,
        sentence % shown,
        left=Figure(_("Laskun päivä"), shown["day"]),
        right=Figure(_("Toteutusaika"), shown["period"]),
        difference=euro_difference(row.sum.cost, _("Ulkopuolella")),
        detail=f"{row.name}, {shown['day']}",
    )


@check(*WITHIN_YEARS, of=CLAIMS)
def claims_within_time(figures: ProjectFigures) -> list[Result]:
    """A period that goes on after the project; that the first one begins when the project does is R15's."""
    if not figures.claims or figures.ends_on is None:
        return []
    late = [claim for claim in figures.claims if claim.last_day > figures.ends_on]
    if late:
        return [_claim_outside(claim, figures.ends_on) for claim in late]
    last = format_date(max(claim.last_day for claim in figures.claims))
    return [
        Result(
            Level.PASSED,
            _("Maksatuskaudet päättyvät viimeistään hankkeen päättyessä %s.") % format_date(figures.ends_on),
            left=Figure(_("Viimeinen kausi päättyy"), last),
            right=Figure(_("Hanke päättyy"), format_date(figures.ends_on)),
        )
    ]


def _claim_outside(claim: ClaimFigures, ends_on: date) -> Result:
    days = (claim.last_day - ends_on).days
    late = ngettext("%s päivä", "%s päivää", days) % format_count(days)
    sentence = _("Kausi %(number)s päättyy %(last)s, hanke jo %(end)s: %(days)s toteutusajan jälkeen.")
    shown = {
        "number": str(claim.number),
        "last": format_date(claim.last_day),
        "end": format_date(ends_on),
        "days": late,
    }
    return Result(
        Level.ERROR,
        sentence % shown,
        left=Figure(_("Kausi päättyy"), shown["last"]),
        right=Figure(_("Hanke päättyy"), shown["end"]),
        difference=Figure(_("Ero"), late, days),
        detail=_("kausi %s") % claim.number,
    )
