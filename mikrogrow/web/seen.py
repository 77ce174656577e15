"""What a page showed, signed and sent with its form, to be compared with what is stored by then."""

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


def has_seen(request: HttpRequest, shown: Any, salt: str) -> bool:
    return bool(read_seen(request, salt) == shown)
