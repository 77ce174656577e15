"""Where a page's forms are sent: to the page itself."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: Any) -> str:
    """The page's address without a fragment, which would be where the answer opens, not at what it says."""
    request = getattr(context, "request", None)
    return request.get_full_path() if request is not None else ""
