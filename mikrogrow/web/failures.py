"""Pages that say what failed and what to do next. None of them needs the database.

What was typed is in a form on the page: the way back would ask the database for the form again.
"""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from mikrogrow.database.faults import Fault, fault_of
from mikrogrow.web.kept_forms import chosen_files, is_secret, typed_fields

RETRY_AFTER_S = {Fault.BUSY: 10, Fault.AWAY: 30, Fault.BROKEN: 30, Fault.FULL: 300, Fault.READ_ONLY: 300}
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django has logged the error, and calls this while it is handled."""
    fault = fault_of(sys.exc_info()[1])
    return defaults.server_error(request) if fault is None else fault_page(request, fault)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(render_to_string("413.html"), status=413)
    return defaults.bad_request(request, exception)


def fault_page(request: HttpRequest, fault: Fault) -> HttpResponse:
    title, lead = _words(fault)
    context = {"title": title, "lead": lead, "address": request.get_full_path(), **send_again(request)}
    # Without the request: context of every page would ask the database.
    return HttpResponse(
        render_to_string("503.html", context),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER_S[fault])},
    )


def send_again(request: HttpRequest) -> dict[str, Any]:
    """Context of components/send_again.html; `fields` is empty if they are not to be sent again."""
    if request.method != "POST":
        return {"was_sent": False}
    fields, files = _sent(request) if _is_from_here(request) else ([], [])
    return {"was_sent": True, "fields": fields, "files": files, "csrf_token": get_token(request)}


def _sent(request: HttpRequest) -> tuple[list[tuple[str, list[str]]], list[str]]:
    try:
        has_secret = any(is_secret(name) for name in request.POST)
        return [] if has_secret else typed_fields(request), chosen_files(request)
    except (OSError, SuspiciousOperation):
        # It could not be read.
        return [], []


def _is_from_here(request: HttpRequest) -> bool:
    """Another site's form gets no token of ours. Browsers name the site with everything that they post."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") in {own, *settings.CSRF_TRUSTED_ORIGINS}


def _words(fault: Fault) -> tuple[str, str]:
    if fault == Fault.BUSY:
        return _("Tietokanta on varattu"), _(
            "Samoja tietoja käsitellään juuri nyt toisaalla. Mitään ei tallennettu. Odota hetki ja yritä "
            "uudelleen."
        )
    if fault == Fault.FULL:
        return _("Palvelimen levy on täynnä"), _(
            "Mitään ei voi tallentaa, ennen kuin levyllä on tilaa. Kerro siitä järjestelmän ylläpitäjälle. "
            "Virhe on kirjattu palvelimen lokiin."
        )
    if fault == Fault.READ_ONLY:
        return _("Tietokantaan ei voi kirjoittaa"), _(
            "Mitään ei voi tallentaa, ennen kuin tietokantaan voi taas kirjoittaa. Kerro siitä järjestelmän "
            "ylläpitäjälle. Virhe on kirjattu palvelimen lokiin."
        )
    if fault == Fault.BROKEN:
        return _("Tietokannan luku tai tallennus ei onnistunut"), _(
            "Palvelin ei pystynyt lukemaan tietokannan tiedostoja tai kirjoittamaan niihin. Odota hetki ja "
            "yritä uudelleen. Jos sama toistuu, kerro siitä järjestelmän ylläpitäjälle. Virhe on kirjattu "
            "palvelimen lokiin."
        )
    return _("Tietokantaan ei saada yhteyttä"), _(
        "Tietoja ei voi juuri nyt näyttää eikä tallentaa. Odota hetki ja yritä uudelleen. Jos sama toistuu, "
        "kerro siitä järjestelmän ylläpitäjälle. Virhe on kirjattu palvelimen lokiin."
    )
