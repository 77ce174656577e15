"""Amounts in Finnish words, as approvals and receipts state them beside the figure."""

from decimal import Decimal

from django.utils.translation import gettext as _

from mikrogrow.values.money import UNKNOWN, round_half_up

_UNITS = (
    *("", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän"),
    *("kymmenen", "yksitoista", "kaksitoista", "kolmetoista", "neljätoista", "viisitoista"),
    *("kuusitoista", "seitsemäntoista", "kahdeksantoista", "yhdeksäntoista"),
)
# Size, one and many. Groups of three digits are written apart, as the Institute for the Languages of Finland
# writes them; "tuhatta" is joined to its number.
_GROUPS = ((10**9, "miljardi", " miljardia"), (10**6, "miljoona", " miljoonaa"), (1000, "tuhat", "tuhatta"))
LARGEST = 10**12 - 1


def number_in_words(number: int) -> str:
    """2 991 is "kaksituhatta yhdeksänsataayhdeksänkymmentäyksi". Raises ValueError above LARGEST."""
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is too large to be written in words")
    if number < 0:
        return f"miinus {number_in_words(-number)}"
    words = []
    left = number
    for size, one, many in _GROUPS:
        count, left = divmod(left, size)
        if count:
            words.append(one if count == 1 else _below_thousand(count) + many)
    if left:
        words.append(_below_thousand(left))
    return " ".join(words) or "nolla"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = {0: "", 1: "sata"}.get(hundreds, f"{_UNITS[hundreds]}sataa")
    if rest < len(_UNITS):
        return words + _UNITS[rest]
    tens, units = divmod(rest, 10)
    return f"{words}{_UNITS[tens]}kymmentä{_UNITS[units]}"


def euros_in_words(amount: Decimal | None) -> str:
    if amount is None:
        return str(UNKNOWN)
    cents = int(round_half_up(abs(amount), 2) * 100)
    euros, cents = divmod(cents, 100)
    words = [f"{number_in_words(euros)} {_('euro') if euros == 1 else _('euroa')}"]
    if cents:
        words.append(f"{number_in_words(cents)} {_('sentti') if cents == 1 else _('senttiä')}")
    return ("miinus " if amount < 0 and (euros or cents) else "") + " ".join(words)
