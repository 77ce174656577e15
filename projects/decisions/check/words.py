"""What the check says of a figure, in words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import format_count, format_euros, format_percent, format_points
from mikrogrow.values.translation import gettext as _
from projects.decisions.check.known import KnownFigure
from projects.decisions.check.matching import Match, Outcome
from projects.decisions.figures.readings import Kind, Value


def shown_value(kind: Kind, value: Value) -> str:
    """As pages write it: 59 953 €, 18,9 %, 1.4.2017–31.12.2019, 120 yritystä."""
    figure: Any = value
    if kind is Kind.PERIOD:
        return format_period(figure.start, figure.end)
    if kind is Kind.COUNT:
        return f"{format_count(figure.number)} {_counted(figure.of, figure.number)}"
    shows: dict[Kind, Callable[[Any], str]] = {
        Kind.MONEY: format_euros,
        Kind.PERCENT: format_percent,
        Kind.POINTS: lambda points: _("%s prosenttiyksikköä") % format_figure(points),
        Kind.DATE: format_date,
        Kind.YEAR: str,
    }
    return shows[kind](figure)


def _counted(noun: str, number: int) -> str:
    if number == 1:
        return noun
    return {
        "yritys": _("yritystä"),
        "ryhmä": _("ryhmää"),
        "kokoontuminen": _("kokoontumista"),
        "henkilö": _("henkilöä"),
        "kunta": _("kuntaa"),
    }.get(noun, noun)


def shown_known(figure: KnownFigure) -> str:
    """Its name and its value: omarahoitus 2 991 €. A funder's decision has its day in its name."""
    name, value = name_of(figure), shown_value(figure.kind, figure.value)
    return name if value in name else f"{name} {value}"


def name_of(figure: KnownFigure) -> str:
    return f"{figure.name} ({figure.edition})" if figure.edition else figure.name


def shown_raw(match: Match) -> str:
    """As the text has it, on one line."""
    return " ".join(match.raw.split())


def shown_difference(match: Match) -> str:
    """With its sign and unit; empty if there is none."""
    difference = match.difference
    if difference is None:
        return ""
    if match.kind is Kind.MONEY:
        return format_euros(difference, sign=True)
    if match.kind is Kind.PERCENT:
        return format_points(difference)
    return f"{difference:+f}".replace("-", "\u2212") + _unit(difference, match.kind)


def sentence_of(match: Match) -> str:
    """Of what agrees with nothing; names the figure, what is read and what would be right."""
    raw, known = shown_raw(match), match.known
    if match.outcome is Outcome.IMPOSSIBLE:
        return _("Päivää %s ei ole kalenterissa.") % raw
    if known is None and match.actual is not None:
        return _("%(raw)s on hankkeen tiedoissa %(actual)s. Sanat nimeävät muun luvun.") % {
            "raw": raw,
            "actual": name_of(match.actual),
        }
    if known is None:
        return _("%s ei ole hankkeen tiedoissa.") % raw
    if match.outcome is Outcome.OTHER_NAME and match.actual is not None:
        return _("%(raw)s on hankkeen tiedoissa %(actual)s. %(name)s on %(right)s.") % {
            "raw": raw,
            "actual": name_of(match.actual),
            "name": capfirst(name_of(known)),
            "right": shown_value(known.kind, known.value),
        }
    nearest = ", ".join(filter(None, [shown_known(known), _size(match.difference, match.kind)]))
    sentence = _("%(raw)s ei ole hankkeen tiedoissa. Lähin on %(nearest)s.")
    if match.is_transposed:
        sentence = _(
            "%(raw)s ei ole hankkeen tiedoissa. Lähin on %(nearest)s: kaksi numeroa eri järjestyksessä."
        )
    return sentence % {"raw": raw, "nearest": nearest}


def _size(difference: Decimal | None, kind: Kind) -> str:
    if difference is None:
        return ""
    if kind is Kind.MONEY:
        return _("ero %s") % format_euros(abs(difference))
    if kind is Kind.PERCENT:
        return _("ero %s prosenttiyksikköä") % format_figure(abs(difference))
    return _("ero %s") % f"{abs(difference):f}{_unit(difference, kind)}"


def _unit(difference: Decimal, kind: Kind) -> str:
    """Of days and years; with the space before it."""
    is_one = abs(difference) == 1
    if kind is Kind.DATE:
        return f" {_('päivä') if is_one else _('päivää')}"
    if kind is Kind.YEAR:
        return f" {_('vuosi') if is_one else _('vuotta')}"
    return ""
