"""The people of the tests: clients that somebody has logged in with."""

from django.contrib.auth.models import User
from django.test import Client

from mikrogrow.roles import VIEWER
from tests.support.factories import make_user


def logged_in(who: str | User = VIEWER, **fields) -> Client:
    """A client of this user, or of a new one with this role and these fields."""
    client = Client()
    client.force_login(make_user(who, **fields) if isinstance(who, str) else who)
    return client
