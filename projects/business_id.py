"""The Finnish business ID (Y-tunnus) and its check digit."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.values.typed_text import excerpt

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def is_business_id(text: str) -> bool:
    """Seven digits, a hyphen and the right check digit.

    Source: the Finnish Patent and Registration Office's rule; a remainder of 1 is never given out.
    """
    if not re.fullmatch(r"\d{7}-\d", text, re.ASCII):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(text[:7], WEIGHTS, strict=True)) % 11
    return remainder != 1 and int(text[8]) == (11 - remainder) % 11


def validate_business_id(text: str) -> None:
    """Raises ValidationError with a Finnish sentence."""
    if not is_business_id(text):
        raise ValidationError(
            _("Luettiin ”%(text)s”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on täsmättävä."),
            params={"text": excerpt(text)},
        )
