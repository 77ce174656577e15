"""All addresses of the site."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from mikrogrow.documents import DOCUMENTS
from mikrogrow.personal_data.views import personal_data
from mikrogrow.web.documents import address_of
from mikrogrow.web.views import OwnPasswordView, SiteLoginView, glossary, healthz, session_state

handler400 = "mikrogrow.web.failures.bad_request"
handler500 = "mikrogrow.web.failures.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", SiteLoginView.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/password/", OwnPasswordView.as_view(), name="password_change"),
    path("accounts/session/", session_state, name="session_state"),
    path("admin/", admin.site.urls),
    path("personal-data/", personal_data, name="personal_data"),
    path("glossary/", glossary, name="glossary"),
    path("", include("projects.urls")),
    path("", include("financing.urls")),
    path("", include("groups.urls")),
    *[address_of(document) for document in DOCUMENTS.values() if document.address],
]
