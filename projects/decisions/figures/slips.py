"""Figures that differ as a slip of the keyboard makes them differ."""

from decimal import Decimal

# Two exact figures of so many digits are not alike by chance.
DIGITS = 5


def is_swapped(first: Decimal, second: Decimal) -> bool:
    """True if two neighbouring digits are the other way round."""
    left, right = significant_digits(first), significant_digits(second)
    unlike = _unlike(first, second)
    if len(unlike) != 2 or unlike[1] != unlike[0] + 1:
        return False
    return left[unlike[0]] == right[unlike[1]] and left[unlike[1]] == right[unlike[0]]


def is_slip(first: Decimal, second: Decimal) -> bool:
    """True if two neighbouring digits are the other way round, or one of at least five is another."""
    is_one = len(_unlike(first, second)) == 1 and len(significant_digits(first)) >= DIGITS
    return is_one or is_swapped(first, second)


def significant_digits(value: Decimal) -> str:
    """Without zeros at the end: 6512 of 651 200."""
    digits = _digits(value)
    return digits if "." in digits else digits.rstrip("0")


def _digits(value: Decimal) -> str:
    """As it is written, without cents that are 0."""
    return f"{value.normalize():f}"


def _unlike(first: Decimal, second: Decimal) -> list[int]:
    """The places of the digits that differ; none if the figures are of another length."""
    left, right = significant_digits(first), significant_digits(second)
    if len(left) != len(right) or len(_digits(first)) != len(_digits(second)):
        return []
    return [place for place, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
