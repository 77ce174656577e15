"""Translates the words of rules: within `one_language` each message is looked up once for its language.

Django's gettext asks for every message anew which language the thread speaks; of all checks of a project
that was half of the time.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import translation

_words: ContextVar[dict[str, str] | None] = ContextVar("words", default=None)
# By language; messages are written in the code, so there is an end to them.
_kept: defaultdict[str | None, dict[str, str]] = defaultdict(dict)


def gettext(message: str) -> str:
    """The message in the language that is spoken now."""
    words = _words.get()
    if words is None:
        return translation.gettext(message)
    found = words.get(message)
    if found is None:
        found = words[message] = translation.gettext(message)
    return found


@contextmanager
def one_language() -> Iterator[None]:
    """Within this the language does not change."""
    token = _words.set(_kept[translation.get_language()])
    try:
        yield
    finally:
        _words.reset(token)
