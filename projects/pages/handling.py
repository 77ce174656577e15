"""The meeting's part of the page on which a decision is written: the disqualified, votes and dissents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import ShownForm
from projects.choices import DecisionStage
from projects.decisions.handling import (
    HANDLED,
    add_handled,
    change_handled,
    next_vote_number,
    remove_handled,
)
from projects.decisions.meeting import numbers_of, result_of
from projects.forms.handling import (
    DisqualificationForm,
    DisqualificationRemovalForm,
    DissentForm,
    DissentRemovalForm,
    VoteForm,
    VoteRemovalForm,
)
from projects.models import Decision
from projects.pages.steps import Step


@dataclass(frozen=True)
class Group:
    """Rows of one kind, with the words around them; `step` begins the names of their steps."""

    rows: str
    step: str
    form: type[RowForm]
    removal: type[RowForm]
    label: Any
    none: Any
    summary: Any
    button: Any
    done: tuple[Any, Any, Any]
    words: Callable[[Any], str]
    initial: Callable[[Decision], dict[str, Any]] = lambda decision: {}


GROUPS = (
    Group(
        "disqualifications",
        "disqualification",
        DisqualificationForm,
        DisqualificationRemovalForm,
        _("Esteelliset"),
        _("Esteellisiä ei ole kirjattu."),
        _("Kirjaa esteellinen…"),
        _("Tallenna esteellinen"),
        (
            _("Esteellinen on kirjattu."),
            _("Esteellisen tiedot on tallennettu."),
            _("Esteellinen on poistettu."),
        ),
        lambda row: row.ground,
    ),
    Group(
        "votes",
        "vote",
        VoteForm,
        VoteRemovalForm,
        _("Äänestykset"),
        _("Äänestyksiä ei ole kirjattu."),
        _("Kirjaa äänestys…"),
        _("Tallenna äänestys"),
        (_("Äänestys on kirjattu."), _("Äänestyksen tiedot on tallennettu."), _("Äänestys on poistettu.")),
        lambda vote: f"{numbers_of(vote)} {result_of(vote)}",
        lambda decision: {"number": next_vote_number(decision)},
    ),
    Group(
        "dissents",
        "dissent",
        DissentForm,
        DissentRemovalForm,
        _("Eriävät mielipiteet"),
        _("Eriäviä mielipiteitä ei ole kirjattu."),
        _("Kirjaa eriävä mielipide…"),
        _("Tallenna eriävä mielipide"),
        (
            _("Eriävä mielipide on kirjattu."),
            _("Eriävä mielipide on tallennettu."),
            _("Eriävä mielipide on poistettu."),
        ),
        lambda row: row.get_ground_display(),
    ),
)


@dataclass(frozen=True)
class ShownGroup:
    group: Group
    rows: tuple[tuple[Model, str, ShownForm], ...]
    new: ShownForm


def handling_steps() -> dict[str, Step]:
    return {name: step for group in GROUPS for name, step in _steps_of(group)}


def _steps_of(group: Group) -> Iterator[tuple[str, Step]]:
    row = partial(_stored, group.rows)
    added, changed, removed = group.done

    def of_rows(key: str) -> dict[str, Any]:
        return {"rows": group.rows}

    def of_row(key: str) -> dict[str, Any]:
        return {"rows": group.rows, "key": int(key)}

    yield group.step, Step(group.form, partial(_new, group.rows), add_handled, of_rows, added, group.initial)
    yield f"{group.step}_change", Step(group.form, row, change_handled, of_row, changed)
    yield f"{group.step}_removal", Step(group.removal, row, remove_handled, of_row, removed)


def _new(rows: str, decision: Decision, key: str) -> Model:
    return HANDLED[rows].model(decision=decision)


def _stored(rows: str, decision: Decision, key: str) -> Model:
    found: Model | None = next((row for row in getattr(decision, rows).all() if str(row.pk) == key), None)
    if found is None:
        raise Http404
    return found


def is_handled(decision: Decision) -> bool:
    """False before there can be a meeting."""
    has_rows = any(getattr(decision, group.rows).all() for group in GROUPS)
    return decision.stage == DecisionStage.PROPOSAL or has_rows


def shown_groups(decision: Decision, shown: Callable[..., ShownForm]) -> list[ShownGroup]:
    """`shown` gives the form of a step, and of its removal, by name."""
    return [
        ShownGroup(
            group,
            tuple(
                (
                    row,
                    group.words(row),
                    shown(f"{group.step}_change-{row.pk}", f"{group.step}_removal-{row.pk}"),
                )
                for row in getattr(decision, group.rows).all()
            ),
            shown(group.step),
        )
        for group in GROUPS
    ]
