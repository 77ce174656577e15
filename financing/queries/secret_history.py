"""What the history does not tell those who may not see what is secret in decisions.

A text that ever had a mark is hidden in all its versions: before it was marked, it had the secret openly.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, Q, QuerySet, Value
from django.utils.translation import gettext as _

from financing.queries.history import Record
from mikrogrow.belonging import is_part_of
from mikrogrow.history import historical
from mikrogrow.values.secret_text import OPEN
from projects.choices import CONDITIONS
from projects.models import AnnexFile, Attachment, Decision, DecisionPart, Dissent, FigureMark, Vote

VOTE, DISSENT = "vote", "dissent"


@dataclass(frozen=True)
class HiddenValues:
    """`texts` are pairs of a decision and a kind of part; `titles` are of annexes, with those for all.

    A vote and a dissent are in `texts` with their own key and VOTE or DISSENT.
    """

    texts: frozenset[tuple[int, str]]
    titles: dict[int, str]

    def without(self, record: Record) -> Record:
        before = None if record.before is None else self._shown(record.before)
        return replace(record, row=self._shown(record.row), before=before)

    def _shown(self, row: Model) -> Model:
        if isinstance(row, DecisionPart):
            return _hidden(row, (row.decision_id, row.kind) in self.texts, "text")
        if isinstance(row, Decision):
            return _hidden(row, (row.pk, CONDITIONS) in self.texts, "conditions")
        if isinstance(row, FigureMark):
            is_secret = (row.decision_id, row.part) in self.texts
            return _hidden(row, is_secret, "figure", "before", "after")
        if isinstance(row, Vote):
            return _hidden(row, (row.pk, VOTE) in self.texts, "base_proposal", "counter_proposal")
        if isinstance(row, Dissent):
            return _hidden(row, (row.pk, DISSENT) in self.texts, "text")
        if isinstance(row, Attachment) and row.pk in self.titles:
            return _with(row, title=self.titles[row.pk])
        if isinstance(row, AnnexFile) and row.attachment_id in self.titles:
            return _with(row, attachment=self._shown(row.attachment))
        return row


def hidden_from(user: Any, records: Sequence[Record]) -> HiddenValues | None:
    """None of those who may see what is secret, and where nothing of a decision was changed."""
    if user.has_perm("projects.see_secret") or user.has_perm("projects.change_decision"):
        return None
    if not any(is_part_of(type(record.row), Decision) for record in records):
        return None
    annexes = historical(Attachment)._default_manager.filter(is_public=False).exclude(public_title="")
    return HiddenValues(
        _ever_secret(),
        dict(annexes.order_by("history_id").values_list("id", "public_title")),
    )


def _ever_secret() -> frozenset[tuple[int, str]]:
    """In one query, the keys of the texts that ever had a mark."""
    parts = _with_mark(DecisionPart, "text").values_list("decision", "kind")
    others = [
        _with_mark(Decision, "conditions").values_list("id", Value(CONDITIONS)),
        _with_mark(Vote, "base_proposal", "counter_proposal").values_list("id", Value(VOTE)),
        _with_mark(Dissent, "text").values_list("id", Value(DISSENT)),
    ]
    return frozenset(parts.union(*others))


def _with_mark(model: type[Model], *names: str) -> QuerySet[Any, Any]:
    marked = Q.create([(f"{name}__contains", OPEN) for name in names], connector=Q.OR)
    found: QuerySet[Any, Any] = historical(model)._default_manager.filter(marked).order_by()
    return found


def _hidden(row: Any, is_secret: bool, *names: str) -> Any:
    if not is_secret:
        return row
    words = _("[ei näytetä: tekstissä on salassa pidettävää]")
    return _with(row, **{name: words for name in names if getattr(row, name)})


def _with(row: Any, **values: Any) -> Any:
    shown = copy(row)
    for name, value in values.items():
        setattr(shown, name, value)
    return shown
