"""What one cell of a sheet says."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.sheets.limits import NO_VALUE
from mikrogrow.values.money import UNKNOWN, parse_euros
from mikrogrow.values.typed_text import excerpt, name_key

YES_ANSWERS, NO_ANSWERS = ("kyllä", "x", "on"), ("", "ei", "-")


def column_name(column: int) -> str:
    """A, B, …, AA of a column counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def says_unknown(text: str) -> bool:
    return name_key(text) in {"-", str(UNKNOWN), _("ei ilmoitettu")}


def expect_value(text: str) -> None:
    """Raises ValidationError of a formula whose value the file does not have."""
    if text == NO_VALUE:
        raise ValidationError(
            _(
                "Solussa on kaava, jonka arvoa ei ole tallennettu. Avaa tiedosto taulukkolaskennassa, "
                "tallenna se ja tuo uudelleen."
            )
        )


def read_euros(text: str, *, may_be_negative: bool = False) -> Decimal | None:
    """None is unknown. Raises ValidationError with what was read."""
    expect_value(text)
    if says_unknown(text):
        return None
    amount = parse_euros(text)
    if amount is not None and amount < 0 and not may_be_negative:
        raise ValidationError(
            _("Luettiin ”%(read)s”. Summa ei voi olla negatiivinen.") % {"read": excerpt(text)}
        )
    return amount


def read_answer(text: str) -> bool | None:
    """Yes or no; None if the cell is empty. Raises ValidationError with what was read."""
    answer = name_key(text)
    if answer in {*YES_ANSWERS, *NO_ANSWERS}:
        return answer in YES_ANSWERS if answer else None
    raise ValidationError(_("Luettiin ”%(read)s”. Kirjoita kyllä tai ei.") % {"read": excerpt(text)})
