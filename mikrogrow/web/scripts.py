"""Requests of our own scripts: they read JSON, and keep themselves what they could not send."""

from django.http import HttpRequest

JSON = "application/json"


def asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON
