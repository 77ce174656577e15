"""What is said of two figures that cannot both be right."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from django.utils.translation import ngettext

from mikrogrow.values.money import format_count, format_euros, format_percent, format_points, round_half_up
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.typed_text import cut
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Said
from projects.decisions.figures.tables import Cell

Figure: TypeAlias = Cell | Said
_LONGEST_NAME = 60
_PERCENTS = {Rule.SHARES, Rule.SHARE_OF_AMOUNT}


def contradiction(
    rule: Rule,
    stated: Figure,
    right: Decimal,
    others: Iterable[Figure],
    name: str = "",
    left: Decimal | None = None,
) -> Contradiction:
    """`left` is the value of what is stated, if not given; `right` is in the same unit."""
    size = stated.size if isinstance(stated, Cell) else 1
    told = stated.value * size if left is None else left
    computed = round_half_up(right * (1 if rule in _PERCENTS else size), 2)
    computed = computed.to_integral_value() if computed == int(computed) else computed
    others = list(others)
    places = tuple(
        (each.place if isinstance(each, Said) else (each.start, each.end)) for each in [stated, *others]
    )
    show = showing(rule)
    shown = {
        "left": show(told),
        "right": show(computed),
        "name": _short(name) or _("Summa"),
        "of": _euros(stated),
        "base": _euros(others[0]) if others else "",
    }
    return Contradiction(rule, told, computed, places, _sentence(rule) % shown)


def showing(rule: Rule) -> Callable[[Decimal], str]:
    """How its values are shown."""
    if rule is Rule.COUNTS:
        return _count
    if rule is Rule.PERIODS:
        return _days
    return format_percent if rule in _PERCENTS else format_euros


def showing_difference(rule: Rule) -> Callable[[Decimal], str]:
    """How two of its values differ: percents by percentage points."""
    return format_points if rule in _PERCENTS else showing(rule)


def _euros(figure: Figure) -> str:
    return format_euros(figure.euros if isinstance(figure, Cell) else figure.value)


def _count(value: Decimal) -> str:
    return format_count(int(value))


def _days(value: Decimal) -> str:
    return ngettext("%s päivä", "%s päivää", int(value)) % format_count(int(value))


def sentence_of_periods(first: str, second: str) -> str:
    return _("Toteutusajaksi sanotaan %(first)s, mutta toisaalla %(second)s.") % {
        "first": first,
        "second": second,
    }


def sentence_of_year_outside(period: str, year: int) -> str:
    return _("Toteutusaika on %(period)s, mutta taulukossa on kustannuksia vuodelle %(year)s.") % {
        "period": period,
        "year": year,
    }


def sentence_of_end_before(first: str, last: str) -> str:
    return _("Jakso %(first)s–%(last)s päättyy, ennen kuin se alkaa.") % {"first": first, "last": last}


def sentence_of_financed_gross(financing: Decimal, net: Decimal) -> str:
    return _(
        "Rahoitus on %(financing)s, mutta nettokustannukset ovat %(net)s: osuudet on laskettu "
        "bruttokustannuksista."
    ) % {"financing": format_euros(financing), "net": format_euros(net)}


def _short(name: str) -> str:
    words = " ".join(name.split()).strip(" -–•*:,")
    return cut(words, _LONGEST_NAME)


def _sentence(rule: Rule) -> str:
    return {
        Rule.COLUMN: _("%(name)s on %(left)s, mutta rivit ovat yhteensä %(right)s."),
        Rule.ROW: _("Rivin %(name)s summa on %(left)s, mutta sen luvut ovat yhteensä %(right)s."),
        Rule.CELL: _("Luku %(left)s ei sovi riviinsä eikä sarakkeeseensa: molempiin sopisi %(right)s."),
        Rule.LIST: _("Kokonaisuus on %(left)s, mutta sen osat ovat yhteensä %(right)s."),
        Rule.SHARES: _("Osuudet ovat yhteensä %(right)s, ei %(left)s."),
        Rule.SHARE_OF_AMOUNT: _("Osuudeksi sanotaan %(left)s, mutta luvusta %(base)s se on %(right)s."),
        Rule.YEARS: _("Kokonaisuus on %(left)s, mutta vuodet ovat yhteensä %(right)s."),
        Rule.COSTS_FINANCING: _("Kustannukset ovat %(left)s, mutta rahoitus on %(right)s."),
        Rule.GROSS_NET: _(
            "Nettokustannukset ovat %(left)s, mutta bruttokustannuksista jää tulojen jälkeen %(right)s."
        ),
        Rule.FLAT_RATE: _(
            "Prosenttimääräiset kustannukset ovat %(left)s, mutta luvusta %(base)s ne ovat %(right)s."
        ),
        Rule.CAP: _("Enimmäismäärä on %(left)s, mutta sen pitäisi kattaa %(right)s."),
        Rule.TWO_VALUES: _("Samalla asialla on kaksi lukua: %(left)s ja %(right)s."),
        Rule.VAT: _("Arvonlisävero ei täsmää: luku on %(left)s, mutta siitä laskettuna %(right)s."),
        Rule.APPROPRIATION: _("Määrärahaa sanotaan jäävän %(left)s, mutta sitä jää %(right)s."),
        Rule.COUNTS: _("Lukumäärä on %(left)s, mutta sen osat ovat yhteensä %(right)s."),
    }[rule]
