"""The page on which a decision is made: what is printed, what is missing, and how the meeting ended."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.database.writing import projects_of, write
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import ShownForm, shown_form, typed_again
from mikrogrow.web.seen import SEEN, read_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.choices import CONDITIONS, DecisionOutcome, DecisionPartKind
from projects.decisions.actions import Deciding, Minutes, decide_as_printed, lay_out_minutes, standing_errors
from projects.decisions.completeness import what_is_missing, what_papers_may_lack
from projects.decisions.document import decision_document
from projects.decisions.filled import has_internal_version, secret_texts
from projects.decisions.handling import record_meeting
from projects.decisions.instructions import instructions_of
from projects.decisions.margin import margins_of
from projects.decisions.writing import may_write, next_section
from projects.forms.deciding import DecidingForm, MeetingForm
from projects.forms.handling import GROUNDS, GROUNDS_ID
from projects.models import Decision
from projects.pages.handling import handling_steps, shown_groups
from projects.pages.lacks import linked
from projects.pages.project_page import page_of
from projects.pages.steps import Step, StepsOfPage

# The form that makes the decision; the others record what the meeting did.
DECIDE = "decide"
MEETING = "meeting"
# The button that records only what the meeting did, and what its fields showed, signed.
RECORD = "record"
MEETING_SEEN = "meeting_seen"
PAGE = "decide_decision"
STEPS = StepsOfPage(
    PAGE,
    {
        MEETING: Step(
            MeetingForm,
            lambda decision, _key: decision,
            record_meeting,
            lambda key: {},
            gettext_lazy("Kokouksen päätös on kirjattu."),
        ),
        **handling_steps(),
    },
)
# Fields of the writing page that are on this one, too.
HERE = {
    "facts_meeting_date": f"{MEETING}_meeting_date",
    "facts_section": f"{MEETING}_section",
    f"part-{CONDITIONS}_conditions": f"{MEETING}_conditions",
    f"part-{DecisionPartKind.DECISION}_text": f"{MEETING}_text",
}


def decide_decision(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_write(request.user):
        raise PermissionDenied
    found = _found(request, pk)
    if found.is_frozen:
        return _already_made(request, found)
    again = typed_again(request)
    if not again and request.method != "POST":
        return _page(request, found, _form(found))
    name = request.POST.get("step", "")
    if name != DECIDE:
        return _recorded(request, found, name, again)
    if again or RECORD in request.POST:
        return _meeting_recorded(request, found, again)
    return _decided(request, found)


def _decided(request: HttpRequest, found: Decision) -> HttpResponse:
    """With what was typed of the meeting, which is recorded first."""
    typed, form = request.POST, _form(found, request.POST)
    shown, is_recorded = read_seen(request, _salt(found)), False
    meeting = MeetingForm(typed, instance=found, name=MEETING)
    if meeting.has_typed():
        try:
            _check_seen(found, shown)
        except ValidationError as error:
            form.add_error(None, error)
            return _page(request, found, form, _meeting(request, meeting))
        saved = _save_meeting(request, found, None)
        found = _found(request, found.pk)
        if not isinstance(saved, str):
            return _page(request, found, _typed_form(found, typed), _meeting(request, saved))
        messages.success(request, str(STEPS.step(MEETING)[0].done))
        shown, is_recorded, form = _seen(found), True, _form(found, typed)
    if _is_made(found, _deciding(request, form) if form.is_valid() else None, form, shown):
        messages.success(request, _("Päätös on tehty. Pöytäkirjanote on tulostettu ja säilytetty."))
        return redirect(found)
    # Read again: it may have changed meanwhile.
    found = _found(request, found.pk)
    if found.is_frozen:
        return _already_made(request, found)
    return _page(request, found, form, is_recorded=is_recorded)


def _meeting_recorded(request: HttpRequest, found: Decision, again: TypedForm | None) -> HttpResponse:
    """What was typed for the decision itself stays in its fields."""
    typed = request.POST
    saved = _save_meeting(request, found, again)
    stored = _found(request, found.pk)
    if stored.is_frozen:
        return _already_made(request, stored)
    form = _typed_form(stored, typed)
    if not isinstance(saved, str):
        return _page(request, stored, form, _meeting(request, saved))
    messages.success(request, str(STEPS.step(MEETING)[0].done))
    if any(form.initial.values()):
        return _page(request, stored, form)
    return redirect(saved)


def _save_meeting(request: HttpRequest, found: Decision, again: TypedForm | None) -> str | RowForm:
    typed = request.POST
    # The one form has what both showed.
    meeting = typed.copy()
    meeting[SEEN] = typed.get(MEETING_SEEN, "")
    request.POST = meeting  # type: ignore[assignment]
    try:
        return STEPS.save(request, again, found, MEETING, lambda: _found(request, found.pk))
    finally:
        request.POST = typed


def _meeting(request: HttpRequest, form: RowForm) -> ShownForm:
    """As it was typed. It rests on what was told, or still on what its page showed."""
    shown = shown_form(request, MEETING, form)
    is_told = form.is_bound and bool(form.errors)
    return shown if is_told else replace(shown, seen=request.POST.get(MEETING_SEEN) or shown.seen)


def _found(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.user).with_contents()
    found: Decision = get_object_or_404(visible, pk=pk)
    return found


def _already_made(request: HttpRequest, found: Decision) -> HttpResponse:
    messages.info(request, _("Päätös on jo tehty."))
    return redirect(found)


def _recorded(request: HttpRequest, found: Decision, name: str, again: TypedForm | None) -> HttpResponse:
    """Records what the meeting did: the page then shows what would be printed."""
    form = STEPS.save(request, again, found, name, lambda: _found(request, found.pk))
    if isinstance(form, str):
        messages.success(request, str(STEPS.step(name)[0].done))
        return redirect(form)
    stored = _found(request, found.pk)
    if stored.is_frozen:
        return _already_made(request, stored)
    return _page(request, stored, _form(stored), shown_form(request, name, form))


def _outcome(data: Any) -> str:
    """Other errors stand where it authorises nothing."""
    typed = data.get("outcome") if data else ""
    return str(typed) if typed in DecisionOutcome.values else DecisionOutcome.UNANIMOUS


def _form(found: Decision, data: Any = None) -> DecidingForm:
    return DecidingForm(data, errors=standing_errors(found, _outcome(data)))


def _typed_form(found: Decision, typed: Any) -> DecidingForm:
    """As it was typed, and not judged."""
    errors = standing_errors(found, _outcome(typed))
    names = [name for name in DecidingForm(errors=errors).fields if typed.get(name)]
    return DecidingForm(errors=errors, initial={name: typed[name] for name in names})


def _is_made(found: Decision, deciding: Deciding | None, form: DecidingForm, shown: Any) -> bool:
    """False if nothing was made; then the form says why. `shown` is what its page showed."""
    try:
        minutes = _laid_out(found, deciding, shown) if deciding else None

        def make() -> None:
            _check_seen(found, shown)
            if deciding and minutes:
                decide_as_printed(decision=found, deciding=deciding, minutes=minutes)

        write(make, lambda: projects_of(found))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return minutes is not None


def _deciding(request: HttpRequest, form: DecidingForm) -> Deciding:
    return Deciding(
        outcome=form.cleaned_data["outcome"],
        user=request.user,
        at=timezone.now(),
        is_from_paper=form.cleaned_data["is_from_paper"],
        explanations=form.explanations.typed,
    )


def _laid_out(found: Decision, deciding: Deciding, shown: Any) -> Minutes:
    """Before anything is locked: nobody waits for it."""
    _check_seen(found, shown)
    return lay_out_minutes(decision=found, deciding=deciding)


def _check_seen(found: Decision, shown: Any) -> None:
    stored = Decision.objects.with_contents().get(pk=found.pk)
    if not stored.is_frozen and shown != _seen(stored):
        raise ValidationError(
            _("Päätös on muuttunut sivun avaamisen jälkeen. Tarkista se ja päätä uudelleen.")
        )


def _seen(decision: Decision) -> str:
    return repr(decision_document(decision, is_internal=True))


def _salt(decision: Decision) -> str:
    return f"{DECIDE}.{decision.pk}"


def _page(
    request: HttpRequest,
    found: Decision,
    form: DecidingForm,
    sent: ShownForm | None = None,
    *,
    is_recorded: bool = False,
) -> HttpResponse:
    """`is_recorded` if what the meeting did was recorded, and the decision not made."""
    page = page_of(found.project, shown_day(request))
    document = decision_document(found, page.figures, is_internal=has_internal_version(found))
    outcome = _outcome({"outcome": form["outcome"].value()})

    def shown(name: str, removal: str = "") -> ShownForm:
        refused = sent is not None and sent.name == name
        own = sent if sent and refused else shown_form(request, name, STEPS.form(found, name))
        return replace(own, removal=shown(removal)) if removal else own

    return render(
        request,
        "projects/decide.html",
        {
            **page.context("decisions"),
            "decision": found,
            "document": document,
            "form": form,
            "explained": form.explanations.fields,
            "meeting": shown(MEETING),
            "next_section": None if found.section else next_section(found.body, found.meeting_date),
            "handling": shown_groups(found, shown),
            "grounds": (GROUNDS_ID, GROUNDS),
            **_checked(request, found, outcome),
            "margins": margins_of(page.figures, found.pk, secret=secret_texts(found)),
            "is_refused": bool(form.errors) or (sent is not None and bool(sent.form.errors)),
            "is_recorded": is_recorded,
            SEEN: sign_seen(_seen(found), _salt(found)),
        },
    )


def _checked(request: HttpRequest, found: Decision, outcome: str) -> dict[str, Any]:
    missing = what_is_missing(found, timezone.localdate(), is_from_paper=True)
    of_papers = what_papers_may_lack(found, outcome)
    return {
        "missing": linked(missing, found, request.user, PAGE, HERE),
        "missing_but_for_papers": linked(of_papers, found, request.user, PAGE, HERE),
        "instructions": instructions_of(found, outcome),
    }
