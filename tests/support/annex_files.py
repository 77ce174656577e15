"""Annexes with files."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from projects.decisions.annex_files import CheckedPdf
from projects.models import AnnexFile, Attachment
from tests.support.factories import make_attachment


def small_pdf(pages: int = 1, words: str = "") -> bytes:
    """A plain PDF; `words` are in its information, so that two differ."""
    import pikepdf

    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Title"] = words
    content = BytesIO()
    document.save(content, deterministic_id=True)
    return content.getvalue()


def sent_pdf(name: str = "hakemus.pdf", pages: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, small_pdf(pages), "application/pdf")


def make_annex_file(annex: Attachment, pages: int = 1) -> AnnexFile:
    columns: dict[str, Any] = CheckedPdf(small_pdf(pages), pages).columns
    return AnnexFile.objects.create(attachment=annex, **columns)


def make_secret_annex(decision: Any, **fields: Any) -> Attachment:
    values = {"is_public": False, "secrecy_reason": "JulkL 24 § 1 mom. 20 k", **fields}
    return make_attachment(decision, **values)
