"""Ordering the minutes or the agenda of a whole meeting as one PDF, and opening it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mikrogrow.background import cancel, forget_old, order_print, start
from mikrogrow.models import PrintKind, PrintOrder, PrintState
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.responses import pdf_response
from projects.decisions.meeting_set import (
    WholeMeeting,
    basis_of,
    is_all_decided,
    items_of,
    key_of,
    set_name,
    whole_meeting,
    why_no_set,
)
from projects.decisions.ordered import make_ordered
from projects.models import Decision


def meeting_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the meeting in which the decision is an item."""
    found = _visible(request, pk)
    meeting = whole_meeting(found)
    reason = why_no_set(found)
    if meeting is None or reason:
        messages.warning(request, reason)
        return redirect(found)
    if again := shown_again(request):
        messages.warning(request, again.sentence)
    elif request.method == "POST":
        _order(request, meeting)
        return redirect("meeting_set", pk)
    forget_old(timezone.now())
    return render(request, "projects/meeting_set.html", _context(found, meeting))


@require_POST
def cancel_meeting_set(request: HttpRequest, pk: int) -> HttpResponse:
    order = _orders(_known_meeting(request, pk)).first()
    if order is not None:
        cancel(order)
    messages.success(request, _("Kokoaminen on peruttu."))
    return redirect("meeting_set", pk)


@require_safe
def meeting_set_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest one that was made, be it out of date or not: its page says it."""
    made = _made(_known_meeting(request, pk))
    if made is None:
        raise Http404
    return pdf_response(bytes(made.content or b""), made.file_name)


def _order(request: HttpRequest, meeting: WholeMeeting) -> None:
    """What is made and up to date is not made again."""
    made = _made(meeting)
    if made is None or made.basis != basis_of(meeting):
        now = timezone.now()
        order_print(kind=PrintKind.MEETING, key=key_of(meeting), user=request.user, at=now)
        start(make_ordered)


def _context(found: Decision, meeting: WholeMeeting) -> dict[str, Any]:
    order, made = _orders(meeting).first(), _made(meeting)
    if order is not None and order.is_open:
        start(make_ordered)
    is_open = order is not None and order.is_open
    return {
        "decision": found,
        "meeting": meeting,
        "items": items_of(meeting).count(),
        "name": set_name(is_decided=is_all_decided(meeting)),
        "order": order,
        "made": made,
        # What is being made anew is out of date.
        "is_current": made is not None and not is_open and made.basis == basis_of(meeting),
    }


def _orders(meeting: WholeMeeting) -> QuerySet[PrintOrder]:
    rows = PrintOrder.objects.filter(kind=PrintKind.MEETING, key=key_of(meeting))
    return rows.defer("content").order_by("-pk")


def _made(meeting: WholeMeeting) -> PrintOrder | None:
    return _orders(meeting).filter(state=PrintState.DONE).first()


def _visible(request: HttpRequest, pk: int) -> Decision:
    return get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)


def _known_meeting(request: HttpRequest, pk: int) -> WholeMeeting:
    meeting = whole_meeting(_visible(request, pk))
    if meeting is None:
        raise Http404
    return meeting
