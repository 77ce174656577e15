"""Pages of a whole project's groups: against the rows that they need, and beside ten such projects."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from groups.models import Experiment, Meeting
from projects.models import Project
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.pages import allocation, opening, record
from tests.support.big_groups import make_big_groups
from tests.support.factories import make_user

BESIDE = 9
# Over its floor, on PostgreSQL and on SQLite: a page of some rows, and one that reads all 300 experiments.
SOME_ROWS, MANY_ROWS = (2.6, 4.2), (4.5, 6.5)
READ_ALL = {"groups", "group", "experiments", "experiment"}
BESIDE_OTHERS = 1.15


def group_results(rounds: int, *, is_postgres: bool) -> Iterator[Result]:
    # What most people open; who runs the groups has forms beside it.
    client = Client()
    client.force_login(make_user())
    project = make_big_groups()
    pages = {page: opening(client, address) for page, address in _addresses(project).items()}
    floor = opening(client, reverse("same_rows"))
    for page, run in pages.items():
        run()
        record(run)
        goals = MANY_ROWS if page in READ_ALL else SOME_ROWS
        yield compare(
            f"{page}, whole project", "SQL floor", run, floor, goals[not is_postgres], rounds=rounds
        )
        yield allocation(f"{page}, peak allocation", run)
    # The others come between two measurements: not by turns, but each by turns with a constant.
    constant = opening(client, reverse("constant"))
    alone = {
        page: compare(page, "constant", run, constant, None, rounds=rounds) for page, run in pages.items()
    }
    for _number in range(BESIDE):
        make_big_groups()
    for page, run in pages.items():
        now = compare(page, "constant", run, constant, None, rounds=rounds)
        yield Result(
            f"{page}, beside {BESIDE} such projects",
            "alone",
            ours=now.ours,
            floor=alone[page].ours * now.floor / alone[page].floor,
            fastest=now.fastest,
            spread=now.spread,
            reach=BESIDE_OTHERS,
        )


def _addresses(project: Project) -> dict[str, str]:
    group = project.groups.order_by("-pk")[0]
    of_row = {
        "group": group,
        "meeting": Meeting.objects.filter(group=group, status="held").order_by("-pk")[0],
        "company": group.memberships.order_by("-pk")[0].company,
        "experiment": Experiment.objects.filter(group=group, learnt_from__isnull=False).order_by("-pk")[0],
    }
    return {page: reverse(page, args=[project.slug]) for page in ("groups", "experiments", "project")} | {
        page: reverse(page, args=[row.pk]) for page, row in of_row.items()
    }
