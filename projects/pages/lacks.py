"""What a decision lacks, as a list whose sentences lead to the fields that mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from projects.decisions.completeness import COMMITMENT, Lack
from projects.models import Decision


@dataclass(frozen=True)
class LinkedLack:
    """`address` is empty if the person has no field that mends it."""

    sentence: str
    address: str


def linked(
    lacks: Iterable[Lack], decision: Decision, user: Any, here: Mapping[str, str] | None = None
) -> list[LinkedLack]:
    """`here` names the fields of the page itself by those of the writing page."""
    return [LinkedLack(lack.sentence, _address(lack.field, decision, user, here or {})) for lack in lacks]


def _address(field: str, decision: Decision, user: Any, here: Mapping[str, str]) -> str:
    if field == COMMITMENT:
        may_add = user.is_staff and user.has_perm("financing.add_commitment")
        return f"{reverse('admin:financing_commitment_add')}?decision={decision.pk}" if may_add else ""
    if field in here:
        return f"#id_{here[field]}"
    return f"{reverse('write_decision', args=[decision.pk])}#id_{field}" if field else ""
