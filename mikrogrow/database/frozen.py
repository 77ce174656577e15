"""Approved and decided rows do not change, and none is born so; no record of the history is made up.

Database triggers refuse it, also to plain SQL.

A model says in its class body what freezes it (mikrogrow/belonging.py).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.template import Context, Engine
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrogrow.belonging import Belongs, owner_keys
from mikrogrow.database.triggers import TriggerSet, is_postgresql, sql_name, sql_text

# The statements, for people who read them: one file for each kind.
# In the conditions of guards.
TABLE_NAME = r"\b(?:projects|financing|groups|mikrogrow|auth)_\w+"
TEMPLATES = Engine([str(Path(__file__).parent / "sql")])
MISSING = "mikrogrow.W001"
# Not translated, because they are parts of triggers.
BORN_MESSAGE = "Uusi rivi alkaa ensimmäisestä tilastaan, ja tila vaihtuu vasta sen jälkeen."
FORGED_MESSAGE = "Historiaan kirjataan vain se, mitä rivissä on."
# A record says these of itself, and all others of its row.
OF_RECORD = frozenset(
    {"history_id", "history_date", "history_change_reason", "history_type", "history_user_id"}
    | {"m2m_history_id"}
)
NAMED_IN_WARNING = 3


@dataclass(frozen=True)
class Change:
    """What a frozen row may still do: go from one status to another, along with these columns."""

    before: str
    after: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ByStatus:
    """Rows are frozen unless their own status is one of `free`, and begin in the first of these."""

    free: tuple[str, ...]
    message: str
    status: str = "status"
    allowed: tuple[Change, ...] = ()


@dataclass(frozen=True)
class AppendOnly:
    """Rows are added and never changed."""

    message: str


@dataclass(frozen=True)
class RecordOf:
    """Rows are added and never changed. Each says what the row of `table` with its id is at that moment."""

    table: str
    message: str


@dataclass(frozen=True)
class WithOwner:
    """Rows are frozen while the row of `owner_table` that `column` points to is frozen."""

    column: str
    owner_table: str
    owner: "ByStatus | WithOwner"
    added_later: bool = False

    @property
    def message(self) -> str:
        return self.owner.message


Rule = ByStatus | AppendOnly | RecordOf | WithOwner


@dataclass(frozen=True)
class FrozenTable:
    name: str
    rule: Rule


@dataclass(frozen=True)
class Guard:
    """Refuses one event of a table while a condition holds: what something frozen rests on.

    `condition` is SQL over OLD and NEW, and an UPDATE is refused only if one of the columns changes.
    """

    table: str
    event: str
    condition: str
    message: str
    columns: tuple[str, ...] = ()


_apps: list[str] = []
_others: list[FrozenTable] = []
_guards: list[Guard] = []


def guard(app: AppConfig, others: Iterable[FrozenTable] = (), guards: Iterable[Guard] = ()) -> None:
    """Freezes rows of the app's models, and `others`, from its next migration on. Call it in ready()."""
    _apps.append(app.label)
    _others.extend(others)
    _guards.extend(guards)
    TRIGGERS.follow_migrations(app)


def guards() -> list[Guard]:
    return list(_guards)


def frozen_tables() -> list[FrozenTable]:
    models = (
        model for label in _apps for model in apps.get_app_config(label).get_models(include_auto_created=True)
    )
    found = [FrozenTable(model._meta.db_table, rule) for model in models if (rule := freezing_rule(model))]
    return [*found, *_others]


def freezing_rule(model: type[Model]) -> Rule | None:
    """The model's own rule, else its owner's; None if nothing freezes it."""
    own: Rule | None = getattr(model, "frozen", None)
    belongs = getattr(model, "belongs", None)
    if own or (isinstance(belongs, Belongs) and not belongs.frozen_with_owner):
        return own
    for key in owner_keys(model):
        rule = freezing_rule(key.related_model)
        if isinstance(rule, ByStatus | WithOwner):
            added_later = isinstance(belongs, Belongs) and belongs.added_later
            return WithOwner(key.column, key.related_model._meta.db_table, rule, added_later)
    return None


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    # A warning, because an error would stop `migrate`, which makes the triggers.
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
    make = _on_postgresql if is_postgresql(connection) else _on_sqlite
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for table in frozen_tables():
            if not {table.name, *_other_tables(table.rule)} <= existing:
                continue
            # Not get_table_description: on SQLite it parses the table's SQL, half a second for all.
            cursor.execute(f"SELECT * FROM {sql_name(table.name)} LIMIT 0")
            columns = [name for name, *_details in cursor.description]
            for event in _events(table.rule, connection):
                name, statement = make(table, event, columns)
                found[name] = [statement]
        # A later migration may make the tables that a guard asks.
        for each in _guards:
            if set(re.findall(TABLE_NAME, f"{each.table} {each.condition}")) <= existing:
                found |= {name: [statement] for name, statement in _guarded(each, connection)}
    return found


