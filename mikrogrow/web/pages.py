"""Pages of long lists."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class LongListPaginator(Paginator):
    """For thousands of rows: `count` is known, and only keys are sorted; `read` reads those of a page.

    `read` gives what is shown, in the order of the keys that it takes.
    """

    def __init__(
        self, rows: QuerySet[Any], per_page: int, count: int, read: Callable[[list[Any]], Sequence[Any]]
    ) -> None:
        super().__init__(rows, per_page)
        self._rows, self._count, self._read = rows, count, read

    @property
    def count(self) -> int:
        return self._count

    def page(self, number: Any) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self._keys(first, min(first + self.per_page, self.count))
        return Page(self._read(keys), number, self)

    def _keys(self, first: int, end: int) -> list[Any]:
        keys = self._rows.values_list("pk", flat=True)
        if first <= self.count // 2:
            return list(keys[first:end])
        # From the end, the way is shorter.
        return list(keys.reverse()[self.count - end : self.count - first])[::-1]
