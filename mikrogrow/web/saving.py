"""Saving a form of a page: once, however often it is clicked, and never over what others saved meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from mikrogrow.admin import add_once
from mikrogrow.admin.authors import Authors
from mikrogrow.admin.base import contradiction
from mikrogrow.admin.merging import Merge, stored_values
from mikrogrow.database.writing import projects_of, write
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import TypedForm, lost_file, shown_again
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.seen import SEEN, read_seen, seen_at, sign_seen


@dataclass(frozen=True)
class Step:
    """What a person records. The form's fields are named like the action's arguments.

    `rows` are those of the page's row that it adds to, or of which it takes a stored one. A form's name is
    that of its step, with the key of its stored row.
    """

    form: type[RowForm]
    act: Callable[..., Any]
    done: Any
    removes: bool = False
    rows: str = ""
    is_of_stored: bool = False


@dataclass(frozen=True)
class ShownForm:
    """A form with its hidden values: `seen` of a stored row, `key` of a new one.

    `removal` is the button that removes its row.
    """

    name: str
    form: RowForm
    seen: str = ""
    key: str = ""
    removal: "ShownForm | None" = None

    @property
    def is_sent(self) -> bool:
        """It is open, and says what is to be put right."""
        return self.form.is_bound or (self.removal is not None and self.removal.is_sent)


def of_stored(
    form: type[RowForm], act: Callable[..., Any], done: Any, rows: str, *, removes: bool = False
) -> Step:
    return Step(form, act, done, removes=removes, rows=rows, is_of_stored=True)


def step_named(steps: Mapping[str, Step], name: str) -> Step:
    kind, _dash, key = name.partition("-")
    step = steps.get(kind)
    if step is None or step.is_of_stored != bool(key) or (key and not is_key(key)):
        raise BadRequest
    return step


def row_of(step: Step, owner: Model, name: str) -> Model:
    """The row that the form of this name is of. Raises Http404 if it is stored no more."""
    if not step.rows:
        return owner
    rows = getattr(owner, step.rows)
    if step.is_of_stored:
        return cast(Model, get_object_or_404(rows, pk=name.partition("-")[2]))
    return cast(Model, rows.model(**{rows.field.name: owner}))


def shown_form(request: HttpRequest, name: str, form: RowForm) -> ShownForm:
    if form.is_of_stored:
        shown = ShownForm(name, form, seen=sign_seen(stored_values(form, []), _salt(name, form.owner)))
        is_again = form.is_bound and getattr(request, "is_typed_again", False)
        return as_seen(request, shown) if is_again else shown
    # A refused form keeps its key, so that both clicks on it are one; a used key is replaced.
    sent = add_once.sent_key(request) if form.is_bound else ""
    return ShownForm(name, form, key=sent if sent and not add_once.is_used(sent) else add_once.new_key())


def as_seen(request: HttpRequest, shown: ShownForm) -> ShownForm:
    """Resting on what its page showed when it was typed: what others saved since is told as it is saved."""
    return replace(shown, seen=request.POST.get(SEEN) or shown.seen)


def typed_again(request: HttpRequest) -> TypedForm | None:
    """As shown_again; the request then holds what was typed, as if it had just been sent."""
    again = shown_again(request)
    if again is not None:
        request.is_typed_again = True  # type: ignore[attr-defined]
        # Django reads the files together with the fields, so they are read before.
        request.FILES  # noqa: B018
        request.POST = again.fields  # type: ignore[assignment]
    return again


def show_or_save(
    request: HttpRequest,
    again: TypedForm | None,
    name: str,
    owner: Model,
    make: Callable[[Any], RowForm],
    act: Callable[[dict[str, Any]], str],
) -> str | RowForm:
    """As save_form, but a form that is to be shown as it was typed is not saved."""
    if again is None:
        return save_form(request, name, owner, make, act)
    messages.warning(request, again.sentence)
    return make(again.fields)


def save_form(
    request: HttpRequest,
    name: str,
    owner: Model,
    make: Callable[[Any], RowForm],
    act: Callable[[dict[str, Any]], str],
) -> str | RowForm:
    """The address of what was saved, or the form that says why nothing was.

    `make` makes the form, of the row as it is stored, from what was typed; `act` takes its values.
    """
    form: RowForm | None = None

    def attempt() -> str:
        nonlocal form
        blank = make(None)
        earlier = None if blank.is_of_stored else add_once.earlier(request)
        if earlier and earlier.content == add_once.content_of(request):
            return earlier.address
        data, sentences = _merged(request, name, blank)
        form = make(data)
        for sentence in [*([_already_saved()] if earlier else []), *sentences]:
            form.add_error(None, sentence)
        if not form.is_valid():
            raise ValidationError([])
        address = act(form.cleaned_data)
        add_once.remember(request, address)
        return address

    try:
        return write(attempt, lambda: projects_of(owner))
    except ValidationError as error:
        refusal = error
    except IntegrityError:
        # Two people added the same row of no project at once.
        refusal = ValidationError(contradiction())
    return _refused(request, form or make(request.POST), refusal)


def _refused(request: HttpRequest, refused: RowForm, refusal: ValidationError) -> RowForm:
    if refused.is_valid():
        refused.refuse(refusal)
    # A page has no file to send again.
    for field in request.FILES:
        if field in refused.fields and field not in refused.errors:
            for file in request.FILES.getlist(field):
                refused.add_error(field, lost_file(str(file.name)))
    return refused


def _merged(request: HttpRequest, name: str, blank: RowForm) -> tuple[Any, list[str]]:
    """What was typed, with what others saved since the page was opened, and sentences on that."""
    if not blank.is_of_stored:
        return request.POST, []
    seen, stored = read_seen(request, _salt(name, blank.owner)), stored_values(blank, [])
    if seen is None:
        return request.POST, [_("Lomake oli vanhentunut. Tarkista tiedot ja tallenna uudelleen.")]
    if seen == stored:
        return request.POST, []
    merge = Merge(request.POST, seen, Authors(request.user, seen_at(request)))
    merge.take_form(blank)
    return merge.data, merge.sentences


def seen_values(request: HttpRequest, name: str, form: RowForm) -> dict[str, Any]:
    """What a form of a stored row showed when it was opened; empty if it did not say."""
    seen = read_seen(request, _salt(name, form.owner)) or {}
    return dict(seen.get("", {}))


def _already_saved() -> str:
    return _(
        "Tämä lomake on jo tallennettu, ja sitä on sen jälkeen muutettu. "
        "Jos haluat lisätä myös tämän, tallenna uudelleen."
    )


def _salt(name: str, row: Model) -> str:
    return f"{row._meta.label_lower}.{row.pk}.{name}"
