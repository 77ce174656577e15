"""What several checks need: levels, tolerances and words."""

from datetime import date
from decimal import Decimal

from django.utils.text import capfirst

from financing.reconciliation.findings import Level, Result
from mikrogrow.values.money import format_euros, format_percent
from mikrogrow.values.translation import gettext as _

# What agrees is named in the sentence up to this many; more are counted, and listed below it.
NAMED_AT_MOST = 5


def level_of(difference: Decimal, tolerance: Decimal) -> Level:
    if difference == 0:
        return Level.PASSED
    return Level.NOTE if abs(difference) <= tolerance else Level.ERROR


def direction(difference: Decimal) -> str:
    amount = format_euros(abs(difference))
    if difference > 0:
        return _("%(amount)s liikaa") % {"amount": amount}
    return _("%(amount)s liian vähän") % {"amount": amount}


def points_direction(points: Decimal, decimals: int) -> str:
    shown = {"points": format_percent(abs(points), decimals=decimals).removesuffix("\u00a0%")}
    if points > 0:
        return _("%(points)s prosenttiyksikköä liikaa") % shown
    return _("%(points)s prosenttiyksikköä liian vähän") % shown


def rounding_reason(level: Level) -> str:
    return _("Pyöristys selittää eron.") if level is Level.NOTE else ""


def unknown_days(starts_on: date | None, ends_on: date | None) -> str:
    """What is not known of the implementation time; empty if both days are."""
    if starts_on is None and ends_on is None:
        return _("toteutusaika")
    if starts_on is None:
        return _("toteutusajan alkaminen")
    return _("toteutusajan päättyminen") if ends_on is None else ""


def unknown_time(starts_on: date | None, ends_on: date | None) -> Result:
    return unknown(_("%s ei ole tiedossa.") % capfirst(unknown_days(starts_on, ends_on)))


def unknown(sentence: str, detail: str = "", reason: str = "") -> Result:
    return Result(Level.UNKNOWN, sentence, reason, detail=detail)
