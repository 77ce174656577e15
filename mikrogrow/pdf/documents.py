"""What documents have in common: the head of their pages, and as one value how one of them is printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Head:
    """The head of each page: text on the first one, so that it is read aloud once, and margin on the others.

    `draft` says of what is not final what it is and when it was printed.
    """

    issuer: str
    kind: str
    about: str = ""
    day: str = ""
    reference: str = ""
    draft: str = ""


@dataclass(frozen=True)
class Document:
    """`address` is a route with one parameter, `key`; `manage.py print_document NAME KEY` takes the same key.

    It is empty where pages order the document, because it takes long (`mikrogrow/background.py`).

    `rows` gives a queryset whose `visible_to(user)` knows who may print.
    """

    name: str
    address: str
    rows: Callable[[], Any]
    key_field: str
    # Of the row, the day and what `options` gave.
    pdf: Callable[..., bytes]
    file_name: Callable[[Any], str]
    # The page that shows the row, for the link back when it cannot be printed.
    page: Callable[[Any], str]
    # The command's sentences: for a key that no row has, and what else is worth saying of a printed row.
    unknown: Any
    note: Callable[[Any], str] = lambda row: ""
    # What else an address asks of a row on a day; raises ValidationError, which the row's page then explains.
    options: Callable[[Any, date, Mapping[str, str]], Mapping[str, Any]] = lambda row, on, asked: {}

    @property
    def url_name(self) -> str:
        return f"{self.name}_pdf"
