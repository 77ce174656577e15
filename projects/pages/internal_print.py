"""The print of a decision with what is secret: for those who may see it, and noted."""

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
from projects.decisions.file_names import internal_file_name
from projects.decisions.filled import has_internal_version
from projects.models import Decision


@require_safe
def internal_print(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not theirs and what is not there look alike."""
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not may_see_secret(request.user) or not has_internal_version(found):
        raise Http404
    at, user = timezone.now(), cast(Any, request.user)
    try:
        content = internal_pdf(found, at=at)
    except PdfError as error:
        return pdf_failure(request, error, found.get_absolute_url())
    FileOpening.note(found, sha256=sha256(content).hexdigest(), user=user, at=at)
    return pdf_response(content, internal_file_name(found))
