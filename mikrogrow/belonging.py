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

    With `added_later`, rows may be added to a frozen owner, and are frozen from then on. `of_project` names
    the key of the row's own project, where that can be another than its owner's: the owner then concerns the
    projects of all these rows beside its own.
    """

    to: str
    or_to: str = ""
    frozen_with_owner: bool = True
    added_later: bool = False
    of_project: str = ""


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


def own_project_key(model: type[Model]) -> Any | None:
    belongs = getattr(model, "belongs", None)
    if not isinstance(belongs, Belongs) or not belongs.of_project:
        return None
    return model._meta.get_field(belongs.of_project)


def concerning_relations(model: type[Model]) -> tuple[Any, ...]:
    """To the rows by which the model's rows concern other projects than their own."""
    return tuple(
        relation
        for relation in model._meta.related_objects
        if own_project_key(relation.related_model) and relation.field in owner_keys(relation.related_model)
    )


def owner_key_of(row: Model) -> Any | None:
    return next((key for key in owner_keys(type(row)) if getattr(row, key.attname) is not None), None)


def is_part_of(model: type[Model], whole: type[Model]) -> bool:
    return model is whole or any(is_part_of(key.related_model, whole) for key in owner_keys(model))
