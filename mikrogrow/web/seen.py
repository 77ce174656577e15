"""What a page showed, signed and sent with its form, to be compared with what is stored by then."""

from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest

# The name of the hidden field, and of the context variable with its value.
SEEN = "seen"


def sign_seen(shown: Any, salt: str) -> str:
    """A hidden field's value; `shown` consists of dicts, lists and strings."""
    return signing.dumps(shown, salt=f"{SEEN}.{salt}", compress=True)


def read_seen(request: HttpRequest, salt: str) -> Any:
    """None if the form came without it, or with one that we did not sign."""
    try:
        return signing.loads(request.POST.get(SEEN, ""), salt=f"{SEEN}.{salt}")
    except signing.BadSignature:
        return None


def seen_at(request: HttpRequest) -> datetime | None:
    """When the form was opened, by the second; of a form whose `read_seen` is not None."""
    _content, _mark, signature = request.POST.get(SEEN, "").partition(":")
    try:
        return datetime.fromtimestamp(signing.b62_decode(signature.partition(":")[0]), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def has_seen(request: HttpRequest, shown: Any, salt: str) -> bool:
    return bool(read_seen(request, salt) == shown)
