"""What the actions of groups ask of who acts and of what is told, and what a row serves."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from groups.models import CompanyGroup
from groups.queries.rights import may_run
from mikrogrow.database.transitions import log_action
from mikrogrow.history import with_author
from mikrogrow.values.dates import format_date
from projects.models import ProjectPoint


def expect_to_run(user: Any, group: CompanyGroup) -> None:
    if not may_run(user, group):
        raise PermissionDenied


def set_served(row: Any, user: Any, points: Iterable[ProjectPoint]) -> None:
    """Of a locked row. Leaves no record if nothing changes."""
    reason = _("Tavoitteet ja lisäarvo valittu.")
    if {point.pk for point in points} != set(row.serves.values_list("pk", flat=True)):
        with_author(row, user, reason).serves.set(points)
        log_action(row, user, reason)


def refuse_later(on: date, **days: date | None) -> None:
    """What is told of as done has been done by the day."""
    later = {name: day for name, day in days.items() if day is not None and day > on}
    if later:
        sentence = _("Päivä %s ei ole vielä tullut. Anna päivä, jona se tehtiin.")
        raise ValidationError({name: sentence % format_date(day) for name, day in later.items()})
