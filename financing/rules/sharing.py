"""Divides a total between payers by a key, and says what of it has no payer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import SharingKey
from financing.rules import rounding
from mikrogrow.values.money import ZERO, allocate, difference, round_half_up
from mikrogrow.values.translation import gettext as _

HUNDRED = Decimal(100)
# Keys whose parts always sum to the total.
DIVIDES_ALL = (SharingKey.EQUAL, SharingKey.POPULATION)
# Keys that need the inhabitants of each payer.
BY_INHABITANTS = (SharingKey.POPULATION, SharingKey.PER_INHABITANT)


@dataclass(frozen=True)
class Weight:
    """A payer with its inhabitants and its percentage (0–100), and the euros that the paper states."""

    payer: str
    population: int | None = None
    share: Decimal | None = None
    stated: Decimal | None = None


@dataclass(frozen=True)
class Sharing:
    """Euros to divide, or `rate` euros for each inhabitant, when `total` is what the paper states, if any."""

    name: str
    key: str
    total: Decimal | None
    rate: Decimal | None
    weights: tuple[Weight, ...]


def sharing_problem(key: str, weights: Sequence[Weight]) -> str:
    """Why the key cannot divide a total, as a sentence; empty if it can."""
    if not weights:
        return _("Kirjaa, keiden kesken summa jaetaan.")
    if key in BY_INHABITANTS:
        missing = [weight.payer for weight in weights if weight.population is None]
        if missing:
            return _("Asukasluku puuttuu: %s.") % ", ".join(missing)
    if key == SharingKey.POPULATION and not any(weight.population for weight in weights):
        return _("Asukasluvut ovat kaikki nollia, joten summaa ei voi jakaa niiden mukaan.")
    if key == SharingKey.PERCENT:
        missing = [weight.payer for weight in weights if weight.share is None]
        if missing:
            return _("Osuus puuttuu: %s.") % ", ".join(missing)
    return ""


def computed_parts(sharing: Sharing) -> list[Decimal]:
    """Euros by payer, to the cent by the largest remainder. Raises ValueError for a `sharing_problem`.

    Of shares that do not sum to 100 % each payer still pays its own; the rest has no payer.
    """
    if problem := sharing_problem(sharing.key, sharing.weights):
        raise ValueError(problem)
    populations = [Decimal(weight.population or 0) for weight in sharing.weights]
    if sharing.key == SharingKey.PER_INHABITANT:
        return [round_half_up((sharing.rate or ZERO) * number, 2) for number in populations]
    total = sharing.total or ZERO
    if sharing.key == SharingKey.POPULATION:
        return allocate(total, populations)
    if sharing.key != SharingKey.PERCENT:
        return allocate(total, [Decimal(1)] * len(sharing.weights))
    shares = [weight.share or ZERO for weight in sharing.weights]
    if not any(shares):
        return [ZERO] * len(shares)
    return allocate(round_half_up(total * sum(shares) / HUNDRED, 2), shares)


def parts_to_pay(sharing: Sharing) -> list[Decimal]:
    """As `computed_parts`; where the paper states a payer's part, that stands."""
    computed = computed_parts(sharing)
    return [
        part if weight.stated is None else weight.stated
        for part, weight in zip(computed, sharing.weights, strict=True)
    ]


def divides_all(sharing: Sharing) -> bool:
    """Whether the key itself leaves nothing over."""
    is_stated = any(weight.stated is not None for weight in sharing.weights)
    return sharing.key in DIVIDES_ALL and not is_stated


def left_over(sharing: Sharing) -> Decimal | None:
    """What the parts have more than the total, negative if a rest has no payer; None without a total."""
    return difference(sum(parts_to_pay(sharing), ZERO), sharing.total)


def moved_by_share(sharing: Sharing, weight: Weight) -> Decimal:
    """How far the rounding of a payer's percentage can have moved its part, in euros.

    0 where the key divides by something else: a percentage kept beside it moves nothing.
    """
    if sharing.key != SharingKey.PERCENT or sharing.total is None or not weight.share:
        return ZERO
    return sharing.total * rounding.half_point(weight.share) / HUNDRED


def explained_by_rounding(sharing: Sharing) -> Decimal:
    """The most that rounding can explain of what is left over, in euros."""
    stated = [weight.stated for weight in sharing.weights if weight.stated is not None]
    if sharing.key == SharingKey.PERCENT and sharing.total is not None:
        computed = (weight for weight in sharing.weights if weight.stated is None)
        return rounding.of_amounts(stated) + sum((moved_by_share(sharing, each) for each in computed), ZERO)
    if sharing.key == SharingKey.PER_INHABITANT and sharing.total is not None:
        # The total of a paper was rounded, and each part to the cent.
        return rounding.of_amounts([*stated, sharing.total]) + Decimal("0.005") * len(sharing.weights)
    return rounding.of_amounts(stated)
