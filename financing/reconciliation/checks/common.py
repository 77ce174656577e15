"""What all checks share: levels, tolerances, titles and words."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.reconciliation.findings import (
    Figure,
    Finding,
    Level,
)
from mikrogrow.values.money import (
    format_euros,
    format_percent,
)
from mikrogrow.values.translation import gettext as _

HUNDRED = Decimal(100)
HALF = Decimal("0.5")

TITLES = {
    "R01": gettext_noop("Rahoituslähteet = kustannukset"),
    "R02": gettext_noop("Ilmoitetut osuudet = 100 %"),
    "R03": gettext_noop("Ilmoitettu osuus vastaa rahamäärää"),
    "R04": gettext_noop("Vuodet = kustannukset"),
    "R05": gettext_noop("Ei rahaa toteutusvuosien ulkopuolella"),
    "R06": gettext_noop("Prosenttimääräinen kustannus = osuus palkoista"),
    "R07": gettext_noop("Kustannukset – tulot = rahoitus"),
    "R08": gettext_noop("Rivin vuodet = rivi"),
    "R09": gettext_noop("Osahankkeet = koko hanke"),
    "R10": gettext_noop("Samat eurot vain yhdessä lähdeluokassa"),
    "R11": gettext_noop("Valtuutus kattaa omarahoituksen"),
    "R12": gettext_noop("Kokonaisvastuu pysyy valtuutuksessa"),
    "R13": gettext_noop("Vuoden tarve pysyy määrärahassa"),
    "R14": gettext_noop("Laskut pysyvät suunnitelmassa"),
    "R15": gettext_noop("Maksatuskaudet jatkuvat katkotta"),
    "R16": gettext_noop("Ryhmät = hankkeen tavoite"),
    "R17": gettext_noop("Toteutus alkaa vasta rahoituspäätöksestä"),
    "R20": gettext_noop("Tiedot ovat täydelliset"),
}


def level_of(difference: Decimal, tolerance: Decimal) -> Level:
    """Passed where there is no difference, a note where rounding alone explains it, else an error."""
    if difference == 0:
        return Level.PASSED
    return Level.NOTE if abs(difference) <= tolerance else Level.ERROR


def half_unit(amount: Decimal) -> Decimal:
    """Half of the unit to which an amount was rounded: half a euro for whole euros, else half a cent."""
    return HALF if amount == amount.to_integral_value() else Decimal("0.005")


def half_approximate_unit(amount: Decimal) -> Decimal:
    """Half of the unit to which an approximate sum was rounded: 50 for "noin 651 200".

    That unit is the place of its last digit that is not zero, but at most that of its second digit:
    "noin 1 000 000" was hardly rounded to the nearest million.
    """
    last = amount.normalize().as_tuple().exponent
    assert isinstance(last, int)
    return HALF.scaleb(min(last, amount.adjusted() - 1))


def rounding_of(amounts: Sequence[Decimal]) -> Decimal:
    """The most that rounding alone explains in the sum of one paper's amounts: half a unit for each.

    One amount with cents shows that all are kept in cents. A zero was not rounded.
    """
    return min(map(half_unit, amounts), default=HALF) * sum(amount != 0 for amount in amounts)


def joined(words: Sequence[str]) -> str:
    """Words in a row: a, b ja c."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s ja %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def direction(difference: Decimal) -> str:
    """The difference in words: how much too much or too little."""
    amount = format_euros(abs(difference))
    if difference > 0:
        return _("%(amount)s liikaa") % {"amount": amount}
    return _("%(amount)s liian vähän") % {"amount": amount}


def points_direction(points: Decimal, decimals: int) -> str:
    """The difference of two shares in words: how many percentage points too much or too little."""
    shown = {"points": format_percent(abs(points), decimals=decimals).removesuffix("\u00a0%")}
    if points > 0:
        return _("%(points)s prosenttiyksikköä liikaa") % shown
    return _("%(points)s prosenttiyksikköä liian vähän") % shown


def rounding_reason(level: Level) -> str:
    """The sentence that a difference is small enough for rounding, where it is."""
    return _("Pyöristys selittää eron.") if level is Level.NOTE else ""


def finding(
    code: str,
    level: Level,
    subject: str,
    sentence: str,
    reason: str = "",
    *,
    left: Figure | None = None,
    right: Figure | None = None,
    difference: Figure | None = None,
    detail: str = "",
) -> Finding:
    """A finding of the check `code` with its title; `detail` tells several on one subject apart."""
    title = _(TITLES[code])
    return Finding(code, level, title, subject, sentence, reason, left, right, difference, detail=detail)


def unknown(code: str, subject: str, sentence: str, detail: str = "") -> Finding:
    """The result where a figure is missing that the check needs."""
    return finding(code, Level.UNKNOWN, subject, sentence, detail=detail)
