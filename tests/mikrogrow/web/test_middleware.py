"""The headers that every answer carries."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from financing.choices import InvoiceStatus
from mikrogrow.web.middleware import SafetyHeadersMiddleware
from tests.support.addresses import HTML_PAGES, PDF_PAGES, address_of
from tests.support.factories import PASSWORD, make_decision, make_group, make_part, make_project, make_user
from tests.support.group_factories import make_experiment, make_meeting
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"


def check(response):
    """Fails where a header is missing or weaker."""
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert {"no-store", "private", "max-age=0"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("page", ["portfolio", *HTML_PAGES, *PDF_PAGES])
def test_every_page_and_pdf_is_strict_and_is_not_kept(client, page):
    project = make_project()
    make_decision(project)
    make_invoice(make_part(project), status=InvoiceStatus.CHECKED)
    make_meeting(group := make_group(project))
    make_experiment(group)
    client.force_login(make_user())

    response = client.get("/" if page == "portfolio" else address_of(page, project))

    assert response.status_code == 200
    check(response)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/accounts/login/", 200),
        ("/healthz", 200),
        ("/calendars/1.1.x.ics", 404),
        ("/ei-ole/", 404),
        ("/", 302),
        ("/admin/", 302),
    ],
)
def test_answers_without_a_login_are_strict_too(client, address, status):
    response = client.get(address)

    assert response.status_code == status
    check(response)


def test_cookies_of_a_login_are_closed_to_scripts_and_other_sites(client):
    user = make_user()
    client.post("/accounts/login/", {"username": user.username, "password": PASSWORD})
    client.get("/")

    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def answer(view, *, user):
    """What the middleware makes of a view's answer, for a request with or without somebody behind it."""
    request = RequestFactory().get("/")
    if user:
        request.user = user
    return SafetyHeadersMiddleware(view)(request)


def test_what_a_view_says_itself_stands():
    def view(request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox", "Cache-Control": "public"})

    response = answer(view, user=make_user())

    assert (response["Content-Security-Policy"], response["Cache-Control"]) == ("sandbox", "public")


def test_a_file_that_needed_no_login_may_be_kept():
    response = answer(lambda request: HttpResponse(), user=None)

    assert "Cache-Control" not in response
    assert response["Content-Security-Policy"] == POLICY
