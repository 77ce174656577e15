"""Pages of no app: login, own password, the session's end, glossary, health check, answer to a bad form."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mikrogrow.database.health import answers_soon, missing_triggers
from mikrogrow.database.writing import patience
from mikrogrow.glossary.subjects import SUBJECTS
from mikrogrow.web.account_forms import LoginForm, OwnPasswordForm
from mikrogrow.web.failures import send_again
from mikrogrow.web.kept_forms import address_of_kept, forget_old
from mikrogrow.web.kept_previews import forget_old_previews
from mikrogrow.web.login_goal import is_page, remember_goal
from mikrogrow.web.sessions import can_be_put_off, forget_ended, put_off, seconds_left, warning_time

# Somebody who logs in waits so long at most for what others hold.
LOGIN_PATIENCE_MS = 1_500


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    words = "ok"
    if not answers_soon():
        words = "database does not answer"
    elif missing_triggers():
        words = "triggers are missing: run manage.py migrate"
    return HttpResponse(f"{words}\n", status=200 if words == "ok" else 503, content_type="text/plain")


def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "glossary.html", {"subjects": SUBJECTS})


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    # Only to who is logged in: what a stranger sends next would be kept for whoever was here last.
    again = send_again(request) if request.user.is_authenticated else {}
    context = {**again, "address": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=403)


class SiteLoginView(LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with patience(LOGIN_PATIENCE_MS):
            return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        forget_ended()
        forget_old()
        forget_old_previews()
        return super().form_valid(form)

    def get_success_url(self) -> str:
        # Who logs in without a goal goes on with what the end of the session interrupted.
        address = self.get_redirect_url() or address_of_kept(self.request.user) or super().get_success_url()
        remember_goal(self.request, address)
        return address

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs know Django 6
        goal = super().get_redirect_url()
        return goal if is_page(goal) else ""


class OwnPasswordView(PasswordChangeView):
    """Django's, for everybody who is logged in; the person's other sessions end."""

    form_class = OwnPasswordForm
    template_name = "registration/password.html"
    success_url = reverse_lazy("portfolio")
    title = gettext_lazy("Vaihda salasana")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(rules=password_validators_help_texts(), **context)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, _("Salasanasi on vaihdettu. Muut istuntosi ovat päättyneet."))
        return response


@login_not_required
@require_http_methods(["GET", "POST"])
def session_state(request: HttpRequest) -> HttpResponse:
    """For the script of open pages: what to show now, and in how many seconds to ask again (0: never).

    Asking is no use of the session; a POST puts its end off.
    """
    if request.method == "POST" and request.user.is_authenticated:
        put_off(request.session)
    left = seconds_left(request.session) if request.user.is_authenticated else 0
    warning = int(warning_time().total_seconds())
    if left > warning:
        return JsonResponse({"notice": "", "ask_in": left - warning})
    context = {
        "left": left,
        "ends_at": timezone.now() + timedelta(seconds=left),
        "can_be_put_off": can_be_put_off(request.session),
    }
    # A second later, so that it has ended by then.
    notice = render_to_string("registration/session_notice.html", context)
    return JsonResponse({"notice": notice, "ask_in": left + 1 if left else 0})
