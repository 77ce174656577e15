"""What rounding can explain of a difference: the same rule for sums, shares and years.

Of amounts alone it explains half a unit of each rounded one. Where an amount and its share are both known,
the amount was moved by no more than it is from the exact product of its share, and the share by no more than
it is from the exact share of its amount: what is exact was not rounded, and explains nothing.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from financing.rules.figures.plans import LineFigures
from mikrogrow.values.money import ZERO, round_half_up, shown_decimals

HUNDRED = Decimal(100)
HALF = Decimal("0.5")


def half_unit(amount: Decimal) -> Decimal:
    # Half a euro if it has no cents.
    return HALF if amount == amount.to_integral_value() else Decimal("0.005")


def half_point(share: Decimal) -> Decimal:
    """Half of the unit of a share's last digit: 0.05 for 18,9."""
    return HALF.scaleb(-shown_decimals(share))


def half_approximate_unit(amount: Decimal) -> Decimal:
    """Half of the unit to which an approximate sum was rounded: 50 for "noin 651 200".

    The unit is the place of its last digit that is not zero, but at most that of its second digit:
    "noin 1 000 000" was hardly rounded to the nearest million.
    """
    last = amount.normalize().as_tuple().exponent
    assert isinstance(last, int)
    return HALF.scaleb(min(last, amount.adjusted() - 1))


def of_amounts(amounts: Sequence[Decimal]) -> Decimal:
    """The most that rounding can explain in the sum of one document's amounts: half a unit for each."""
    # One amount with cents shows that all of them have cents. A zero was not rounded.
    return _half_unit_of_all(amounts) * sum(amount != 0 for amount in amounts)


def of_lines(lines: Iterable[LineFigures], cost: Decimal, difference: Decimal) -> Decimal:
    """The most that rounding can explain of a difference between sources and exact costs.

    Only an amount that has a share was reckoned, and so rounded. In the seed 44 966, 2 998 and 2 991 €
    explain 1,35 € of the 2: half a euro each, but 2 998 no more than the 0,35 € above its 5 %.
    """
    shared = [(line.amount, line.share) for line in lines if line.amount and line.share]
    half = _half_unit_of_all(amount for amount, _share in shared)
    moves = [amount - cost * share / HUNDRED for amount, share in shared]
    return sum((_towards(difference, moved, half) for moved in moves), ZERO)


def of_shares(lines: Iterable[LineFigures], cost: Decimal | None, points: Decimal) -> Decimal:
    """The most that rounding can explain of a difference between stated shares and 100, in percentage points.

    `cost` is None if the costs are unknown or approximate.
    """
    found = ZERO
    for line in lines:
        if line.share is None:
            continue
        half = half_point(line.share)
        exact = None if line.amount is None or not cost else line.amount * HUNDRED / cost
        found += half if exact is None else _towards(points, line.share - exact, half)
    return found


def of_computed(share: Decimal, decimals: int, points: Decimal) -> Decimal:
    """What rounding a share that no paper states, but its amount gives, explains."""
    return _towards(points, round_half_up(share, decimals) - share, HALF.scaleb(-decimals))


def _half_unit_of_all(amounts: Iterable[Decimal]) -> Decimal:
    return min(map(half_unit, amounts), default=HALF)


def _towards(difference: Decimal, moved: Decimal, half: Decimal) -> Decimal:
    """How far rounding can have moved a term in the direction of the difference."""
    if abs(moved) > half:
        # It is no rounding of its exact value, so that it was rounded on its own.
        return half
    return max(ZERO, moved if difference > 0 else -moved)
