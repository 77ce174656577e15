"""What a model says in its class body: whom its rows belong to, what freezes them and who edits them.

    belongs = Belongs("plan")                       # or SharedBy("lines")
    frozen = ByStatus(free=("draft",), message=…)   # rows begin in the first of `free`; or AppendOnly(…);
                                                    # without it, frozen with the owner
    edited_by = DECISION_PREPARER                   # without it, by the budget administrator

    figures_depend_on = ("source_class",)           # of a row that projects share: the columns whose change
                                                    # makes the figures of those that use it others

The history, the triggers that freeze rows, the log of changes and the roles read these.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model


@dataclass(frozen=True)
class Belongs:
    """Names the foreign key to a row's owner; if there are two, one of them is filled in.

    With `added_later`, rows may be added to a frozen owner, and are frozen from then on.
    """

    to: str
    or_to: str = ""
    frozen_with_owner: bool = True
    added_later: bool = False


@dataclass(frozen=True)
class SharedBy:
    """Rows that projects share: a project's are those that its own rows refer to by this relation."""

    relation: str


@cache
def owner_keys(model: type[Model]) -> tuple[Any, ...]:
    # The table behind a many-to-many field belongs to the model that has the field.
    if declaring := model._meta.auto_created:
        fields = model._meta.concrete_fields
        return tuple(key for key in fields if isinstance(key, ForeignKey) and key.related_model is declaring)
    belongs = getattr(model, "belongs", None)
    if not isinstance(belongs, Belongs):
        return ()
    return tuple(model._meta.get_field(name) for name in (belongs.to, belongs.or_to) if name)


def owner_key_of(row: Model) -> Any | None:
    return next((key for key in owner_keys(type(row)) if getattr(row, key.attname) is not None), None)


def is_part_of(model: type[Model], whole: type[Model]) -> bool:
    return model is whole or any(is_part_of(key.related_model, whole) for key in owner_keys(model))