def _guarded(guard: Guard, connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    """Triggers' names and SQL."""
    on_postgresql = is_postgresql(connection)
    differs = "IS DISTINCT FROM" if on_postgresql else "IS NOT"
    changed = " OR ".join(f"OLD.{sql_name(name)} {differs} NEW.{sql_name(name)}" for name in guard.columns)
    refused = f"({changed}) AND ({guard.condition})" if changed else f"({guard.condition})"
    message = sql_text(guard.message)
    if not on_postgresql:
        name = TRIGGERS.name(guard.event, guard.table, f"{refused} {message}")
        values = {"name": name, "event": guard.event, "table": guard.table, "message": message}
        yield name, _sql("sqlite", {**values, "is_frozen": refused})
        return
    returned = "OLD" if guard.event == "DELETE" else "NEW"
    body = _sql("postgresql_own", {"is_frozen": refused, "message": message, "returned": returned})
    yield _trigger(guard.table, guard.event, body)
    # Of a table that is frozen itself, this is the second one.
    yield _trigger(guard.table, "TRUNCATE", _sql("postgresql_truncate", {"message": message}))


def _other_tables(rule: Rule) -> list[str]:
    if isinstance(rule, RecordOf):
        return [rule.table]
    return [rule.owner_table, *_other_tables(rule.owner)] if isinstance(rule, WithOwner) else []


def _events(rule: Rule, connection: BaseDatabaseWrapper) -> list[str]:
    is_free = isinstance(rule, AppendOnly) or (isinstance(rule, WithOwner) and rule.added_later)
    added = [] if is_free else ["INSERT"]
    # PostgreSQL's TRUNCATE fires no row triggers.
    emptied = ["TRUNCATE"] if is_postgresql(connection) else []
    return [*added, "UPDATE", "DELETE", *emptied]


def _on_sqlite(table: FrozenTable, event: str, columns: list[str]) -> tuple[str, str]:
    """The trigger's name and SQL."""
    rule = table.rule
    if isinstance(rule, WithOwner):
        # Both, so that a row can neither leave a frozen owner nor join one.
        keys = [f"{row}.{sql_name(rule.column)}" for row in _rows_of(event)]
        is_frozen = " OR ".join(_owner_is_frozen(rule.owner_table, rule.owner, key) for key in keys)
    else:
        is_frozen = _frozen_itself(table, event, columns, "IS")
    # Before SQLite 3.47 RAISE takes only a literal.
    message = sql_text(_message(rule, event))
    name = TRIGGERS.name(event, table.name, f"{is_frozen} {message}")
    values = {"name": name, "event": event, "table": table.name, "is_frozen": is_frozen, "message": message}
    return name, _sql("sqlite", values)


def _on_postgresql(table: FrozenTable, event: str, columns: list[str]) -> tuple[str, str]:
    """The trigger's name, and the SQL of its function and itself."""
    return _trigger(table.name, event, _body(table, event, columns))


def _trigger(table: str, event: str, body: str) -> tuple[str, str]:
    name = TRIGGERS.name(event, table, body)
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return name, _sql(
        "postgresql", {"name": name, "event": event, "table": table, "each": each, "body": body}
    )


def _body(frozen: FrozenTable, event: str, columns: list[str]) -> str:
    rule = frozen.rule
    values: dict[str, Any] = {
        "message": sql_text(_message(rule, event)),
        "returned": "OLD" if event == "DELETE" else "NEW",
    }
    if event == "TRUNCATE":
        return _sql("postgresql_truncate", values)
    if not isinstance(rule, WithOwner):
        is_frozen = _frozen_itself(frozen, event, columns, "IS NOT DISTINCT FROM")
        return _sql("postgresql_own", {**values, "is_frozen": is_frozen})
    keys = ", ".join(f"{row}.{sql_name(rule.column)}" for row in _rows_of(event))
    owners, table, owner = [], rule.owner_table, rule.owner
    while isinstance(owner, WithOwner):
        owners.append({"column": owner.column, "table": table})
        table, owner = owner.owner_table, owner.owner
    values |= {"keys": keys, "owners": owners, "table": table}
    return _sql("postgresql_with_owner", {**values, "status": owner.status, "free": _words(owner.free)})


def _sql(name: str, values: dict[str, Any]) -> str:
    return TEMPLATES.get_template(f"{name}.sql").render(Context(values, autoescape=False)).strip()


def _rows_of(event: str) -> tuple[str, ...]:
    return {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]


def _owner_is_frozen(table: str, rule: ByStatus | WithOwner, key: str) -> str:
    if isinstance(rule, ByStatus):
        status = f"(SELECT {sql_name(rule.status)} FROM {sql_name(table)} WHERE id = {key})"
        return f"{status} NOT IN {_words(rule.free)}"
    owner_key = f"(SELECT {sql_name(rule.column)} FROM {sql_name(table)} WHERE id = {key})"
    return _owner_is_frozen(rule.owner_table, rule.owner, owner_key)


def _message(rule: Rule, event: str) -> str:
    if event == "INSERT" and isinstance(rule, ByStatus | RecordOf):
        return BORN_MESSAGE if isinstance(rule, ByStatus) else FORGED_MESSAGE
    return rule.message


def _frozen_itself(frozen: FrozenTable, event: str, columns: list[str], same: str) -> str:
    """SQL on OLD and NEW that is true if the change is refused."""
    rule = frozen.rule
    if isinstance(rule, RecordOf) and event == "INSERT":
        return _is_forged(rule, frozen.name, columns, same)
    if not isinstance(rule, ByStatus):
        return "1 = 1"
    if event == "INSERT":
        return f"NEW.{sql_name(rule.status)} <> {sql_text(rule.free[0])}"
    is_frozen = f"OLD.{sql_name(rule.status)} NOT IN {_words(rule.free)}"
    if event == "UPDATE":
        is_frozen += "".join(
            f" AND NOT {_is_allowed(rule, change, columns, same)}" for change in rule.allowed
        )
    return is_frozen


def _is_forged(rule: RecordOf, records: str, columns: list[str], same: str) -> str:
    """A record says what its row is, or that it was deleted, which happens once; it is made once, too."""
    row = f"SELECT 1 FROM {sql_name(rule.table)} AS found WHERE found.id = NEW.id"
    equal = "".join(
        f" AND found.{sql_name(name)} {same} NEW.{sql_name(name)}"
        for name in columns
        if name not in OF_RECORD and name != "id"
    )
    unlike = f"NOT EXISTS ({row}{equal})"
    if "history_type" not in columns:
        return unlike
    before = (
        f"COALESCE((SELECT earlier.history_type FROM {sql_name(records)} AS earlier"
        " WHERE earlier.id = NEW.id ORDER BY earlier.history_id DESC LIMIT 1), '-')"
    )
    # In brackets, because PL/pgSQL would take the first THEN for its own.
    return (
        f"(CASE NEW.history_type WHEN '-' THEN {before} = '-' OR EXISTS ({row}) "
        f"WHEN '+' THEN {before} <> '-' OR {unlike} ELSE {unlike} END)"
    )


def _is_allowed(rule: ByStatus, change: Change, columns: list[str], same: str) -> str:
    status = sql_name(rule.status)
    others = [name for name in columns if name not in (rule.status, *change.columns)]
    unchanged = "".join(f" AND NEW.{sql_name(name)} {same} OLD.{sql_name(name)}" for name in others)
    return (
        f"(OLD.{status} = {sql_text(change.before)} AND NEW.{status} = {sql_text(change.after)}{unchanged})"
    )


def _words(values: Iterable[str]) -> str:
    return f"({', '.join(sql_text(value) for value in values)})"


TRIGGERS = TriggerSet("frozen_", _wanted)
drop_triggers, make_triggers, missing_triggers = TRIGGERS.drop, TRIGGERS.make, TRIGGERS.missing
