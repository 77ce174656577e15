"""Lists of ever more projects: pages of 1 000 and of 10 000 against the same pages of 100."""

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from financing.queries.summaries import update_summaries
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.models import Organisation, Project
from tests.benchmarks.measure import WARM_UP, Result
from tests.support.factories import change, make_user
from tests.support.full_project import make_full_project
from tests.support.many_projects import add_copies
from tests.support.pages import send

SIZES = (100, 1_000, 10_000)
MUST, STRETCH = 1.15, 1.05
# Each search is of another day, so that its sums are not those of the one before.
DAYS = count(date(2018, 1, 1).toordinal())
PAGES: dict[str, Callable[[], str]] = {
    "list": lambda: "/",
    "list by name": lambda: "/?sort=name",
    "list by time": lambda: "/?sort=-time",
    "list by liability": lambda: "/?sort=-liability",
    "list, last page": lambda: "/?page=last",
    "list, that needs attention": lambda: "/?attention=on",
    "list, searched": lambda: f"/?q=kasvu+osaam&on={date.fromordinal(next(DAYS))}",
    "findings": lambda: "/findings/",
    "findings, warnings": lambda: "/findings/?level=warning&page=2",
    "waiting": lambda: "/waiting/",
}


def large_results(rounds: int) -> Iterator[Result]:
    """For each size all rows; the database is not the same twice, so the sizes come one after the other."""
    client = Client()
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    template, made, floors = make_full_project(), 1, dict[str, float]()
    for size in SIZES:
        add_copies(template, size - made)
        made = size
        update_summaries()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield from _pages(client, size, rounds, floors)
        yield from _after_changes(client, size, rounds)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        sys.stdout.write(f"{size} projects: at most {memory // 1024} MB in this process\n")


def _pages(client: Client, size: int, rounds: int, floors: dict[str, float]) -> Iterator[Result]:
    for page, address in PAGES.items():
        times = _times(lambda: client.get(address()), rounds)  # noqa: B023
        is_first = page not in floors
        floor = floors.setdefault(page, statistics.median(times))
        reach, stretch = (None, None) if is_first else (MUST, STRETCH)
        yield _result(page, size, times, f"the page of {SIZES[0]}", floor, reach, stretch)


def _after_changes(client: Client, size: int, rounds: int) -> Iterator[Result]:
    """Of one project and of a name, saved in their forms or, as a command does, without a request."""
    project, funder = Project.objects.order_by("pk")[1], Organisation.objects.filter(is_own_city=False)[0]
    form, name_form = (
        reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk]) for row in (project, funder)
    )
    number = count(1)
    warm = statistics.median(_times(lambda: client.get("/"), rounds))
    for what, before, reach in (
        ("a project saved", lambda: _save(client, form, "target_companies", next(number)), 1.5),
        ("an organisation renamed", lambda: _save(client, name_form, "name", f"{size} {next(number)}"), MUST),
        ("a command changed a project", lambda: change(project, target_companies=next(number)), None),
        ("a command renamed", lambda: change(funder, name=f"{size}, {next(number)}"), None),
    ):
        times = _times(lambda: client.get("/"), rounds, before)
        yield _result(f"list, {what}", size, times, "the warm list", warm, reach)


def _save(client: Client, address: str, field: str, value: object) -> None:
    assert send(client, address, {field: str(value)}).status_code == 302


def _times(run: Callable[[], Any], rounds: int, before: Callable[[], Any] = lambda: None) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for number in range(WARM_UP + rounds):
        before()
        gc.collect()
        start = time.perf_counter()
        response = run()
        if number >= WARM_UP:
            taken.append((time.perf_counter() - start) * 1000)
        assert response.status_code == 200
    return taken


def _result(
    page: str,
    size: int,
    times: list[float],
    over: str,
    floor: float,
    reach: float | None,
    stretch: float | None = None,
) -> Result:
    middle = statistics.median(times)
    quartiles = statistics.quantiles(times, n=4)
    return Result(
        f"{page}, {size} projects",
        over,
        ours=middle,
        floor=floor,
        fastest=min(times),
        spread=(quartiles[2] - quartiles[0]) / middle,
        reach=reach,
        stretch=stretch,
    )
