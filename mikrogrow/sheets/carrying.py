"""How what was read of a file is carried from a preview to its confirmation: the file is sent only once.

In a hidden field, signed for one person's import of one thing.
"""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Seconds: a preview may stay open for a working day.
LONGEST_WAIT = 8 * 60 * 60


def pack(content: Any, salt: str) -> str:
    """`content` consists of dicts, lists, strings and numbers."""
    return signing.dumps(content, salt=f"import.{salt}", compress=True)


def unpack(token: str, salt: str) -> Any:
    """Raises ValidationError if the text is not ours or too old."""
    try:
        return signing.loads(token, salt=f"import.{salt}", max_age=LONGEST_WAIT)
    except signing.BadSignature as error:
        raise ValidationError(_("Tuonti on vanhentunut. Valitse tiedosto uudelleen.")) from error
