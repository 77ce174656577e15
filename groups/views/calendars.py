"""The calendars of a project's groups: their addresses, and what an address answers to a calendar."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groups.actions.calendars import make_address
from groups.queries.calendars import OwnedCalendar, calendars_for, feed_of
from groups.reports.calendars import calendar_of
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import shown_again
from projects.pages.project_page import project_page


@dataclass(frozen=True)
class CalendarRow:
    """`address` is empty if there is none yet. `is_asked` opens the question whether to renew it."""

    calendar: OwnedCalendar
    name: str
    address: str
    is_asked: bool


@login_not_required
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """To whoever knows the address: a calendar has no login."""
    feed = feed_of(token)
    if feed is None:
        raise Http404
    return HttpResponse(
        calendar_of(feed, timezone.localdate()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="kokoontumiset.ics"'},
    )


def calendars(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    found = calendars_for(request.user, page.project)
    again = shown_again(request)
    problem, asked = (again.sentence, again.fields.get("calendar")) if again else ("", None)
    if request.method == "POST" and not again:
        problem = _make_address(request, found)
        if not problem:
            return redirect(f"{reverse('calendars', args=[slug])}{page.day.query}")
        found = calendars_for(request.user, page.project)
    rows = [CalendarRow(each, _name(each), _address(request, each), each.key == asked) for each in found]
    context = {**page.context("groups"), "rows": rows, "problem": problem}
    return render(request, "groups/calendars.html", context)


def _make_address(request: HttpRequest, found: list[OwnedCalendar]) -> str:
    """Why it was refused, or nothing."""
    chosen = next((each for each in found if each.key == request.POST.get("calendar")), None)
    if chosen is None:
        raise PermissionDenied
    seen = request.POST.get("seen", "")
    try:
        make_address(owner=chosen.owner, user=request.user, seen=int(seen) if is_key(seen) else -1)
    except ValidationError as error:
        return error.messages[0]
    messages.success(request, _("Osoite on vaihdettu.") if chosen.feed else _("Osoite on luotu."))
    return ""


def _name(each: OwnedCalendar) -> str:
    return _("Kaikki ryhmät") if each.is_of_all else str(each.owner)


def _address(request: HttpRequest, each: OwnedCalendar) -> str:
    return request.build_absolute_uri(reverse("calendar_file", args=[each.token])) if each.feed else ""
