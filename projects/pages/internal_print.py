"""Prints of a decision and of its corrections with what is secret: for who may see it, and noted."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from mikrogrow.models import FileOpening
from mikrogrow.pdf.render import PdfError
from mikrogrow.web.responses import pdf_failure, pdf_response
from projects.decisions.actions import internal_pdf
from projects.decisions.annex_files import may_see_secret
from projects.decisions.corrected import as_printed
from projects.decisions.file_names import correction_file_name, internal_file_name
from projects.decisions.filled import has_internal_version
from projects.decisions.kept_bytes import whole_bytes
from projects.models import Decision, InternalCorrection


@require_safe
def internal_print(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not theirs and what is not there look alike."""
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not may_see_secret(request.user) or not has_internal_version(found):
        raise Http404
    return _opened(request, found, lambda: internal_pdf(found, at=timezone.now()), internal_file_name(found))


@require_safe
def internal_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was printed when the correction was made."""
    rows = InternalCorrection.objects.visible_to(request.user).select_related("correction__decision")
    printed = get_object_or_404(rows, pk=pk)
    if not may_see_secret(request.user):
        raise Http404
    name = correction_file_name(as_printed(printed), printed.correction.number, is_internal=True)
    return _opened(request, printed.decision, lambda: whole_bytes(printed), name)


def _opened(
    request: HttpRequest, decision: Decision, read: Callable[[], bytes], file_name: str
) -> HttpResponse:
    """If it cannot be noted, nobody gets it."""
    try:
        content = read()
    except PdfError as error:
        return pdf_failure(request, error, decision.get_absolute_url())
    found, user = sha256(content).hexdigest(), cast(Any, request.user)
    FileOpening.note(decision, sha256=found, user=user, at=timezone.now())
    return pdf_response(content, file_name)
