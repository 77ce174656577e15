"""Reads the markup of a document into the tree that WeasyPrint lays out.

Our templates are well-formed XML, which expat parses many times faster than an HTML parser. What this saves
is measured: "budget PDF" in `python -m tests.benchmarks`.
"""

import re
from functools import cache
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.contrib.staticfiles import finders

from mikrogrow.pdf.columns import Measure, fit_columns
from mikrogrow.pdf.decimals import equal_decimals
from mikrogrow.pdf.unknown_columns import say_unknown_columns_once
from mikrogrow.pdf.whole_words import JOINER, keep_whole

VOID = re.compile(r"<(meta|link|br|hr|img|col)\b([^<>]*?)\s*/?>")
SPACE = re.compile(r"[ \n]+")
# No space is shown beside these, but each would be a box to lay out and would count in a column's width.
# Charts are inline: a space beside one is laid out.
AROUND_BLOCKS = re.compile(
    r"(?:(?<!</svg>) )?(</?(?:html|head|title|meta|link|body|header|main|section|div|nav|h\d|p|ul|ol|li|dl|"
    r'dt|dd|desc|figure|table|caption|thead|tbody|tfoot|tr|th|td|br|small|span class="sub(?="))\b[^>]*>)'
    r"(?: (?!<svg))?"
)
# Rules of WeasyPrint's style sheet for notes, which our documents have none of.
NOTES = re.compile(r"^::(?:foot)?note-[^\n]*$", re.MULTILINE)
MAX_UNBROKEN_ROWS = 12
WIDEST_FONT = "fonts/full/SourceSans3-Semibold.ttf"


def read_document(weasyprint: Any, markup: str, base_url: str, fetcher: Any) -> Any:
    root = read_tree(keep_whole(without_indents(markup)))
    if root is None:
        document = weasyprint.HTML(string=markup, base_url=base_url, url_fetcher=fetcher)
        root = document.etree_element
    else:
        document = _document_class()(root, base_url, fetcher)
    mark_long_tables(root)
    say_unknown_columns_once(root)
    wrap_captions(root)
    equal_decimals(root)
    fit_columns(root, _measure())
    return document


def without_indents(markup: str) -> str:
    return AROUND_BLOCKS.sub(r"\1", SPACE.sub(" ", markup))


def read_tree(markup: str) -> Element | None:
    """None if the markup is not well-formed XML."""
    try:
        # What people typed is escaped, and nothing declares an entity: there is nothing to defend against.
        return ElementTree.fromstring(VOID.sub(r"<\1\2/>", markup.strip()).replace("&nbsp;", "\u00a0"))  # noqa: S314
    except ElementTree.ParseError:
        return None


def mark_long_tables(root: Element) -> None:
    # Kept whole, one that does not fit leaves much of the page before it empty, and one that is taller than a
    # page leaves its caption behind.
    for table in root.iter("table"):
        if sum(1 for _row in table.iter("tr")) > MAX_UNBROKEN_ROWS:
            table.set("class", f"{table.get('class', '')} long".strip())


def wrap_captions(root: Element) -> None:
    """Puts a span around the words of a caption, which names the table on the pages that continue it."""
    for caption in root.iter("caption"):
        span = Element("span", {"class": "words"})
        span.text, caption.text = caption.text, None
        span[:], caption[:] = list(caption), [span]


@cache
def _document_class() -> type:
    """WeasyPrint's HTML made from a tree, without the default rules for notes and markers of all elements.

    WeasyPrint computes a style for each element and each such rule.
    """
    import cssselect2
    import weasyprint
    from weasyprint.html import UA

    own_styles = weasyprint.CSS(string=NOTES.sub("", UA).replace("\n::marker {", "\nli::marker {"))

    class Document(weasyprint.HTML):
        def __init__(self, root: Element, base_url: str, fetcher: Any) -> None:
            self.base_url, self.url_fetcher, self.media_type = base_url, fetcher, "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [own_styles]

    return Document


@cache
def _measure() -> Measure:
    # The widest font of our documents, so that no text is wider than measured.
    from fontTools.ttLib import TTFont

    with TTFont(str(finders.find(WIDEST_FONT))) as font:
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        advances = {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}
    advances[JOINER] = 0

    def measure(text: str) -> float:
        return sum(advances.get(letter, 1.0) for letter in text)

    return measure
