"""Responses with a PDF or a workbook, or a page that says why there is none."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from mikrogrow.files import StoredFileError
from mikrogrow.pdf.render import PdfError


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    """`filename` must be ASCII."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def attached_pdf(content: bytes, filename: str) -> FileResponse:
    """To be saved. `filename` may have any letters."""
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=filename, content_type="application/pdf"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def pdf_failure(request: HttpRequest, error: PdfError | StoredFileError, back_url: str) -> HttpResponse:
    context = {"error": error, "back_url": back_url, "title": error.title}
    response = render(request, "pdf_failure.html", context, status=error.status)
    if error.retry_after_s is not None:
        response["Retry-After"] = str(error.retry_after_s)
    return response


def workbook_response(content: bytes, filename: str) -> HttpResponse:
    """`filename` must be ASCII."""
    return attachment(content, filename, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def attachment(content: bytes, filename: str, content_type: str) -> HttpResponse:
    """`filename` must be ASCII."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
