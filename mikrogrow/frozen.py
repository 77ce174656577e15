"""What is approved or decided does not change by any way: triggers of the database hold it.

An app describes its guarded tables (projects/frozen.py, financing/frozen.py) and hands them to `guard`.
The triggers are away while migrations run, because SQLite rebuilds whole tables, and are made after them.
A trigger's name has a digest of its own SQL: one that was made from an older description counts as missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext as _

PREFIX = "frozen_"
# PostgreSQL cuts longer names.
LONGEST_NAME = 63
MISSING = "mikrogrow.W001"


@dataclass(frozen=True)
class Change:
    """What a frozen row may still do: go from one status to another, with these other columns."""

    before: str
    after: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ByStatus:
    """Rows that are frozen unless their own status is one of `free`."""

    table: str
    free: tuple[str, ...]
    message: str
    status: str = "status"
    allowed: tuple[Change, ...] = ()


@dataclass(frozen=True)
class PartOf:
    """Rows that are frozen while the row that `column` points to is frozen, itself or as a part."""

    table: str
    column: str
    owner: "ByStatus | PartOf"

    @property
    def root(self) -> ByStatus:
        """The table whose status decides."""
        return self.owner if isinstance(self.owner, ByStatus) else self.owner.root

    @property
    def message(self) -> str:
        """The sentence of the refusal."""
        return self.root.message


@dataclass(frozen=True)
class AppendOnly:
    """Rows that are added and never changed: histories."""

    table: str
    message: str


Guarded = ByStatus | PartOf | AppendOnly

_guarded: list[Guarded] = []


def guard(app: AppConfig, tables: Iterable[Guarded]) -> None:
    """Guards tables of an app from its next migration on; called once, in the app's ready()."""
    _guarded.extend(tables)
    pre_migrate.connect(_before_migrations, sender=app, dispatch_uid=f"frozen.{app.label}")
    post_migrate.connect(_after_migrations, sender=app, dispatch_uid=f"frozen.{app.label}")


def guarded_tables() -> tuple[Guarded, ...]:
    """Everything that the apps guard."""
    return tuple(_guarded)


def drop_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Takes every trigger of this module away, also of tables that are not guarded any more."""
    connection = connections[using]
    with transaction.atomic(using):
        _drop(connection, _existing(connection))


def make_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Makes the triggers that are missing and drops outdated ones; touches nothing where all are there."""
    connection = connections[using]
    with transaction.atomic(using):
        wanted, existing = _wanted(connection), _existing(connection)
        _drop(connection, existing - wanted.keys())
        with connection.cursor() as cursor:
            for name in sorted(wanted.keys() - existing):
                for statement in wanted[name]:
                    cursor.execute(statement)


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that should be there and are not; none of a table that does not exist yet."""
    connection = connections[using]
    return sorted(_wanted(connection).keys() - _existing(connection))


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warns of missing triggers. No error: that would stop `migrate`, which makes them."""
    return [
        Warning(
            _("Hyväksyttyjen ja päätettyjen tietojen muuttamista ei estetä: tietokannasta puuttuu %s.")
            % name,
            hint=_("Suorita manage.py migrate."),
            id=MISSING,
        )
        for using in databases or ()
        for name in missing_triggers(using)
    ]


def _before_migrations(using: str, plan: Any = None, **kwargs: Any) -> None:
    if plan:
        drop_triggers(using)


def _after_migrations(using: str, **kwargs: Any) -> None:
    make_triggers(using)


