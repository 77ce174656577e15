"""One way to write: a transaction locks its projects before it reads what it decides on.

Two writers of a project therefore wait for each other and never deadlock. The order is the same for all:
projects by key, then the rows below them from parent to child, several of a kind by key, and last what
projects share (appropriations). A deadlock can still come from outside, such as an open psql: then the
transaction runs once more.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from mikrogrow.belonging import concerning_relations, own_project_key, owner_keys

ROOT = "projects.project"
# A person waits so long at most for a row that somebody else holds, and for one query.
PATIENCE_MS = 8_000
LONGEST_QUERY_MS = 30_000
LONGEST_PAUSE_MS = 60_000
# PostgreSQL's deadlock_detected and serialization_failure; lock_not_available and query_canceled.
DEADLOCKS = {"40P01", "40001"}
BUSY = {"55P03", "57014"}

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Rows = TypeVar("Rows", bound="QuerySet[Any]")


class BusyError(ValidationError):
    """Somebody else holds a row for longer than a person waits; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tietoja ei tallennettu, koska samaa hanketta käsitellään juuri nyt toisaalla. "
                "Mitään kirjoittamastasi ei hävinnyt. Odota hetki ja tallenna uudelleen."
            )
        )


def write(run: Callable[[], Result], projects: Callable[[], Iterable[int]] = tuple) -> Result:
    """Runs it in one transaction that holds the projects, read by `projects` in it, by their keys.

    A deadlock rolls it back and runs it once more, so `run` must change nothing but the database. Raises
    BusyError if a row stays locked. Inside another `write` it is a part of that one.
    """

    def attempt() -> Result:
        with transaction.atomic():
            lock_projects(projects())
            return run()

    if connection.in_atomic_block:
        return attempt()
    try:
        try:
            return attempt()
        except OperationalError as error:
            if not is_deadlock(error):
                raise
        return attempt()
    except OperationalError as error:
        if is_deadlock(error) or is_busy(error):
            raise BusyError from error
        raise


def writes(name: str) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Makes a function one write of the project of the row that it takes as keyword argument `name`."""

    def decorate(action: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(action)
        def run(*args: Parameters.args, **options: Parameters.kwargs) -> Result:
            row: Any = options[name]
            return write(lambda: action(*args, **options), lambda: projects_of(row))

        return run

    return decorate


def lock_projects(keys: Iterable[int]) -> None:
    if found := sorted(set(keys)):
        lock(apps.get_model(ROOT)._base_manager.filter(pk__in=found))


def locked(rows: Rows) -> Rows:
    """The rows unread, as they are now, locked until the transaction ends."""
    lock(rows)
    return rows


def lock(rows: QuerySet[Any], *, to_delete: bool = False) -> None:
    """Until the transaction ends. Unless they are to be deleted, rows that refer to them can be saved."""
    # By key, so that two transactions never deadlock; the model's own order may join tables that PostgreSQL
    # cannot lock.
    ordered = rows.order_by("pk").select_for_update(of=("self",), no_key=not to_delete)
    list(ordered.values_list("pk"))


def projects_of(row: Model) -> set[int]:
    """The keys of the projects that the stored row concerns; empty if it belongs to none."""
    if row._meta.label_lower == ROOT:
        return {row.pk}
    return projects_of_key(type(row), row.pk)


def projects_of_key(model: type[Model], key: Any) -> set[int]:
    """As projects_of, for the row with a key that perhaps no row has."""
    if not (paths := concerned_paths(model)):
        return set()
    return project_keys(model._base_manager.filter(Q(pk=key)), paths)


def project_keys(rows: QuerySet[Any], paths: Sequence[str]) -> set[int]:
    """Those of all rows; `paths` are the project_paths or concerned_paths of their model."""
    return {key for found in rows.values_list(*paths) for key in found if key is not None}


@cache
def project_paths(model: type[Model]) -> tuple[str, ...]:
    """Lookups of the project's key, one for each way to it: ("plan__whole_project", …)."""
    if model._meta.label_lower == ROOT:
        return ("pk",)
    if own := own_project_key(model):
        return (own.attname,)
    return tuple(_path(key, path) for key in owner_keys(model) for path in project_paths(key.related_model))


@cache
def concerned_paths(model: type[Model]) -> tuple[str, ...]:
    """As project_paths, with the other projects that the row or its owner concerns."""
    through_owner = (
        _path(key, path) for key in owner_keys(model) for path in concerned_paths(key.related_model)
    )
    through_rows = (
        f"{relation.field.related_query_name()}__{path}"
        for relation in concerning_relations(model)
        for path in project_paths(relation.related_model)
    )
    return tuple(dict.fromkeys([*project_paths(model), *through_owner, *through_rows]))


def _path(key: Any, path: str) -> str:
    return str(key.attname) if path == "pk" else f"{key.name}__{path}"


def is_deadlock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in DEADLOCKS


def is_busy(error: BaseException) -> bool:
    """True if another connection holds what was waited for."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        # The low byte is the kind; the rest says which of it.
        return cause.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return getattr(cause, "sqlstate", None) in BUSY


def limit_waiting(sender: Any = None, *, connection: Any, **kwargs: Any) -> None:
    """Nobody who is served waits for a lock for ever. Commands may: a migration takes as long as it takes."""
    set_patience(connection, PATIENCE_MS)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {LONGEST_QUERY_MS}")
            cursor.execute(f"SET idle_in_transaction_session_timeout = {LONGEST_PAUSE_MS}")


@contextmanager
def patience(milliseconds: int) -> Iterator[None]:
    """Waits for locks no longer than that meanwhile."""
    set_patience(connection, milliseconds)
    try:
        yield
    finally:
        set_patience(connection, PATIENCE_MS)


def set_patience(connection: Any, milliseconds: int) -> None:
    setting = "lock_timeout" if connection.vendor == "postgresql" else "busy_timeout"
    word = "SET" if connection.vendor == "postgresql" else "PRAGMA"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {setting} = {milliseconds}")
