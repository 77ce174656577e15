"""Pages that belong to no app: the health check, a rejected form, and addresses that lead nowhere."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mikrogrow.web.account_forms import LoginForm


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" where the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Says why a form was not taken and how it will be, in our own page."""
    return render(request, "403_csrf.html", status=403)


class SiteLoginView(LoginView):
    """The login page; who is logged in already goes on at once."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs know Django 6
        """Where the address asks to go on; the login page itself is no such place, and Django fails on it."""
        goal = super().get_redirect_url()
        return "" if goal == self.request.path else goal
