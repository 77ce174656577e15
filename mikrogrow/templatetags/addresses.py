"""Addresses of a long list's rows."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

register = template.Library()

# Some projects' companies and experiments.
MOST_KEPT = 4096


@register.filter
@lru_cache(maxsize=MOST_KEPT)
def address(key: int, page: str) -> SafeString:
    """Of the row with the key. Kept: to put addresses together took much of a list's time."""
    # Of our own words and a number, which need no escaping.
    return SafeString(reverse(page, args=[key]))
