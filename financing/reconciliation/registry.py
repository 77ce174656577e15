"""A check registers itself by its decorator; `checks/__init__.py` makes the list of all from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from financing.reconciliation.findings import Finding, Origin, Result
from mikrogrow.values.translation import gettext as _

T = TypeVar("T")
# None: the check says nothing of this one, not even that a figure is missing.
Results = Result | Iterable[Result] | None
R = TypeVar("R", bound=Results)


@dataclass(frozen=True)
class Scope(Generic[T]):
    """What a check looks at: its name in findings, and the rows that hold its figures."""

    subject: Callable[[T], str]
    origins: Callable[[T], Iterable[Origin]]


@dataclass(frozen=True)
class Check(Generic[T]):
    """A function that compares figures, with its code and (untranslated) title."""

    code: str
    title: str
    of: Scope[T]
    function: Callable[[T], Results]

    def findings(self, value: T) -> list[Finding]:
        results = self.function(value)
        if results is None:
            return []
        title, subject = _(self.title), self.of.subject(value)
        origins = tuple(self.of.origins(value))
        return [
            Finding(**{"title": title, **_given(result)}, code=self.code, subject=subject, origins=origins)
            for result in ([results] if isinstance(results, Result) else results)
        ]


def _given(result: Result) -> dict[str, Any]:
    return {name: value for name, value in vars(result).items() if name != "title" or value}


REGISTERED: list[Check[Any]] = []


def check(code: str, title: str, *, of: Scope[T]) -> Callable[[Callable[[T], R]], Callable[[T], R]]:
    def register(function: Callable[[T], R]) -> Callable[[T], R]:
        REGISTERED.append(Check(code, title, of, function))
        return function

    return register
