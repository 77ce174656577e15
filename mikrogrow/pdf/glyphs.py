"""Which signs our fonts can print, asked before typed text is saved and before a document is made."""

import re
import unicodedata
from functools import cache
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.values.plain_text import blocks
from mikrogrow.values.typed_text import excerpt

FONT_FILES = (
    "fonts/full/SourceSans3-Regular.ttf",
    "fonts/full/SourceSans3-Semibold.ttf",
    "fonts/full/SourceSans3-It.ttf",
)
# Latin letters that those lack, such as Skolt Sámi Ǩ: static/documents/rare-letters.css.
RARE_FONT_FILES = (
    "fonts/full/NotoSansLatin-Regular.ttf",
    "fonts/full/NotoSansLatin-SemiBold.ttf",
    "fonts/full/NotoSansLatin-Italic.ttf",
)
# A text in another script would fill the page with them.
MOST_SENTENCES = 5
# Not looked up in a font.
BLANK = frozenset("\t\n\r\f ")
# Joiners, marks of direction and selectors of a sign's look, which come along when text is copied.
_UNSEEN = re.compile("[\u200c-\u200f\u2060\ufe0e\ufe0f]")


class MissingFontError(Exception):
    """The name of the file."""


def as_printed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    # U+2010 is reserved for line ends, where it is read as a soft hyphen.
    return _UNSEEN.sub("", composed).replace("\u2010", "-")


@cache
def drawable() -> frozenset[str]:
    """Signs that our fonts have in all their styles. Raises MissingFontError."""
    return _in_all(FONT_FILES) | rare_letters()


@cache
def rare_letters() -> frozenset[str]:
    """Those for which a document needs the second font. Raises MissingFontError."""
    return _in_all(RARE_FONT_FILES) - _in_all(FONT_FILES)


@cache
def _in_all(names: tuple[str, ...]) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    common: set[int] | None = None
    for name in names:
        path = finders.find(name)
        if not isinstance(path, str):
            raise MissingFontError(name)
        with TTFont(path) as font:
            has = set(font.getBestCmap())
        common = has if common is None else common & has
    return frozenset(chr(code) for code in common or ())


def can_print(sign: str) -> bool:
    return sign in BLANK or sign in drawable()


def only_printable(text: str) -> str:
    """The text without the signs that cannot be printed."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if all(map(can_print, as_printed(sign))))


def is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CZM"


def code_of(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def named(sign: str) -> str:
    """The sign with its code, or the code alone of one that shows nothing."""
    code = code_of(sign)
    return f"”{sign}” ({code})" if unicodedata.category(sign)[0] not in "CZ" else code


def refuse_unprintable_part(part: str, text: str) -> None:
    """Raises ValidationError with a sentence for each sign of a long text that cannot be printed."""
    found: dict[str, int] = {}
    for number, block in enumerate(blocks(text), start=1):
        for sign in as_printed("".join(block.texts)):
            if not can_print(sign):
                found.setdefault(sign, number)
    sentence = _(
        "Osa %(part)s, %(number)s. kappale: merkkiä %(sign)s ei voi tulostaa. Poista se tai korvaa se."
    )
    said = [
        sentence % {"part": part, "number": number, "sign": named(sign)}
        for sign, number in list(found.items())[:MOST_SENTENCES]
    ]
    if said:
        raise ValidationError(said)


def refuse_unprintable(text: str) -> None:
    """Raises ValidationError with the first sign that cannot be printed."""
    sign = next((sign for sign in as_printed(text) if not can_print(sign)), None)
    if sign is not None:
        sentence = _("Luettiin ”%(read)s”. Merkkiä ”%(sign)s” ei voi tulostaa. Poista se.")
        shown = sign if is_visible(sign) else code_of(sign)
        raise ValidationError(sentence % {"read": excerpt(text), "sign": shown})


def expect_printable(field: Any) -> None:
    """Lets a form field refuse text that cannot be printed, unless it does so itself."""
    is_of_text = isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
    if is_of_text and not getattr(field, "refuses_unprintable", False):
        field.validators = [*field.validators, refuse_unprintable]
