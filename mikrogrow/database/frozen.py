"""What is approved or decided does not change by any way: triggers of the database hold it.

An app describes its guarded tables (projects/frozen.py, financing/frozen.py) and hands them to `guard`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrogrow.database.triggers import TriggerSet, function_and_trigger, is_postgresql, quoted, rows_of, text

MISSING = "mikrogrow.W001"
NAMED_IN_WARNING = 3


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
    TRIGGERS.follow_migrations(app)


def guarded_tables() -> tuple[Guarded, ...]:
    """Everything that the apps guard."""
    return tuple(_guarded)


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning where triggers are missing. No error: that would stop `migrate`, which makes them."""
    return [
        Warning(_missing_words(missing), hint=_("Suorita manage.py migrate."), id=MISSING)
        for using in databases or ()
        if (missing := TRIGGERS.missing(using))
    ]


def _missing_words(missing: list[str]) -> str:
    names = ", ".join(missing[:NAMED_IN_WARNING])
    if len(missing) > NAMED_IN_WARNING:
        names = f"{names} …"
    return ngettext(
        "Hyväksyttyjen ja päätettyjen tietojen muuttamista ei estetä: "
        "tietokannasta puuttuu %(number)d liipaisin: %(names)s",
        "Hyväksyttyjen ja päätettyjen tietojen muuttamista ei estetä: "
        "tietokannasta puuttuu %(number)d liipaisinta: %(names)s",
        len(missing),
    ) % {"number": len(missing), "names": names}


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
                make = _postgresql_body if is_postgresql(connection) else _sqlite_body
                for event in _events(table, connection):
                    body = make(table, event, columns)
                    name = TRIGGERS.name(event, table.table, body)
                    found[name] = _statements(connection, table, event, name, body)
    return found


def _tables_of(guarded: Guarded) -> set[str]:
    return {guarded.table} | (_tables_of(guarded.owner) if isinstance(guarded, PartOf) else set())


def _events(guarded: Guarded, connection: BaseDatabaseWrapper) -> list[str]:
    events = ["INSERT", "UPDATE", "DELETE"] if isinstance(guarded, PartOf) else ["UPDATE", "DELETE"]
    # PostgreSQL's TRUNCATE passes triggers of rows.
    return [*events, "TRUNCATE"] if is_postgresql(connection) else events


def _statements(
    connection: BaseDatabaseWrapper, guarded: Guarded, event: str, name: str, body: str
) -> list[str]:
    when = f"BEFORE {event} ON {quoted(guarded.table)}"
    if not is_postgresql(connection):
        return [f"CREATE TRIGGER {quoted(name)} {when} FOR EACH ROW {body}"]
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return function_and_trigger(name, body, f"{when} FOR EACH {each}")


def _sqlite_body(guarded: Guarded, event: str, columns: list[str]) -> str:
    if isinstance(guarded, PartOf):
        # Old and new: a row must neither leave a frozen parent nor come to one.
        rows = [row for row in ("OLD", "NEW") if row in rows_of(event)]
        key = quoted(guarded.column)
        frozen = " OR ".join(
            f"{_status_of(guarded.owner, f'{row}.{key}')} NOT IN {_words(guarded.root.free)}" for row in rows
        )
    else:
        frozen = _frozen_itself(guarded, event, columns, "IS")
    # A string literal: older SQLite takes nothing else.
    return f"WHEN {frozen} BEGIN SELECT RAISE(ABORT, {text(guarded.message)}); END"


def _status_of(owner: ByStatus | PartOf, key: str) -> str:
    """A query for the status that decides, from the key of a row of `owner`."""
    if isinstance(owner, ByStatus):
        return f"(SELECT {quoted(owner.status)} FROM {quoted(owner.table)} WHERE id = {key})"
    parent = f"(SELECT {quoted(owner.column)} FROM {quoted(owner.table)} WHERE id = {key})"
    return _status_of(owner.owner, parent)


def _postgresql_body(guarded: Guarded, event: str, columns: list[str]) -> str:
    refuse = f"RAISE EXCEPTION USING MESSAGE = {text(guarded.message)}, ERRCODE = 'restrict_violation';"
    go_on = "RETURN OLD;" if event == "DELETE" else "RETURN NEW;"
    if event == "TRUNCATE":
        return f"BEGIN {refuse} END"
    if not isinstance(guarded, PartOf):
        frozen = _frozen_itself(guarded, event, columns, "IS NOT DISTINCT FROM")
        return f"BEGIN IF {frozen} THEN {refuse} END IF; {go_on} END"
    keys = ", ".join(f"{row}.{quoted(guarded.column)}" for row in rows_of(event))
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
            f"SELECT {quoted(owner.status)} INTO found FROM {quoted(owner.table)} WHERE id = key FOR SHARE;"
        )
    step = f"SELECT {quoted(owner.column)} INTO key FROM {quoted(owner.table)} WHERE id = key FOR SHARE;"
    return f"{step} {_follow(owner.owner)}"


def _frozen_itself(guarded: ByStatus | AppendOnly, event: str, columns: list[str], same: str) -> str:
    """A condition on OLD and NEW that is true where the change of the row is refused."""
    if isinstance(guarded, AppendOnly):
        return "1 = 1"
    status = quoted(guarded.status)
    frozen = f"OLD.{status} NOT IN {_words(guarded.free)}"
    if event == "UPDATE":
        for change in guarded.allowed:
            kept = [name for name in columns if name not in (guarded.status, *change.columns)]
            as_before = "".join(f" AND NEW.{quoted(name)} {same} OLD.{quoted(name)}" for name in kept)
            frozen += (
                f" AND NOT (OLD.{status} = {text(change.before)} AND NEW.{status} = {text(change.after)}"
                f"{as_before})"
            )
    return frozen


def _words(values: Iterable[str]) -> str:
    return f"({', '.join(text(value) for value in values)})"


TRIGGERS = TriggerSet("frozen_", _wanted)
drop_triggers, make_triggers, missing_triggers = TRIGGERS.drop, TRIGGERS.make, TRIGGERS.missing
