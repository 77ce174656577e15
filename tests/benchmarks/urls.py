"""The site's addresses, and the floors beside them: behind the same login and middleware."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mikrogrow.urls import urlpatterns as site

# What a floor asks of the database; the benchmark fills it with what the page asks.
RECORDED: list[tuple[str, object]] = []
PAGE = b"<!doctype html><title>.</title>" + b"<p>Teksti.</p>" * 1450


def constant(request: HttpRequest) -> HttpResponse:
    """Login, middleware and 20 kB that never change."""
    return HttpResponse(PAGE)


def same_rows(request: HttpRequest) -> HttpResponse:
    """The same, and the rows of the page that was recorded, by a plain cursor."""
    with connection.cursor() as cursor:
        for sql, params in RECORDED:
            cursor.execute(sql, params)
            cursor.fetchall()
    return HttpResponse(PAGE)


urlpatterns = [
    path("floor/constant/", constant, name="constant"),
    path("floor/same-rows/", same_rows, name="same_rows"),
    *site,
]
