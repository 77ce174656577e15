"""The day that a page is about: today, or the one that its address asks for with ?on=YYYY-MM-DD."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from mikrogrow.dates import parse_date


@dataclass(frozen=True)
class ShownDay:
    """A page's day. `error` says in Finnish why an asked day was not taken; then the page shows today."""

    on: date
    is_asked: bool = False
    typed: str = ""
    error: str = ""

    @property
    def query(self) -> str:
        """What links to the other pages of the same day end with: "?on=2018-10-15", or nothing."""
        return f"?on={self.on.isoformat()}" if self.is_asked else ""


def shown_day(request: HttpRequest) -> ShownDay:
    """The day of the request's `on`, in either way of writing a day; today where there is none."""
    today = timezone.localdate()
    typed = request.GET.get("on", "").strip()
    if not typed:
        return ShownDay(today)
    try:
        asked = parse_date(typed)
    except ValidationError as error:
        return ShownDay(today, typed=typed[:40], error=error.messages[0])
    return ShownDay(asked or today, is_asked=True, typed=typed)
