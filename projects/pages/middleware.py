"""What follows a request: kept summaries are computed after a write, a project's fault is its own page's."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from financing.models import Invoice
from financing.queries.summaries import update_some_summaries
from groups.models import CompanyGroup, Experiment, Meeting
from mikrogrow.database.faults import fault_of
from mikrogrow.web.shown_day import shown_day
from projects.models import Decision, Project

# Answers of Django's own: nothing is wrong with the project.
OTHERS = (Http404, PermissionDenied, BadRequest, SuspiciousOperation, DatabaseError)
# Where the project of an address with a key is found.
BY_KEY = {
    "decision": (Decision, "project"),
    "decision_pdf": (Decision, "project"),
    "invoice": (Invoice, "payer__project"),
    **dict.fromkeys(("group", "group_report"), (CompanyGroup, "project")),
    "meeting": (Meeting, "group__project"),
    "experiment": (Experiment, "group__project"),
}

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}

logger = logging.getLogger("django.request")


class SummaryMiddleware:
    """Who writes has the summaries of what changed computed, so that who reads a list next does not wait.

    After an upgrade all of them wait: nobody who saves waits for more than a part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE_METHODS:
            self._compute_summaries()
        return response

    def _compute_summaries(self) -> None:
        try:
            update_some_summaries()
        except Exception as error:
            # What was written is written. The next list computes them, and fails if it must.
            is_busy = isinstance(error, OperationalError)
            logger.log(
                logging.INFO if is_busy else logging.ERROR, "The summaries wait.", exc_info=not is_busy
            )


class ProjectFaultMiddleware:
    """Names the project and logs the error; who administers it can open its forms from there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if settings.DEBUG or isinstance(exception, OTHERS) or fault_of(exception):
            return None
        project = _project_of(request)
        if project is None:
            return None
        logger.error("%s cannot be computed.", request.path, exc_info=exception)
        context = {"project": project, "day": shown_day(request), "fault": type(exception).__name__}
        return render(request, "projects/fault.html", context, status=500)


def _project_of(request: HttpRequest) -> Project | None:
    match = request.resolver_match
    if match is None or match.app_name == "admin":
        return None
    visible = Project.objects.visible_to(request.user)
    if "slug" in match.kwargs:
        return visible.filter(slug=match.kwargs["slug"]).first()
    model, path = BY_KEY.get(match.url_name or "", (None, ""))
    if model is None:
        return None
    keys = model._default_manager.filter(pk=match.kwargs["pk"]).values(path)
    return visible.filter(pk__in=keys).first()
