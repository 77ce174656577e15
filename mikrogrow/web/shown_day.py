"""The day that a page is about: today, or the one that its address asks for with ?on=YYYY-MM-DD."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from mikrogrow.values.dates import parse_date

# Another day has other rows, so a long list begins anew.
NOT_KEPT = {"on", "page"}


@dataclass(frozen=True)
class ShownDay:
    """A page's day. `error` says in Finnish why an asked day was not taken; then the page shows today.

    `kept` are the page's other filters, which stay when another day is chosen.
    """

    on: date
    is_asked: bool = False
    typed: str = ""
    error: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """What links to the other pages of the same day end with: "?on=2018-10-15", or nothing."""
        return f"?on={self.on.isoformat()}" if self.is_asked else ""

    @property
    def today_query(self) -> str:
        """What a link to the same page of today ends with; a bare "?" drops the day."""
        return f"?{urlencode(self.kept)}"


def shown_day(request: HttpRequest) -> ShownDay:
    """The day of the request's `on`, in either way of writing a day; today where there is none."""
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
