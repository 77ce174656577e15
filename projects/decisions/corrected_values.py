"""A value that a correction gives to a made decision is one that the decision could have been made with."""

from collections.abc import Iterator
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Min, Q
from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from mikrogrow.values.typed_text import excerpt
from projects.decisions.correctable import changed_columns, put_value, row_at, typed_words
from projects.models import Decision, DecisionCorrection, Vote
from projects.models.corrections import KEY


def checked_value(row: DecisionCorrection) -> str:
    """The new value of an unsaved correction, as values are kept; raises ValidationError.

    Notes in the correction by what the decision is found after it.
    """
    stored = row_at(row.decision, row.part, row.row_key)
    try:
        words = typed_words(stored, row.part, row.new_words)
        supposed = copy(stored)
        put_value(supposed, row.part, words)
        _check(supposed, row.part)
    except ValidationError as error:
        raise ValidationError({"new_words": error.messages}) from error
    _check_winner(stored, supposed)
    if row.part in KEY:
        row.new_section, row.new_meeting_date = supposed.section, supposed.meeting_date
    return words


def check_key(row: DecisionCorrection, today: date) -> None:
    """No other decision has the body, day and section, neither as it was made nor as it was corrected."""
    day, section, decision = row.new_meeting_date, row.new_section, row.decision
    if day is None:
        return
    read = {"read": excerpt(row.new_words)}
    if day > today:
        raise ValidationError(
            {
                "new_words": _(
                    "Luettiin %(read)s. Päivä on tulevaisuudessa, mutta kokous on jo pidetty. Tarkista päivä."
                )
                % read
            }
        )
    known = min(_known_days(decision), default=None)
    if known is not None and day > known:
        sentence = _(
            "Luettiin %(read)s. Päätös on tarkastettu, julkaistu tai annettu tiedoksi jo %(day)s, joten "
            "kokous oli viimeistään silloin."
        )
        raise ValidationError({"new_words": sentence % {**read, "day": format_date(known)}})
    others = Decision.objects.filter(body=decision.body).exclude(pk=decision.pk)
    taken = Q(meeting_date=day, section=section) | Q(
        corrections__new_meeting_date=day, corrections__new_section=section
    )
    other = others.filter(taken).order_by("pk").first()
    if other is not None:
        sentence = _(
            "Luettiin %(read)s. Toisella päätöksellä on jo sama toimielin, päivä ja pykälä: %(title)s."
        )
        raise ValidationError({"new_words": sentence % {**read, "title": other.title}})


def _check(supposed: Any, part: str) -> None:
    """As its own form would; only what the correction changes is held against the row's other rules."""
    columns = changed_columns(supposed, part)
    supposed.clean_fields(exclude={field.name for field in supposed._meta.fields} - columns)
    if isinstance(supposed, Decision):
        for constraint in Decision._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                constraint.validate(Decision, supposed)
        return
    supposed.clean()
    supposed.validate_constraints()


def _check_winner(stored: Any, supposed: Any) -> None:
    if isinstance(stored, Vote) and stored.winner is not supposed.winner:
        raise ValidationError(
            {
                "new_words": _(
                    "Näillä äänillä toinen ehdotus olisi voittanut. Se ei ole kirjoitusvirhe: asia päätetään "
                    "uudelleen."
                )
            }
        )


def _known_days(decision: Decision) -> Iterator[date]:
    """When something happened that only happens after the meeting."""
    found = Decision.objects.filter(pk=decision.pk).aggregate(
        Min("publication__inspected_on"),
        Min("publication__published_on"),
        Min("notices__day"),
        Min("lodged_appeals__arrived_on"),
    )
    return (day for day in found.values() if day is not None)
