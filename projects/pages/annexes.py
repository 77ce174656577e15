"""The file of an annex, handed out to be saved, and a print with annexes inside: the public ones, or all."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from mikrogrow.models import FileOpening
from mikrogrow.pdf.render import PdfError
from mikrogrow.web.responses import attached_pdf, pdf_failure
from projects.decisions.annex_files import may_see_secret, open_annex_file
from projects.decisions.file_names import with_annexes_file_name
from projects.decisions.with_annexes import annexes_with_files, pdf_with_annexes, public_annexes
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
def print_with_annexes(request: HttpRequest, pk: int, *, is_internal: bool = False) -> HttpResponseBase:
    """What is not theirs and what is not there look alike."""
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    secret = [annex for annex in annexes_with_files(found) if not annex.is_public]
    if is_internal and not (secret and may_see_secret(request.user)):
        raise Http404
    if not is_internal and not public_annexes(found):
        raise Http404
    at = timezone.now()
    try:
        content = pdf_with_annexes(found, at=at, is_internal=is_internal)
    except PdfError as error:
        return pdf_failure(request, error, found.get_absolute_url())
    if is_internal:
        _note_opening(request, found, secret, content, at)
    return attached_pdf(content, with_annexes_file_name(found, is_internal=is_internal))


def _note_opening(
    request: HttpRequest, found: Decision, secret: Sequence[Attachment], content: bytes, at: datetime
) -> None:
    """Of the decision, and of each annex that is not public."""
    user = cast(Any, request.user)
    with transaction.atomic():
        FileOpening.note(found, sha256=sha256(content).hexdigest(), user=user, at=at)
        for annex in secret:
            FileOpening.note(annex, sha256=annex.file.sha256, user=user, at=at)
