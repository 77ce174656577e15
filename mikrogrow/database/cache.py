"""In-process cache: an entry is valid while the version that it was computed from is unchanged."""

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
# One for each project and language; the least recently used go first.
MAXIMUM = 500


class VersionedCache(Generic[Value]):
    """One value for each key, with its version. Threads share the values, so never change them."""

    def __init__(self, maximum: int = MAXIMUM, is_same: Callable[[Any, Any], bool] = eq) -> None:
        self._maximum = maximum
        self._is_same = is_same
        self._lock = Lock()
        self._values: OrderedDict[Hashable, tuple[Any, Value]] = OrderedDict()

    def get(self, key: Hashable, version: Any) -> Value | None:
        with self._lock:
            found = self._values.get(key)
            if found is None or not self._is_same(found[0], version):
                return None
            self._values.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, version: Any, value: Value) -> None:
        with self._lock:
            self._values[key] = (version, value)
            self._values.move_to_end(key)
            while len(self._values) > self._maximum:
                self._values.popitem(last=False)

    def get_or_make(self, key: Hashable, version: Any, make: Callable[[], Value]) -> Value:
        found = self.get(key, version)
        if found is None:
            found = make()
            self.put(key, version, found)
        return found


def cached_by(
    key: Callable[[Argument], Hashable],
) -> Callable[[Rule[Argument, Value]], Rule[Argument, Value]]:
    """Caches the last result for each key and language; valid only for the very same argument object."""

    def decorate(rule: Rule[Argument, Value]) -> Rule[Argument, Value]:
        cache: VersionedCache[Value] = VersionedCache(is_same=is_)

        @wraps(rule)
        def run(argument: Argument) -> Value:
            place = (key(argument), get_language())
            return cache.get_or_make(place, argument, lambda: rule(argument))

        return run

    return decorate
