"""Whether what was computed of a project's rows is still true.

Every recorded change gives its project another version, a random number, so that none ever comes again, also
not after a change was rolled back. What a process has computed of a project is true while the version is the
same (cache.py); what is kept in the database is computed anew for the projects that changed. SQL by hand is
not seen: `manage.py refresh` makes everything that was computed untrue.

Read the version before the rows, so that a cached value is never older than its version says.
"""

from collections.abc import Iterable
from secrets import randbits

from django.db import connections

from mikrogrow.models import ChangedProject, Version

# The "project" of rows that belong to none, and of people's names.
COMMON = 0
# The "project" whose version is that of all kept summaries.
SUMMARIES = -1
# The same of what projects need of the appropriations that they share.
NEEDS = -2
RENEW = (
    "INSERT INTO mikrogrow_version (project, number) VALUES (%s, %s) "
    "ON CONFLICT (project) DO UPDATE SET number = EXCLUDED.number"
)

RowVersion = tuple[int, int]


def row_versions(projects: Iterable[int]) -> dict[int, RowVersion]:
    """By the project's key, in one query. A project is missing if no recorded change ever made its rows."""
    ids = list(projects)
    numbers = dict(Version.objects.filter(project__in=[COMMON, *ids]).values_list("project", "number"))
    return {project: (numbers.get(COMMON, 0), numbers[project]) for project in ids if project in numbers}


def version_of(project: int) -> int:
    return Version.objects.filter(project=project).values_list("number", flat=True).first() or 0


def new_number() -> int:
    return randbits(62)


def renew_version(project: int, using: str = "default", number: int | None = None) -> int:
    """The new number. Other transactions that renew the same one wait until this one ends."""
    number = new_number() if number is None else number
    with connections[using].cursor() as cursor:
        cursor.execute(RENEW, (project, number))
    return number


def outdate(projects: Iterable[int], using: str = "default", *, needs_kept: bool = False) -> None:
    """Has what is kept of the projects computed anew before it is read the next time.

    With `needs_kept` only their summaries: what they need of appropriations is the same. Rows are only added,
    so that nobody waits for a transaction that changes the same project.
    """
    rows = [ChangedProject(project=project, needs_kept=needs_kept) for project in sorted(projects)]
    ChangedProject.objects.using(using).bulk_create(rows)


def outdate_names(names: Iterable[str], using: str = "default") -> None:
    """Has what depends on one of these names, which only what people have written does, computed anew."""
    rows = [ChangedProject(project=COMMON, name=name) for name in sorted(names)]
    ChangedProject.objects.using(using).bulk_create(rows)