def _drop(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    # On PostgreSQL the trigger goes with its function, also where a function was left without one.
    pattern = "DROP FUNCTION {}() CASCADE" if _is_postgresql(connection) else "DROP TRIGGER {}"
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(pattern.format(_quoted(name)))


def _existing(connection: BaseDatabaseWrapper) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if _is_postgresql(connection):
        query = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'D'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """The statements that make each trigger, by its name, of the tables that exist."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        found: dict[str, list[str]] = {}
        for table in _guarded:
            if _tables_of(table) <= existing:
                columns = []
                if isinstance(table, ByStatus):
                    described = connection.introspection.get_table_description(cursor, table.table)
                    columns = [column.name for column in described]
                make = _postgresql_body if _is_postgresql(connection) else _sqlite_body
                for event in _events(table, connection):
                    body = make(table, event, columns)
                    name = _name(table, event, body)
                    found[name] = _statements(connection, table, event, name, body)
    return found


def _tables_of(guarded: Guarded) -> set[str]:
    return {guarded.table} | (_tables_of(guarded.owner) if isinstance(guarded, PartOf) else set())


def _events(guarded: Guarded, connection: BaseDatabaseWrapper) -> list[str]:
    events = ["INSERT", "UPDATE", "DELETE"] if isinstance(guarded, PartOf) else ["UPDATE", "DELETE"]
    # PostgreSQL's TRUNCATE passes triggers of rows.
    return [*events, "TRUNCATE"] if _is_postgresql(connection) else events


def _name(guarded: Guarded, event: str, body: str) -> str:
    digest = sha256(f"{guarded.table} {event} {body}".encode()).hexdigest()[:8]
    return f"{PREFIX}{digest}_{event.lower()}_{guarded.table}"[:LONGEST_NAME]


def _statements(
    connection: BaseDatabaseWrapper, guarded: Guarded, event: str, name: str, body: str
) -> list[str]:
    trigger = f"CREATE TRIGGER {_quoted(name)} BEFORE {event} ON {_quoted(guarded.table)}"
    if not _is_postgresql(connection):
        return [f"{trigger} FOR EACH ROW {body}"]
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return [
        # A disabled trigger, and a function that lost its own, make way.
        f"DROP FUNCTION IF EXISTS {_quoted(name)}() CASCADE",
        f"CREATE FUNCTION {_quoted(name)}() RETURNS trigger LANGUAGE plpgsql AS {_text(body)}",
        f"{trigger} FOR EACH {each} EXECUTE FUNCTION {_quoted(name)}()",
    ]


def _sqlite_body(guarded: Guarded, event: str, columns: list[str]) -> str:
    if isinstance(guarded, PartOf):
        # Old and new: a row must neither leave a frozen parent nor come to one.
        rows = [row for row in ("OLD", "NEW") if row in _rows(event)]
        key = _quoted(guarded.column)
        frozen = " OR ".join(
            f"{_status_of(guarded.owner, f'{row}.{key}')} NOT IN {_words(guarded.root.free)}" for row in rows
        )
    else:
        frozen = _frozen_itself(guarded, event, columns, "IS")
    # A string literal: older SQLite takes nothing else.
    return f"WHEN {frozen} BEGIN SELECT RAISE(ABORT, {_text(guarded.message)}); END"


def _status_of(owner: ByStatus | PartOf, key: str) -> str:
    """A query for the status that decides, from the key of a row of `owner`."""
    if isinstance(owner, ByStatus):
        return f"(SELECT {_quoted(owner.status)} FROM {_quoted(owner.table)} WHERE id = {key})"
    parent = f"(SELECT {_quoted(owner.column)} FROM {_quoted(owner.table)} WHERE id = {key})"
    return _status_of(owner.owner, parent)


def _postgresql_body(guarded: Guarded, event: str, columns: list[str]) -> str:
    refuse = f"RAISE EXCEPTION USING MESSAGE = {_text(guarded.message)}, ERRCODE = 'restrict_violation';"
    go_on = "RETURN OLD;" if event == "DELETE" else "RETURN NEW;"
    if event == "TRUNCATE":
        return f"BEGIN {refuse} END"
    if not isinstance(guarded, PartOf):
        frozen = _frozen_itself(guarded, event, columns, "IS NOT DISTINCT FROM")
        return f"BEGIN IF {frozen} THEN {refuse} END IF; {go_on} END"
    keys = ", ".join(f"{row}.{_quoted(guarded.column)}" for row in _rows(event))
    # Asked for by key and looked at afterwards: a condition on the status would lock no draft, and a row
    # could slip in during its approval. Sorted, so that two who move rows do not wait for each other.
    return (
        f"DECLARE key bigint; found text; BEGIN "
        f"FOR key IN SELECT DISTINCT k FROM unnest(ARRAY[{keys}]) AS k ORDER BY k LOOP "
        f"{_follow(guarded.owner)} "
        f"IF found NOT IN {_words(guarded.root.free)} THEN {refuse} END IF; END LOOP; {go_on} END"
    )


def _follow(owner: ByStatus | PartOf) -> str:
    """Statements that lead from the key of a row of `owner` to the status that decides, locking each row."""
    if isinstance(owner, ByStatus):
        return (
            f"SELECT {_quoted(owner.status)} INTO found FROM {_quoted(owner.table)} WHERE id = key FOR SHARE;"
        )
    step = f"SELECT {_quoted(owner.column)} INTO key FROM {_quoted(owner.table)} WHERE id = key FOR SHARE;"
    return f"{step} {_follow(owner.owner)}"


def _frozen_itself(guarded: ByStatus | AppendOnly, event: str, columns: list[str], same: str) -> str:
    """A condition on OLD and NEW that is true where the change of the row is refused."""
    if isinstance(guarded, AppendOnly):
        return "1 = 1"
    status = _quoted(guarded.status)
    frozen = f"OLD.{status} NOT IN {_words(guarded.free)}"
    if event == "UPDATE":
        for change in guarded.allowed:
            kept = [name for name in columns if name not in (guarded.status, *change.columns)]
            as_before = "".join(f" AND NEW.{_quoted(name)} {same} OLD.{_quoted(name)}" for name in kept)
            frozen += (
                f" AND NOT (OLD.{status} = {_text(change.before)} AND NEW.{status} = {_text(change.after)}"
                f"{as_before})"
            )
    return frozen


def _rows(event: str) -> tuple[str, ...]:
    return {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]


def _is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(value: str) -> str:
    return "'{}'".format(str(value).replace("'", "''"))


def _words(values: Iterable[str]) -> str:
    return f"({', '.join(_text(value) for value in values)})"
