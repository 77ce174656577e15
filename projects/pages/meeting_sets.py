"""Ordering the minutes or the agenda of a whole meeting as one PDF, and opening it."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mikrogrow.background import cancel, forget_old, order_print, start
from mikrogrow.models import FileOpening, PrintKind, PrintOrder, PrintState
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.responses import pdf_response
from projects.decisions.annex_files import may_see_secret
from projects.decisions.meeting_set import (
    WholeMeeting,
    basis_of,
    is_all_decided,
    items_of,
    key_of,
    set_name,
    whole_meeting,
    why_no_set,
    with_secrets,
)
from projects.decisions.ordered import make_ordered
from projects.models import Decision


@dataclass(frozen=True)
class Wanted:
    """The meeting in which a decision is an item, in its public or internal version."""

    decision: Decision
    meeting: WholeMeeting
    is_internal: bool

    @property
    def kind(self) -> PrintKind:
        return PrintKind.INTERNAL_MEETING if self.is_internal else PrintKind.MEETING

    @property
    def address(self) -> str:
        return "internal_meeting_set" if self.is_internal else "meeting_set"

    @property
    def key(self) -> str:
        return key_of(self.meeting)

    @property
    def orders(self) -> QuerySet[PrintOrder]:
        rows = PrintOrder.objects.filter(kind=self.kind, key=self.key)
        return rows.defer("content").order_by("-pk")

    @property
    def made(self) -> PrintOrder | None:
        return self.orders.filter(state=PrintState.DONE).first()

    def is_current(self, made: PrintOrder | None) -> bool:
        return made is not None and made.basis == basis_of(self.meeting, is_internal=self.is_internal)


def meeting_set(request: HttpRequest, pk: int, *, is_internal: bool = False) -> HttpResponse:
    found = _visible(request, pk)
    if reason := why_no_set(found):
        messages.warning(request, reason)
        return redirect(found)
    wanted = _wanted(request, found, is_internal)
    if again := shown_again(request):
        messages.warning(request, again.sentence)
    elif request.method == "POST":
        _order(request, wanted)
        return redirect(wanted.address, pk)
    forget_old(timezone.now())
    return render(request, "projects/meeting_set.html", _context(request, wanted))


@require_POST
def cancel_meeting_set(request: HttpRequest, pk: int, *, is_internal: bool = False) -> HttpResponse:
    wanted = _wanted(request, _visible(request, pk), is_internal)
    order = wanted.orders.first()
    if order is not None:
        cancel(order)
    messages.success(request, _("Kokoaminen on peruttu."))
    return redirect(wanted.address, pk)


@require_safe
def meeting_set_file(request: HttpRequest, pk: int, *, is_internal: bool = False) -> HttpResponse:
    """The newest one that was made, be it out of date or not: its page says it."""
    wanted = _wanted(request, _visible(request, pk), is_internal)
    made = wanted.made
    if made is None:
        raise Http404
    if is_internal:
        _note_opening(request, wanted, made)
    return pdf_response(bytes(made.content or b""), made.file_name)


def _order(request: HttpRequest, wanted: Wanted) -> None:
    """What is made and up to date is not made again."""
    if not wanted.is_current(wanted.made):
        order_print(kind=wanted.kind, key=wanted.key, user=request.user, at=timezone.now())
        start(make_ordered)


def _note_opening(request: HttpRequest, wanted: Wanted, made: PrintOrder) -> None:
    """Of every item that has something secret, and of the one from which it was opened."""
    at, user = timezone.now(), cast(Any, request.user)
    opened = {row.pk: row for row in (wanted.decision, *with_secrets(wanted.meeting))}
    with transaction.atomic():
        for row in opened.values():
            FileOpening.note(row, sha256=made.sha256, user=user, at=at)


def _context(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    order, made = wanted.orders.first(), wanted.made
    is_open = order is not None and order.is_open
    if is_open:
        start(make_ordered)
    return {
        "decision": wanted.decision,
        "meeting": wanted.meeting,
        "is_internal": wanted.is_internal,
        "has_secrets": may_see_secret(request.user) and bool(with_secrets(wanted.meeting)),
        "items": items_of(wanted.meeting).count(),
        "name": set_name(is_decided=is_all_decided(wanted.meeting)),
        "order": order,
        "made": made,
        # What is being made anew is out of date.
        "is_current": not is_open and wanted.is_current(made),
    }


def _visible(request: HttpRequest, pk: int) -> Decision:
    return get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)


def _wanted(request: HttpRequest, found: Decision, is_internal: bool) -> Wanted:
    """What is not theirs and what is not there look alike."""
    meeting = whole_meeting(found)
    if meeting is None or (is_internal and not (may_see_secret(request.user) and with_secrets(meeting))):
        raise Http404
    return Wanted(found, meeting, is_internal)
