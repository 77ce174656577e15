"""What people type: one kind of space and minus sign before it is read, and excerpts for messages."""

import re
import unicodedata

# Invisible characters: they come along when text is copied from web pages and PDFs.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# The minus sign, and the en dash that Finnish typing uses for it (Kielitoimiston ohjepankki, "miinusmerkki").
_MINUS = dict.fromkeys(map(ord, "\u2212\u2013"), "-")
_DASHES = re.compile("[\u2010-\u2014\u2212]")


# Longer ones are larger than any key of a row.
MAX_KEY_DIGITS = 18


def is_key(text: str) -> bool:
    """Whether a row could have it as its key. Databases refuse larger numbers."""
    return text.isdecimal() and len(text) <= MAX_KEY_DIGITS


def normalise_typed(text: str) -> str:
    # Tabs and line breaks stay: two cells of a spreadsheet are not one number.
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text)
    return re.sub(" +", " ", spaced.translate(_INVISIBLE).translate(_MINUS)).strip()


def name_key(name: str) -> str:
    """The same for any case, and for the dashes and spaces that cannot be told apart."""
    return re.sub(r"\s+", " ", _DASHES.sub("-", normalise_typed(name))).casefold()


def cut(words: str, longest: int) -> str:
    """With an ellipsis, on top of the signs that are left, if it is longer."""
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def excerpt(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
