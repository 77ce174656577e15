"""Filters for amounts, shares and days. An unknown value is "ei tiedossa" in italics."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from mikrogrow.values import dates, figures, money
from mikrogrow.values.tables import Cell

register = template.Library()


def or_unknown(shown: str, known: bool) -> str | SafeString:
    return shown if known else _unknown(get_language())


def _italic(words: object) -> SafeString:
    return format_html('<em class="unknown">{}</em>', words)


@cache
def _missing(words: str, language: str | None) -> SafeString:
    return _italic(_(words))


@cache
def _unknown(language: str | None) -> SafeString:
    return _italic(money.UNKNOWN)


def _figure(shown: str, known: bool) -> SafeString:
    # Our own digits and signs need no escaping.
    return SafeString(shown) if known else _unknown(get_language())


@register.filter
def euros(amount: Decimal | None) -> SafeString:
    return _figure(money.format_euros(amount), amount is not None)


@register.filter
def amount(value: Decimal | None) -> SafeString:
    return _figure(money.format_amount(value), value is not None)


# Filters of their own: a translated argument would be looked up for the amounts that are known, too.
@register.filter
def decided_amount(value: Decimal | None) -> SafeString:
    return _missing(gettext_noop("ei päätetty"), get_language()) if value is None else amount(value)


@register.filter
def paid_amount(value: Decimal | None) -> SafeString:
    return _missing(gettext_noop("ei vielä"), get_language()) if value is None else amount(value)


@register.filter
def cells(amounts: Iterable[Decimal | None], edge: str = "") -> SafeString:
    """A `<td>` for each amount; `edge` is one more class of the first."""
    # One call a row: a filter for each cell took most of a long table's time.
    first = f"number {edge}".strip()
    return SafeString(
        "".join(
            f'<td class="{"number" if index else first}">{amount(value)}</td>'
            for index, value in enumerate(amounts)
        )
    )


@register.filter
def signed(value: Decimal | None) -> SafeString:
    return _figure(money.format_amount(value, sign=True), value is not None)


@register.filter
def signed_euros(value: Decimal | None) -> SafeString:
    return _figure(money.format_euros(value, sign=True), value is not None)


@register.filter
def percent(share: Decimal | None, decimals: int | None = None) -> SafeString:
    return _figure(money.format_percent(share, decimals=decimals), share is not None)


@register.filter
def stated_share(share: Decimal | None, decimals: int | None = None) -> SafeString:
    """A share that a paper may have left out."""
    return (
        _missing(gettext_noop("ei ilmoitettu"), get_language()) if share is None else percent(share, decimals)
    )


@register.filter
def points(value: Decimal | None, decimals: int | None = None) -> SafeString:
    return _figure(money.format_points(value, decimals=decimals), value is not None)


@register.filter
def progress(share: Decimal | None) -> SafeString:
    return _figure(money.format_progress(share), share is not None)


@register.filter
def day(value: date | None) -> SafeString:
    return _figure(dates.format_date(value), value is not None)


@register.filter
def moment(value: datetime) -> str:
    return dates.format_moment(value)


@register.filter
def known(text: str) -> str | SafeString:
    return or_unknown(text, bool(text))


@register.filter
def cell(value: Cell) -> str | SafeString:
    """Of a report's table."""
    return or_unknown(value.text, not value.is_unknown)


@register.filter
def number(value: int | None) -> str | SafeString:
    return or_unknown(str(value), value is not None)


@register.filter
def count(value: int | None) -> str | SafeString:
    return or_unknown("" if value is None else money.format_count(value), value is not None)


@register.filter
def figure(value: Decimal | None) -> SafeString:
    """Of any unit, without zeros that say nothing."""
    return _unknown(get_language()) if value is None else SafeString(figures.format_figure(value))


@register.filter
def signed_decimals(value: Decimal | None, decimals: int) -> SafeString:
    shown = money.format_points(value, decimals=decimals)
    return _figure(shown.partition(money.NBSP)[0], value is not None)


@register.filter
def in_words(value: Decimal) -> str:
    """For headings, in the elative case: 24 162 eurosta."""
    return f"{money.format_amount(value)}{money.NBSP}{_('eurosta')}"


@register.filter
def in_words_nominative(value: Decimal) -> str:
    return f"{money.format_amount(value)}{money.NBSP}{_('euroa')}"
