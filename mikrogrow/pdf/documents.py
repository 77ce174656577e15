"""A document that can be printed, as one value: what it is of, its address, its command and its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Document:
    """`address` is a route with one parameter, `key`; `manage.py print_document NAME KEY` takes the same key.

    `rows` gives a queryset whose `visible_to(user)` knows who may print.
    """

    name: str
    address: str
    rows: Callable[[], Any]
    key_field: str
    pdf: Callable[[Any, date], bytes]
    file_name: Callable[[Any], str]
    # The page that shows the row, for the link back when it cannot be printed.
    page: Callable[[Any], str]
    # The command's sentences: for a key that no row has, and what else is worth saying of a printed row.
    unknown: Any
    note: Callable[[Any], str] = lambda row: ""

    @property
    def url_name(self) -> str:
        return f"{self.name}_pdf"
