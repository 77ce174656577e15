"""Recording appeals that were made against a made decision, and how they ended."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import writes
from projects.decisions.notices import made_decision
from projects.models import Decision, LodgedAppeal

DAYS = ("arrived_on", "outcome_on")


@writes("decision")
def add_lodged(*, decision: Decision, user: Any, on: date, **values: Any) -> None:
    stored = made_decision(decision, user, on, **{name: values[name] for name in DAYS})
    add_row(LodgedAppeal(decision=stored, **values), user, _("Tehty muutoksenhaku kirjattu."))


@writes("decision")
def change_lodged(*, decision: Decision, key: int, user: Any, on: date, **values: Any) -> None:
    stored = made_decision(decision, user, on, **{name: values[name] for name in DAYS})
    row = stored.lodged_appeals.filter(pk=key).first()
    if row is None:
        raise ValidationError(
            _("Muutoksenhaku on poistettu sivun avaamisen jälkeen. Kirjaa se tarvittaessa uudelleen.")
        )
    change_row(row, user, _("Muutoksenhaun tiedot muutettu."), **values)


@writes("decision")
def remove_lodged(*, decision: Decision, key: int, user: Any, on: date) -> None:
    """Nothing if somebody has removed it meanwhile."""
    rows = made_decision(decision, user, on).lodged_appeals.filter(pk=key)
    remove_row(rows, user, _("Tehty muutoksenhaku poistettu."))
