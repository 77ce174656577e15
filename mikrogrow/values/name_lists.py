"""Names of people in one text: one a line, or with commas or semicolons between them."""

import re
from collections.abc import Iterable

from mikrogrow.values.plain_text import NUMBER_SIGNS

_BETWEEN = re.compile(r"[\n,;]")
_SIGN_OF_LIST = re.compile(rf"\s*(?:[-*]|{NUMBER_SIGNS})\s+")


def names_in(text: str) -> tuple[str, ...]:
    """In their order. The signs of a list before a name are none of it."""
    found = (" ".join(_SIGN_OF_LIST.sub("", name, count=1).split()) for name in _BETWEEN.split(text))
    return tuple(name for name in found if name)


def twice_in(names: Iterable[str]) -> tuple[str, ...]:
    """Names that are there more than once, in any case, as they stand first."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in names:
        key = name.casefold()
        if key in first:
            found.setdefault(key, first[key])
        first.setdefault(key, name)
    return tuple(found.values())
