"""The page on which an evident slip of a made decision is corrected: typed, shown, and then confirmed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.values.secret_text import public_text
from mikrogrow.values.typed_text import cut
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import save_form, shown_form, typed_again
from mikrogrow.web.seen import SEEN, has_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.decisions.actions import Minutes
from projects.decisions.correctable import Place, places_of
from projects.decisions.corrected import corrections_of, read_corrected
from projects.decisions.correcting import (
    MOST_CHANGED_WORDS,
    Correcting,
    checked_correction,
    correct_as_printed,
    lay_out_correction,
)
from projects.decisions.correction_preview import CorrectionPreview, correction_preview
from projects.decisions.writing import may_write
from projects.forms.corrections import CorrectionForm
from projects.models import Decision, DecisionCorrection
from projects.pages.project_page import ProjectPage, page_of

STEP = "correct"
CONFIRMED = "confirm"
# Of a text in the list of what can be corrected.
LONGEST_SHOWN = 160


def correct_decision(request: HttpRequest, pk: int) -> HttpResponse:
    found: Decision = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not may_write(request.user):
        raise PermissionDenied
    if not found.is_frozen:
        messages.info(request, _("Päätöstä ei ole vielä tehty. Korjaa teksti kirjoittamalla."))
        return redirect(found)
    earlier = corrections_of(found)
    read_corrected(found, earlier)
    page = page_of(found.project, shown_day(request))
    again = typed_again(request)
    if again:
        messages.warning(request, again.sentence)
        return _shown(request, found, page, earlier, _form(found, again.fields))
    if request.method != "POST":
        chosen = places_of(found).get(request.GET.get("part", ""))
        if chosen is None:
            return _listed(request, found, page, earlier)
        return _shown(request, found, page, earlier, _form(found, chosen=chosen))
    form: RowForm = _form(found, request.POST)
    preview = _preview(request, found, page, earlier, form)
    if CONFIRMED not in request.POST:
        return _shown(request, found, page, earlier, form, preview)
    if preview and not has_seen(request, preview.shown, _salt(found)):
        messages.warning(
            request,
            _("Kohdat ovat muuttuneet esikatselun jälkeen. Tarkista muutos ja vahvista se uudelleen."),
        )
        return _shown(request, found, page, earlier, form, preview)
    saved = _save(request, found)
    if isinstance(saved, str):
        messages.success(
            request, _("Päätös on korjattu. Korjattu pöytäkirjanote on tulostettu ja säilytetty.")
        )
        return redirect(saved)
    return _shown(request, found, page, earlier, saved)


def _listed(
    request: HttpRequest, found: Decision, page: ProjectPage, earlier: list[DecisionCorrection]
) -> HttpResponse:
    """What the print shows, to choose from."""
    context = {
        **page.context("decisions"),
        "decision": found,
        "corrections": earlier,
        "places": [
            (place, cut(public_text(place.text), LONGEST_SHOWN)) for place in places_of(found).values()
        ],
        "most_words": MOST_CHANGED_WORDS,
    }
    return render(request, "projects/correct.html", context)


def _form(found: Decision, data: Any = None, chosen: Place | None = None) -> CorrectionForm:
    row = DecisionCorrection(decision=found)
    initial = {"day": timezone.localdate(), "part": chosen.key if chosen else ""}
    return CorrectionForm(data, instance=row, initial=initial, name=STEP)


def _preview(
    request: HttpRequest,
    found: Decision,
    page: ProjectPage,
    earlier: list[DecisionCorrection],
    form: RowForm,
) -> CorrectionPreview | None:
    """None if the form was refused; it says why."""
    if not form.is_valid():
        return None
    try:
        row = checked_correction(found, earlier, _correcting(request, form.cleaned_data, timezone.now()))
    except ValidationError as error:
        form.refuse(error)
        return None
    return correction_preview(row, found, page.figures)


def _save(request: HttpRequest, found: Decision) -> str | RowForm:
    """The decision's address, or the form that says why nothing was saved."""
    form, at = _form(found, request.POST), timezone.now()
    minutes: Minutes | None = None
    refusal: ValidationError = ValidationError([])
    if form.is_valid():
        # Before anything is locked: nobody waits while it is laid out.
        try:
            correcting = _correcting(request, form.cleaned_data, at)
            minutes = lay_out_correction(decision=found, correcting=correcting)
        except ValidationError as error:
            refusal = error

    def act(values: dict[str, Any]) -> str:
        # A second click has not come here.
        if minutes is None:
            raise refusal
        correct_as_printed(decision=found, correcting=_correcting(request, values, at), minutes=minutes)
        return found.get_absolute_url()

    return save_form(request, STEP, found, lambda data: _form(found, data), act)


def _correcting(request: HttpRequest, values: dict[str, Any], at: datetime) -> Correcting:
    return Correcting(user=request.user, at=at, **values)


def _shown(
    request: HttpRequest,
    found: Decision,
    page: ProjectPage,
    earlier: list[DecisionCorrection],
    form: RowForm,
    preview: CorrectionPreview | None = None,
) -> HttpResponse:
    context = {
        **page.context("decisions"),
        "decision": found,
        "corrections": earlier,
        "shown": shown_form(request, STEP, form),
        "preview": preview,
        "place": getattr(form, "place", None),
        "most_words": MOST_CHANGED_WORDS,
        "is_refused": bool(form.errors),
        SEEN: sign_seen(preview.shown, _salt(found)) if preview else "",
    }
    return render(request, "projects/correct.html", context)


def _salt(found: Decision) -> str:
    return f"correct.{found.pk}"
