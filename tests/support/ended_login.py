"""Somebody whose login ends while they write, and who logs in again."""

from urllib.parse import parse_qs, urlsplit

from django.contrib.sessions.models import Session
from django.test import Client

from tests.support.factories import PASSWORD
from tests.support.pages import forms_on

LOGIN = "/accounts/login/"


def careful_client():
    """A client that is asked for the CSRF token, as a browser is."""
    return Client(enforce_csrf_checks=True)


def log_in(client, user, address=LOGIN):
    """Logs in on the page that the person was led to; returns where the login leads."""
    (form,) = (form for form in forms_on(client.get(address)) if "username" in form)
    answer = client.post(address, {**form, "username": user.get_username(), "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def end_logins():
    Session.objects.all().delete()


def send_after_the_end(client, address, data, **options):
    """The address of the login page that a form that is sent too late leads to."""
    end_logins()
    answer = client.post(address, data, **options)
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == LOGIN
    return answer["Location"]


def goal_of(login):
    return parse_qs(urlsplit(login).query)["next"][0]
