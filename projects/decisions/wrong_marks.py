"""Marks of secret passages that hide nothing in a draft, or hide too much, with the fields that mend them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrogrow.open_texts import faults_of, understands_marks, wrong_marks
from projects.choices import CONDITIONS
from projects.models import (
    Attachment,
    Decision,
    DecisionOfficial,
    DecisionPart,
    Disqualification,
    Dissent,
    Vote,
)

# What the fields of a row are called on the writing page before its key.
_OF_ROWS: dict[type[Model], str] = {
    Attachment: "annex_change",
    Disqualification: "disqualification_change",
    Dissent: "dissent_change",
    Vote: "vote_change",
}


def wrong_marks_of(decision: Decision) -> Iterator[tuple[str, str]]:
    """Sentences, each with a field of the writing page. Read the decision `with_contents()`."""
    for row in _rows(decision):
        for field in wrong_marks(row):
            place = _place(row, field)
            # The sentence about a text in which marks work begins with its name.
            before = "" if understands_marks(field) else _("Kohta ”%s”. ") % place
            for fault in faults_of(field, getattr(row, field.attname), place):
                yield f"{before}{fault}", _field_of(row, field.name)


def _rows(decision: Decision) -> Iterator[Any]:
    yield decision
    yield from decision.officials.all()
    yield from decision.parts.all()
    yield from decision.attachments.all()
    yield from decision.disqualifications.all()
    yield from decision.votes.all()
    yield from decision.dissents.all()


def _place(row: Any, field: Any) -> str:
    if isinstance(row, DecisionPart):
        return str(row.get_kind_display())
    name = str(field.verbose_name)
    return capfirst(name) if isinstance(row, Decision) else f"{row}: {name}"


def _field_of(row: Model, name: str) -> str:
    if isinstance(row, Decision):
        return f"part-{CONDITIONS}_conditions" if name == "conditions" else f"facts_{name}"
    if isinstance(row, DecisionPart):
        return f"part-{row.kind}_text"
    if isinstance(row, DecisionOfficial):
        return f"official-{row.role}_{name}"
    return f"{_OF_ROWS[type(row)]}-{row.pk}_{name}"
