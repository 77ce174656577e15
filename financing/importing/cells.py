"""What one cell of a sheet says."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financing.importing.limits import NO_VALUE
from mikrogrow.values.money import UNKNOWN, parse_euros, parse_percent
from mikrogrow.values.typed_text import excerpt, normalise_typed

YES_ANSWERS, NO_ANSWERS = ("kyllä", "x", "on"), ("", "ei", "-", "–")
_DASHES = {"-", "–", "−", "—"}


def same_name(text: str) -> str:
    return re.sub(r"\s+", " ", normalise_typed(text)).casefold()


def read_number(text: str, *, is_share: bool, is_revenue: bool) -> Decimal | None:
    """None is unknown. Raises ValidationError with what was read."""
    if text == NO_VALUE:
        raise ValidationError(
            _(
                "Solussa on kaava, jonka arvoa ei ole tallennettu. Avaa tiedosto taulukkolaskennassa, "
                "tallenna se ja tuo uudelleen."
            )
        )
    if normalise_typed(text) in _DASHES or same_name(text) in {str(UNKNOWN), _("ei ilmoitettu")}:
        return None
    if is_share:
        return parse_percent(text)
    amount = parse_euros(text)
    if amount is not None and amount < 0 and not is_revenue:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Summa ei voi olla negatiivinen.") % {"read": excerpt(text)}
        )
    return amount
