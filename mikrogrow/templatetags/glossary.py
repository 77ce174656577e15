"""A word of a heading or a table, linked to what the glossary says of it."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mikrogrow.glossary.subjects import term_keys

register = template.Library()


@register.simple_block_tag(end_name="endterm")
def term(content: str, key: str) -> SafeString:
    """For the first place of a page: `{% term "omarahoitus" %}Omarahoitus{% endterm %}`. Not on paper."""
    if key not in term_keys():
        raise template.TemplateSyntaxError(f"The glossary has no {key!r}.")
    # The block is rendered, so its values are escaped.
    words = SafeString(content.strip())
    return format_html('<dfn><a href="{}#{}">{}</a></dfn>', reverse("glossary"), key, words)
