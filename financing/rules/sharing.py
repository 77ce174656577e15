"""Divides a total between payers by a key, so that the parts sum to it exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import SharingKey
from mikrogrow.values.money import ZERO, allocate, format_percent, shown_decimals

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Weight:
    """A payer with its inhabitants and its percentage (0–100), if they are known."""

    payer: str
    population: int | None = None
    share: Decimal | None = None


def sharing_problem(key: str, weights: Sequence[Weight]) -> str:
    """Why the key cannot divide a total, as a sentence; empty if it can."""
    if not weights:
        return _("Kirjaa, kenen kesken summa jaetaan.")
    if key == SharingKey.POPULATION:
        missing = [weight.payer for weight in weights if weight.population is None]
        if missing:
            return _("Asukasluku puuttuu: %s.") % ", ".join(missing)
        if not any(weight.population for weight in weights):
            return _("Asukasluvut ovat kaikki nollia, joten summaa ei voi jakaa niiden mukaan.")
    if key == SharingKey.PERCENT:
        missing = [weight.payer for weight in weights if weight.share is None]
        if missing:
            return _("Osuus puuttuu: %s.") % ", ".join(missing)
        shares = [weight.share for weight in weights if weight.share is not None]
        total = sum(shares, ZERO)
        # The rest of less than 100 % would have no payer.
        if total != HUNDRED:
            decimals = max(map(shown_decimals, [*shares, total]))
            return _("Osuudet ovat yhteensä %(total)s. Niiden on oltava yhteensä 100 %%.") % {
                "total": format_percent(total, decimals=decimals)
            }
    return ""


def share_parts(total: Decimal, key: str, weights: Sequence[Weight]) -> list[Decimal]:
    """Euros by payer, to the cent by the largest remainder. Raises ValueError for a `sharing_problem`."""
    if problem := sharing_problem(key, weights):
        raise ValueError(problem)
    if key == SharingKey.POPULATION:
        numbers = [Decimal(weight.population or 0) for weight in weights]
    elif key == SharingKey.PERCENT:
        numbers = [weight.share or ZERO for weight in weights]
    else:
        numbers = [Decimal(1)] * len(weights)
    return allocate(total, numbers)
