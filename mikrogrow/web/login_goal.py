"""Where a login leads: to the page that was asked for, or to the front page if that would be no page."""

import time
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

GOAL = "_login_goal"
# The browser asks for it at once.
SOON_S = 60
# Servers refuse lines of 4 094 characters and more.
MOST_CHARACTERS = 2_000


def is_page(address: str) -> bool:
    """True for a path of ours that may answer people who are logged in; the page may yet refuse."""
    if not address.startswith("/") or len(iri_to_uri(address)) > MOST_CHARACTERS:
        return False
    if any(unicodedata.category(character) == "Cc" for character in unquote(address)):
        return False
    try:
        view = resolve(unquote(urlsplit(address).path)).func
    except (Resolver404, ValueError):
        return False
    return bool(getattr(view, "login_required", True))


def remember_goal(request: HttpRequest, address: str) -> None:
    request.session[GOAL] = [_path(address), int(time.time())]


class LoginGoalMiddleware:
    """Shows the front page instead of an error to who has just logged in on the way to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if 400 <= response.status_code < 500 and request.method == "GET" and _is_goal(request):
            messages.info(
                request, _("Sivua, jolle olit menossa, ei ole, tai sinulla ei ole oikeutta nähdä sitä.")
            )
            return redirect("portfolio")
        return response


def _is_goal(request: HttpRequest) -> bool:
    path, at = request.session.get(GOAL, ("", 0))
    return _path(request.get_full_path()) == path and abs(time.time() - at) < SOON_S


def _path(address: str) -> str:
    # Django adds a missing slash on the way.
    return unquote(urlsplit(address).path).rstrip("/")
