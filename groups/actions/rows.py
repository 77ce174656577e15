"""How actions check and save a row that a person typed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.contrib.admin.models import ADDITION, DELETION
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from groups.models import CompanyGroup
from groups.queries.rights import may_run
from mikrogrow.database.placed import check_placed
from mikrogrow.database.transitions import log_action, record
from mikrogrow.history import with_author
from mikrogrow.values.dates import format_date
from projects.models import ProjectPoint

Row = TypeVar("Row", bound=Model)


def expect_to_run(user: Any, group: CompanyGroup) -> None:
    if not may_run(user, group):
        raise PermissionDenied


def add_row(row: Row, user: Any, reason: str, at: Mapping[str, str] | None = None) -> Row:
    """`at` as of `check_placed`: fields of sentences that do not stand at the constraint's last column."""
    check_placed(row, at=at)
    with_author(row, user, reason).save()
    log_action(row, user, reason, ADDITION)
    return row


def change_row(row: Row, user: Any, reason: str, at: Mapping[str, str] | None = None, **fields: Any) -> Row:
    """Of a locked row. Leaves no record if nothing changes."""
    if all(getattr(row, name) == value for name, value in fields.items()):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    check_placed(row, at=at)
    return record(row, user, reason, **fields)


def set_served(row: Any, user: Any, points: Iterable[ProjectPoint]) -> None:
    """Of a locked row. Leaves no record if nothing changes."""
    reason = _("Tavoitteet ja lisäarvo valittu.")
    if {point.pk for point in points} != set(row.serves.values_list("pk", flat=True)):
        with_author(row, user, reason).serves.set(points)
        log_action(row, user, reason)


def remove_row(rows: QuerySet[Any], user: Any, reason: str) -> None:
    """The one of them; nothing if somebody has removed it meanwhile."""
    row = rows.first()
    if row is not None:
        log_action(row, user, reason, DELETION)
        with_author(row, user, reason).delete()


def refuse_later(on: date, **days: date | None) -> None:
    """What is told of as done has been done by the day."""
    later = {name: day for name, day in days.items() if day is not None and day > on}
    if later:
        sentence = _("Päivä %s ei ole vielä tullut. Anna päivä, jona se tehtiin.")
        raise ValidationError({name: sentence % format_date(day) for name, day in later.items()})
