"""What the history does not tell those who may not see what is secret in decisions.

A text that ever had a mark is hidden in all its versions: before it was marked, it had the secret openly.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from financing.queries.history import Record
from mikrogrow.belonging import is_part_of
from mikrogrow.history import historical
from mikrogrow.values.secret_text import OPEN
from projects.choices import CONDITIONS
from projects.models import AnnexFile, Attachment, Decision, DecisionPart, FigureMark


@dataclass(frozen=True)
class HiddenValues:
    """`texts` are pairs of a decision and a kind of part; `titles` are of annexes, with those for all."""

    texts: frozenset[tuple[int, str]]
    titles: dict[int, str]

    def without(self, record: Record) -> Record:
        before = None if record.before is None else self._shown(record.before)
        return replace(record, row=self._shown(record.row), before=before)

    def _shown(self, row: Model) -> Model:
        if isinstance(row, DecisionPart):
            return self._hidden(row, (row.decision_id, row.kind), "text")
        if isinstance(row, Decision):
            return self._hidden(row, (row.pk, CONDITIONS), "conditions")
        if isinstance(row, FigureMark):
            return self._hidden(row, (row.decision_id, row.part), "figure", "before", "after")
        if isinstance(row, Attachment) and row.pk in self.titles:
            return _with(row, title=self.titles[row.pk])
        if isinstance(row, AnnexFile) and row.attachment_id in self.titles:
            return _with(row, attachment=self._shown(row.attachment))
        return row

    def _hidden(self, row: Any, key: tuple[int, str], *names: str) -> Any:
        if key not in self.texts:
            return row
        words = _("[ei näytetä: tekstissä on salassa pidettävää]")
        return _with(row, **{name: words for name in names if getattr(row, name)})


def hidden_from(user: Any, records: Sequence[Record]) -> HiddenValues | None:
    """None of those who may see what is secret, and where nothing of a decision was changed."""
    if user.has_perm("projects.see_secret") or user.has_perm("projects.change_decision"):
        return None
    if not any(is_part_of(type(record.row), Decision) for record in records):
        return None
    parts = historical(DecisionPart)._default_manager.filter(text__contains=OPEN)
    conditions = historical(Decision)._default_manager.filter(conditions__contains=OPEN)
    annexes = historical(Attachment)._default_manager.filter(is_public=False).exclude(public_title="")
    return HiddenValues(
        frozenset(
            [
                *parts.order_by().values_list("decision", "kind").distinct(),
                *((key, CONDITIONS) for key in conditions.order_by().values_list("id", flat=True)),
            ]
        ),
        dict(annexes.order_by("history_id").values_list("id", "public_title")),
    )


def _with(row: Any, **values: Any) -> Any:
    shown = copy(row)
    for name, value in values.items():
        setattr(shown, name, value)
    return shown
