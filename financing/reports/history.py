"""The history page in words: who changed what and when, with each value before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from financing.models import FinancingPlan
from financing.queries.history import Record
from financing.queries.secret_history import HiddenValues
from mikrogrow.belonging import owner_key_of
from mikrogrow.fields import EuroField, FigureField, PercentField
from mikrogrow.history import CREATED, DELETED, FIRST_RECORD
from mikrogrow.values.dates import format_date, format_moment
from mikrogrow.values.figures import format_figure
from mikrogrow.values.money import UNKNOWN, format_count, format_euros, format_percent

# A save writes its rows one after the other. A person who saves twice first waits for the page.
OF_ONE_SAVE = timedelta(seconds=1)


@dataclass(frozen=True)
class ValueChange:
    """`before` is empty if the row was added, `after` if it was deleted."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one row: `what` it is, `where` it belongs, what was `done` to it.

    Changes of one save have the same number in `save`.
    """

    save: int
    when: datetime
    time: str
    person: str
    what: str
    where: str
    kind: str
    done: str
    values: tuple[ValueChange, ...]


def history_entries(records: Sequence[Record], hidden: HiddenValues | None = None) -> list[Entry]:
    """`hidden` is what the reader may not see; None of those who see all."""
    if hidden is not None:
        records = [hidden.without(record) for record in records]
    starts = [0, *(not _is_one_save(*pair) for pair in pairwise(records))]
    return [_entry(record, save) for record, save in zip(records, accumulate(starts), strict=False)]


def _is_one_save(later: Record, earlier: Record) -> bool:
    return later.user == earlier.user and later.when - earlier.when <= OF_ONE_SAVE


def person_name(user: Any) -> str:
    """No user is the system: a command or an update."""
    return str(_("järjestelmä") if user is None else user.get_full_name() or user.get_username())


def plan_choice(plan: FinancingPlan) -> str:
    return f"{plan.owner_name}, {_('versio')} {plan.version}"


def _entry(record: Record, save: int) -> Entry:
    kind = {CREATED: "created", DELETED: "deleted"}.get(record.kind, "changed")
    labels = {"created": _("lisätty"), "changed": _("muutettu"), "deleted": _("poistettu")}
    reason = (
        _("kirjattu ennen muutoshistorian alkua")
        if record.reason == FIRST_RECORD
        else record.reason.rstrip(".")
    )
    return Entry(
        save=save,
        when=record.when,
        time=format_moment(record.when),
        person=person_name(record.user),
        what=_what(record.row),
        where=_where(record.row),
        kind=kind,
        done=f"{reason[:1].lower()}{reason[1:]}" or labels[kind],
        values=tuple(_values(record, kind)),
    )


def _what(row: models.Model) -> str:
    model, name = capfirst(str(row._meta.verbose_name)), _name(row)
    return name if name.startswith(f"{model} ") else f"{model}: {name}"


def _values(record: Record, kind: str) -> list[ValueChange]:
    """What differs; all that is filled in if the row was added or deleted."""
    found = _changed_values(record) if kind == "changed" else _all_values(record, kind)
    for name, (now, then) in record.related.items():
        if now != then or (kind != "changed" and now):
            found.append(_related(record, name, kind))
    return found


def _changed_values(record: Record) -> list[ValueChange]:
    before, row = record.before, record.row
    if before is None:
        return []
    return [
        _change(field, shown(before, field), shown(row, field))
        for field in _told_fields(row)
        if getattr(row, field.attname) != getattr(before, field.attname)
    ]


def _all_values(record: Record, kind: str) -> list[ValueChange]:
    row, owner = record.row, owner_key_of(record.row)
    found = []
    for field in _told_fields(row):
        if field.primary_key or field is owner or _says_nothing(field, getattr(row, field.attname)):
            continue
        value = shown(row, field)
        found.append(_change(field, *((value, "") if kind == "deleted" else ("", value))))
    return found


def _told_fields(row: models.Model) -> list[Any]:
    hidden = getattr(row, "hidden_in_history", ())
    return [field for field in row._meta.concrete_fields if field.name not in hidden]


def _says_nothing(field: Any, value: Any) -> bool:
    """True of what is empty, and of a no where it goes without saying; 0 says something."""
    return value is None or value == "" or (value is False and field.default is False)


def _change(field: Any, before: str, after: str) -> ValueChange:
    # The values show the unit.
    label = str(field.verbose_name).removesuffix(", €").removesuffix(", %")
    return ValueChange(capfirst(label), before, after)


def _related(record: Record, relation: str, kind: str) -> ValueChange:
    now, then = (", ".join(names) or str(_("tyhjä")) for names in record.related[relation])
    label = record.row._meta.get_field(relation).verbose_name  # type: ignore[union-attr]
    if kind == "deleted":
        return ValueChange(capfirst(str(label)), now, "")
    return ValueChange(capfirst(str(label)), "" if kind == "created" else then, now)


def shown(row: models.Model, field: Any) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        figures = (models.DecimalField, models.IntegerField, models.DateField)
        # A figure that people type is unknown if it is empty; any other value is just empty.
        typed = isinstance(field, figures) and field.editable
        return str(UNKNOWN if typed else _("tyhjä"))
    if isinstance(field, models.ForeignKey):
        return _target(row, field)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _format(field, value)


def _format(field: Any, value: Any) -> str:
    if isinstance(field, EuroField):
        return format_euros(value)
    if isinstance(field, PercentField):
        return format_percent(value)
    if isinstance(field, FigureField):
        return format_figure(value)
    if isinstance(value, bool):
        return str(_("kyllä") if value else _("ei"))
    if isinstance(value, datetime):
        return format_date(timezone.localtime(value).date())
    if isinstance(value, date):
        return format_date(value)
    return format_count(value) if type(field) is models.PositiveIntegerField else str(value)


def _target(row: models.Model, field: Any) -> str:
    try:
        target = getattr(row, field.name)
    except ObjectDoesNotExist:
        return str(UNKNOWN)
    return person_name(target) if hasattr(target, "get_username") else _name(target)


def _name(row: models.Model) -> str:
    # A plan's own words include its state, which is among the values.
    try:
        return f"{_('versio')} {row.version}" if isinstance(row, FinancingPlan) else str(row)
    except ObjectDoesNotExist:
        return str(UNKNOWN)


def _where(row: models.Model) -> str:
    # Outermost first, without the project: the page is the project's.
    key = owner_key_of(row)
    try:
        if isinstance(row, FinancingPlan):
            return row.owner_name
        owner = getattr(row, key.name) if key else None
        if owner is None or owner_key_of(owner) is None:
            return ""
        name, outside = _name(owner), _where(owner)
    except ObjectDoesNotExist:
        return ""
    return f"{outside}, {name}" if outside else name
