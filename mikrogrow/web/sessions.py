"""Sessions that end when nobody has used them for a while, and at the latest some time after the login.

`expire_date` of the row is when it ends unless it is used. A page puts it off unless one just has: not
every click is a write. The cookie lasts as long as the session can be put off.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mikrogrow.database.rows import delete_unheld
from mikrogrow.database.writing import is_busy, patience
from mikrogrow.web.login_throttle import CLOCKS_DIFFER

BEGAN = "_began"
MOST_BETWEEN_WRITES = timedelta(minutes=5)
MOST_WARNING = timedelta(minutes=5)
# A page is not held up for it; the next one puts the end off.
PATIENCE_MS = 200


def idle_time() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def longest_time() -> timedelta:
    return timedelta(seconds=settings.SESSION_LONGEST_AGE)


def last_end(began: int) -> datetime:
    return datetime.fromtimestamp(began, UTC) + longest_time()


def warning_time() -> timedelta:
    """How long before the end a page that is open says so."""
    return min(MOST_WARNING, idle_time() / 2)


class SessionStore(db.SessionStore):
    """Django's, with an end that moves. `ends_at` is that of the stored row."""

    ends_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # the stubs lack it
        if row is None:
            return {}
        data: dict[str, Any] = self.decode(row.session_data)
        if _is_over(row.expire_date, data.get(BEGAN)):
            self.delete(row.session_key)
            self._session_key = None
            return {}
        self.ends_at = row.expire_date
        return data

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return min(timezone.now() + idle_time(), self._last_end())

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Of the cookie."""
        return max(int((self._last_end() - timezone.now()).total_seconds()), 0)

    def _last_end(self) -> datetime:
        began = self.get(BEGAN)
        return timezone.now() + longest_time() if began is None else last_end(began)


def _is_over(ends_at: datetime, began: int | None) -> bool:
    """True if it is older than a session may be, or stored before a clock was set back.

    Also if a city has made the times shorter.
    """
    now = timezone.now()
    if ends_at > now + idle_time() + CLOCKS_DIFFER:
        return True
    return began is not None and not now <= last_end(began) <= now + longest_time() + CLOCKS_DIFFER


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session[BEGAN] = int(timezone.now().timestamp())


def put_off(session: Any, *, every: timedelta = timedelta(0)) -> None:
    """Puts the end off, unless that was done less than `every` ago."""
    # A session without a beginning is one of an earlier release, and ends when that said.
    if session.ends_at is None or BEGAN not in session:
        return
    ends_at = session.get_expiry_date()
    if ends_at - session.ends_at <= every:
        return
    try:
        with patience(PATIENCE_MS):
            # Only this, so that what another request stores in the session meanwhile stays.
            Session.objects.filter(pk=session.session_key).update(expire_date=ends_at)
    except OperationalError as error:
        if not is_busy(error):
            raise
    else:
        session.ends_at = ends_at


def can_be_put_off(session: Any) -> bool:
    return session.ends_at is not None and session.get_expiry_date() - session.ends_at > CLOCKS_DIFFER


def seconds_left(session: Any) -> int:
    if getattr(session, "ends_at", None) is None:
        return 0
    return max(int((session.ends_at - timezone.now()).total_seconds()), 0)


def forget_ended() -> None:
    delete_unheld(Session.objects.filter(expire_date__lt=timezone.now()))


def session_end(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: in how many seconds it is to ask whether the session is about to end."""

    def ask_in() -> int:
        # Called while the page is written, because who is logged in has then been asked for anyway.
        return max(seconds_left(request.session) - int(warning_time().total_seconds()), 0)

    return {"ask_session_in": ask_in}


class PutOffSessionMiddleware:
    """Each page that needs a login is a use of the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view_func, "login_required", True) and request.user.is_authenticated:
            put_off(request.session, every=min(MOST_BETWEEN_WRITES, idle_time() / 5))
        return None
