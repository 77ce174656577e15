"""gettext for rules: within `one_language` each message is translated once.

Django's gettext looks up the thread's language for every message, which took half the time of checking a
project.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import translation

_words: ContextVar[dict[str, str] | None] = ContextVar("words", default=None)
# By language. Never cleared: the code has only so many messages.
_cache: defaultdict[str | None, dict[str, str]] = defaultdict(dict)


def gettext(message: str) -> str:
    words = _words.get()
    if words is None:
        return translation.gettext(message)
    found = words.get(message)
    if found is None:
        found = words[message] = translation.gettext(message)
    return found


def joined(words: Sequence[str]) -> str:
    """For example "2017, 2018 ja 2019"."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s ja %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@contextmanager
def one_language() -> Iterator[None]:
    """Do not change the language inside."""
    token = _words.set(_cache[translation.get_language()])
    try:
        yield
    finally:
        _words.reset(token)
