"""How corrected words are drawn in a text: what stood there struck out, what is right after it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mikrogrow.values.corrected_text import ChangedPlace, Piece, narrowed

# Signs of nobody's alphabet: the number of a change stands between the first and the words.
OPEN, CLOSE, FIRST = "\ue002", "\ue003", 0xE100
_OPENED = re.compile(f"{OPEN}(.)")
_EMPTY = re.compile(f"{OPEN}(.){CLOSE}")


def signs_of(changes: Sequence[ChangedPlace], cuts: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Place, order among the signs of that place, and the signs; a change goes to pieces at the cuts."""
    borders = sorted(set(cuts))
    for number, change in enumerate(changes):
        if change.start == change.end:
            yield change.start, 3, f"{OPEN}{chr(FIRST + number)}{CLOSE}"
            continue
        inside = [cut for cut in borders if change.start < cut < change.end]
        for place, (first, last) in enumerate(pairwise([change.start, *inside, change.end])):
            yield first, 3, f"{OPEN}{chr(FIRST + (number if place == 0 else len(changes)))}"
            yield last, 0, CLOSE


def drawn(html: SafeString, changes: Sequence[ChangedPlace]) -> SafeString:
    """The signs in it become elements."""
    if not changes:
        return html

    def old(match: re.Match[str]) -> str:
        number = ord(match[1]) - FIRST
        return _deleted(changes[number].was) if number < len(changes) else ""

    without_empty = _EMPTY.sub(old, html)
    opened = _OPENED.sub(lambda match: f"{old(match)}{_inserted()}", without_empty)
    return SafeString(opened.replace(CLOSE, "</ins>"))


def drawn_line(pieces: Iterable[Piece]) -> SafeString:
    """Of a text of one line, such as a title."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in narrowed(pieces)))


def _piece(piece: Piece) -> str | SafeString:
    if not piece.is_changed:
        return piece.now
    new = format_html("{}{}</ins>", _inserted(), piece.now) if piece.now else ""
    return format_html("{}{}", _deleted(piece.was), new)


def _deleted(words: str) -> SafeString:
    if not words:
        return SafeString("")
    hidden = '<del><span class="visually-hidden">{} </span>{}</del> '
    return format_html(hidden, _("Virhe:"), words)


def _inserted() -> SafeString:
    return format_html('<ins><span class="visually-hidden">{} </span>', _("Korjattu:"))
