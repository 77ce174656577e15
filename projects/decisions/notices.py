"""Recording when a made decision was inspected, published and given to its parties."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import locked, writes
from mikrogrow.values.dates import format_date
from projects.models import Decision, DecisionNotice, DecisionPublication, LodgedAppeal


def may_record(user: Any) -> bool:
    return bool(user.has_perm("projects.change_decisionpublication"))


@writes("decision")
def record_publication(*, decision: Decision, user: Any, on: date, **days: Any) -> None:
    """`days` are inspected_on and published_on; both may be corrected."""
    stored = made_decision(decision, user, on, **days)
    row = DecisionPublication.objects.filter(decision=stored).first()
    if row is not None:
        change_row(row, user, _("Julkaisun tiedot muutettu."), **days)
    elif any(days.values()):
        add_row(DecisionPublication(decision=stored, **days), user, _("Julkaisu kirjattu."))


@writes("decision")
def add_notice(*, decision: Decision, user: Any, on: date, **values: Any) -> None:
    stored = made_decision(decision, user, on, day=values["day"])
    add_row(DecisionNotice(decision=stored, **values), user, _("Tiedoksianto kirjattu."))


@writes("decision")
def change_notice(*, decision: Decision, key: int, user: Any, on: date, **values: Any) -> None:
    row = made_decision(decision, user, on, day=values["day"]).notices.filter(pk=key).first()
    if row is None:
        raise ValidationError(
            _("Tiedoksianto on poistettu sivun avaamisen jälkeen. Kirjaa se tarvittaessa uudelleen.")
        )
    change_row(row, user, _("Tiedoksianto korjattu."), **values)


@writes("decision")
def remove_notice(*, decision: Decision, key: int, user: Any, on: date) -> None:
    """Nothing if somebody has removed it meanwhile."""
    found = made_decision(decision, user, on).notices.filter(pk=key)
    appeal = LodgedAppeal.objects.filter(notice__in=found).first()
    if appeal is not None:
        sentence = _(
            "Tiedoksiannosta lasketaan muutoksenhaun määräaika (%(appellant)s). Valitse muutoksenhaulle "
            "ensin toinen tiedoksianto."
        )
        raise ValidationError(sentence % {"appellant": appeal.appellant})
    remove_row(found, user, _("Tiedoksianto poistettu."))


def made_decision(decision: Decision, user: Any, on: date, **days: date | None) -> Decision:
    """Locked. Raises PermissionDenied, or ValidationError of days that are not yet."""
    if not may_record(user):
        raise PermissionDenied
    future = {name: day for name, day in days.items() if day and day > on}
    if future:
        sentence = _("Luettiin %s. Päivä on tulevaisuudessa: kirjaa se vasta sitten.")
        raise ValidationError({name: sentence % format_date(day) for name, day in future.items()})
    stored: Decision = locked(Decision.objects.filter(pk=decision.pk)).get()
    return stored
