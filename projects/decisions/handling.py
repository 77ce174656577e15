"""What happened at a meeting as a decision was made: recorded while the decision can still be changed."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import writes
from projects.choices import DecisionPartKind
from projects.decisions.writing import open_decision, write_part
from projects.models import Decision, Disqualification, Dissent, Vote

OF_DISQUALIFIED = ("name", "title", "ground", "left_meeting")
OF_VOTE = (
    *("number", "base_proposal", "counter_proposal", "proposed_by", "seconded_by"),
    *("yes", "no", "blank", "absent", "casting_vote", "yes_names", "no_names", "blank_names"),
)
OF_DISSENT = ("name", "ground", "text")


@dataclass(frozen=True)
class Handled:
    """A kind of rows, by the name of a decision's relation to them, and what is recorded of a change."""

    model: type[Model]
    added: Any
    changed: Any
    removed: Any


HANDLED = {
    "disqualifications": Handled(
        Disqualification,
        _("Esteellinen kirjattu."),
        _("Esteellisen tiedot muutettu."),
        _("Esteellinen poistettu."),
    ),
    "votes": Handled(
        Vote, _("Äänestys kirjattu."), _("Äänestyksen tiedot muutettu."), _("Äänestys poistettu.")
    ),
    "dissents": Handled(
        Dissent,
        _("Eriävä mielipide kirjattu."),
        _("Eriävä mielipide muutettu."),
        _("Eriävä mielipide poistettu."),
    ),
}


@writes("decision")
def record_meeting(*, decision: Decision, user: Any, text: str, **facts: Any) -> None:
    """`text` is what was decided."""
    stored = open_decision(decision, user)
    change_row(stored, user, str(_("Kokouksen päätös kirjattu.")), **facts)
    write_part(decision=stored, kind=DecisionPartKind.DECISION, text=text, user=user)


@writes("decision")
def add_handled(*, decision: Decision, rows: str, user: Any, **values: Any) -> None:
    handled = HANDLED[rows]
    row = handled.model(decision=open_decision(decision, user), **values)
    add_row(row, user, str(handled.added))


@writes("decision")
def change_handled(*, decision: Decision, rows: str, key: int, user: Any, **values: Any) -> None:
    row = getattr(open_decision(decision, user), rows).filter(pk=key).first()
    if row is None:
        raise ValidationError(
            _("Rivi on poistettu sivun avaamisen jälkeen. Kirjaa se tarvittaessa uudelleen.")
        )
    change_row(row, user, str(HANDLED[rows].changed), **values)


@writes("decision")
def remove_handled(*, decision: Decision, rows: str, key: int, user: Any) -> None:
    """Nothing if somebody has removed it meanwhile."""
    found = getattr(open_decision(decision, user), rows).filter(pk=key)
    remove_row(found, user, str(HANDLED[rows].removed))


def next_vote_number(decision: Decision) -> int:
    return (decision.votes.aggregate(last=Max("number"))["last"] or 0) + 1
