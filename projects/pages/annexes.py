"""The file of an annex, handed out to be saved, and a print with all public ones inside."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from mikrogrow.pdf.render import PdfError
from mikrogrow.web.responses import attached_pdf, pdf_failure
from projects.decisions.annex_files import open_annex_file
from projects.decisions.file_names import with_annexes_file_name
from projects.decisions.with_annexes import pdf_with_annexes, public_annexes
from projects.models import Attachment, Decision


@require_safe
def annex_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is not theirs and what is not there look alike."""
    annexes = Attachment.objects.filter(
        decision__in=Decision.objects.visible_to(request.user), file__isnull=False
    )
    annex = get_object_or_404(annexes.select_related("decision"), pk=pk)
    try:
        content, name = open_annex_file(annex=annex, user=request.user, at=timezone.now())
    except PermissionDenied:
        raise Http404 from None
    except PdfError as error:
        return pdf_failure(request, error, annex.decision.get_absolute_url())
    return attached_pdf(content, name)


@require_safe
def print_with_annexes(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not public_annexes(found):
        raise Http404
    try:
        content = pdf_with_annexes(found, at=timezone.now())
    except PdfError as error:
        return pdf_failure(request, error, found.get_absolute_url())
    return attached_pdf(content, with_annexes_file_name(found))
