"""Slows down guessing of passwords."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from mikrogrow.models import LoginAttempts

WINDOW = timedelta(minutes=15)
MAX_BY_BOTH, MAX_BY_NAME, MAX_BY_ADDRESS = 5, 30, 100


class ThrottleBackend:
    """Comes before the backend that checks passwords, and counts each try first.

    Not a BaseBackend, because it knows no users and grants no rights. Over the limit it answers as to a wrong
    password, so that nobody learns that a name exists.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> None:
        if request is None or not username:
            return
        now = timezone.now()
        limits = zip(_keys(request, username), (MAX_BY_BOTH, MAX_BY_NAME, MAX_BY_ADDRESS), strict=True)
        if [key for key, most in sorted(limits) if _count(key, now) > most]:
            raise PermissionDenied


@receiver(user_logged_in)
def forget_attempts(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if request is not None:
        # Only the count of name and address together: the others protect other accounts too.
        key = _keys(request, user.get_username())[0]
        LoginAttempts.objects.filter(Q(key=key) | Q(since__lt=timezone.now() - WINDOW)).delete()


def client_address(request: HttpRequest) -> str:
    # Behind our own proxy only the last address is the proxy's word; others may be forged.
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return str(forwarded).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _keys(request: HttpRequest, username: str) -> tuple[str, str, str]:
    """For name and address, name, address. Hashed, because a mistyped name can be a password."""
    name, address = username.casefold(), client_address(request)
    return _hashed("both", name, address), _hashed("name", name), _hashed("address", address)


def _hashed(*words: str) -> str:
    text = "\0".join(words).encode(errors="replace")
    return f"{words[0]}-{hashlib.sha256(text).hexdigest()}"


@transaction.atomic
def _count(key: str, now: datetime) -> int:
    LoginAttempts.objects.get_or_create(key=key, defaults={"since": now})
    row = LoginAttempts.objects.filter(key=key)
    row.filter(since__lt=now - WINDOW).update(since=now, count=0)
    row.update(count=F("count") + 1)
    return row.values_list("count", flat=True).get()
