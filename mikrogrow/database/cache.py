"""What was computed is kept in the process's memory for as long as what it was computed from is the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from operator import eq, is_
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils.translation import get_language

Argument = TypeVar("Argument")
Value = TypeVar("Value")
Rule = Callable[[Argument], Value]
# Projects, each in up to three languages; those that nobody has looked at for longest go first.
MAXIMUM = 3000


class Kept(Generic[Value]):
    """One value for each key, with the mark of what it was computed from; `same` compares two marks.

    Threads share the values, so nobody may change them.
    """

    def __init__(self, maximum: int = MAXIMUM, same: Callable[[Any, Any], bool] = eq) -> None:
        self._maximum = maximum
        self._same = same
        self._lock = Lock()
        self._values: OrderedDict[Hashable, tuple[Any, Value]] = OrderedDict()

    def get(self, key: Hashable, mark: Any) -> Value | None:
        """The value that was kept with this very mark, or None."""
        with self._lock:
            found = self._values.get(key)
            if found is None or not self._same(found[0], mark):
                return None
            self._values.move_to_end(key)
            return found[1]

    def keep(self, key: Hashable, mark: Any, value: Value) -> None:
        """Keeps a value in place of the one that the key had."""
        with self._lock:
            self._values[key] = (mark, value)
            self._values.move_to_end(key)
            while len(self._values) > self._maximum:
                self._values.popitem(last=False)


def once_for(key: Callable[[Argument], Hashable]) -> Callable[[Rule[Argument, Value]], Rule[Argument, Value]]:
    """Runs a rule once for the very same argument and language; only the last one of each key is kept."""

    def decorate(rule: Rule[Argument, Value]) -> Rule[Argument, Value]:
        kept: Kept[Value] = Kept(same=is_)

        @wraps(rule)
        def run(argument: Argument) -> Value:
            place = (key(argument), get_language())
            found = kept.get(place, argument)
            if found is None:
                found = rule(argument)
                kept.keep(place, argument, found)
            return found

        return run

    return decorate
