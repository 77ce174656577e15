"""The admin site in our words and order. Registers nothing: Django creates it while importing this."""

import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class MikrogrowAdminSite(admin.AdminSite):
    """Django's admin with Finnish titles and the site's own login page."""

    # Django's stubs do not allow lazy texts here.
    site_header: Any = _("Ylläpito")
    site_title = "Mikrogrow"
    index_title: Any = _("Mitä haluat muokata?")
    site_url = "/"
    empty_value_display: Any = _("ei tiedossa")
    enable_nav_sidebar = False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self._position)
        return sorted(apps, key=lambda app: self._position(app["models"][0]))

    def _position(self, model: dict[str, Any]) -> int:
        return getattr(self._registry[model["model"]], "position", sys.maxsize)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        # Django would send a logged-in person who is no administrator to the login page, which cannot help.
        guarded = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        # The login middleware and the CSRF middleware look at attributes of the view.
        checked.__dict__.update(guarded.__dict__)
        return checked

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        goal = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('login')}?{urlencode({REDIRECT_FIELD_NAME: goal})}")

    # Everybody has the same page, also who may not enter the admin. The stubs want Django's own pages here.

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("password_change"))

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("password_change"))
