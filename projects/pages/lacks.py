"""What a decision lacks, as a list whose sentences lead to the fields that mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from projects.decisions.completeness import COMMITMENT, Lack
from projects.models import Decision


@dataclass(frozen=True)
class LinkedLack:
    """`address` is empty if the person has no field that mends it."""

    sentence: str
    address: str


def linked(
    lacks: Iterable[Lack], decision: Decision, user: Any, page: str, here: Mapping[str, str] | None = None
) -> list[LinkedLack]:
    """`page` is the name of the page's address; `here` names its fields by those of the writing page."""
    return [
        LinkedLack(lack.sentence, _address(lack.field, decision, user, page, here or {})) for lack in lacks
    ]


def _address(field: str, decision: Decision, user: Any, page: str, here: Mapping[str, str]) -> str:
    if field == COMMITMENT:
        may_add = user.is_staff and user.has_perm("financing.add_commitment")
        query = urlencode({"decision": decision.pk, "back": page})
        return f"{reverse('admin:financing_commitment_add')}?{query}" if may_add else ""
    if field in here:
        return f"#id_{here[field]}"
    return f"{reverse('write_decision', args=[decision.pk])}#id_{field}" if field else ""
