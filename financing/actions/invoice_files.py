"""Opening the file of an invoice: whoever gets it is noted."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from financing.models import Invoice
from financing.queries.invoices import may_open_files
from mikrogrow.files import checked_content
from mikrogrow.models import FileOpening


def open_file(*, invoice: Invoice, user: Any, at: datetime) -> bytes:
    """Raises PermissionDenied, or StoredFileError if the file is not what was stored."""
    if not may_open_files(user):
        raise PermissionDenied
    content, found = checked_content(invoice.file, invoice.file_sha256)
    FileOpening.note(invoice, sha256=found, user=user, at=at)
    return content
