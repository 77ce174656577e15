"""Filters for amounts, shares and days: one for each kind of value, so that figures look alike."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrogrow.values import dates, money

register = template.Library()


def or_unknown(shown: str, known: bool) -> str | SafeString:
    """The text, or "ei tiedossa" in italics if the value is not known."""
    return shown if known else _unknown(get_language())


@cache
def _unknown(language: str | None) -> SafeString:
    return format_html('<em class="unknown">{}</em>', money.UNKNOWN)


def _figure(shown: str, known: bool) -> SafeString:
    """Like `or_unknown` for our own formatting: digits and signs need no escaping."""
    return SafeString(shown) if known else _unknown(get_language())


@register.filter
def euros(amount: Decimal | None) -> SafeString:
    """59 953 €."""
    return _figure(money.format_euros(amount), amount is not None)


@register.filter
def amount(value: Decimal | None) -> SafeString:
    """59 953, for a column whose heading says the unit."""
    return _figure(money.format_amount(value), value is not None)


@register.filter
def cells(amounts: Iterable[Decimal | None], edge: str = "") -> SafeString:
    """Table cells with an amount each; `edge` is another class of the first.

    One call a row: long tables with a filter a cell took most of a page's time.
    """
    first = f"number {edge}".strip()
    return SafeString(
        "".join(
            f'<td class="{"number" if index else first}">{amount(value)}</td>'
            for index, value in enumerate(amounts)
        )
    )


@register.filter
def signed(value: Decimal | None) -> SafeString:
    """+2, for a column of differences."""
    return _figure(money.format_amount(value, sign=True), value is not None)


@register.filter
def signed_euros(value: Decimal | None) -> SafeString:
    """+2 €."""
    return _figure(money.format_euros(value, sign=True), value is not None)


@register.filter
def percent(share: Decimal | None, decimals: int | None = None) -> SafeString:
    """18,9 %, by default with as many decimals as it has."""
    return _figure(money.format_percent(share, decimals=decimals), share is not None)


@register.filter
def points(value: Decimal | None, decimals: int | None = None) -> SafeString:
    """+5,0 %-yks."""
    return _figure(money.format_points(value, decimals=decimals), value is not None)


@register.filter
def progress(share: Decimal | None) -> SafeString:
    """56,0 %, cut."""
    return _figure(money.format_progress(share), share is not None)


@register.filter
def day(value: date | None) -> SafeString:
    """1.4.2017."""
    return _figure(dates.format_date(value), value is not None)


@register.filter
def moment(value: datetime) -> str:
    """1.4.2017 klo 9.05."""
    return dates.format_moment(value)


@register.filter
def known(text: str) -> str | SafeString:
    """The text, or "ei tiedossa" if it is empty."""
    return or_unknown(text, bool(text))


@register.filter
def number(value: int | None) -> str | SafeString:
    """A count or a year."""
    return or_unknown(str(value), value is not None)


@register.filter
def signed_decimals(value: Decimal | None, decimals: int) -> SafeString:
    """+0,01, for a column of percentage points whose heading says the unit."""
    shown = money.format_points(value, decimals=decimals)
    return _figure(shown.partition(money.NBSP)[0], value is not None)


@register.filter
def in_words(value: Decimal) -> str:
    """24 162 eurosta: an amount inside a heading, in the elative case."""
    return f"{money.format_amount(value)}{money.NBSP}{_('eurosta')}"


@register.filter
def in_words_nominative(value: Decimal) -> str:
    """2 991 euroa: an amount inside a heading."""
    return f"{money.format_amount(value)}{money.NBSP}{_('euroa')}"
