"""The check code of a kept print: short enough to be read from paper, made of all that the print says."""

import re
from hashlib import sha256

# Without I, L, O and U, which are read as other signs or make words.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
_READ_AS = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_GROUPS = rf"(?:[{SIGNS}]{{{GROUP}}}-){{{LENGTH // GROUP - 1}}}[{SIGNS}]{{{GROUP}}}"
_IN_TEXT = re.compile(rf"(?<![\w-]){_GROUPS}(?![\w-])")


def code_of(content: str) -> str:
    """Of the text: another one for another text."""
    number = int.from_bytes(sha256(content.encode()).digest()[: LENGTH * 5 // 8], "big")
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return _grouped(signs)


def typed_code(typed: str) -> str | None:
    """As it is printed, from what a person has read off paper; None if it cannot be a code."""
    signs = _BETWEEN.sub("", typed).upper().translate(_READ_AS)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    return _grouped(signs)


def codes_in(text: str) -> list[str]:
    """The codes that a text contains as they are printed, each once."""
    return list(dict.fromkeys(_IN_TEXT.findall(text)))


def _grouped(signs: str) -> str:
    return "-".join(signs[place : place + GROUP] for place in range(0, LENGTH, GROUP))
