"""The day that a page shows: today, or the one in its address (?on=YYYY-MM-DD)."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from mikrogrow.values.dates import parse_date

# Another day has other rows, so a long list starts at its first page.
NOT_KEPT = {"on", "page"}


@dataclass(frozen=True)
class ShownDay:
    """A page's day. If the requested day was refused, `error` says why and the page shows today.

    `kept` are the page's other filters, which stay when another day is chosen.
    """

    on: date
    is_asked: bool = False
    typed: str = ""
    error: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def past(self) -> date | None:
        """The day if it is over: rows are then shown as they were. None is now."""
        return self.on if self.on < timezone.localdate() else None

    @property
    def query(self) -> str:
        """Ends links to other pages of the same day: "?on=2018-10-15", or nothing."""
        return f"?on={self.on.isoformat()}" if self.is_asked else ""

    @property
    def further_query(self) -> str:
        """The same for a link that already has a query: "&on=2018-10-15", or nothing."""
        return f"&on={self.on.isoformat()}" if self.is_asked else ""

    @property
    def today_query(self) -> str:
        """Ends a link to today's version of the page; a bare "?" drops the day."""
        return f"?{urlencode(self.kept)}"


def shown_day(request: HttpRequest) -> ShownDay:
    """The day of ?on=, typed as 1.4.2017 or 2017-04-01; else today."""
    today = timezone.localdate()
    typed = request.GET.get("on", "").strip()
    kept = tuple((name, str(value)) for name, value in request.GET.items() if name not in NOT_KEPT and value)
    if not typed:
        return ShownDay(today, kept=kept)
    try:
        asked = parse_date(typed)
    except ValidationError as error:
        return ShownDay(today, typed=typed[:40], error=error.messages[0], kept=kept)
    return ShownDay(asked or today, is_asked=True, typed=typed, kept=kept)
