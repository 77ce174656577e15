"""Django's `i18n` tags, of which `translate` is quick for a plain text: a page has some sixty of them.

Django puts each through a filter expression and a lazy text, which takes eight times as long.
"""

from typing import Any

from django.template.base import Node, Parser, Token
from django.template.library import Library
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class PlainText(Node):
    """A literal, which is safe in Django's eyes, too."""

    child_nodelists = ()

    def __init__(self, text: str, variable: str | None) -> None:
        self.text = mark_safe(text.replace("%", "%%"))
        self.variable = variable

    def render(self, context: Any) -> SafeString:
        words: SafeString = mark_safe(gettext(self.text).replace("%%", "%"))
        if self.variable is None:
            return words
        context[self.variable] = words
        return mark_safe("")


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    literal = node.filter_expression.var
    is_plain = not (node.noop or node.message_context or node.filter_expression.filters)
    if not is_plain or not isinstance(getattr(literal, "literal", None), str):
        return node
    return PlainText(literal.literal, node.asvar)
