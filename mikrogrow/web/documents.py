"""The addresses at which documents are printed."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from mikrogrow.pdf.documents import Document
from mikrogrow.pdf.render import PdfError
from mikrogrow.web.responses import pdf_failure, pdf_response
from mikrogrow.web.shown_day import shown_day


def address_of(document: Document) -> URLPattern:
    return path(document.address, printing(document), name=document.url_name)


def printing(document: Document) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, key: str | int) -> HttpResponse:
        row = get_object_or_404(document.rows().visible_to(request.user), **{document.key_field: key})
        on = shown_day(request).on
        try:
            options = document.options(row, on, request.GET.dict())
        except ValidationError:
            return redirect(f"{document.page(row)}?{request.GET.urlencode()}")
        try:
            content = document.pdf(row, on, **options)
        except PdfError as error:
            return pdf_failure(request, error, document.page(row))
        return pdf_response(content, document.file_name(row))

    return view
