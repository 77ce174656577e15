"""Makes small PDFs to be sent, plain ones and such as are refused."""

from io import BytesIO
from typing import Any

import pikepdf


def saved(document: pikepdf.Pdf, **options: Any) -> bytes:
    """The bytes of a document."""
    file = BytesIO()
    document.save(file, **options)
    return file.getvalue()


def pdf(pages: int = 1, **root: Any) -> pikepdf.Pdf:
    """A document of empty pages, with these entries in its catalogue."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    return document
