"""A clock that a test sets."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone


class Clock:
    """Stands still but where a test moves it."""

    def __init__(self, monkeypatch: Any) -> None:
        self.now: datetime = timezone.now().replace(microsecond=0)
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        monkeypatch.setattr("time.time", lambda: self.now.timestamp())

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)
