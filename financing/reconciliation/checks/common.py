"""What several checks need: levels, tolerances and words."""

from collections.abc import Sequence
from decimal import Decimal

from financing.reconciliation.findings import Level, Result
from mikrogrow.values.money import format_euros, format_percent
from mikrogrow.values.translation import gettext as _

HUNDRED = Decimal(100)
HALF = Decimal("0.5")


def level_of(difference: Decimal, tolerance: Decimal) -> Level:
    if difference == 0:
        return Level.PASSED
    return Level.NOTE if abs(difference) <= tolerance else Level.ERROR


def half_unit(amount: Decimal) -> Decimal:
    # Half a euro if it has no cents.
    return HALF if amount == amount.to_integral_value() else Decimal("0.005")


def half_approximate_unit(amount: Decimal) -> Decimal:
    """Half of the unit to which an approximate sum was rounded: 50 for "noin 651 200".

    The unit is the place of its last digit that is not zero, but at most that of its second digit:
    "noin 1 000 000" was hardly rounded to the nearest million.
    """
    last = amount.normalize().as_tuple().exponent
    assert isinstance(last, int)
    return HALF.scaleb(min(last, amount.adjusted() - 1))


def rounding_tolerance(amounts: Sequence[Decimal]) -> Decimal:
    """The most that rounding can explain in the sum of one document's amounts: half a unit for each."""
    # One amount with cents shows that all of them have cents. A zero was not rounded.
    return min(map(half_unit, amounts), default=HALF) * sum(amount != 0 for amount in amounts)


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


def unknown(sentence: str, detail: str = "") -> Result:
    return Result(Level.UNKNOWN, sentence, detail=detail)
