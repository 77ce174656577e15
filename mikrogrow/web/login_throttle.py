"""Slows down guessing of passwords without closing anybody out.

A try is counted before its password is looked at, so that simultaneous ones cannot all slip under a limit; a
right password takes it back. A refused try is neither counted nor is its password looked at.

Where somebody has logged in before, only this name's failures at this address count: nothing that others do
elsewhere keeps that person out. Elsewhere all tries of the name and of the address count too.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mikrogrow.database.rows import delete_unheld
from mikrogrow.models import KnownAddress, LoginAttempts

WINDOW = timedelta(minutes=15)
MAX_BY_BOTH, MAX_BY_NAME, MAX_BY_ADDRESS = 5, 30, 100
# A name over its limit is tried once in two seconds, then four, and so on up to this.
LONGEST_PAUSE_S = 60
KNOWN_FOR = timedelta(days=90)
MOST_KNOWN = 20
# Clocks of several servers differ a little. What lies further ahead was written before a clock was set back.
CLOCKS_DIFFER = timedelta(minutes=1)


class ThrottleBackend:
    """Comes before the backend that checks passwords.

    Not a BaseBackend, because it knows no users and grants no rights. What it refuses is answered as a wrong
    password is, so that nobody learns that a name exists.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> None:
        if request is None or not username:
            return
        name, address = username.casefold(), network(client_address(request))
        counted = _count(name, address, timezone.now())
        request.counted_login = (_hashed("known", name, address), counted)  # type: ignore[attr-defined]


@receiver(user_logged_in)
def forget_try(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """The try was no failure, and the person is known at this address from now on."""
    # Nothing is counted where a program logs somebody in.
    known, counted = getattr(request, "counted_login", ("", []))
    if not known:
        return
    now = timezone.now()
    with transaction.atomic():
        _forget_failures(counted[0])
        for key in counted[1:]:
            # The others protect other accounts too, so only this try is taken back.
            LoginAttempts.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)
        KnownAddress.objects.update_or_create(key=known, defaults={"user": user, "seen_at": now})
    delete_unheld(KnownAddress.objects.exclude(_within(KNOWN_FOR, now, "seen_at")))
    newest = KnownAddress.objects.filter(user=user).order_by("-seen_at", "-pk")[:MOST_KNOWN]
    delete_unheld(KnownAddress.objects.filter(user=user).exclude(pk__in=[row.pk for row in newest]))


def count_own_password(user: Any) -> bool:
    """Counts that somebody who is logged in says the own password; False after too many wrong ones."""
    return _take(_hashed("own", str(user.pk)), MAX_BY_BOTH, timezone.now())


def forget_own_password(user: Any) -> None:
    _forget_failures(_hashed("own", str(user.pk)))


def client_address(request: HttpRequest) -> str:
    # Behind our own proxy only the last address is the proxy's word; others may be forged.
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return str(forwarded).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> str:
    """Whoever has one IPv6 address has the 2⁶⁴ around it; an IPv4 address is its own."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Network((int(known), 64), strict=False))


def _count(name: str, address: str, now: datetime) -> list[str]:
    """Keys of what was counted. Raises PermissionDenied, and counts nothing, if the try is refused."""
    both, of_address, of_name = (
        _hashed("both", name, address),
        _hashed("address", address),
        _hashed("name", name),
    )
    # All tries count in this order, so that none waits for another that waits for it.
    with transaction.atomic():
        if not _take(both, MAX_BY_BOTH, now):
            raise PermissionDenied
        counted = [both]
        if not _is_known(_hashed("known", name, address), now):
            if not (_take(of_address, MAX_BY_ADDRESS, now) and _take_slowly(of_name, MAX_BY_NAME, now)):
                raise PermissionDenied
            counted += [of_address, of_name]
    delete_unheld(LoginAttempts.objects.exclude(_within(WINDOW, now, "since")))
    return counted


def _is_known(key: str, now: datetime) -> bool:
    return KnownAddress.objects.filter(_within(KNOWN_FOR, now, "seen_at"), key=key).exists()


def _take(key: str, most: int, now: datetime) -> bool:
    """Counts one more if fewer than `most` are counted, in one update that simultaneous tries wait for."""
    rows = LoginAttempts.objects.filter(key=key)
    LoginAttempts.objects.bulk_create([LoginAttempts(key=key, since=now)], ignore_conflicts=True)
    rows.exclude(_within(WINDOW, now, "since")).update(since=now, count=0, open_at=None)
    return rows.filter(count__lt=most).update(count=F("count") + 1) == 1


def _take_slowly(key: str, most: int, now: datetime) -> bool:
    """As _take, but over the limit one more is counted after each pause."""
    if _take(key, most, now):
        return True
    rows = LoginAttempts.objects.filter(key=key)
    over = rows.values_list("count", flat=True).get() - most
    pause = timedelta(seconds=min(2 ** min(over + 1, 10), LONGEST_PAUSE_S))
    longest = now + timedelta(seconds=LONGEST_PAUSE_S) + CLOCKS_DIFFER
    is_open = Q(open_at=None) | Q(open_at__lte=now) | Q(open_at__gt=longest)
    return rows.filter(is_open).update(count=F("count") + 1, open_at=now + pause) == 1


def _forget_failures(key: str) -> None:
    LoginAttempts.objects.filter(key=key).update(count=0)


def _within(life: timedelta, now: datetime, field: str) -> Q:
    return Q(**{f"{field}__gt": now - life, f"{field}__lte": now + CLOCKS_DIFFER})


def _hashed(*words: str) -> str:
    """With our secret, because a mistyped name can be a password and there are few addresses to try."""
    text = "\0".join(words).encode(errors="replace")
    return f"{words[0]}-{salted_hmac('mikrogrow.login', text, algorithm='sha256').hexdigest()}"
