"""Headers of every response, pages without login, and the answer to a database that is busy."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import middleware as auth
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from mikrogrow.database.faults import Fault, fault_of
from mikrogrow.web.failures import fault_page
from mikrogrow.web.kept_forms import keep
from mikrogrow.web.scripts import asks_for_json

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
)


class SafetyHeadersMiddleware:
    """Adds a strict content security policy, and forbids caching of what needs a login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        if hasattr(request, "user") and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] += ", no-store"
        return response


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Django's, but a page that needs no login does not read the session: it may not be there to be read."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if asks_for_json(request):
            # A script keeps what it could not send.
            return HttpResponse(status=401)
        if request.method == "POST" and (address := keep(request)):
            messages.info(
                request, _("Istunto oli päättynyt. Kirjaudu sisään, niin näet lomakkeen, jonka kirjoitit.")
            )
            return redirect_to_login(address)
        return super().handle_no_permission(request, view_func)


class BusyMiddleware:
    """A page that waited too long for what somebody else holds says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return fault_page(request, Fault.BUSY) if fault_of(exception) == Fault.BUSY else None
