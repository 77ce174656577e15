"""Reading tokens: {omarahoitus}, {kustannukset 2017}, {ryhmät: ryhmässä}."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mikrogrow.values.typed_text import name_key

# Longer than any name of a figure, so that one brace costs no more than this to read.
_LONGEST = 400
_TOKEN = re.compile(rf"\{{(?P<inside>[^{{}}\r\n]{{1,{_LONGEST}}})\}}")
_DOUBLED = re.compile(r"\{{2,}")
_UNCLOSED = re.compile(r"\{[ \u00a0]?(?P<word>[^\W\d_]{2,40})")
# Braces around less than a word, such as {x} or {1, 2}, are the text's own.
_WORD = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"\w+")
# "Kustannukset vuonna 2017" and "kustannukset 2017" are one name.
_NO_PART_OF_NAMES = frozenset({"vuonna", "vuoden", "vuodelle", "vuodelta", "v"})


@dataclass(frozen=True)
class Token:
    """At `start` to `end` of the text. An unclosed one is only its brace; `name` is the word after it."""

    start: int
    end: int
    name: str
    form: str = ""
    is_closed: bool = True


def tokens_in(text: str) -> Iterator[Token]:
    """In their order. An unclosed brace before a word may be the text's own, if the word names nothing.

    Braces that are doubled are the text's own.
    """
    place = text.find("{")
    while place >= 0:
        end = place + 1
        if doubled := _DOUBLED.match(text, place):
            end = doubled.end()
        elif closed := _TOKEN.match(text, place):
            if _WORD.search(closed["inside"]):
                end = closed.end()
                name, _colon, form = closed["inside"].partition(":")
                yield Token(place, end, name.strip(), form.strip())
        elif unclosed := _UNCLOSED.match(text, place):
            yield Token(place, end, unclosed["word"], is_closed=False)
        place = text.find("{", end)


def figure_key(name: str) -> str:
    """The same for any case, punctuation, dash and space of a name."""
    return " ".join(word for word in _WORDS.findall(name_key(name)) if word not in _NO_PART_OF_NAMES)


def in_braces(name: str, form: str = "") -> str:
    """The token to type."""
    return f"{{{name}: {form}}}" if form else f"{{{name}}}"
