"""Figures of any unit as people type and read them: 12 · 1 200 · 12,5 · −3,25."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from mikrogrow.values.money import format_amount
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.typed_text import excerpt, normalise_typed

_FIGURE = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?: \d{3})+|\d+)(?:,(?P<decimals>\d{1,2}))?", re.ASCII)
LARGEST_DIGITS = 12


def parse_figure(text: str) -> Decimal | None:
    """None if empty. Raises ValidationError with a sentence that quotes what was read."""
    bare = normalise_typed(text)
    if not bare:
        return None
    match = _FIGURE.fullmatch(bare)
    whole = match["whole"].replace(" ", "").lstrip("0") if match else ""
    if match is None or len(whole) > LARGEST_DIGITS:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Kirjoita luku numeroin, esimerkiksi 1 200 tai 12,5.")
            % {"read": excerpt(text)}
        )
    # Adding 0 takes the sign from −0.
    return Decimal(f"{match['sign']}{whole or '0'}.{match['decimals'] or '0'}") + 0


def format_figure(value: Decimal) -> str:
    """Without the zeros after the comma that say nothing."""
    shown = format_amount(value)
    return shown.rstrip("0") if "," in shown else shown
