"""Environment variables that a city sets: one reader for settings, server and commands."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

env = Env()
# An empty variable counts as unset.
env.ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}


def words(name: str, default: list[str]) -> list[str]:
    return [word for word in env.list(name, cast=str.strip, default=default) if word]


def database_at(url: str) -> dict[str, Any]:
    """Raises ImproperlyConfigured, which does not show the address: a password may be in it."""
    try:
        if urlsplit(url).scheme in {"sqlite", "postgres", "postgresql"}:
            # A "+" is read as a space in the path.
            found: dict[str, Any] = env.db_url_config(url.replace("+", "%2B"))
            return found
    except ValueError:
        # A port that is no number, or a bracket that does not close.
        pass
    raise ImproperlyConfigured(
        "DATABASE_URL must begin with postgres:// or sqlite://, "
        "for example postgres://name:password@host:5432/database"
    )
