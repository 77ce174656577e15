"""Euro amounts and percentages: reading what people type, rounding, and how they are shown.

Amounts are Decimal euros, shares are Decimal percent (0–100). None is unknown and 0 is zero.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from mikrogrow.values.translation import gettext as _
from mikrogrow.values.typed_text import excerpt, normalise_typed

ZERO = Decimal(0)
NBSP = "\u00a0"
MINUS = "\u2212"
UNKNOWN = gettext_lazy("ei tiedossa")

# The database stores twelve digits before the comma.
LARGEST = Decimal("999999999999.99")
LARGEST_DIGITS = 12

_SIGN = r"(?P<sign>[-+]?)"
_WHOLE = r"(?P<whole>\d+|[1-9]\d{0,2}(?:(?P<mark>[ .])\d{3})(?:(?P=mark)\d{3})*)"
_EUROS = re.compile(rf"{_SIGN} ?{_WHOLE}(?:,(?P<cents>\d{{1,2}}))?", re.ASCII)
_RATE = re.compile(r"(?P<whole>\d{1,5})(?:,(?P<decimals>\d{1,4}))?", re.ASCII)
_RATE_UNIT = re.compile(r" ?€? ?(?:/ ?(?:asukas|as\.?))?$")
_PERCENT = re.compile(rf"{_SIGN} ?(?P<whole>\d+)(?:,(?P<decimals>\d{{1,3}}))?", re.ASCII)

# The two likely mistakes: a point instead of the comma, and a comma instead of the point.
_POINT = re.compile(r"(?P<sign>-?) ?(?P<whole>\d{1,9})\.(?P<decimals>\d{1,2})", re.ASCII)
_COMMA = re.compile(r"(?P<sign>-?) ?(?P<whole>\d{1,9}),(?P<decimals>\d{3,9})", re.ASCII)


def cents_of(euros: Decimal | None) -> int | None:
    """Whole cents, as kept where a database sums; raises ValueError for a part of a cent."""
    if euros is None:
        return None
    cents = int(euros * 100)
    if cents != euros * 100:
        raise ValueError(euros)
    return cents


def euros_of_cents(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def parse_euros(text: str) -> Decimal | None:
    """Reads 59953, 59 953 with any kind of space, 59.953, 59 953,00, 59 953 € and −2 991,50; None if empty.

    Raises ValidationError with a sentence that quotes what was read.
    """
    bare = _without(text, "€")
    if not bare and not text.strip():
        return None
    match = _EUROS.fullmatch(bare)
    if match is None:
        raise _not_euros(text, bare)
    whole = re.sub(r"[ .]", "", match["whole"]).lstrip("0")
    if len(whole) > LARGEST_DIGITS:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Luku on liian suuri: enintään %(largest)s.")
            % {"read": excerpt(text), "largest": format_euros(LARGEST)}
        )
    # Adding 0 takes the sign from −0.
    return Decimal(f"{match['sign']}{whole or '0'}.{match['cents'] or '0'}") + 0


def parse_percent(text: str) -> Decimal | None:
    """Reads 18,9 and 18,9 %, within 0–100; None if empty. Raises ValidationError as `parse_euros` does."""
    bare = _without(text, "%")
    if not bare and not text.strip():
        return None
    match = _PERCENT.fullmatch(bare)
    if match is None:
        raise _not_percent(text, bare)
    whole = match["whole"].lstrip("0")
    share = Decimal(f"{match['sign']}{whole[:4] or '0'}.{match['decimals'] or '0'}") + 0
    if not 0 <= share <= 100:
        raise ValidationError(_("Luettiin ”%(read)s”. Osuuden on oltava 0–100 %%.") % {"read": excerpt(text)})
    return share


def parse_rate(text: str) -> Decimal | None:
    """Reads 0,35 and 0,3525 €/asukas; None if empty. Raises ValidationError as `parse_euros` does."""
    bare = _RATE_UNIT.sub("", normalise_typed(text)).strip()
    if not bare and not text.strip():
        return None
    match = _RATE.fullmatch(bare)
    if match is None:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Kirjoita euroja asukasta kohti, esimerkiksi 0,35 tai 1,2750.")
            % {"read": excerpt(text)}
        )
    return Decimal(f"{match['whole']}.{match['decimals'] or '0'}")


def _without(text: str, unit: str) -> str:
    return normalise_typed(text).removesuffix(unit).strip()


def _not_euros(text: str, bare: str) -> ValidationError:
    if match := _POINT.fullmatch(bare):
        sentence = _("Luettiin ”%(read)s”. Pilkku erottaa sentit: kirjoita %(ways)s.")
        cents = match["decimals"]
    elif match := _COMMA.fullmatch(bare):
        sentence = _("Luettiin ”%(read)s”. Senttejä on enintään kaksi numeroa: kirjoita %(ways)s.")
        cents = match["decimals"][:2]
    else:
        return ValidationError(
            _("Luettiin ”%(read)s”. Kirjoita rahamäärä numeroin, esimerkiksi 59 953 tai 2 991,50.")
            % {"read": excerpt(text)}
        )
    whole = format_amount(Decimal(match["whole"]))
    ways = [f"{match['sign'].replace('-', MINUS)}{whole},{cents}"]
    if int(match["whole"]):
        # Nobody means 50 euros by 0.50.
        ways.append(format_amount(Decimal(match["sign"] + match["whole"] + match["decimals"])))
    return ValidationError(sentence % {"read": excerpt(text), "ways": _(" tai ").join(ways)})


def _not_percent(text: str, bare: str) -> ValidationError:
    if match := re.fullmatch(r"(\d{1,3})\.(\d{1,3})", bare, re.ASCII):
        return ValidationError(
            _("Luettiin ”%(read)s”. Pilkku erottaa desimaalit: kirjoita %(comma)s.")
            % {"read": excerpt(text), "comma": f"{match[1]},{match[2]}"}
        )
    return ValidationError(
        _("Luettiin ”%(read)s”. Kirjoita osuus prosentteina, esimerkiksi 18,9 tai 75.")
        % {"read": excerpt(text)}
    )


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cut(value: Decimal, decimals: int) -> Decimal:
    # Towards zero, so that progress never looks more complete than it is: 2 590 of 2 600 is 99,6 %.
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def percent_of(amount: Decimal | None, total: Decimal | None) -> Decimal | None:
    """Exact, not rounded; None if either is unknown or the total is 0."""
    if amount is None or not total:
        return None
    return amount * 100 / total


def sum_if_all_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """None if any amount is unknown; 0 for no amounts."""
    total = ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else first - second


def allocate(total: Decimal, weights: Sequence[Decimal], unit: Decimal = Decimal("0.01")) -> list[Decimal]:
    """Splits `total` by weights into multiples of `unit` that sum to it exactly, by the largest remainder.

    Of equal remainders the first gets the unit. Raises ValueError if `total` is no multiple of `unit`, a
    weight is negative or none is positive.
    """
    # Fractions, because a Decimal quotient is itself rounded.
    exact_weights = [Fraction(weight) for weight in weights]
    all_weights = sum(exact_weights)
    if all_weights <= 0 or any(weight < 0 for weight in exact_weights):
        raise ValueError("weights must not be negative, and one must be positive")
    units = Fraction(total) / Fraction(unit)
    if units.denominator != 1:
        raise ValueError(f"{total} is not a multiple of {unit}")
    exact = [units * weight / all_weights for weight in exact_weights]
    parts = [int(share) for share in exact]
    missing = int(units) - sum(parts)
    step = 1 if missing > 0 else -1
    by_remainder = sorted(range(len(parts)), key=lambda index: -abs(exact[index] - parts[index]))
    for index in by_remainder[: abs(missing)]:
        parts[index] += step
    return [part * unit for part in parts]


def shown_decimals(share: Decimal) -> int:
    # 1 for 18,9 and 0 for 80.
    exponent = share.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_amount(amount: Decimal | None, *, sign: bool = False) -> str:
    if amount is None:
        return str(UNKNOWN)
    rounded = round_half_up(amount, 2)
    decimals = 0 if rounded == rounded.to_integral_value() else 2
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return _signed(rounded, digits, sign)


def format_euros(amount: Decimal | None, *, sign: bool = False) -> str:
    return str(UNKNOWN) if amount is None else f"{format_amount(amount, sign=sign)}{NBSP}€"


def format_percent(share: Decimal | None, *, decimals: int | None = None) -> str:
    """With `decimals` rounded half up, otherwise with as many decimals as the share has."""
    if share is None:
        return str(UNKNOWN)
    return f"{_decimal(share, decimals)}{NBSP}%"


def format_rate(rate: Decimal | None) -> str:
    """Euros for each inhabitant with at least two decimals: 0,35 and 1,275."""
    return str(UNKNOWN) if rate is None else _decimal(rate, max(2, shown_decimals(rate)))


def format_count(number: int) -> str:
    return f"{number:,}".replace(",", NBSP).replace("-", MINUS)


def format_progress(share: Decimal | None) -> str:
    return str(UNKNOWN) if share is None else format_percent(cut(share, 1), decimals=1)


def format_points(points: Decimal | None, *, decimals: int | None = None) -> str:
    if points is None:
        return str(UNKNOWN)
    places = shown_decimals(points) if decimals is None else decimals
    rounded = round_half_up(points, places)
    return f"{_signed(rounded, _decimal(abs(rounded), places), True)}{NBSP}{_('%-yks.')}"


def _decimal(value: Decimal, decimals: int | None) -> str:
    places = shown_decimals(value) if decimals is None else decimals
    rounded = round_half_up(value, places)
    return _signed(rounded, f"{abs(rounded):.{places}f}".replace(".", ","), False)


def _signed(value: Decimal, digits: str, plus: bool) -> str:
    if value < 0:
        return f"{MINUS}{digits}"
    return f"+{digits}" if plus and value > 0 else digits
