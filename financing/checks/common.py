"""What all checks share: levels, tolerances, titles and words."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.findings import (
    Figure,
    Finding,
    Level,
)
from mikrogrow.money import (
    format_euros,
)

HUNDRED = Decimal(100)
HALF = Decimal("0.5")

TITLES = {
    "R01": gettext_lazy("Rahoituslähteet = kustannukset"),
    "R02": gettext_lazy("Ilmoitetut osuudet = 100 %"),
    "R03": gettext_lazy("Ilmoitettu osuus vastaa rahamäärää"),
    "R04": gettext_lazy("Vuodet = kustannukset"),
    "R05": gettext_lazy("Ei rahaa toteutusvuosien ulkopuolella"),
    "R09": gettext_lazy("Osahankkeet = koko hanke"),
    "R10": gettext_lazy("Samat eurot vain yhdessä lähdeluokassa"),
    "R11": gettext_lazy("Valtuutus kattaa omarahoituksen"),
    "R12": gettext_lazy("Kokonaisvastuu pysyy valtuutuksessa"),
    "R16": gettext_lazy("Ryhmät = hankkeen tavoite"),
    "R17": gettext_lazy("Toteutus alkaa vasta rahoituspäätöksestä"),
    "R20": gettext_lazy("Tiedot ovat täydelliset"),
}


def level_of(difference: Decimal, tolerance: Decimal) -> Level:
    """Passed where there is no difference, a note where rounding alone explains it, else an error."""
    if difference == 0:
        return Level.PASSED
    return Level.NOTE if abs(difference) <= tolerance else Level.ERROR


def half_unit(amount: Decimal) -> Decimal:
    """Half of the unit to which an amount was rounded: half a euro for whole euros, else half a cent."""
    return HALF if amount == amount.to_integral_value() else Decimal("0.005")


def direction(difference: Decimal) -> str:
    """The difference in words: how much too much or too little."""
    amount = format_euros(abs(difference))
    if difference > 0:
        return _("%(amount)s liikaa") % {"amount": amount}
    return _("%(amount)s liian vähän") % {"amount": amount}


def rounding_reason(level: Level) -> str:
    """The sentence that a difference is small enough for rounding, where it is."""
    return _("Pyöristys selittää eron.") if level is Level.NOTE else ""


def finding(
    code: str, level: Level, subject: str, sentence: str, reason: str = "", **numbers: Figure
) -> Finding:
    """A finding of the check `code` with its title."""
    return Finding(code, level, str(TITLES[code]), subject, sentence, reason, **numbers)


def unknown(code: str, subject: str, sentence: str) -> Finding:
    """The result where a figure is missing that the check needs."""
    return finding(code, Level.UNKNOWN, subject, sentence)
