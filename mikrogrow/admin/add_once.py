"""An add form that is sent twice adds one row.

Each empty form carries a key of its own, which is stored in the transaction that adds the row: a second click
waits for the first, finds the key, and is shown what the first one added.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from mikrogrow.models import SavedForm

# The name of the hidden field, and of the context variable with its value.
FORM_KEY = "form_key"
MAX_LENGTH = SavedForm._meta.get_field("key").max_length or 0
# Nobody sends a form again after a month.
KEPT = timedelta(days=30)
# What may differ between two clicks on one form.
OTHERS = {FORM_KEY, "csrfmiddlewaretoken", "_save", "_continue", "_addanother"}


def new_key() -> str:
    return token_urlsafe(24)


def earlier(request: HttpRequest) -> SavedForm | None:
    """The form that was saved with this one's key, else None, and the key is taken now.

    Call it in the transaction that adds the row. A form without a key, as a script sends it, is saved.
    """
    key = sent_key(request)
    if not key:
        return None
    now = timezone.now()
    try:
        with transaction.atomic():
            SavedForm.objects.create(key=key, content=content_of(request), saved_at=now)
    except IntegrityError:
        return SavedForm.objects.filter(key=key).first()
    SavedForm.objects.filter(saved_at__lt=now - KEPT).delete()
    return None


def forget_unless_added(request: HttpRequest) -> None:
    """Gives the key of a form that was refused back."""
    SavedForm.objects.filter(key=sent_key(request), address="").delete()


def is_used(key: str) -> bool:
    return SavedForm.objects.filter(key=key).exclude(address="").exists()


def remember(request: HttpRequest, address: str) -> None:
    SavedForm.objects.filter(key=sent_key(request)).update(address=address)


def content_of(request: HttpRequest) -> str:
    typed: QueryDict = request.POST
    fields = sorted((name, typed.getlist(name)) for name in typed if name not in OTHERS)
    files = sorted((name, str(file)) for name, file in request.FILES.items())
    return sha256(repr((request.path, fields, files)).encode(errors="replace")).hexdigest()


def sent_key(request: HttpRequest) -> str:
    key = request.POST.get(FORM_KEY, "")
    return key if len(key) <= MAX_LENGTH and key.isascii() and key.isprintable() else ""
